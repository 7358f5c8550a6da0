package dev.netkb.api.fix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.ReadResult;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Subject;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept of edits, by what becomes of a snapshot with each. */
class TrialsTest {

    private static final Snapshot SNAPSHOT = Snapshot.EMPTY;
    private static final List<TextEdit> ONE = List.of(new TextEdit("a.json", 1, 1, 1, 1, "one"));
    private static final List<TextEdit> OTHER = List.of(new TextEdit("a.json", 2, 1, 2, 1, "other"));

    private final Map<List<TextEdit>, SnapshotReport> after = new HashMap<>();
    private final List<List<TextEdit>> tried = new ArrayList<>();
    private final Map<List<TextEdit>, List<Problem>> told = new HashMap<>();

    private static Result result(String rule, String type, Outcome outcome, Severity severity) {
        return new Result(
                rule,
                outcome,
                severity,
                rule,
                "",
                new Subject(
                        type, ResourceId.of("/subscriptions/s/resourceGroups/g/providers/a/b/" + type), "westeurope"),
                null,
                List.of(),
                List.of(),
                new Remediation("Mend " + rule + ".", List.of(), Map.of(), false, List.of()),
                List.of(),
                null);
    }

    private static Result result(String rule, Outcome outcome) {
        return result(rule, "location", outcome, Severity.WARNING);
    }

    private static SnapshotReport report(Result... results) {
        return new SnapshotReport("s", true, true, List.of(), List.of(), List.of(results));
    }

    private static ReadResult read(List<Problem> problems) {
        return new ReadResult("s", SNAPSHOT, problems, place -> place);
    }

    private static Problem problem(String message, int line) {
        return new Problem("KB-N116", Problem.Level.WARNING, message, new Place("a.json", "", line, 1), "");
    }

    private FixesFound found(SnapshotReport before, int most) {
        ReadResult unedited = read(List.of(problem("known", 1)));
        Map<ReadResult, List<TextEdit>> edited = new IdentityHashMap<>();
        return new Trials(
                        unedited,
                        before,
                        edits -> {
                            tried.add(edits);
                            ReadResult again = read(told.getOrDefault(edits, List.of(problem("known", 7))));
                            edited.put(again, edits);
                            return again;
                        },
                        read -> read == unedited ? before : after.get(edited.get(read)),
                        most)
                .of(result -> List.of(ONE, OTHER));
    }

    private FixesFound found(SnapshotReport before) {
        return found(before, 50);
    }

    private static final SnapshotReport BEFORE =
            report(result("A", Outcome.VIOLATED), result("B", Outcome.PASSED), result("C", Outcome.UNDETERMINED));

    @Test
    void keepsTheFirstThatMends() {
        after.put(ONE, BEFORE);
        after.put(
                OTHER,
                report(result("A", Outcome.PASSED), result("B", Outcome.PASSED), result("C", Outcome.UNDETERMINED)));

        assertThat(found(BEFORE))
                .isEqualTo(new FixesFound(
                        List.of(new Fix(result("A", Outcome.VIOLATED).question(), "Mend A.", OTHER)), 0));
    }

    @Test
    void keepsNoneThatSpoilsSomething() {
        List<SnapshotReport> spoiled = List.of(
                report(result("A", Outcome.PASSED), result("B", Outcome.VIOLATED)),
                report(result("A", Outcome.PASSED), result("B", Outcome.UNDETERMINED)),
                report(result("A", Outcome.PASSED), result("C", Outcome.VIOLATED)),
                report(result("A", Outcome.PASSED), result("D", Outcome.UNDETERMINED)),
                report(result("A", Outcome.UNDETERMINED)),
                report(result("A", Outcome.NOT_APPLICABLE)),
                report(result("A", Outcome.PASSED), result("A", "location", Outcome.VIOLATED, Severity.WARNING)),
                report(),
                new SnapshotReport("s", true, false, List.of(), List.of(), List.of(result("A", Outcome.PASSED))),
                new SnapshotReport("s", false, true, List.of(), List.of(), List.of()));
        for (SnapshotReport each : spoiled) {
            after.put(ONE, each);
            after.put(OTHER, each);

            assertThat(found(BEFORE)).as(each.toString()).isEqualTo(FixesFound.NONE);
        }
    }

    @Test
    void keepsNoneThatMakesAViolationWorse() {
        SnapshotReport before = report(result("A", Outcome.VIOLATED), result("B", Outcome.VIOLATED));
        after.put(ONE, report(result("A", Outcome.PASSED), result("B", "location", Outcome.VIOLATED, Severity.ERROR)));
        after.put(OTHER, report(result("A", Outcome.PASSED), result("B", "location", Outcome.VIOLATED, Severity.INFO)));

        assertThat(found(before).fixes()).extracting(Fix::edits).containsExactly(OTHER);
    }

    /** A violation may be said of a subnet, and of the location that nobody knows whether it still is one. */
    @Test
    void letsWhatWasViolatedBeOpen() {
        SnapshotReport before =
                report(result("A", Outcome.VIOLATED), result("B", "subnet", Outcome.VIOLATED, Severity.WARNING));
        after.put(ONE, report(result("A", Outcome.PASSED), result("B", Outcome.UNDETERMINED)));

        assertThat(found(before).fixes()).extracting(Fix::edits).contains(ONE);
    }

    @Test
    void keepsNoneThatIsNotUnderstood() {
        SnapshotReport good = report(result("A", Outcome.PASSED));
        after.put(ONE, good);
        after.put(OTHER, good);
        told.put(ONE, List.of(problem("refused", 1)));

        assertThat(found(BEFORE).fixes()).extracting(Fix::edits).containsExactly(OTHER);
    }

    @Test
    void triesEachOnceAndNoMoreThanAllowed() {
        Result[] many = IntStream.range(0, 9)
                .mapToObj(i -> result("R" + i, Outcome.VIOLATED))
                .toArray(Result[]::new);
        after.put(ONE, report(many));
        after.put(OTHER, report(many));

        assertThat(found(report(many)).untried()).isZero();
        assertThat(tried).containsExactly(ONE, OTHER);
        tried.clear();
        assertThat(found(report(many), 1)).isEqualTo(new FixesFound(List.of(), 9));
        assertThat(tried).containsExactly(ONE);
    }
}
