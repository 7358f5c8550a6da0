package dev.netkb.cli;

import dev.netkb.api.fix.FixesFound;
import dev.netkb.api.fix.TemplateFixes;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.model.report.SnapshotReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The fixes of the snapshots of a run. Thread-safe. */
final class FixSearch {

    private final Map<String, FixesFound> bySource = new ConcurrentHashMap<>();

    void search(ReadResult read, SnapshotReport report, TemplateFixes templates) {
        FixesFound found = templates.of(read, report);
        if (!found.equals(FixesFound.NONE)) {
            bySource.put(report.source(), found);
        }
    }

    /** Name of a snapshot → its fixes, where it has any. */
    Map<String, FixesFound> bySource() {
        return Map.copyOf(bySource);
    }

    /** Whether a file lies where its snapshot says: not in an archive, packed, a line of a file, or standard input. */
    static boolean isOnDisk(SnapshotSource snapshot, SourceFile file) {
        try {
            Path path = Path.of(snapshot.name());
            Path own = Files.isDirectory(path) ? path.resolve(file.name()) : path;
            return Files.isRegularFile(own)
                    && Files.size(own) == file.content().length
                    && Arrays.equals(Files.readAllBytes(own), file.content());
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }
}
