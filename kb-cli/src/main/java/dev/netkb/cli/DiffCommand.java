package dev.netkb.cli;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.accept.Acceptance;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.render.DiffRenderer;
import dev.netkb.cli.OutputTarget.Format;
import dev.netkb.html.HtmlDiffRenderer;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Severity;
import dev.netkb.model.value.ServiceTags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netkb diff}: compares two snapshots. */
@Command(
        name = "diff",
        resourceBundle = "dev.netkb.cli.diff",
        description = "Compares two snapshots: what a change violates or solves, which flows it opens or closes, which"
                + " addresses change with it and who depends on them.")
final class DiffCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @Parameters(
            index = "0",
            paramLabel = "BEFORE",
            description = "The snapshot before the change: " + Inputs.ONE_SNAPSHOT)
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "AFTER", description = "The snapshot after the change, likewise.")
    private Path after = Path.of("");

    @Mixin
    private EvaluationOptions evaluation;

    @Mixin
    private TemplateOptions templates = new TemplateOptions();

    @Mixin
    private AcceptanceOptions acceptance = new AcceptanceOptions();

    @Mixin
    private ReportOptions reporting;

    @Mixin
    private ThreadsOption threads;

    DiffCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Messages messages = common.messages(surroundings.interactive());
        List<OutputTarget> targets = reporting.targets(Format.TABLE_JSON_OR_HTML);
        threads.count(); // Refuses what is no number of threads, as every command does.
        if (Inputs.isStandardInput(before) && Inputs.isStandardInput(after)) {
            throw new ParameterException(command.commandLine(), "standard input (-) can be read only once");
        }
        ServiceTags tags = evaluation.serviceTags(surroundings.reader(), messages);
        Options options = evaluation.options(reporting.all());
        KnowledgeBase rules = surroundings.rules(evaluation.rules(surroundings));
        evaluation.tell(rules, messages);
        Acceptance accepted = acceptance.read(rules, options.asOf(), surroundings, false, options.parameters());
        DiffReport diff = accepted.of(rules.diff(read(before, tags), read(after, tags), options));
        if (!OutputTarget.showTable(targets)) {
            rejections(diff, messages);
        }
        OutputTarget.write(
                targets,
                (format, style, out) -> {
                    switch (format) {
                        case JSON -> new DiffRenderer(style, reporting.all()).json(diff, out);
                        case HTML -> new HtmlDiffRenderer().render(diff, out);
                        default -> new DiffRenderer(style, reporting.all()).table(diff, out);
                    }
                },
                surroundings.style(),
                command.commandLine().getOut(),
                messages);
        if (diff.compared() && diff.isWithoutLocationsAfter()) {
            messages.error(
                    "nothing was checked, which is no pass: there is no location of an API Management service in "
                            + (diff.isWithoutLocations() ? "either snapshot" : "the later snapshot"));
        }
        return status(diff, messages).code();
    }

    private ReadResult read(Path path, @Nullable ServiceTags tags) {
        ReadResult read = Inputs.snapshot(path, surroundings.standardInput())
                .read(templates.in(surroundings).reader());
        return tags == null ? read : read.withServiceTags(tags);
    }

    private static void rejections(DiffReport diff, Messages messages) {
        for (DiffReport.Side side : List.of(diff.before(), diff.after())) {
            if (!side.report().evaluated()) {
                messages.notice(side.report().source() + " was rejected"
                        + side.report().problems().stream()
                                .filter(problem -> problem.level() == Problem.Level.ERROR)
                                .findFirst()
                                .map(TagFile::inWords)
                                .orElse(""));
            }
        }
    }

    private ExitStatus status(DiffReport diff, Messages messages) {
        if (!diff.compared()) {
            return ExitStatus.NOT_LOADED;
        }
        ExitStatus status = ExitStatus.OK;
        if (!diff.complete()) {
            messages.error("a rule failed or was stopped, so results may be missing");
            status = ExitStatus.INTERNAL;
        }
        return status.and(reporting.status(
                diff.newViolations(Severity.ERROR),
                diff.newViolations(Severity.WARNING),
                diff.newViolations(Severity.INFO),
                diff.newlyUndetermined()));
    }
}
