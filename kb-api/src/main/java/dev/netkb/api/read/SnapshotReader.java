package dev.netkb.api.read;

/**
 * Reads exported files into a snapshot. Implementations never throw for what a file contains: whatever is wrong is a
 * problem in the result. Thread-safe.
 */
public interface SnapshotReader {

    ReadResult read(SnapshotSource source);

    /** Reads every shape that this version knows, recognised by content. */
    static SnapshotReader create() {
        return create(TemplateInputs.NONE);
    }

    /** As {@link #create()}, with what is known of the deployment of templates. */
    static SnapshotReader create(TemplateInputs inputs) {
        return new JsonSnapshotReader(inputs);
    }
}
