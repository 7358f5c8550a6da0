package dev.netkb.cli;

import dev.netkb.api.BatchEvaluation;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.RuleReload;
import dev.netkb.api.WatchedKnowledgeBase;
import dev.netkb.api.accept.Acceptance;
import dev.netkb.api.render.SnapshotDigest;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.cli.OutputTarget.Format;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.value.ServiceTags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

    private final Surroundings surroundings;

    @Spec
    private CommandSpec command;

    @Mixin
    private CommonOptions common;

    @Mixin
    private SnapshotPaths.Only snapshots = new SnapshotPaths.Only();

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
    private ResumeOption resume = new ResumeOption();

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
        resume.check(targets, snapshots, knownUpdate.wanted(), watch);
        snapshots.tellLeftOut(targets, messages);

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
        CheckRun run = new CheckRun(checking, with);
        try {
            run.run();
        } catch (LineSink.OutputGone e) {
            return run.stopped();
        }
        return run.status();
    }

    private Acceptance accepted(KnowledgeBase rules, Options options, Messages messages) {
        evaluation.tell(rules, messages);
        return acceptance.read(rules, options.asOf(), surroundings, knownUpdate.wanted(), options.parameters());
    }

    /** One run. It takes the reports one by one, and keeps no more of them than what was asked for needs. */
    private final class CheckRun {

        private final Checking checking;
        private final Surroundings with;
        private final Messages messages;
        private final List<OutputTarget> documents;
        private final boolean keeps;
        private final Tally tally = new Tally();
        private final Progress progress;
        private final FixSearch fixes = new FixSearch();
        private final List<SnapshotReport> kept = new ArrayList<>();
        private @Nullable Acceptance accepted;
        private Acceptance.@Nullable Use use;
        private boolean resumed;

        CheckRun(Checking checking, Surroundings with) {
            this.checking = checking;
            this.with = with;
            this.messages = checking.messages();
            this.documents = OutputTarget.documents(checking.targets());
            this.keeps = !documents.isEmpty() || knownUpdate.wanted();
            this.progress =
                    new Progress(messages, "snapshots", System::nanoTime, () -> snapshots.count(checking.targets()));
        }

        void run() throws IOException {
            // What is wrong with a file that is named comes first; without one the rules are loaded while snapshots are
            // read.
            if (acceptance.given() || LineTargets.needMark(checking.targets())) {
                acceptance(with.rules(checking.sources()));
            }
            Evaluation.Used used;
            try (LineTargets lines = LineTargets.open(
                    checking.targets(),
                    resume.wanted(),
                    this::mark,
                    command.commandLine().getOut(),
                    messages)) {
                used = new Evaluation(
                                templates.in(with),
                                checking.sources(),
                                checking.options(),
                                checking.threads(),
                                checking.tags(),
                                tellsFixes() ? fixes : null,
                                messages)
                        .run(
                                lines.unfinished(snapshots.all(checking.targets(), with.standardInput()), this::skip),
                                snapshots.many(),
                                (report, rules) -> take(report, rules, lines));
                progress.end();
                lines.complete(messages);
            }
            finish(used);
        }

        private boolean tellsFixes() {
            return documents.stream().anyMatch(target -> target.format() == Format.SARIF);
        }

        /** What a run before has finished counts, and is not evaluated again. */
        private void skip(SnapshotDigest finished) {
            resumed = true;
            tally.add(finished);
            progress.skipped(tally.summary().snapshots());
        }

        private void take(SnapshotReport report, KnowledgeBase rules, LineTargets lines) {
            Acceptance acceptance = acceptance(rules);
            if (use == null) {
                use = acceptance.use();
            }
            use.add(report);
            SnapshotReport judged = acceptance.of(report);
            SnapshotDigest digest = SnapshotDigest.of(judged);
            tally.add(digest);
            lines.write(judged, rules.report(List.of(), ServiceTags.NONE).rules());
            if (keeps) {
                kept.add(report);
            }
            tell(judged, digest);
            progress.done(report.evaluated());
        }

        private void tell(SnapshotReport report, SnapshotDigest digest) {
            if (digest.tells(BatchEvaluation.INTERNAL_ERROR)) {
                messages.error(report.source() + ": "
                        + report.problems().get(0).message() + "; "
                        + report.problems().get(0).hint());
            } else if (Tally.isDefect(digest)) {
                messages.error(report.source() + ": a rule failed or was stopped, so results may be missing");
            }
            if (!report.evaluated() && !OutputTarget.showTable(documents)) {
                Optional<Problem> error = report.problems().stream()
                        .filter(p -> p.level() == Problem.Level.ERROR)
                        .findFirst();
                messages.notice(report.source() + " was rejected"
                        + error.map(TagFile::inWords).orElse(""));
            }
            messages.detail(report.source() + ": " + (report.evaluated() ? "evaluated" : "rejected"));
        }

        private void finish(Evaluation.Used used) throws IOException {
            Acceptance acceptance = acceptance(used.rules());
            Report report = acceptance.of(used.rules().report(kept, used.tags()));
            OutputTarget.write(
                    documents,
                    (format, style, out) -> ReportRendering.of(
                                    format, style, () -> used.rules().catalogue(), fixes.bySource())
                            .render(report, out),
                    surroundings.style(),
                    command.commandLine().getOut(),
                    messages);
            if (!OutputTarget.showTable(documents)
                    && documents.size() < checking.targets().size()) {
                messages.notice(tally.inWords());
            }
            tally.tellThatNothingWasChecked(messages);
            tellUnused();
            Path known = CheckCommand.this.acceptance.known();
            if (known != null && knownUpdate.wanted()) {
                knownUpdate.write(known, acceptance, report, messages);
            }
        }

        /** A report on one snapshot tells it itself. Of a run that was resumed nobody knows what the first part used. */
        private void tellUnused() {
            boolean told = !documents.isEmpty() && tally.summary().snapshots() == 1;
            if (use == null || told || resumed) {
                return;
            }
            use.unused()
                    .forEach(problem -> messages.notice(List.of(
                            problem.code() + " " + problem.at().file() + ":"
                                    + problem.at().line() + ": " + problem.message(),
                            problem.hint())));
        }

        private Acceptance acceptance(KnowledgeBase rules) {
            if (accepted == null) {
                accepted = accepted(rules, checking.options(), messages);
            }
            return accepted;
        }

        /** Everything that a line depends on but the content of the inputs, which size and time of their files stand for. */
        private RunMark mark() {
            KnowledgeBase rules = with.rules(checking.sources());
            Report none = rules.report(List.of(), ServiceTags.NONE);
            Acceptance acceptance = acceptance(rules);
            return new RunMark.Builder()
                    .with("the version of netkb", none.toolVersion())
                    .with("the rules", none.rules().packs() + " " + rules.parameters())
                    .with("the options", String.valueOf(checking.options()))
                    .with("the service tags", digest(evaluation.serviceTagFile()))
                    .with("the parameters of templates", templates.inWords())
                    .with(
                            "what is accepted, or the day that waivers depend on",
                            acceptance.isEmpty() ? "" : acceptance.toString())
                    .with("the inputs", snapshots.stamps(checking.targets()))
                    .build();
        }

        /** What a run ends with that nobody wants to read to its end: what was not evaluated must not look like passed. */
        ExitStatus stopped() {
            messages.endProgress();
            int done = tally.summary().snapshots();
            OptionalLong count = snapshots.count(checking.targets());
            if (count.isPresent() && count.getAsLong() == done) {
                return status();
            }
            messages.error("stopped after " + done + (done == 1 ? " snapshot" : " snapshots")
                    + ", because standard output takes no more; the others are not evaluated");
            return status().and(ExitStatus.NOT_LOADED);
        }

        ExitStatus status() {
            Report.Summary summary = tally.summary();
            return tally.status()
                    .and(reporting.status(
                            summary.errors(), summary.warnings(), summary.infos(), summary.undetermined()));
        }
    }

    private static String digest(@Nullable Path file) {
        try {
            return file == null ? "" : RunMark.sha256(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
