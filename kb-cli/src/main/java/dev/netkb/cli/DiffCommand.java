package dev.netkb.cli;

import dev.netkb.api.Baseline;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.accept.Acceptance;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.render.DiffRenderer;
import dev.netkb.cli.CheckCommand.BaselineConverter;
import dev.netkb.cli.CheckCommand.FailOn;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Severity;
import dev.netkb.model.value.ServiceTags;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netkb diff}: compares two snapshots. */
@Command(
        name = "diff",
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

    @Option(
            names = "--baseline",
            paramLabel = "auto|seed|YYYY-MM",
            defaultValue = "auto",
            converter = BaselineConverter.class,
            description = "Which requirements apply, as for check.")
    private Baseline baseline = Baseline.AUTO;

    @Option(
            names = "--service-tags",
            paramLabel = "FILE",
            description = "Service tag data for both snapshots, as for check.")
    private @Nullable Path serviceTags;

    @Option(
            names = "--as-of",
            paramLabel = "INSTANT",
            converter = CheckCommand.InstantConverter.class,
            description = "The point in time from which ages are counted, as for check.")
    private @Nullable Instant asOf;

    @Mixin
    private TemplateOptions templates = new TemplateOptions();

    @Mixin
    private AcceptanceOptions acceptance = new AcceptanceOptions();

    @Mixin
    private ParameterOptions parameters = new ParameterOptions();

    @Option(
            names = "--all",
            description = "Report unchanged violations one by one, and what passed and does not apply of the change.")
    private boolean all;

    @Option(
            names = "--format",
            paramLabel = "FMT[=FILE]",
            converter = OutputTarget.Converter.class,
            description = "table (the default) or json; with =FILE into a file, which is written whole or not at all."
                    + " Repeatable.")
    private List<OutputTarget> formats = new ArrayList<>();

    @Option(
            names = "--fail-on",
            paramLabel = "error|warning|info|never",
            defaultValue = "error",
            converter = FailOn.Converter.class,
            description = "The severity from which on new violations make the exit status 4 (default: error).")
    private FailOn failOn = FailOn.ERROR;

    @Option(
            names = "--fail-on-undetermined",
            description = "Make the exit status 5 where something is undetermined that was not before.")
    private boolean failOnUndetermined;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "As for check; two snapshots are compared on one thread in any case.")
    private @Nullable Integer threads;

    DiffCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Messages messages = common.messages(surroundings.interactive());
        List<OutputTarget> targets = OutputTarget.checked(formats, command.commandLine());
        if (threads != null) {
            CheckCommand.checkedThreads(threads, command.commandLine());
        }
        if (Inputs.isStandardInput(before) && Inputs.isStandardInput(after)) {
            throw new ParameterException(command.commandLine(), "standard input (-) can be read only once");
        }
        ServiceTags tags = serviceTags == null ? null : TagFile.read(serviceTags, surroundings.reader(), messages);
        Options options = new Options(baseline, all, asOf, parameters.read());
        KnowledgeBase rules = surroundings.rules();
        parameters.tell(rules, messages);
        Acceptance accepted = acceptance.read(rules, asOf, surroundings, false, options.parameters(), messages);
        DiffReport diff = accepted.of(rules.diff(read(before, tags), read(after, tags), options));
        if (!OutputTarget.showTable(targets)) {
            rejections(diff, messages);
        }
        OutputTarget.write(
                targets,
                (format, style, out) -> {
                    DiffRenderer renderer = new DiffRenderer(style, all);
                    switch (format) {
                        case TABLE -> renderer.table(diff, out);
                        case JSON -> renderer.json(diff, out);
                    }
                },
                surroundings.style(),
                command.commandLine().getOut(),
                messages);
        if (diff.compared() && diff.isWithoutLocations()) {
            messages.error("nothing was checked, which is no pass: there is no location of an API Management service in"
                    + " either snapshot");
        }
        return status(diff, messages).code();
    }

    private ReadResult read(Path path, @Nullable ServiceTags tags) {
        ReadResult read = Inputs.snapshot(path, surroundings.standardInput())
                .read(templates.in(surroundings).reader());
        return read.snapshot() == null || tags == null
                ? read
                : new ReadResult(read.source(), read.snapshot().withServiceTags(tags), read.problems(), read.locate());
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
            messages.error("a rule failed, so results may be missing");
            status = ExitStatus.INTERNAL;
        }
        if (failOn.isReachedBy(
                diff.newViolations(Severity.ERROR),
                diff.newViolations(Severity.WARNING),
                diff.newViolations(Severity.INFO))) {
            status = status.and(ExitStatus.VIOLATIONS);
        }
        if (failOnUndetermined && diff.newlyUndetermined() > 0) {
            status = status.and(ExitStatus.UNDETERMINED);
        }
        return status;
    }
}
