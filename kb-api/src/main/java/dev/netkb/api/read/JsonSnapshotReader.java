package dev.netkb.api.read;

import dev.netkb.model.snapshot.Snapshot;
import java.util.List;
import java.util.function.UnaryOperator;

final class JsonSnapshotReader implements SnapshotReader {
    @Override
    public ReadResult read(SnapshotSource source) {
        return new ReadResult(source.name(), Snapshot.EMPTY, List.of(), UnaryOperator.identity());
    }
}
