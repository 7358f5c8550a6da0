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
    void aNewTextIsNoNewViolation() {
        Difference difference = of(report(violated("C-1", "denied by a")), report(violated("C-1", "denied by b")));

        assertThat(difference.unchanged()).extracting(Result::message).containsExactly("denied by b");
        assertThat(difference.appeared()).isEmpty();
        assertThat(difference.solved()).isEmpty();
    }

    @Test
    void ofSeveralAnswersToOneQuestionAsManyAsBothHaveAreUnchanged() {
        Difference difference = of(
                report(violated("C-1", "a"), violated("C-1", "b")),
                report(violated("C-1", "b"), violated("C-1", "c"), violated("C-1", "d")));

        assertThat(difference.unchanged())
                .hasSize(2)
                .extracting(Result::message)
                .contains("b");
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
