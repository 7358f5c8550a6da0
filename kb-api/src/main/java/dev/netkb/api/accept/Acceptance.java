package dev.netkb.api.accept;

import dev.netkb.api.accept.Waivers.Accepting;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Difference;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which violations are accepted. Accepted ones stay in reports, as {@code waived} or {@code known}, and are counted there;
 * they do not count as violations any more. Where a violation is waived and known, the waiver is what is told. Immutable.
 *
 * @param waivers what people accept
 * @param known what was there before
 * @param today the day on which it is asked whether a waiver holds. A report depends on it only where a waiver does
 * @param mostSubjects how many subjects of one snapshot a waiver may accept before it is told to be too broad
 */
public record Acceptance(Waivers waivers, KnownViolations known, LocalDate today, int mostSubjects) {

    private static final String EXPIRED = "KB-N361";
    private static final String UNUSED = "KB-N362";
    private static final String BROAD = "KB-N363";

    /** How many subjects of one snapshot a waiver may accept unless a parameter says otherwise. */
    public static final int MOST_SUBJECTS = 20;

    public Acceptance(Waivers waivers, KnownViolations known, LocalDate today) {
        this(waivers, known, today, MOST_SUBJECTS);
    }

    public boolean isEmpty() {
        return waivers.isEmpty() && known.entries().isEmpty();
    }

    /** The report of a run as it stands once violations are accepted. */
    public Report of(Report report) {
        if (isEmpty()) {
            return report;
        }
        List<SnapshotReport> judged = new ArrayList<>();
        boolean single = report.snapshots().size() == 1;
        for (SnapshotReport snapshot : report.snapshots()) {
            SnapshotReport accepted = of(snapshot);
            judged.add(single ? with(accepted, unused(List.of(snapshot))) : accepted);
        }
        return new Report(report.toolVersion(), report.rules(), report.serviceTags(), judged);
    }

    /**
     * The report of one snapshot likewise. Its problems tell of waivers that expired although they are needed, and of those
     * that are too broad; not of unused ones, which only a whole run shows ({@link #unused}).
     */
    public SnapshotReport of(SnapshotReport report) {
        if (isEmpty() || !report.evaluated()) {
            return report;
        }
        List<Result> results = accepted(report.results());
        List<Problem> problems = new ArrayList<>();
        for (Accepting waiver : waivers.entries()) {
            List<Result> matched =
                    report.results().stream().filter(waiver::speaksOf).toList();
            Problem problem = matched.isEmpty()
                    ? null
                    : waiver.isExpired(today) ? expired(waiver, matched) : tooBroad(waiver, matched);
            if (problem != null) {
                problems.add(problem);
            }
        }
        return with(
                new SnapshotReport(
                        report.source(),
                        report.evaluated(),
                        report.complete(),
                        report.problems(),
                        report.locations(),
                        results,
                        report.rules()),
                problems);
    }

    /** What differs between two snapshots likewise: new violations, and what is violated by the change itself. */
    public DiffReport of(DiffReport diff) {
        if (isEmpty()) {
            return diff;
        }
        Difference violations = diff.violations();
        return new DiffReport(
                diff.toolVersion(),
                diff.rules(),
                side(diff.before()),
                side(diff.after()),
                diff.locations(),
                diff.resources(),
                accepted(diff.changeResults()),
                new Difference(
                        accepted(violations.appeared()),
                        violations.solved(),
                        violations.undecided(),
                        violations.unchanged()),
                diff.undetermined(),
                diff.flows());
    }

    private DiffReport.Side side(DiffReport.Side side) {
        return new DiffReport.Side(of(side.report()), side.serviceTags());
    }

    /**
     * The waivers that accept nothing in a whole run. None where a snapshot was rejected or is incomplete: what a waiver is
     * for may be in there. One is not unused either where what it asks about is undetermined.
     *
     * @param reports the reports of all snapshots, before anything was accepted
     */
    public List<Problem> unused(Collection<SnapshotReport> reports) {
        Use use = use();
        reports.forEach(use::add);
        return use.unused();
    }

    /** The waivers that accept nothing, for those who do not keep the reports of a run. */
    public Use use() {
        return new Use();
    }

    /** Which waivers accept something in the reports that it is given; as {@link #unused(Collection)} tells it. */
    public final class Use {

        private final List<Accepting> unused = new ArrayList<>(waivers.entries());
        private boolean any;

        private Use() {}

        /** @param report of one snapshot, before anything was accepted */
        public void add(SnapshotReport report) {
            any = true;
            if (!report.evaluated() || !report.complete()) {
                unused.clear();
            }
            unused.removeIf(waiver -> report.results().stream()
                    .anyMatch(result -> waiver.speaksOf(result)
                            || result.outcome() == Outcome.UNDETERMINED && waiver.asksAbout(result)));
        }

        /** Those that accept nothing in all reports so far. */
        public List<Problem> unused() {
            return any ? unused.stream().map(Acceptance.this::unused).toList() : List.of();
        }
    }

    private List<Result> accepted(List<Result> results) {
        List<Result> waived = results.stream().map(this::waived).toList();
        return known.mark(waived);
    }

    private Result waived(Result result) {
        return waivers.entries().stream()
                .filter(waiver -> waiver.speaksOf(result) && !waiver.isExpired(today))
                .findFirst()
                .map(waiver -> result.accepted(waiver.asReported()))
                .orElse(result);
    }

    private Problem expired(Accepting waiver, List<Result> matched) {
        return new Problem(
                EXPIRED,
                Problem.Level.WARNING,
                "the " + waiver.text() + " held until " + waiver.expires() + ": " + violations(matched.size())
                        + " again",
                waiver.place(),
                "Mend it, or let " + waiver.owner() + " decide on a later day and write it as expires.");
    }

    private @Nullable Problem tooBroad(Accepting waiver, List<Result> matched) {
        long subjects =
                matched.stream().map(result -> result.subject().id()).distinct().count();
        boolean many = subjects > mostSubjects;
        if (!many && !waiver.isWholeSubscription()) {
            return null;
        }
        return new Problem(
                BROAD,
                Problem.Level.WARNING,
                "the " + waiver.text() + " is too broad: "
                        + (many
                                ? "it accepts violations of " + subjects + " subjects, more than " + mostSubjects
                                : "it names no resource group and no resource, so it accepts what is built tomorrow too"),
                waiver.place(),
                "Name what is meant, such as '/subscriptions/*/resourceGroups/shop/*', with a waiver for each; what it accepts is "
                        + "accepted all the same.");
    }

    private Problem unused(Accepting waiver) {
        return new Problem(
                UNUSED,
                Problem.Level.WARNING,
                "the " + waiver.text() + " accepts nothing: no such violation was found"
                        + (waiver.isExpired(today) ? "; it held until " + waiver.expires() : ""),
                waiver.place(),
                "Take it away if the violation is solved; else compare rule and subject with the report.");
    }

    private static String violations(int count) {
        return count == 1 ? "1 violation counts" : count + " violations count";
    }

    private static SnapshotReport with(SnapshotReport report, List<Problem> more) {
        if (more.isEmpty()) {
            return report;
        }
        List<Problem> problems = new ArrayList<>(report.problems());
        problems.addAll(more);
        return new SnapshotReport(
                report.source(),
                report.evaluated(),
                report.complete(),
                problems,
                report.locations(),
                report.results(),
                report.rules());
    }
}
