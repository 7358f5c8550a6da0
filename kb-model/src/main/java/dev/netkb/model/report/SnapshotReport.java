package dev.netkb.model.report;

import java.util.List;

/**
 * The results of one snapshot.
 *
 * @param source the name of the input
 * @param evaluated false where the snapshot was rejected: then it has no results
 * @param complete false where a rule failed or the evaluation was stopped, so that a result may be missing
 * @param rules the rules by which it was evaluated; {@link Report.Rules#NONE} where it was not, or nobody said
 */
public record SnapshotReport(
        String source,
        boolean evaluated,
        boolean complete,
        List<Problem> problems,
        List<LocationSummary> locations,
        List<Result> results,
        Report.Rules rules) {

    public SnapshotReport {
        problems = List.copyOf(problems);
        locations = List.copyOf(locations);
        results = results.stream().sorted(Result.ORDER).toList();
    }

    /** By rules of which nothing more is to be said. */
    public SnapshotReport(
            String source,
            boolean evaluated,
            boolean complete,
            List<Problem> problems,
            List<LocationSummary> locations,
            List<Result> results) {
        this(source, evaluated, complete, problems, locations, results, Report.Rules.NONE);
    }
}
