package dev.netkb.cli;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.RuleReload;
import dev.netkb.api.WatchedKnowledgeBase;
import dev.netkb.api.accept.Acceptance;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.cli.OutputTarget.Format;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.value.ServiceTags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code netkb check}: evaluates snapshots and reports what is wrong. */
@Command(
        name = "check",
        description = "Evaluates snapshots: which requirements are violated, by what, and how to mend it.")
final class CheckCommand implements Callable<Integer> {

    /** The problem of a snapshot without a service. */
    private static final String NO_SERVICE = "KB-N201";

    /** The problem of a snapshot in which there is nothing that is read. */
    private static final String NOTHING_UNDERSTOOD = "KB-N109";

    /** Of many snapshots without a service so many are named. */
    private static final int SNAPSHOTS_NAMED = 3;

    private final Surroundings surroundings;

    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @Mixin
    private SnapshotPaths snapshots = new SnapshotPaths();

    @Option(
            names = "--watch",
            description =
                    "Check again whenever an input or a folder of rules changes, until it is interrupted. An edit of"
                            + " the rules with an error leaves those before it in force and says what is wrong.")
    private boolean watch;

    @Mixin
    private EvaluationOptions evaluation;

    @Mixin
    private AcceptanceOptions acceptance = new AcceptanceOptions();

    @Mixin
    private KnownUpdate knownUpdate = new KnownUpdate();

    @Mixin
    private TemplateOptions templates = new TemplateOptions();

    @Mixin
    private ReportOptions reporting;

    @Mixin
    private ThreadsOption threads;

    CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Messages messages = common.messages(surroundings.interactive());
        List<OutputTarget> targets = reporting.targets(Format.ALL);
        snapshots.check("check");
        knownUpdate.check(acceptance.known(), surroundings);

        Options options = evaluation.options(reporting.all());
        Checking checking = new Checking(
                targets,
                options,
                evaluation.rules(surroundings),
                threads.count(),
                evaluation.serviceTags(surroundings.reader(), messages),
                messages);
        return watch
                ? watch(checking)
                : check(checking, surroundings.once(checking.sources())).code();
    }

    /** What stays the same however often it is checked. */
    private record Checking(
            List<OutputTarget> targets,
            Options options,
            RuleSources sources,
            int threads,
            @Nullable ServiceTags tags,
            Messages messages) {}

    private int watch(Checking checking) {
        if (snapshots.hasStandardInput()) {
            throw new ParameterException(
                    command.commandLine(), "--watch cannot be used with standard input (-), which is read only once");
        }
        try (WatchedKnowledgeBase rules = surroundings.watched(checking.sources())) {
            new WatchLoop(
                            rules,
                            snapshots.named(),
                            base -> checkAgain(checking, base),
                            reload -> refused(checking, reload))
                    .run();
        }
        return ExitStatus.OK.code();
    }

    /** What goes wrong once may be mended before the next time. */
    private void checkAgain(Checking checking, KnowledgeBase rules) {
        try {
            check(checking, surroundings.by(rules));
        } catch (CliException e) {
            checking.messages().error(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        checking.messages().notice("watching; end it with Ctrl-C");
    }

    private void refused(Checking checking, RuleReload reload) {
        RulesLintCommand.say(
                reload.problems(), surroundings.style(), command.commandLine().getErr());
        checking.messages().notice("the rules before this edit stay in force");
    }

    private ExitStatus check(Checking checking, Surroundings with) throws IOException {
        RuleSources sources = checking.sources();
        Options options = checking.options();
        Messages messages = checking.messages();
        // What is wrong with a file that is named comes first; without one the rules are loaded while snapshots are
        // read.
        Acceptance given = acceptance.given() ? accepted(with.rules(sources), options, messages) : null;
        Evaluation.Outcome outcome = new Evaluation(
                        templates.in(with), sources, options, checking.threads(), checking.tags(), messages)
                .run(snapshots);

        Acceptance accepted = given == null ? accepted(with.rules(sources), options, messages) : given;
        Report report = accepted.of(outcome.report());
        if (!OutputTarget.showTable(checking.targets())) {
            rejections(report, messages);
        }
        OutputTarget.write(
                checking.targets(),
                (format, style, out) -> ReportRendering.of(
                                format, style, () -> with.rules(sources).catalogue())
                        .render(report, out),
                surroundings.style(),
                command.commandLine().getOut(),
                messages);
        nothingChecked(report, messages);
        unused(accepted, outcome.report(), messages);
        Path known = acceptance.known();
        if (known != null && knownUpdate.wanted()) {
            knownUpdate.write(known, accepted, report, messages);
        }
        return outcome.status().and(status(report));
    }

    private Acceptance accepted(KnowledgeBase rules, Options options, Messages messages) {
        evaluation.tell(rules, messages);
        return acceptance.read(rules, options.asOf(), surroundings, knownUpdate.wanted(), options.parameters());
    }

    private static void rejections(Report report, Messages messages) {
        for (SnapshotReport snapshot : report.snapshots()) {
            if (!snapshot.evaluated()) {
                Optional<Problem> error = snapshot.problems().stream()
                        .filter(p -> p.level() == Problem.Level.ERROR)
                        .findFirst();
                messages.notice(snapshot.source() + " was rejected"
                        + error.map(TagFile::inWords).orElse(""));
            }
        }
    }

    /** A run that checked nothing must not look like one in which all is well. */
    private static void nothingChecked(Report report, Messages messages) {
        if (report.summary().locations() > 0 || report.summary().evaluated() == 0) {
            return;
        }
        List<Problem> why = report.snapshots().stream()
                .flatMap(snapshot -> snapshot.problems().stream())
                .filter(problem -> problem.code().equals(NO_SERVICE))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add("nothing was checked, which is no pass: there is no location of an API Management service");
        why.stream().limit(SNAPSHOTS_NAMED).map(Problem::message).forEach(lines::add);
        if (why.size() > SNAPSHOTS_NAMED) {
            lines.add("and so in " + (why.size() - SNAPSHOTS_NAMED) + " more snapshots");
        }
        why.stream().limit(1).map(Problem::hint).forEach(lines::add);
        messages.error(lines);
    }

    /** Of one snapshot the report itself tells it. */
    private static void unused(Acceptance accepted, Report report, Messages messages) {
        if (report.snapshots().size() > 1) {
            accepted.unused(report.snapshots())
                    .forEach(problem -> messages.notice(List.of(
                            problem.code() + " " + problem.at().file() + ":"
                                    + problem.at().line() + ": " + problem.message(),
                            problem.hint())));
        }
    }

    private ExitStatus status(Report report) {
        Report.Summary summary = report.summary();
        boolean notLoaded = summary.rejected() > 0
                || report.snapshots().stream()
                        .flatMap(snapshot -> snapshot.problems().stream())
                        .anyMatch(problem -> problem.code().equals(NOTHING_UNDERSTOOD));
        ExitStatus status = notLoaded ? ExitStatus.NOT_LOADED : ExitStatus.OK;
        return status.and(
                reporting.status(summary.errors(), summary.warnings(), summary.infos(), summary.undetermined()));
    }
}
