package dev.netkb.html;

import dev.netkb.html.picture.NetworkPicture;
import dev.netkb.model.report.FlowChange;
import dev.netkb.model.report.LocationDifference;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

        private Optional<NetworkPicture> picture(boolean whole) {
            return Optional.ofNullable(location).map(there -> NetworkPicture.ofSide(there, results, whole));
        }
    }

    /**
     * The network on both sides, at one scale.
     *
     * @param before,after empty where the location is not there
     */
    record Pictures(String before, String after) {}

    Pictures pictures() {
        boolean whole = isWhole();
        Optional<NetworkPicture> was = before.picture(whole);
        Optional<NetworkPicture> is = after.picture(whole);
        int width = Stream.of(was, is)
                .flatMap(Optional::stream)
                .mapToInt(NetworkPicture::width)
                .max()
                .orElse(0);
        return new Pictures(
                was.map(picture -> picture.svg(before.id(), width)).orElse(""),
                is.map(picture -> picture.svg(after.id(), width)).orElse(""));
    }

    /** Whether all flows are there: of a location that is on one side alone, and where all was asked for, as other results tell. */
    private boolean isWhole() {
        return before.location() == null
                || after.location() == null
                || Stream.of(before, after)
                        .flatMap(side -> side.results().stream())
                        .anyMatch(result -> result.flow() == null && result.outcome() == Outcome.PASSED);
    }

    Tally tally() {
        return Tally.of(appeared.stream().map(Finding::result).toList());
    }

    boolean isQuiet() {
        return difference == null && flows.isEmpty() && appeared.isEmpty() && solved.isEmpty() && undecided.isEmpty();
    }
}
