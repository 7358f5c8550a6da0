package dev.netkb.api.internal.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.report.Difference;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Subject;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    private static Result result(String rule, Outcome outcome, Severity severity, String subject, String message) {
        return new Result(
                rule,
                outcome,
                severity,
                "title",
                message,
                new Subject("subnet", ResourceId.of(subject), "westeurope"),
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    }

    private static Result violated(String rule, String message) {
        return result(rule, Outcome.VIOLATED, Severity.ERROR, "apim", message);
    }

    private static SnapshotReport report(Result... results) {
        return new SnapshotReport("s", true, true, List.of(), List.of(), List.of(results));
    }

    private static Difference of(SnapshotReport before, SnapshotReport after) {
        return Differences.of(Outcome.VIOLATED, before, after, true);
    }

    @Test
    void tellsNewFromSolvedAndUnchanged() {
        Difference difference = of(
                report(violated("C-1", "a"), violated("C-2", "b")), report(violated("C-2", "b"), violated("C-3", "c")));

        assertThat(difference.appeared()).extracting(Result::rule).containsExactly("C-3");
        assertThat(difference.solved()).extracting(Result::rule).containsExactly("C-1");
        assertThat(difference.unchanged()).extracting(Result::rule).containsExactly("C-2");
        assertThat(difference.undecided()).isEmpty();
    }

    @Test
    void otherNumbersAndLetterCaseAreNoNewViolation() {
        Difference difference = of(
                report(violated("C-1", "subnet a has 1 unit at 10.0.0.4 in a /28 block")),
                report(violated("C-1", "subnet A has 12 units at 10.0.0.5, 10.0.0.6 in a /27 block")));

        assertThat(difference.unchanged()).hasSize(1);
        assertThat(difference.appeared()).isEmpty();
        assertThat(difference.solved()).isEmpty();
    }

    @Test
    void theSameRequirementAboutAnotherThingIsNew() {
        Difference difference = of(
                report(violated("C-1", "endpoint pe0 has no record")),
                report(violated("C-1", "endpoint pe1 has no record")));

        assertThat(difference.appeared()).extracting(Result::message).containsExactly("endpoint pe1 has no record");
        assertThat(difference.solved()).extracting(Result::message).containsExactly("endpoint pe0 has no record");
        assertThat(difference.unchanged()).isEmpty();
    }

    @Test
    void anUndeterminedQuestionStaysOpenWhateverIsMissing() {
        Difference difference = Differences.of(
                Outcome.UNDETERMINED,
                report(result("C-1", Outcome.UNDETERMINED, Severity.ERROR, "apim", "no routes")),
                report(result("C-1", Outcome.UNDETERMINED, Severity.ERROR, "apim", "no rules")),
                true);

        assertThat(difference.appeared()).isEmpty();
        assertThat(difference.unchanged()).hasSize(1);
    }

    @Test
    void ofSeveralResultsOfOneIdentityAsManyAsBothHaveAreUnchanged() {
        Difference difference = of(
                report(violated("C-1", "1"), violated("C-1", "2")),
                report(violated("C-1", "2"), violated("C-1", "3"), violated("C-1", "4")));

        assertThat(difference.unchanged())
                .hasSize(2)
                .extracting(Result::message)
                .contains("2");
        assertThat(difference.appeared()).hasSize(1);
        assertThat(difference.solved()).isEmpty();
    }

    @Test
    void anotherSubjectAndAGraverSeverityAreNew() {
        Difference moved =
                of(report(violated("C-1", "a")), report(result("C-1", Outcome.VIOLATED, Severity.ERROR, "other", "a")));
        Difference graver = of(
                report(result("C-1", Outcome.VIOLATED, Severity.WARNING, "apim", "a")), report(violated("C-1", "a")));

        assertThat(moved.appeared()).hasSize(1);
        assertThat(moved.solved()).hasSize(1);
        assertThat(graver.appeared()).extracting(Result::severity).containsExactly(Severity.ERROR);
        assertThat(graver.solved()).extracting(Result::severity).containsExactly(Severity.WARNING);
    }

    @Test
    void whatCannotBeDecidedAnyMoreIsNotSolved() {
        Difference difference = of(
                report(violated("C-1", "a")),
                report(result("C-1", Outcome.UNDETERMINED, Severity.ERROR, "apim", "not exported")));

        assertThat(difference.solved()).isEmpty();
        assertThat(difference.undecided()).extracting(Result::rule).containsExactly("C-1");
    }

    @Test
    void nothingIsSolvedWhereServicesWereNotExported() {
        Difference difference = Differences.of(Outcome.VIOLATED, report(violated("C-1", "a")), report(), false);

        assertThat(difference.solved()).isEmpty();
        assertThat(difference.undecided()).hasSize(1);
    }
}
