package dev.netkb.html;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.DeniedPart;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Difference;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FactRef;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Source;
import dev.netkb.model.report.Subject;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.report.Waiver;
import dev.netkb.model.report.Witness;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reports of the sample snapshots, and reports made by hand. */
final class Reports {

    private static final Path SAMPLES = Path.of("..", "kb-samples");
    private static final Options EVERYTHING = Options.DEFAULT.withAll(true);

    /** What the samples are decided by. */
    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    /** As the samples' reports say it: not the real one, which changes with each edit of a rule. */
    private static final Report.Rules NAMED =
            new Report.Rules(200, List.of(new Report.Pack("netkb", "1", "packaged", "5f1c")));

    private Reports() {}

    private static ReadResult read(String path) {
        return SnapshotFiles.snapshot(SAMPLES.resolve(path)).read(SnapshotReader.create());
    }

    /** The sample of a name, evaluated. */
    static SnapshotReport sample(String name) {
        return named(name, RULES.evaluate(read("snapshots/" + name), EVERYTHING));
    }

    static SnapshotReport named(String name, SnapshotReport report) {
        return new SnapshotReport(
                name,
                report.evaluated(),
                report.complete(),
                report.problems(),
                report.locations(),
                report.results(),
                NAMED);
    }

    /** The same where each violation was there before. */
    static SnapshotReport known(SnapshotReport report) {
        return with(
                report,
                report.results().stream()
                        .map(result -> result.outcome() == Outcome.VIOLATED ? result.asKnown() : result)
                        .toList());
    }

    /** With every result accepted. */
    static SnapshotReport waived(SnapshotReport report) {
        Waiver waiver = new Waiver("agreed", "net team", "2027-01-31");
        return with(
                report,
                report.results().stream().map(result -> result.accepted(waiver)).toList());
    }

    /** Those of its results that have one of these outcomes. */
    static SnapshotReport only(SnapshotReport report, Outcome... outcomes) {
        return with(
                report,
                report.results().stream()
                        .filter(result -> List.of(outcomes).contains(result.outcome()))
                        .toList());
    }

    private static SnapshotReport with(SnapshotReport report, List<Result> results) {
        return new SnapshotReport(
                report.source(),
                report.evaluated(),
                report.complete(),
                report.problems(),
                report.locations(),
                results,
                report.rules());
    }

    static Report of(SnapshotReport... snapshots) {
        return new Report(
                "1.0", NAMED, new Report.Tags("Public", "381", "ServiceTags_Public.json"), List.of(snapshots));
    }

    /** Samples with something of everything, beside a snapshot that was rejected and one that is not complete. */
    static Report mixed() {
        SnapshotReport broken = sample("classic-broken");
        List<Result> results = new ArrayList<>(broken.results());
        Result first = results.stream()
                .filter(result -> result.outcome() == Outcome.VIOLATED)
                .findFirst()
                .orElseThrow();
        results.remove(first);
        results.add(first.accepted(new Waiver("moves next month", "net-team", "2026-12-31")));
        return of(
                with(broken, results),
                sample("classic-mended"),
                sample("internal-multi-region"),
                sample("private-and-workspace"),
                new SnapshotReport("half.json", true, false, List.of(), List.of(), List.of()),
                rejected("torn.json"));
    }

    static SnapshotReport rejected(String name) {
        return new SnapshotReport(
                name,
                false,
                true,
                List.of(new Problem(
                        "KB-E101",
                        Problem.Level.ERROR,
                        "the file ends inside an object",
                        new Place(name, "/value/3", 17, 4),
                        "Maybe the export was cut off: export it again.")),
                List.of(),
                List.of());
    }

    /** The sample change. */
    static DiffReport change() {
        return change(Options.DEFAULT);
    }

    /** The sample change, with what passes on both sides too. */
    static DiffReport wholeChange() {
        return change(EVERYTHING);
    }

    /** A network to which a service comes that was not there. */
    static DiffReport addition() {
        return change("snapshots/standard-v2", "snapshots/classic-broken", Options.DEFAULT);
    }

    /** A network from which the export of its service is gone. */
    static DiffReport removal() {
        return change("snapshots/classic-broken", "snapshots/classic-broken/network.json", Options.DEFAULT);
    }

    /** The sample change, all of which was known before. */
    static DiffReport knownChange() {
        DiffReport diff = change();
        Difference violations = diff.violations();
        return new DiffReport(
                diff.toolVersion(),
                diff.rules(),
                diff.before(),
                diff.after(),
                diff.locations(),
                diff.resources(),
                asKnown(diff.changeResults()),
                new Difference(
                        asKnown(violations.appeared()),
                        violations.solved(),
                        violations.undecided(),
                        violations.unchanged()),
                Difference.NONE,
                diff.flows());
    }

    private static List<Result> asKnown(List<Result> results) {
        return results.stream()
                .filter(result -> result.outcome() == Outcome.VIOLATED)
                .map(Result::asKnown)
                .toList();
    }

    private static DiffReport change(Options options) {
        return change("changes/external-to-internal/before", "changes/external-to-internal/after", options);
    }

    private static DiffReport change(String before, String after, Options options) {
        DiffReport diff = RULES.diff(read(before), read(after), options);
        return new DiffReport(
                "1.0",
                NAMED,
                new DiffReport.Side(
                        named("before", diff.before().report()), diff.before().serviceTags()),
                new DiffReport.Side(
                        named("after", diff.after().report()), diff.after().serviceTags()),
                diff.locations(),
                diff.resources(),
                diff.changeResults(),
                diff.violations(),
                diff.undetermined(),
                diff.flows());
    }

    /** A change to a snapshot that was rejected. */
    static DiffReport rejectedChange() {
        DiffReport diff = change();
        return new DiffReport(
                "1.0",
                NAMED,
                diff.before(),
                new DiffReport.Side(rejected("torn.json"), null),
                List.of(),
                List.of(),
                List.of(),
                Difference.NONE,
                Difference.NONE,
                List.of());
    }

    /** Very many locations: some broken, most as they should be, some that lack data. */
    static Report many(int locations) {
        List<SnapshotReport> samples = List.of(
                sample("classic-broken"),
                sample("classic-mended"),
                sample("complete-internal"),
                sample("seed-era"),
                sample("complete-v2"),
                sample("standard-v2"));
        List<SnapshotReport> all = new ArrayList<>();
        int made = 0;
        for (int i = 0; made < locations; i++) {
            SnapshotReport sample = samples.get(i % 10 == 0 ? 0 : 1 + i % (samples.size() - 1));
            SnapshotReport plain = new SnapshotReport(
                    String.format("subscription-%04d/%s.json", i, sample.source()),
                    true,
                    true,
                    sample.problems(),
                    sample.locations(),
                    sample.results().stream()
                            .filter(result ->
                                    result.outcome() != Outcome.PASSED && result.outcome() != Outcome.NOT_APPLICABLE)
                            .toList(),
                    sample.rules());
            all.add(plain);
            made += plain.locations().size();
        }
        return of(all.toArray(SnapshotReport[]::new));
    }

    /** A report whose every text is {@code words}, which try to be more than a text. */
    static Report saying(String words) {
        ResourceId id = ResourceId.of("/subscriptions/" + words + "/resourceGroups/g/providers/M.A/service/x" + words);
        Place at = new Place(words, "/" + words, 1, 1);
        List<String> list = List.of(words);
        DecidingRule rule = new DecidingRule(words, "x" + words, words, 100, false, "Deny", list, list, at);
        Result violated = new Result(
                words,
                Outcome.VIOLATED,
                Severity.ERROR,
                words,
                words,
                new Subject(words, id, words),
                new FlowResult(
                        "Outbound",
                        words,
                        list,
                        words,
                        Verdict.DENIED,
                        List.of(new FlowStage("nsg", Verdict.DENIED, List.of(rule))),
                        List.of(new DeniedPart(list, list, list, list)),
                        new Witness(words, words, 1, words, 2),
                        list),
                List.of(new Evidence(words, words, new FactRef(words, id), at)),
                list,
                new Remediation(
                        words,
                        List.of(Map.of("op", words, "name", words)),
                        Map.of("az", list, "powershell", list),
                        false,
                        list),
                List.of(new Source(words, words, words, words), new Source(words + "2", "0", words, words)),
                null);
        Result undetermined = new Result(
                words + "-U",
                Outcome.UNDETERMINED,
                Severity.WARNING,
                words,
                words,
                violated.subject(),
                null,
                List.of(),
                list,
                null,
                List.of(),
                null);
        SnapshotReport evaluated = new SnapshotReport(
                words,
                true,
                false,
                List.of(
                        new Problem("KB-N201", Problem.Level.NOTICE, words, at, words),
                        new Problem("KB-N207", Problem.Level.NOTICE, words, at, words)),
                List.of(new LocationSummary(id, words, id, words, words, words, words, words)),
                List.of(
                        violated,
                        violated.accepted(new Waiver(words, words, words)),
                        violated.asKnown(),
                        undetermined));
        SnapshotReport rejected = new SnapshotReport(
                words + words,
                false,
                true,
                List.of(new Problem("KB-E101", Problem.Level.ERROR, words, at, words)),
                List.of(),
                List.of());
        return new Report(
                words,
                new Report.Rules(1, List.of(new Report.Pack(words, words, words, words))),
                new Report.Tags(words, words, words),
                List.of(evaluated, rejected));
    }

    static String html(Report report) {
        StringBuilder out = new StringBuilder();
        try {
            new HtmlRenderer().render(report, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    static String html(DiffReport diff) {
        StringBuilder out = new StringBuilder();
        try {
            new HtmlDiffRenderer().render(diff, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
