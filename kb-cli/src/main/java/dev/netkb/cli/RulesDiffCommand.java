package dev.netkb.cli;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.accept.Acceptance;
import dev.netkb.api.edit.RuleDiff;
import dev.netkb.api.edit.RuleDiff.Compared;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.render.RuleDiffRenderer;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.cli.OutputTarget.Format;
import dev.netkb.model.value.ServiceTags;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netkb rules diff}: which verdicts a folder of rules changes. */
@Command(
        name = "diff",
        description =
                "Evaluates snapshots with and without a folder of rules: which verdicts it changes, for whom and why.",
        exitCodeList = " 4:a verdict changes, and --fail-on-change was given")
final class RulesDiffCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @Mixin
    private SnapshotPaths.BehindFolder snapshots = new SnapshotPaths.BehindFolder();

    @Mixin
    private EvaluationOptions evaluation;

    @Mixin
    private AcceptanceOptions acceptance = new AcceptanceOptions();

    @Mixin
    private TemplateOptions templates = new TemplateOptions();

    @Option(names = "--fail-on-change", description = "Make the exit status 4 where a verdict changes.")
    private boolean failOnChange;

    @Option(
            names = "--format",
            paramLabel = "FMT[=FILE]",
            converter = OutputTarget.Converter.class,
            description = "table (the default) or json; with =FILE into a file, which is written whole or not at all."
                    + " Repeatable.")
    private List<OutputTarget> formats = new ArrayList<>();

    RulesDiffCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Messages messages = common.messages(surroundings.interactive());
        List<OutputTarget> targets = OutputTarget.checked(formats, Format.TABLE_OR_JSON, command.commandLine());
        snapshots.check("compare on");
        snapshots.tellLeftOut(targets, messages);
        ServiceTags tags = evaluation.serviceTags(surroundings.reader(), messages);
        Options options = evaluation.options(true);
        RuleSources sources = evaluation.rules(surroundings);
        KnowledgeBase before = surroundings.rules(sources);
        KnowledgeBase after = surroundings.rules(sources.with(snapshots.folder()));
        RuleDiff.Side was = new RuleDiff.Side(before, accepted(before, after, options));
        RuleDiff.Side is = new RuleDiff.Side(after, accepted(after, after, options));
        Surroundings reading = templates.in(surroundings);
        List<Compared> compared = new ArrayList<>();
        Progress progress = new Progress(messages, "snapshots", System::nanoTime, () -> snapshots.count(targets));
        snapshots.all(targets, surroundings.standardInput()).forEachOrdered(found -> {
            Compared each = RuleDiff.compare(withTags(found.read(reading.reader()), tags), was, is, options);
            compared.add(each);
            progress.done(each.evaluated());
        });
        progress.end();
        RuleDiff diff = RuleDiff.of(before, after, compared);
        OutputTarget.write(
                targets,
                (format, style, out) -> {
                    RuleDiffRenderer renderer = new RuleDiffRenderer(style);
                    if (format == Format.JSON) {
                        renderer.json(diff, out);
                    } else {
                        renderer.table(diff, out);
                    }
                },
                surroundings.style(),
                command.commandLine().getOut(),
                messages);
        return status(diff, messages).code();
    }

    /** Files that the command line names may speak of ids that only the folder has. */
    private Acceptance accepted(KnowledgeBase rules, KnowledgeBase named, Options options) {
        return acceptance.read(rules, named.ids(), options.asOf(), surroundings, false, options.parameters());
    }

    private static ReadResult withTags(ReadResult read, @Nullable ServiceTags tags) {
        return tags == null ? read : read.withServiceTags(tags);
    }

    private ExitStatus status(RuleDiff diff, Messages messages) {
        ExitStatus status = ExitStatus.OK;
        for (Compared each : diff.snapshots()) {
            if (!each.evaluated()) {
                messages.notice(each.source() + " was rejected");
                status = status.and(ExitStatus.NOT_LOADED);
            } else if (!each.complete()) {
                messages.error(each.source() + ": a rule failed, so changes may be missing");
                status = status.and(ExitStatus.INTERNAL);
            }
        }
        return failOnChange && diff.changed() > 0 ? status.and(ExitStatus.VIOLATIONS) : status;
    }
}
