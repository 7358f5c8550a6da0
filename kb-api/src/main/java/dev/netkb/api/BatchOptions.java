package dev.netkb.api;

import dev.netkb.api.read.SnapshotReader;
import java.util.function.BiConsumer;

/**
 * How many snapshots are evaluated one after the other.
 *
 * @param reader reads them
 * @param threads how many are evaluated at a time, 1 or more
 * @param failures is told, beside the report which says it too, that a snapshot could not be evaluated because of a defect:
 *     its name and what was thrown. Called by several threads
 */
public record BatchOptions(SnapshotReader reader, int threads, BiConsumer<String, Throwable> failures) {

    /** As many at a time as there are processors. */
    public static final BatchOptions DEFAULT =
            of(SnapshotReader.create(), Runtime.getRuntime().availableProcessors());

    public BatchOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + " but must be 1 or more");
        }
    }

    /** With nobody who is told of failures. */
    public static BatchOptions of(SnapshotReader reader, int threads) {
        return new BatchOptions(reader, threads, (name, failure) -> {});
    }

    public BatchOptions withReader(SnapshotReader wanted) {
        return new BatchOptions(wanted, threads, failures);
    }

    public BatchOptions withThreads(int wanted) {
        return new BatchOptions(reader, wanted, failures);
    }

    public BatchOptions withFailures(BiConsumer<String, Throwable> wanted) {
        return new BatchOptions(reader, threads, wanted);
    }
}
