package dev.netkb.cli;

import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.api.read.file.SnapshotFiles.Found;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the snapshots that a command line names. */
final class Inputs {

    private static final Path STANDARD_INPUT = Path.of(SnapshotFiles.STANDARD_INPUT);

    private static final String STANDARD_INPUT_NAME = "standard input";

    /** What every command says of a PATH that is one snapshot. */
    static final String ONE_SNAPSHOT =
            "a JSON file, a folder whose JSON files belong together, the same as .zip, .tar or .tar.gz, or - for standard"
                    + " input.";

    private Inputs() {}

    static boolean isStandardInput(Path path) {
        return path.equals(STANDARD_INPUT);
    }

    /** The snapshot that one path holds. */
    static Found snapshot(Path path, InputStream standardInput) {
        return isStandardInput(path)
                ? SnapshotFiles.stream(STANDARD_INPUT_NAME, standardInput)
                : SnapshotFiles.snapshot(path);
    }

    /**
     * All snapshots, in the order of the command line; each is read only when its turn comes. Files are closed by the stream as it
     * goes on.
     *
     * @param but the files in the folders that are no snapshots
     */
    static Stream<Found> all(List<Path> paths, List<Path> folders, Predicate<Path> but, InputStream standardInput) {
        return Stream.concat(
                paths.stream().flatMap(path -> all(path, standardInput)),
                folders.stream().flatMap(folder -> SnapshotFiles.each(folder, but)));
    }

    private static Stream<Found> all(Path path, InputStream standardInput) {
        return isStandardInput(path) ? SnapshotFiles.all(STANDARD_INPUT_NAME, standardInput) : SnapshotFiles.all(path);
    }
}
