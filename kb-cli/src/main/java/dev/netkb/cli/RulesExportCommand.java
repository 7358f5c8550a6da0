package dev.netkb.cli;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.edit.RequirementTables;
import dev.netkb.model.value.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code netkb rules export}: the requirement table, to be edited. */
@Command(
        name = "export",
        description =
                "Writes the requirement table as CSV or as a workbook. Edited and put into a folder of rules, its rows"
                        + " stand instead of the packaged ones of the same id.")
final class RulesExportCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @ArgGroup
    private @Nullable Target target;

    @Option(
            names = "--id",
            paramLabel = "ID",
            arity = "1..*",
            description = "Only the rows of these ids; letter case does not matter (default: all).")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--force", description = "Write over a file that exists.")
    private boolean force;

    @Mixin
    private RulesOptions rules;

    RulesExportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Where it goes. */
    static final class Target {
        @Option(
                names = "--csv",
                paramLabel = "FILE",
                description = "Write CSV into a file (default: to standard output).")
        private @Nullable Path csv;

        @Option(names = "--xlsx", paramLabel = "FILE", description = "Write a workbook.")
        private @Nullable Path xlsx;
    }

    @Override
    public Integer call() {
        Messages messages = common.messages(surroundings.interactive());
        Path csv = target == null ? null : target.csv;
        Path xlsx = target == null ? null : target.xlsx;
        keep(csv);
        keep(xlsx);
        KnowledgeBase knowledgeBase = surroundings.rules(rules.sources(surroundings));
        Set<String> wanted = wanted(RequirementTables.ids(knowledgeBase));
        if (xlsx != null) {
            written(xlsx, () -> Files.write(xlsx, RequirementTables.xlsx(knowledgeBase, wanted)), messages);
        } else if (csv != null) {
            String text = RequirementTables.csv(knowledgeBase, wanted, ',');
            written(csv, () -> WholeFile.write(csv, out -> out.append(text)), messages);
        } else {
            command.commandLine().getOut().print(RequirementTables.csv(knowledgeBase, wanted, ','));
            command.commandLine().getOut().flush();
        }
        return ExitStatus.OK.code();
    }

    /** What somebody edited in the meantime is not lost by a command that is repeated. */
    private void keep(@Nullable Path file) {
        if (file != null && !force && Files.isRegularFile(file)) {
            throw new ParameterException(
                    command.commandLine(),
                    "'" + file
                            + "' exists, and is not written over without --force: give another name, or add --force");
        }
    }

    private Set<String> wanted(Set<String> known) {
        Set<String> wanted = new TreeSet<>();
        for (String id : ids) {
            String upper = id.toUpperCase(Locale.ROOT);
            if (!known.contains(upper)) {
                throw new ParameterException(
                        command.commandLine(),
                        "--id: '" + id + "' has no row in a table." + Nearest.question(upper, known));
            }
            wanted.add(upper);
        }
        return wanted;
    }

    /** Something that writes a file. */
    private interface Writing {
        void run() throws IOException;
    }

    private static void written(Path file, Writing writing, Messages messages) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new CliException(
                    ExitStatus.INTERNAL, "the table could not be written to '" + file + "': " + WholeFile.why(e), e);
        }
        messages.notice("wrote the table to " + file);
    }
}
