package dev.netkb.cli;

import dev.netkb.api.render.OverviewRenderer;
import dev.netkb.cli.OutputTarget.Format;
import dev.netkb.model.report.Answers;
import dev.netkb.model.report.Overview;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netkb summary}: what the snapshots of saved reports have in common, and what changed since earlier ones. */
@Command(
        name = "summary",
        description = "Sums up saved reports: which requirement fails most, which subscriptions are worst, what changed"
                + " since earlier reports. The exit status says whether they could be read, not what they say.")
final class SummaryCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @Parameters(
            arity = "1..*",
            paramLabel = "REPORT",
            description = "The reports to sum up as one: each " + SavedReport.WHAT + ".")
    private List<Path> reports = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "REPORT",
            description = "An earlier report to compare with. Repeatable: the earlier reports count as one.")
    private List<Path> earlier = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FMT[=FILE]",
            converter = OutputTarget.Converter.class,
            description = "table (the default) or json. With =FILE into a file, which is written whole or not at all."
                    + " Repeatable.")
    private List<OutputTarget> formats = new ArrayList<>();

    SummaryCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Messages messages = common.messages(surroundings.interactive());
        List<OutputTarget> targets = OutputTarget.checked(formats, Format.TABLE_OR_JSON, command.commandLine());
        if (Stream.concat(reports.stream(), earlier.stream())
                        .filter(Inputs::isStandardInput)
                        .count()
                > 1) {
            throw new ParameterException(command.commandLine(), "standard input (-) can be read only once");
        }
        Overview overview =
                Overview.of(answers(reports, messages), earlier.isEmpty() ? null : answers(earlier, messages));
        OutputTarget.write(
                targets,
                (format, style, out) -> {
                    OverviewRenderer renderer = new OverviewRenderer(style);
                    if (format == Format.JSON) {
                        renderer.json(overview, out);
                    } else {
                        renderer.table(overview, out);
                    }
                },
                surroundings.style(),
                command.commandLine().getOut(),
                messages);
        return ExitStatus.OK.code();
    }

    private Answers answers(List<Path> files, Messages messages) {
        return SavedReport.answers(files, surroundings.standardInput(), messages);
    }
}
