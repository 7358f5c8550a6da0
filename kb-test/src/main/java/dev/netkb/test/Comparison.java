package dev.netkb.test;

import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the results of a report with what was expected. */
final class Comparison {

    /** How a report begins to say that a requirement is about places of another kind. */
    private static final String SILENT = "does not speak of this location";

    private Comparison() {}

    /**
     * What differs when the results of the expected rules must be these and no others: every result matches an
     * expectation, every expectation is matched by a result. Empty when all holds.
     */
    static List<String> differences(List<Expectation> expectations, SnapshotReport report) {
        List<String> differences = new ArrayList<>();
        expectations.stream().map(Expectation::rule).distinct().forEach(rule -> {
            List<Expectation> expected =
                    expectations.stream().filter(e -> e.rule().equals(rule)).toList();
            List<Result> actual = of(rule, report);
            actual.forEach(result -> unexpected(result, expected).ifPresent(differences::add));
            expected.stream()
                    .filter(e -> !e.isAbsence())
                    .filter(e -> actual.stream().noneMatch(e::matches))
                    .filter(e ->
                            actual.stream().noneMatch(result -> e.selects(result) && closest(result, expected) == e))
                    .forEach(e -> differences.add(missing(e, actual)));
        });
        return differences;
    }

    private static Optional<String> unexpected(Result result, List<Expectation> expected) {
        if (expected.stream().anyMatch(e -> e.matches(result))) {
            return Optional.empty();
        }
        Expectation closest = closest(result, expected);
        return Optional.of(
                closest == null
                        ? "no expectation speaks of this result:\n  " + Expectation.describe(result)
                        : wrong(closest, result));
    }

    /** Of the expectations that speak of a result, the one that fails it least; null where none does. */
    private static @Nullable Expectation closest(Result result, List<Expectation> expected) {
        return expected.stream()
                .filter(e -> e.isAbsence() || e.selects(result))
                .min(Comparator.comparingInt(e -> e.differences(result).size()))
                .orElse(null);
    }

    /** What differs when every result that an expectation speaks of must match it. Empty when all holds. */
    static List<String> differences(Expectation expectation, SnapshotReport report) {
        List<Result> actual = of(expectation.rule(), report);
        List<Result> selected = actual.stream().filter(expectation::selects).toList();
        if (selected.isEmpty()) {
            return List.of(missing(expectation, actual));
        }
        return selected.stream()
                .filter(result -> !expectation.matches(result))
                .map(result -> wrong(expectation, result))
                .toList();
    }

    /** The results of a rule. That it does not speak of some place counts only where it speaks of no other. */
    private static List<Result> of(String rule, SnapshotReport report) {
        List<Result> all =
                report.results().stream().filter(r -> r.rule().equals(rule)).toList();
        List<Result> spoken = all.stream().filter(r -> !isSilent(r)).toList();
        return spoken.isEmpty() ? all.stream().distinct().toList() : spoken;
    }

    private static boolean isSilent(Result result) {
        return result.outcome() == Outcome.NOT_APPLICABLE && result.message().startsWith(SILENT);
    }

    private static String wrong(Expectation expectation, Result result) {
        return "expected " + expectation.text() + "\n  but " + String.join("\n  but ", expectation.differences(result))
                + "\n  actual: " + Expectation.describe(result);
    }

    private static String missing(Expectation expectation, List<Result> actual) {
        return "expected " + expectation.text() + " but there is no such result; "
                + (actual.isEmpty()
                        ? "the rule gave none at all (is it in force in this baseline?)"
                        : "the rule gave\n  "
                                + actual.stream().map(Expectation::describe).collect(Collectors.joining("\n  ")));
    }
}
