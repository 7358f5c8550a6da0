package dev.netkb.model.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.netkb.model.report.Overview.Requirement;
import dev.netkb.model.report.Overview.Subscription;
import dev.netkb.model.report.Overview.Violation;
import dev.netkb.model.value.ResourceId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverviewTest {

    @Test
    void namesTheRequirementThatFailsMostFirst() {
        Overview overview = of(report(
                evaluated("a", "sub-1", violated("C-1", "sub-1"), violated("C-2", "sub-1")),
                evaluated("b", "sub-2", violated("C-2", "sub-2"), result("C-3", Outcome.UNDETERMINED, "sub-2")),
                evaluated("c", "sub-3", result("C-4", Outcome.PASSED, "sub-3"))));

        assertThat(overview.requirements())
                .extracting(
                        Requirement::rule, Requirement::violated, Requirement::undetermined, Requirement::subscriptions)
                .containsExactly(tuple("C-2", 2, 0, 2), tuple("C-1", 1, 0, 1), tuple("C-3", 0, 1, 0));
    }

    @Test
    void namesTheWorstSubscriptionFirstAndTheCleanOneToo() {
        Overview overview = of(report(
                evaluated("a", "sub-1", result("C-1", Outcome.WAIVED, "sub-1")),
                evaluated("b", "SUB-2", violated("C-1", "Sub-2"), violated("C-2", "sub-2"))));

        assertThat(overview.subscriptions())
                .containsExactly(
                        new Subscription("sub-2", 1, 2, 0, 0, 0, 0, 0), new Subscription("sub-1", 1, 0, 0, 0, 0, 1, 0));
    }

    /** A network that two exports hold is one network. */
    @Test
    void countsOneQuestionOnceAndTakesTheWorstAnswer() {
        Overview overview = of(
                report(evaluated("a", "sub-1", result("C-1", Outcome.UNDETERMINED, "sub-1"))),
                report(evaluated("b", "sub-1", violated("C-1", "SUB-1"))));

        assertThat(overview.requirements())
                .containsExactly(new Requirement("C-1", "title", Severity.ERROR, 1, 0, 0, 0, 1));
        assertThat(overview.subscriptions()).hasSize(1);
        assertThat(overview.summary().snapshots()).isEqualTo(2);
    }

    /** Two templates may call their services the same. */
    @Test
    void keepsNamesWithoutASubscriptionApart() {
        Overview overview =
                of(report(evaluated("a", "", violated("C-1", "")), evaluated("b", "", violated("C-1", ""))));

        assertThat(overview.requirements().get(0).violated()).isEqualTo(2);
        assertThat(overview.subscriptions())
                .singleElement()
                .satisfies(each -> assertThat(each.locations()).isEqualTo(2));
    }

    @Test
    void saysNothingOfAChangeWithoutEarlierReports() {
        assertThat(of(report()).change()).isNull();
    }

    @Test
    void tellsWhatBecameOfEachViolation() {
        Report before = report(
                evaluated(
                        "a",
                        "sub-1",
                        violated("C-SAME", "sub-1"),
                        violated("C-MENDED", "sub-1"),
                        violated("C-PASSED", "sub-1"),
                        violated("C-OPEN", "sub-1"),
                        violated("C-WAIVED", "sub-1"),
                        result("C-NEW", Outcome.UNDETERMINED, "sub-1"),
                        result("C-EXPIRED", Outcome.WAIVED, "sub-1")),
                evaluated("gone", "sub-2", violated("C-GONE", "sub-2")),
                evaluated("torn", "sub-3", violated("C-TORN", "sub-3")),
                evaluated("stopped", "sub-4", violated("C-STOPPED", "sub-4")));
        Report now = report(
                evaluated(
                        "renamed",
                        "sub-1",
                        violated("C-SAME", "sub-1"),
                        result("C-PASSED", Outcome.PASSED, "sub-1"),
                        result("C-OPEN", Outcome.UNDETERMINED, "sub-1"),
                        result("C-WAIVED", Outcome.WAIVED, "sub-1"),
                        violated("C-NEW", "sub-1"),
                        violated("C-EXPIRED", "sub-1")),
                new SnapshotReport("torn", false, true, List.of(), List.of(), List.of()),
                new SnapshotReport("stopped", true, false, List.of(), List.of(location("sub-4")), List.of()));

        Overview.Change change = Overview.of(List.of(now), List.of(before)).change();

        assertThat(change).isNotNull();
        assertThat(change.unchanged()).isEqualTo(1);
        assertThat(rules(change.appeared())).containsExactly("C-NEW");
        assertThat(rules(change.solved())).containsExactly("C-MENDED", "C-PASSED");
        assertThat(rules(change.undecided())).containsExactly("C-OPEN");
        assertThat(rules(change.accepted())).containsExactly("C-WAIVED");
        assertThat(rules(change.unseen())).containsExactly("C-GONE", "C-STOPPED", "C-TORN");
    }

    private static List<String> rules(List<Violation> violations) {
        return violations.stream().map(violation -> violation.question().rule()).toList();
    }

    private static Overview of(Report... reports) {
        return Overview.of(List.of(reports), List.of());
    }

    private static Report report(SnapshotReport... snapshots) {
        return new Report("1", Report.Rules.NONE, null, Arrays.asList(snapshots));
    }

    private static SnapshotReport evaluated(String source, String subscription, Result... results) {
        return new SnapshotReport(
                source, true, true, List.of(), List.of(location(subscription)), Arrays.asList(results));
    }

    private static LocationSummary location(String subscription) {
        return new LocationSummary(service(subscription), "westeurope", null, "None", null, null, "none", "2026-04");
    }

    private static ResourceId service(String subscription) {
        String id = "resourceGroups/g/providers/Microsoft.ApiManagement/service/shop";
        return ResourceId.of(subscription.isEmpty() ? "/" + id : "/subscriptions/" + subscription + "/" + id);
    }

    private static Result violated(String rule, String subscription) {
        return result(rule, Outcome.VIOLATED, subscription);
    }

    private static Result result(String rule, Outcome outcome, String subscription) {
        return new Result(
                rule,
                outcome,
                Severity.ERROR,
                "title",
                "message",
                new Subject("location", service(subscription), "westeurope"),
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    }
}
