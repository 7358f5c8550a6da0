package dev.netkb.model.report;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two snapshots, and what the way from one to the other brings with it. The same for the same
 * inputs, rules and options.
 *
 * <p>Where one of the snapshots was rejected nothing is compared.
 *
 * @param locations locations that were added, removed or changed
 * @param resources other resources that were added, removed or changed
 * @param changeResults what rules say about the change itself, such as addresses that change
 * @param violations violations of requirements on a single snapshot
 * @param undetermined undetermined results of the same
 * @param flows required flows whose verdict changed, or that opened or closed in part
 */
public record DiffReport(
        String toolVersion,
        Report.Rules rules,
        Side before,
        Side after,
        List<LocationDifference> locations,
        List<ResourceChange> resources,
        List<Result> changeResults,
        Difference violations,
        Difference undetermined,
        List<FlowChange> flows) {

    public static final String SCHEMA = "netkb/diff/1";

    public DiffReport {
        locations = locations.stream().sorted(LocationDifference.ORDER).toList();
        resources = resources.stream().sorted(ResourceChange.ORDER).toList();
        changeResults = changeResults.stream().sorted(Result.ORDER).toList();
        flows = flows.stream().sorted(FlowChange.ORDER).toList();
    }

    /**
     * One of the two snapshots.
     *
     * @param report its own results; of what passed only the flows that fare otherwise on the other side, unless all was asked
     *     for
     * @param serviceTags the tag data that were used, null where there were none
     */
    public record Side(SnapshotReport report, Report.@Nullable Tags serviceTags) {}

    /** Whether both snapshots were evaluated, so that they could be compared. */
    public boolean compared() {
        return before.report().evaluated() && after.report().evaluated();
    }

    /** Whether the later snapshot has no location of a service any more, so that no requirement was checked in it. */
    public boolean isWithoutLocationsAfter() {
        return after.report().locations().isEmpty();
    }

    /** New violations that are accepted: how many are known, and how many are waived. */
    public int newlyAccepted(Outcome accepted) {
        return count(violations.appeared(), result -> result.outcome() == accepted)
                + count(changeResults, result -> result.outcome() == accepted);
    }

    /** Whether neither snapshot has a location of a service, so that no requirement was checked. */
    public boolean isWithoutLocations() {
        return before.report().locations().isEmpty()
                && after.report().locations().isEmpty();
    }

    /** Whether no rule failed, so that no result is missing. */
    public boolean complete() {
        return before.report().complete() && after.report().complete();
    }

    /**
     * The violations that the later snapshot has and the earlier one has not, and those of the change itself; without those
     * that are accepted.
     */
    public List<Result> newViolations() {
        return Stream.concat(violations.appeared().stream(), changeResults.stream())
                .filter(result -> result.outcome() == Outcome.VIOLATED)
                .sorted(Result.ORDER)
                .toList();
    }

    /** How many new violations there are of a severity. */
    public int newViolations(Severity severity) {
        return count(newViolations(), result -> result.severity() == severity);
    }

    /** How many results are undetermined that were not before, those about the change itself included. */
    public int newlyUndetermined() {
        return undetermined.appeared().size()
                + count(changeResults, result -> result.outcome() == Outcome.UNDETERMINED);
    }

    private static int count(List<Result> results, Predicate<Result> wanted) {
        return (int) results.stream().filter(wanted).count();
    }
}
