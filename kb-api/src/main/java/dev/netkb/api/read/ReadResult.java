package dev.netkb.api.read;

import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.Place;
import java.util.List;
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
 */
public record ReadResult(
        String source, @Nullable Snapshot snapshot, List<Problem> problems, UnaryOperator<Place> locate) {

    public ReadResult {
        problems = List.copyOf(problems);
    }
}
