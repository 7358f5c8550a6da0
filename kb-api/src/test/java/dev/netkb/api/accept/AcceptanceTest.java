package dev.netkb.api.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Difference;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Waiver;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AcceptanceTest {

    private static final LocalDate LAST_DAY = LocalDate.of(2027, 3, 31);

    private static Acceptance accepting(String rule, String subject) {
        return accepting(rule, subject, LAST_DAY);
    }

    private static Acceptance accepting(String rule, String subject, LocalDate today) {
        List<RuleProblem> problems = new ArrayList<>();
        Waivers waivers = Waivers.parse(
                "w.yaml",
                "- {rule: " + rule + ", subject: '" + subject + "', reason: moved, owner: team, expires: " + LAST_DAY
                        + "}",
                Violations.IDS,
                problems);
        assertThat(problems).isEmpty();
        return new Acceptance(waivers, KnownViolations.NONE, today);
    }

    private static Report run(SnapshotReport... snapshots) {
        return new Report("1", new Report.Rules(1, List.of()), null, List.of(snapshots));
    }

    private static List<String> problems(SnapshotReport report) {
        return report.problems().stream()
                .map(p -> p.code() + " " + p.at().file() + ":" + p.at().line() + " " + p.message())
                .toList();
    }

    @Test
    void waivesTheViolationsThatItNamesAndCountsThem() {
        Report report = accepting("C-NET-05", "*/SHOP")
                .of(run(Violations.report(
                        "a",
                        Violations.of("C-NET-05", "shop"),
                        Violations.of("C-NET-06", "shop"),
                        Violations.of("C-NET-05", "other"))));

        assertThat(report.snapshots().get(0).results())
                .extracting(Result::outcome)
                .containsExactly(Outcome.VIOLATED, Outcome.WAIVED, Outcome.VIOLATED);
        assertThat(report.snapshots().get(0).results().get(1).waiver())
                .isEqualTo(new Waiver("moved", "team", "2027-03-31"));
        assertThat(report.summary().waived()).isEqualTo(1);
        assertThat(report.summary().errors()).isEqualTo(2);
        assertThat(report.snapshots().get(0).problems()).isEmpty();
    }

    @Test
    void waivesNothingThatIsUndetermined() {
        SnapshotReport report =
                accepting("C-NET-05", "*/shop").of(Violations.report("a", Violations.undetermined("C-NET-05", "shop")));

        assertThat(report.results()).extracting(Result::outcome).containsExactly(Outcome.UNDETERMINED);
    }

    @Test
    void tellsAnExpiredWaiverWhereItWouldBeNeeded() {
        Acceptance late = accepting("C-NET-05", "*/shop", LAST_DAY.plusDays(1));
        SnapshotReport report = late.of(Violations.report("a", Violations.of("C-NET-05", "shop")));

        assertThat(report.results()).extracting(Result::outcome).containsExactly(Outcome.VIOLATED);
        assertThat(problems(report))
                .containsExactly(
                        "KB-N361 w.yaml:1 the waiver of C-NET-05 for '*/shop' held until 2027-03-31: 1 violation"
                                + " counts again");
        assertThat(late.of(Violations.report("b")).problems()).isEmpty();
    }

    @Test
    void tellsAWaiverOfAWholeSubscriptionWhereItAcceptsSomething() {
        Acceptance broad = accepting("C-NET-05", "/subscriptions/0000/*");
        SnapshotReport report = broad.of(Violations.report("a", Violations.of("C-NET-05", "shop")));

        assertThat(report.results()).extracting(Result::outcome).containsExactly(Outcome.WAIVED);
        assertThat(problems(report))
                .singleElement()
                .asString()
                .startsWith("KB-N363 w.yaml:1 ")
                .contains("too broad");
        assertThat(broad.of(Violations.report("b", Violations.of("C-NET-06", "shop")))
                        .problems())
                .isEmpty();
    }

    @Test
    void tellsAWaiverOfTooManySubjects() {
        Acceptance broad = accepting("C-NET-05", "*/virtualNetworks/v*");
        Result[] most = IntStream.range(0, Acceptance.MOST_SUBJECTS)
                .mapToObj(i -> Violations.of("C-NET-05", "v" + i))
                .toArray(Result[]::new);
        Result[] more = IntStream.rangeClosed(0, Acceptance.MOST_SUBJECTS)
                .mapToObj(i -> Violations.of("C-NET-05", "v" + i))
                .toArray(Result[]::new);

        assertThat(broad.of(Violations.report("a", most)).problems()).isEmpty();
        assertThat(problems(broad.of(Violations.report("a", more))))
                .singleElement()
                .asString()
                .contains("accepts violations of 21 subjects, more than 20");
    }

    @Test
    void tellsAnUnusedWaiverOfAWholeRun() {
        Acceptance acceptance = accepting("C-NET-05", "*/shop");
        SnapshotReport clean = Violations.report("a");

        assertThat(acceptance.unused(List.of(clean)))
                .extracting(Problem::message)
                .containsExactly("the waiver of C-NET-05 for '*/shop' accepts nothing: no such violation was found");
        assertThat(problems(acceptance.of(run(clean)).snapshots().get(0)))
                .singleElement()
                .asString()
                .startsWith("KB-N362 ");
        assertThat(acceptance.of(run(clean, Violations.report("b"))).snapshots())
                .allMatch(snapshot -> snapshot.problems().isEmpty());
        assertThat(acceptance.unused(List.of(clean, Violations.report("b", Violations.of("C-NET-05", "shop")))))
                .isEmpty();
    }

    @Test
    void doesNotCallAWaiverUnusedWhereItMayBeNeeded() {
        Acceptance acceptance = accepting("C-NET-05", "*/shop");

        assertThat(acceptance.unused(List.of(Violations.report("a"), Violations.rejected("b"))))
                .isEmpty();
        assertThat(acceptance.unused(List.of(Violations.report("a", Violations.undetermined("C-NET-05", "shop")))))
                .isEmpty();
        assertThat(acceptance.unused(List.of())).isEmpty();
    }

    @Test
    void prefersTheWaiverWhereAViolationIsKnownToo() {
        Result violation = Violations.of("C-NET-05", "shop");
        KnownViolations known = KnownViolations.NONE
                .updated(List.of(Violations.report("a", violation)))
                .known();
        Acceptance both = new Acceptance(accepting("C-NET-05", "*/shop").waivers(), known, LAST_DAY);

        assertThat(both.of(Violations.report("a", violation)).results())
                .extracting(Result::outcome)
                .containsExactly(Outcome.WAIVED);
    }

    @Test
    void acceptsWhatAChangeBrings() {
        Result waived = Violations.of("C-NET-05", "shop");
        Result other = Violations.of("C-NET-06", "shop");
        DiffReport diff = new DiffReport(
                "1",
                new Report.Rules(1, List.of()),
                new DiffReport.Side(Violations.report("a"), null),
                new DiffReport.Side(Violations.report("b", waived, other), null),
                List.of(),
                List.of(),
                List.of(waived),
                new Difference(List.of(waived, other), List.of(), List.of(), List.of()),
                Difference.NONE,
                List.of());

        DiffReport accepted = accepting("C-NET-05", "*/shop").of(diff);

        assertThat(accepted.newViolations()).containsExactly(other);
        assertThat(accepted.newViolations(Severity.ERROR)).isEqualTo(1);
        assertThat(accepted.violations().appeared())
                .extracting(Result::outcome)
                .containsExactly(Outcome.WAIVED, Outcome.VIOLATED);
        assertThat(diff.newViolations()).hasSize(3);
    }

    @Test
    void changesNothingWithoutWaiversAndKnownViolations() {
        Report report = run(Violations.report("a", Violations.of("C-NET-05", "shop")));

        assertThat(new Acceptance(Waivers.NONE, KnownViolations.NONE, LAST_DAY).of(report))
                .isSameAs(report);
    }
}
