package dev.netkb.cli;

import dev.netkb.api.read.SnapshotFiles;
import dev.netkb.api.read.SnapshotFiles.Found;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the snapshots that a command line names. */
final class Inputs {

    private static final Path STANDARD_INPUT = Path.of(SnapshotFiles.STANDARD_INPUT);

    private Inputs() {}

    static boolean isStandardInput(Path path) {
        return path.equals(STANDARD_INPUT);
    }

    /** The snapshot that one path holds. */
    static Found snapshot(Path path, InputStream standardInput) {
        return isStandardInput(path)
                ? SnapshotFiles.stream("standard input", standardInput)
                : SnapshotFiles.snapshot(path);
    }

    /** All snapshots, in the order of the command line; each is read only when its turn comes. */
    static Stream<Found> all(List<Path> paths, List<Path> folders, InputStream standardInput) {
        return Stream.concat(
                paths.stream().map(path -> snapshot(path, standardInput)),
                folders.stream().flatMap(SnapshotFiles::each));
    }
}
