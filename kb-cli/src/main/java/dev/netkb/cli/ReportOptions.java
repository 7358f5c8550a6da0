package dev.netkb.cli;

import dev.netkb.cli.OutputTarget.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a report holds, where it goes, and what in it makes the command fail. */
@Command(
        exitCodeList = {
            " 0:nothing at or above --fail-on",
            " 4:violations at or above --fail-on",
            " 5:undetermined results, and --fail-on-undetermined was given"
        })
final class ReportOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--all", description = "Report what passed and what does not apply too.")
    private boolean all;

    @Option(
            names = "--format",
            paramLabel = "FMT[=FILE]",
            converter = OutputTarget.Converter.class,
            description =
                    "table (the default), json or html; check also writes sarif, junit, csv, markdown, and jsonl (one snapshot a"
                            + " line, as it is finished). With =FILE into a file, which is written whole or not at all. Repeatable.")
    private List<OutputTarget> formats = new ArrayList<>();

    @Option(
            names = "--fail-on",
            paramLabel = "error|warning|info|never",
            defaultValue = "error",
            converter = FailOn.Converter.class,
            description = "The severity from which on violations make the exit status 4 (default: error).")
    private FailOn failOn = FailOn.ERROR;

    @Option(names = "--fail-on-undetermined", description = "Make the exit status 5 where something is undetermined.")
    private boolean failOnUndetermined;

    boolean all() {
        return all;
    }

    /**
     * Where the report goes: the table on standard output where nothing is said.
     *
     * @param allowed the formats that the command knows
     * @throws ParameterException when one is not allowed, targets contradict each other, or a file cannot be written
     */
    List<OutputTarget> targets(Set<Format> allowed) {
        return OutputTarget.checked(formats, allowed, command.commandLine());
    }

    /** What so many violations and undetermined results make of the exit status. */
    ExitStatus status(int errors, int warnings, int infos, int undetermined) {
        ExitStatus status = ExitStatus.OK;
        if (failOn.isReachedBy(errors, warnings, infos)) {
            status = status.and(ExitStatus.VIOLATIONS);
        }
        if (failOnUndetermined && undetermined > 0) {
            status = status.and(ExitStatus.UNDETERMINED);
        }
        return status;
    }
}
