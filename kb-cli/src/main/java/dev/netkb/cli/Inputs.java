package dev.netkb.cli;

import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.model.report.Problem;
import dev.netkb.model.value.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the snapshots that a command line names. */
final class Inputs {

    /** Stands for standard input. */
    static final Path STANDARD_INPUT = Path.of("-");

    private Inputs() {}

    /** An input that cannot be read at all, and why. */
    static final class UnreadableInput extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        UnreadableInput(Problem problem) {
            super(problem.message());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    /** The snapshots that one path holds. */
    static List<SnapshotSource> open(Path path, InputStream standardInput) throws UnreadableInput {
        String name = path.toString();
        try {
            if (path.equals(STANDARD_INPUT)) {
                return List.of(new SnapshotSource(
                        "standard input", List.of(new SourceFile("standard input", standardInput.readAllBytes()))));
            }
            if (!Files.isDirectory(path)) {
                return List.of(new SnapshotSource(
                        name, List.of(new SourceFile(path.getFileName().toString(), Files.readAllBytes(path)))));
            }
            List<SourceFile> files = new ArrayList<>();
            for (Path file : children(path)) {
                if (Files.isRegularFile(file) && file.toString().endsWith(".json")) {
                    files.add(new SourceFile(file.getFileName().toString(), Files.readAllBytes(file)));
                }
            }
            return List.of(new SnapshotSource(name, files));
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** Every direct child of a folder, sorted by name; hidden ones are left out. */
    static List<Path> each(Path folder) throws UnreadableInput {
        try {
            List<Path> children = children(folder);
            if (children.isEmpty()) {
                throw new UnreadableInput(new Problem(
                        "KB-E001",
                        Problem.Level.ERROR,
                        "the folder holds no snapshot",
                        new Place(folder.toString(), ""),
                        "--each takes a folder whose files and folders are snapshots."));
            }
            return children;
        } catch (IOException e) {
            throw unreadable(folder.toString(), e);
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !child.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static UnreadableInput unreadable(String name, IOException e) {
        String reason = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : why(e);
        return new UnreadableInput(new Problem(
                "KB-E001",
                Problem.Level.ERROR,
                "cannot be read: " + reason,
                new Place(name, ""),
                "Check the path and its permissions."));
    }

    private static String why(IOException e) {
        return e instanceof java.nio.file.NoSuchFileException ? "it does not exist" : e.toString();
    }
}
