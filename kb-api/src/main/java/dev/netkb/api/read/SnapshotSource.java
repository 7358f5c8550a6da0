package dev.netkb.api.read;

import dev.netkb.model.report.Problem;
import java.io.Serializable;
import java.util.List;

/**
 * The files of one snapshot, before anything is read.
 *
 * @param name what the report calls the snapshot, such as the path that a user gave
 * @param files its files; content decides what each is
 * @param notices what lies beside these files and is not read
 */
public record SnapshotSource(String name, List<SourceFile> files, List<Problem> notices) implements SnapshotInput {

    public SnapshotSource {
        files = List.copyOf(files);
        notices = List.copyOf(notices);
    }

    public SnapshotSource(String name, List<SourceFile> files) {
        this(name, files, List.of());
    }

    @Override
    public ReadResult read(SnapshotReader reader) {
        return reader.read(this);
    }

    /**
     * One file, or one line of a file of JSON lines.
     *
     * @param name its name within the snapshot
     * @param content its bytes
     * @param firstLine the number of its first line, 1 for a file
     */
    public record SourceFile(String name, byte[] content, int firstLine) implements Serializable {

        public SourceFile(String name, byte[] content) {
            this(name, content, 1);
        }
    }
}
