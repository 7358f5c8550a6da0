package dev.netkb.api.fix;

import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Question;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a snapshot stands, which an edit must not make worse.
 *
 * @param violated what is violated → its worst severity
 * @param settled what surely is not violated
 * @param open requirements and regions that have something violated or undetermined
 */
record Standing(Map<Question, Severity> violated, Set<Question> settled, Set<List<String>> open) {

    /** @param report holds all results */
    static Standing of(SnapshotReport report) {
        return new Standing(
                report.results().stream()
                        .filter(result -> result.outcome() == Outcome.VIOLATED)
                        .collect(Collectors.toMap(
                                Result::question, Result::severity, (a, b) -> a.compareTo(b) <= 0 ? a : b)),
                report.results().stream()
                        .filter(Predicate.not(Standing::isOpen))
                        .map(Result::question)
                        .collect(Collectors.toSet()),
                report.results().stream()
                        .filter(Standing::isOpen)
                        .map(result -> requirement(result.question()))
                        .collect(Collectors.toSet()));
    }

    private static boolean isOpen(Result result) {
        return result.outcome() == Outcome.VIOLATED || result.outcome() == Outcome.UNDETERMINED;
    }

    private static List<String> requirement(Question question) {
        return List.of(question.rule(), question.location());
    }

    /** Whether nothing of another report is worse. */
    boolean holdsFor(SnapshotReport after) {
        return after.evaluated()
                && after.complete()
                && after.results().stream().filter(Standing::isOpen).allMatch(this::isNoWorse);
    }

    /**
     * A rule or route for a part of a flow may leave it open whether the rest of what was violated passes. That may be said
     * of the location where the violation was said of its subnet.
     */
    private boolean isNoWorse(Result after) {
        Question question = after.question();
        return after.outcome() == Outcome.VIOLATED
                ? isNoWorse(after.severity(), violated.get(question))
                : !settled.contains(question) && open.contains(requirement(question));
    }

    private static boolean isNoWorse(Severity after, @Nullable Severity before) {
        return before != null && before.compareTo(after) <= 0;
    }
}
