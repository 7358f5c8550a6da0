package dev.netkb.html;

import dev.netkb.html.picture.NetworkPicture;
import dev.netkb.model.report.FlowChange;
import dev.netkb.model.report.LocationDifference;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one location, or of what belongs to none.
 *
 * @param id its anchor
 * @param heading what it is
 * @param difference what differs of the location itself; null where nothing does
 * @param flows required flows that fare differently
 * @param appeared violations that are new, those of the change itself too, and what is undetermined now
 * @param solved violations that are gone
 * @param undecided violations of which nobody knows whether they are gone
 * @param unchanged violations that are as before
 */
record Change(
        String id,
        String heading,
        @Nullable LocationDifference difference,
        Side before,
        Side after,
        List<FlowChange> flows,
        List<Finding> appeared,
        List<Finding> solved,
        List<Finding> undecided,
        List<Finding> unchanged,
        boolean open) {

    /**
     * The location on one side.
     *
     * @param location null where it is not there
     */
    record Side(String id, @Nullable LocationSummary location, List<Result> results) {

        /** The picture of its network; empty where there is none. */
        String picture() {
            return location == null ? "" : NetworkPicture.svg(id, location, results);
        }
    }

    Tally tally() {
        return Tally.of(appeared.stream().map(Finding::result).toList());
    }

    boolean isQuiet() {
        return difference == null && flows.isEmpty() && appeared.isEmpty() && solved.isEmpty() && undecided.isEmpty();
    }
}
