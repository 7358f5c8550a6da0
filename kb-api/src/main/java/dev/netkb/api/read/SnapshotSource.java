package dev.netkb.api.read;

import java.util.List;

/**
 * The files of one snapshot, before anything is read.
 *
 * @param name what the report calls the snapshot, such as the path that a user gave
 * @param files its files; content decides what each is
 */
public record SnapshotSource(String name, List<SourceFile> files) {

    public SnapshotSource {
        files = List.copyOf(files);
    }

    /** One file: its name within the snapshot and its bytes. */
    public record SourceFile(String name, byte[] content) {}
}
