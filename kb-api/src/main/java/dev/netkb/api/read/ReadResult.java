package dev.netkb.api.read;

import dev.netkb.api.read.json.Locator;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ServiceTags;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What became of the files of one snapshot.
 *
 * @param source the name of the snapshot
 * @param snapshot the facts, null where the snapshot was rejected
 * @param problems what was not understood; an error means that the snapshot was rejected
 * @param locate completes a place: the pointer as it stands in the file (a field below {@code properties} is found
 *     there), line and column
 * @param files what was read; null where nobody knows
 */
public record ReadResult(
        String source,
        @Nullable Snapshot snapshot,
        List<Problem> problems,
        UnaryOperator<Place> locate,
        @Nullable SnapshotSource files) {

    public ReadResult {
        problems = List.copyOf(problems);
    }

    /** Of files that nobody knows. */
    public ReadResult(String source, @Nullable Snapshot snapshot, List<Problem> problems, UnaryOperator<Place> locate) {
        this(source, snapshot, problems, locate, null);
    }

    /** The same with other service tag data; a snapshot that was rejected has none. */
    public ReadResult withServiceTags(ServiceTags tags) {
        return snapshot == null
                ? this
                : new ReadResult(source, snapshot.withServiceTags(tags), problems, locate, files);
    }

    /** Completes every place of a report, all together: a file is read once for all of them. */
    public SnapshotReport located(SnapshotReport report) {
        Set<Place> places = new LinkedHashSet<>();
        report.withPlaces(place -> {
            places.add(place);
            return place;
        });
        List<Place> asked = List.copyOf(places);
        List<Place> found = locate instanceof Locator files
                ? files.locate(asked)
                : asked.stream().map(locate).toList();
        Map<Place, Place> byAsked = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            byAsked.put(asked.get(i), found.get(i));
        }
        return report.withPlaces(place -> byAsked.getOrDefault(place, place));
    }
}
