package dev.netkb.cli;

import dev.netkb.cli.OutputTarget.Format;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --resume}: goes on with a file of JSON lines where a run was interrupted. */
final class ResumeOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee = CommandSpec.create();

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description =
                    "With --format jsonl=FILE and the inputs, rules and options of a run that was interrupted: go on"
                            + " where it ended, in FILE.partial. Starts anew where there is none.")
    private @Nullable Path file;

    boolean wanted() {
        return file != null;
    }

    /** @throws ParameterException when it is asked for but is not possible */
    void check(List<OutputTarget> targets, SnapshotPaths snapshots, boolean updateKnown, boolean watch) {
        if (file == null) {
            return;
        }
        Path wanted = file;
        if (targets.size() != 1
                || targets.get(0).format() != Format.JSONL
                || targets.get(0).file() == null
                || !same(wanted, targets.get(0).file())) {
            throw refused("needs --format jsonl=" + wanted
                    + " and no other --format, because a report of another format" + " holds all snapshots");
        }
        if (!LineTargets.isPlain(wanted)) {
            throw refused("'" + wanted + "' is no file that could have been written in part");
        }
        if (updateKnown || watch) {
            throw refused("cannot be used with " + (watch ? "--watch" : "--update-known")
                    + (watch ? "" : ", which needs the results of all snapshots"));
        }
        if (snapshots.hasStandardInput()) {
            throw refused("cannot be used with standard input (-), which is read only once");
        }
        for (Path input : snapshots.named()) {
            if (Files.exists(input) && !Files.isRegularFile(input) && !Files.isDirectory(input)) {
                throw refused("cannot be used with '" + input + "', which is read only once");
            }
        }
    }

    private static boolean same(Path a, @Nullable Path b) {
        return b != null
                && a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
    }

    private ParameterException refused(String why) {
        return new ParameterException(mixee.commandLine(), "--resume " + why);
    }
}
