package dev.netkb.cli;

import dev.netkb.api.accept.Acceptance;
import dev.netkb.api.accept.KnownViolations;
import dev.netkb.model.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --update-known}: writes the present violations into the file of {@code --known}. */
final class KnownUpdate {

    /** The environment variable that forbids it. */
    static final String READ_ONLY = "NETKB_KNOWN_READ_ONLY";

    private static final Set<String> NO = Set.of("", "0", "false", "no");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee = CommandSpec.create();

    @Option(
            names = "--update-known",
            description =
                    "Write the present violations into the file of --known: new ones come, solved ones leave, those that"
                            + " this run does not decide stay. Where the environment variable " + READ_ONLY
                            + " is set, as it should be where nobody looks on, this is refused.")
    private boolean wanted;

    boolean wanted() {
        return wanted;
    }

    /** @throws ParameterException when it is asked for but is not possible, or is forbidden here */
    void check(@Nullable Path file, Surroundings surroundings) {
        if (!wanted) {
            return;
        }
        if (file == null) {
            throw new ParameterException(mixee.commandLine(), "--update-known needs --known FILE, the file to write");
        }
        String readOnly = surroundings.environment().get(READ_ONLY);
        if (readOnly != null && !NO.contains(readOnly.trim().toLowerCase(Locale.ROOT))) {
            throw new ParameterException(
                    mixee.commandLine(),
                    "--update-known is forbidden here: " + READ_ONLY + " is '" + readOnly
                            + "'; update the file where somebody looks at the difference, and commit it");
        }
    }

    /**
     * Writes the file where that is wanted.
     *
     * @param accepted the report after what is accepted was taken out
     * @throws CliException when it cannot be written; an old file is then untouched
     */
    void write(Path file, Acceptance acceptance, Report accepted, Messages messages) {
        KnownViolations.Update update = acceptance.known().updated(accepted.snapshots());
        boolean isNew = !Files.exists(file);
        try {
            WholeFile.write(file, update.known()::writeTo);
        } catch (IOException e) {
            throw new CliException(ExitStatus.INTERNAL, "'" + file + "' could not be written: " + WholeFile.why(e), e);
        }
        messages.notice((isNew ? "wrote '" : "updated '") + file + "': "
                + update.known().size() + " known, "
                + update.added() + " came, " + update.solved() + " left"
                + (update.kept() == 0 ? "" : ", " + update.kept() + " kept that this run did not decide"));
    }
}
