package dev.netkb.html;

import dev.netkb.api.render.MissingData;
import dev.netkb.model.report.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Undetermined results that lack the same data: the data are what a reader has to get.
 *
 * @param missing what would decide them
 * @param export how to get it, null where {@code missing} says it
 */
record Undecided(List<Finding> findings, List<String> missing, MissingData.@Nullable Export export) {

    /** @param findings in the order in which they are shown */
    static List<Undecided> of(List<Finding> findings) {
        Map<Set<String>, List<Finding>> byKind = new LinkedHashMap<>();
        findings.forEach(finding -> byKind.computeIfAbsent(MissingData.kinds(finding.result()), k -> new ArrayList<>())
                .add(finding));
        return byKind.values().stream().map(Undecided::group).toList();
    }

    private static Undecided group(List<Finding> findings) {
        List<Result> results = findings.stream().map(Finding::result).toList();
        return new Undecided(
                findings,
                MissingData.inWords(results),
                MissingData.export(results).orElse(null));
    }

    /** {@code 24 requirements lack the same data}. */
    String heading() {
        return findings.size() == 1
                ? "1 requirement could not be decided"
                : findings.size() + " requirements lack the same data";
    }

    /** Whether the message of a finding says more than what is missing. */
    boolean isTold(Finding finding) {
        return missing.equals(List.of(finding.result().message()));
    }
}
