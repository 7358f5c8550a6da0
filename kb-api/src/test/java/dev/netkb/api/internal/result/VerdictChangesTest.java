package dev.netkb.api.internal.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.rules.RuleOrigin;
import dev.netkb.api.rules.VerdictChange;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Subject;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictChangesTest {

    private static final RuleOrigin ROW = new RuleOrigin("contoso", "a row", "requirements.csv row 2");
    private static final RuleOrigin OVERRIDE = new RuleOrigin("contoso", "an override", "pack.yaml");

    @Test
    void countsWhatStaysAndTellsWhatChanges() {
        VerdictChanges changes = between(
                List.of(
                        result("A", Outcome.VIOLATED, Severity.ERROR, null),
                        result("B", Outcome.VIOLATED, Severity.ERROR, null),
                        result("C", Outcome.PASSED, Severity.ERROR, null),
                        result("D", Outcome.NOT_APPLICABLE, Severity.ERROR, null)),
                List.of(
                        result("A", Outcome.VIOLATED, Severity.WARNING, null),
                        result("B", Outcome.VIOLATED, Severity.ERROR, null),
                        result("C", Outcome.PASSED, Severity.INFO, null),
                        result("E", Outcome.UNDETERMINED, Severity.INFO, null)));

        assertThat(changes.unchanged()).as("B and C").isEqualTo(2);
        assertThat(changes.changes()).extracting(VerdictChange::rule).containsExactly("A", "E");
        assertThat(changes.changes()).extracting(VerdictChange::from).containsExactly("violated", "nothing");
        assertThat(changes.changes()).extracting(VerdictChange::to).containsExactly("violated", "undetermined");
    }

    @Test
    void pairsTheFlowsOfARowWhosePortsWereEdited() {
        VerdictChanges changes = between(
                List.of(
                        result("A", Outcome.PASSED, Severity.ERROR, flow("443")),
                        result("A", Outcome.PASSED, Severity.ERROR, flow("1433"))),
                List.of(
                        result("A", Outcome.VIOLATED, Severity.ERROR, flow("1434")),
                        result("A", Outcome.PASSED, Severity.ERROR, flow("443"))));

        assertThat(changes.unchanged()).isEqualTo(1);
        assertThat(changes.changes()).singleElement().satisfies(change -> {
            assertThat(change.from()).isEqualTo("passed");
            assertThat(change.to()).isEqualTo("violated");
            assertThat(change.why()).containsExactly(ROW);
        });
    }

    @Test
    void tellsAViolationThatSaysSomethingElse() {
        VerdictChanges changes = between(
                List.of(said("A", "port 443 is denied"), said("B", "x")),
                List.of(said("A", "ports 443 and 1433 are denied"), said("B", "x")));

        assertThat(changes.unchanged()).isEqualTo(1);
        assertThat(changes.changes()).extracting(VerdictChange::rule).containsExactly("A");
    }

    @Test
    void oneThatSpeaksOfAnotherThingNowChangedOnce() {
        VerdictChanges changes = between(
                List.of(about("A", "subnet", Outcome.PASSED), about("B", "subnet", Outcome.PASSED)),
                List.of(
                        about("A", "vnet", Outcome.VIOLATED),
                        about("B", "one", Outcome.VIOLATED),
                        about("B", "two", Outcome.VIOLATED)));

        assertThat(changes.changes())
                .extracting(change -> change.rule() + " " + change.from() + " " + change.to())
                .containsExactlyInAnyOrder(
                        "A passed violated", "B passed nothing", "B nothing violated", "B nothing violated");
    }

    @Test
    void namesWhatCameOrWhatWent() {
        assertThat(VerdictChanges.why(List.of(ROW), List.of(ROW, OVERRIDE))).containsExactly(OVERRIDE);
        assertThat(VerdictChanges.why(List.of(ROW), List.of())).containsExactly(ROW);
        assertThat(VerdictChanges.why(List.of(ROW), List.of(ROW))).isEmpty();
    }

    private static VerdictChanges between(List<Result> before, List<Result> after) {
        return VerdictChanges.between(before, after, id -> List.of(ROW));
    }

    private static FlowResult flow(String port) {
        return new FlowResult(
                "Outbound", "Tcp", List.of(port), "Sql", Verdict.ALLOWED, List.of(), List.of(), null, List.of());
    }

    private static Result result(String rule, Outcome outcome, Severity severity, @Nullable FlowResult flow) {
        return result(rule, outcome, severity, "message", "shop", flow);
    }

    private static Result said(String rule, String message) {
        return result(rule, Outcome.VIOLATED, Severity.ERROR, message, "shop", null);
    }

    private static Result about(String rule, String subject, Outcome outcome) {
        return result(rule, outcome, Severity.ERROR, "message", subject, null);
    }

    private static Result result(
            String rule,
            Outcome outcome,
            Severity severity,
            String message,
            String subject,
            @Nullable FlowResult flow) {
        return new Result(
                rule,
                outcome,
                severity,
                "title",
                message,
                new Subject("service", ResourceId.of(subject), null),
                flow,
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    }
}
