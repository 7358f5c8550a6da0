package dev.netkb.test;

import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Compares the results of a report with what was expected. */
final class Comparison {

    private Comparison() {}

    /**
     * What differs, one text an expectation; empty when all holds.
     *
     * @param whole whether every result of a rule that the expectations name must be expected by one of them
     */
    static List<String> differences(List<Expectation> expectations, SnapshotReport report, boolean whole) {
        List<String> differences = new ArrayList<>();
        for (Expectation expectation : expectations) {
            differences.addAll(differences(expectation, report));
        }
        if (whole) {
            expectations.stream()
                    .map(Expectation::rule)
                    .distinct()
                    .forEach(rule -> report.results().stream()
                            .filter(result -> result.rule().equals(rule))
                            .filter(result -> expectations.stream()
                                    .noneMatch(e -> e.isAbsence() && e.rule().equals(rule) || e.selects(result)))
                            .forEach(result -> differences.add(
                                    "no expectation speaks of this result:\n  " + Expectation.describe(result))));
        }
        return differences;
    }

    private static List<String> differences(Expectation expectation, SnapshotReport report) {
        List<Result> selected =
                report.results().stream().filter(expectation::selects).toList();
        if (expectation.isAbsence()) {
            return selected.isEmpty()
                    ? List.of()
                    : List.of("expected " + expectation.text() + " but there is\n  " + describe(selected));
        }
        if (selected.isEmpty()) {
            return List.of(
                    "expected " + expectation.text() + " but there is no such result; " + instead(expectation, report));
        }
        List<String> differences = new ArrayList<>();
        for (Result result : selected) {
            List<String> wrong = expectation.differences(result);
            if (!wrong.isEmpty()) {
                differences.add("expected " + expectation.text() + "\n  but " + String.join("\n  but ", wrong)
                        + "\n  actual: " + Expectation.describe(result));
            }
        }
        return differences;
    }

    private static String instead(Expectation expectation, SnapshotReport report) {
        List<Result> others = report.results().stream()
                .filter(result -> result.rule().equals(expectation.rule()))
                .toList();
        return others.isEmpty()
                ? "the rule gave none at all (is it in force in this baseline?)"
                : "the rule gave\n  " + describe(others);
    }

    private static String describe(List<Result> results) {
        return results.stream().map(Expectation::describe).collect(Collectors.joining("\n  "));
    }
}
