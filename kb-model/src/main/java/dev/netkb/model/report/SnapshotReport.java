package dev.netkb.model.report;

import java.util.List;

/**
 * The results of one snapshot.
 *
 * @param source the name of the input
 * @param evaluated false where the snapshot was rejected: then it has no results
 * @param complete false where a rule failed, so that a result may be missing
 */
public record SnapshotReport(
        String source,
        boolean evaluated,
        boolean complete,
        List<Problem> problems,
        List<LocationSummary> locations,
        List<Result> results) {

    public SnapshotReport {
        problems = List.copyOf(problems);
        locations = List.copyOf(locations);
        results = results.stream().sorted(Result.ORDER).toList();
    }
}
