package dev.netkb.model.report;

import dev.netkb.model.value.Place;
import java.util.List;
import java.util.function.UnaryOperator;

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

    /** The same with other places, such as those that were completed with line and column. */
    public SnapshotReport withPlaces(UnaryOperator<Place> places) {
        return new SnapshotReport(
                source,
                evaluated,
                complete,
                problems.stream()
                        .map(problem -> problem.movedTo(places.apply(problem.at())))
                        .toList(),
                locations,
                results.stream().map(result -> result.withPlaces(places)).toList(),
                rules);
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
