package dev.netkb.api.read;

import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.report.Problem;
import dev.netkb.model.value.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of a snapshot: one JSON file, or all {@code *.json} files below a directory together. Names
 * within a snapshot are relative, with {@code /}, and sorted.
 */
public final class SnapshotFiles {

    /** What a path means as standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final int DEEPEST_DIRECTORY = 16;
    private static final long LARGEST_FILE = 512L * 1024 * 1024;
    private static final List<String> ARCHIVES =
            List.of(".zip", ".tar", ".tar.gz", ".tgz", ".gz", ".7z", ".bz2", ".xz");
    private static final List<String> LINES = List.of(".jsonl", ".ndjson");

    private SnapshotFiles() {}

    /**
     * What was found at a path: a source to read, or the problem that prevents it.
     *
     * @param name what the report calls the snapshot
     */
    public record Found(
            String name,
            @Nullable SnapshotSource source,
            @Nullable Problem problem) {

        /** Reads the source; where there is none the snapshot is rejected with the problem. */
        public ReadResult read(SnapshotReader reader) {
            if (source != null) {
                return reader.read(source);
            }
            return new ReadResult(name, null, List.of(Objects.requireNonNull(problem)), place -> place);
        }
    }

    /** The snapshot at a path: a JSON file, or a directory whose {@code *.json} files are one snapshot together. */
    public static Found snapshot(Path path) {
        return snapshot(path, slashes(path));
    }

    private static Found snapshot(Path path, String name) {
        try {
            if (Files.isDirectory(path)) {
                return directory(path, name);
            }
            if (!Files.exists(path)) {
                return refused(name, "there is no file or directory " + Problems.quote(name), "Check the path.");
            }
            String lower = name.toLowerCase(Locale.ROOT);
            if (ARCHIVES.stream().anyMatch(lower::endsWith)) {
                return refused(
                        name,
                        Problems.quote(name)
                                + " is an archive; a snapshot is a JSON file or a directory of *.json files",
                        "Unpack it and give the directory.");
            }
            if (LINES.stream().anyMatch(lower::endsWith)) {
                return refused(
                        name,
                        Problems.quote(name)
                                + " holds JSON lines; a snapshot is a JSON file or a directory of *.json files",
                        "Write each line to a file of its own in one directory, and give that with --each.");
            }
            return new Found(
                    name,
                    new SnapshotSource(
                            name, List.of(file(path, path.getFileName().toString()))),
                    null);
        } catch (IOException | SecurityException e) {
            return refused(
                    name,
                    Problems.quote(name) + " cannot be read: " + Problems.quote(String.valueOf(e.getMessage())),
                    "Check that the file can be opened and is not larger than " + LARGEST_FILE / (1024 * 1024)
                            + " MB.");
        }
    }

    private static Found directory(Path path, String name) throws IOException {
        List<SnapshotSource.SourceFile> files = new ArrayList<>();
        for (Path child : jsonFiles(path)) {
            files.add(file(child, slashes(path.relativize(child))));
        }
        if (files.isEmpty()) {
            return refused(
                    name,
                    "the directory " + Problems.quote(name) + " has no *.json file",
                    "Put the exports of one snapshot into it; use --each where each of its children is a snapshot.");
        }
        return new Found(name, new SnapshotSource(name, files), null);
    }

    /**
     * The snapshots in a directory, each child one of its own: JSON files and directories, sorted by name. Hidden
     * children and files that are no JSON are left out. Names are listed at once, but a snapshot is read only when the
     * stream comes to it, so that memory does not grow with their number.
     */
    public static Stream<Found> each(Path directory) {
        String name = slashes(directory);
        if (!Files.isDirectory(directory)) {
            return Stream.of(refused(name, Problems.quote(name) + " is not a directory", "--each takes a directory."));
        }
        try {
            List<Path> snapshots = children(directory).stream()
                    .filter(SnapshotFiles::isSnapshot)
                    .toList();
            if (snapshots.isEmpty()) {
                return Stream.of(refused(
                        name,
                        "the directory " + Problems.quote(name) + " has neither *.json files nor directories",
                        "Put one file or one directory for each snapshot into it."));
            }
            return snapshots.stream().map(SnapshotFiles::snapshot);
        } catch (IOException | SecurityException e) {
            return Stream.of(refused(
                    name,
                    Problems.quote(name) + " cannot be listed: " + Problems.quote(String.valueOf(e.getMessage())),
                    "Check that you may read it."));
        }
    }

    private static boolean isSnapshot(Path child) {
        String name = child.getFileName().toString();
        boolean json = name.toLowerCase(Locale.ROOT).endsWith(".json");
        return !name.startsWith(".") && (json || Files.isDirectory(child) || isRefusedByName(name));
    }

    private static boolean isRefusedByName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.concat(ARCHIVES.stream(), LINES.stream()).anyMatch(lower::endsWith);
    }

    /** A snapshot that is one JSON value from a stream such as standard input; the stream is not closed. */
    public static Found stream(String name, InputStream in) {
        try {
            byte[] bytes = in.readNBytes((int) LARGEST_FILE);
            return new Found(name, new SnapshotSource(name, List.of(new SnapshotSource.SourceFile(name, bytes))), null);
        } catch (IOException e) {
            return refused(
                    name,
                    "the input cannot be read: " + Problems.quote(String.valueOf(e.getMessage())),
                    "Write it to a file and give that.");
        }
    }

    /** One file, such as a service tag file that is added to other snapshots. */
    public static Optional<SnapshotSource> singleFile(Path path) {
        return Optional.ofNullable(snapshot(path).source());
    }

    private static SnapshotSource.SourceFile file(Path path, String name) throws IOException {
        if (Files.size(path) > LARGEST_FILE) {
            throw new IOException("the file has " + Files.size(path) + " bytes");
        }
        return new SnapshotSource.SourceFile(name, Files.readAllBytes(path));
    }

    /** All JSON files below a directory; hidden files and linked directories are left out. */
    private static List<Path> jsonFiles(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory, DEEPEST_DIRECTORY)) {
            return walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || isLinkedFile(file))
                    .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".json"))
                    .filter(file -> !isHidden(directory.relativize(file)))
                    .sorted(Comparator.comparing(file -> slashes(directory.relativize(file))))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isLinkedFile(Path file) {
        return Files.isSymbolicLink(file) && Files.isRegularFile(file);
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted(
                            Comparator.comparing(child -> child.getFileName().toString()))
                    .toList();
        }
    }

    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static Found refused(String name, String message, String hint) {
        ProblemCode code = ProblemCode.NOT_ACCEPTED;
        return new Found(name, null, new Problem(code.code(), code.level(), message, new Place(name, ""), hint));
    }
}
