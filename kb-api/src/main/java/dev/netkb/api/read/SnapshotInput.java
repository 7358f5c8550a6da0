package dev.netkb.api.read;

/** A snapshot that nobody has read yet: its files, or the problem that keeps it from being read. */
public interface SnapshotInput {

    /** What the report calls the snapshot. */
    String name();

    /** Reads it. Never throws for what its files contain. */
    ReadResult read(SnapshotReader reader);
}
