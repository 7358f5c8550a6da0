package dev.netkb.cli;

import dev.netkb.api.RuleInfo;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.cli.OutputTarget.Format;
import dev.netkb.model.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netkb report}: renders a saved report into other formats. */
@Command(
        name = "report",
        description = "Renders a saved report into other formats. The exit status says whether that could be done, not"
                + " what the report says.")
final class ReportCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "FILE", description = "The report: " + SavedReport.WHAT + ".")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FMT[=FILE]",
            converter = OutputTarget.Converter.class,
            description =
                    "table (the default), json, sarif, junit, csv, markdown or html. With =FILE into a file, which is"
                            + " written whole or not at all. Repeatable.")
    private List<OutputTarget> formats = new ArrayList<>();

    ReportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Messages messages = common.messages(surroundings.interactive());
        List<OutputTarget> targets = OutputTarget.checked(formats, Format.DOCUMENTS, command.commandLine());
        Report report = SavedReport.read(file, surroundings.standardInput(), messages);
        OutputTarget.write(
                targets,
                (format, style, out) -> ReportRendering.of(format, style, this::catalogue, Map.of())
                        .render(report, out),
                surroundings.style(),
                command.commandLine().getOut(),
                messages);
        return ExitStatus.OK.code();
    }

    /** Of the packaged rules: the report does not hold those of its folders. */
    private List<RuleInfo> catalogue() {
        return surroundings.rules(RuleSources.of()).catalogue();
    }
}
