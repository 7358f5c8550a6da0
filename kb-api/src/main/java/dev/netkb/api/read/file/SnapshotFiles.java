package dev.netkb.api.read.file;

import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotInput;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.json.Limits;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.report.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of snapshots.
 *
 * <table>
 * <caption>What is accepted</caption>
 * <tr><td>a JSON file ({@code .json}, {@code .tfstate}, or any other name that says nothing else)</td><td>one snapshot</td></tr>
 * <tr><td>a directory</td><td>one snapshot of all JSON files in it, also {@code .json.gz}</td></tr>
 * <tr><td>{@code .zip}, {@code .tar}, {@code .tar.gz}, {@code .tgz}</td><td>as the directory that was packed</td></tr>
 * <tr><td>{@code .jsonl}, {@code .ndjson}</td><td>one snapshot for each line that is not blank</td></tr>
 * <tr><td>{@code .gz} of a JSON file or of JSON lines</td><td>as what was packed</td></tr>
 * </table>
 *
 * <p>Whether something is an archive is decided by its first bytes. Text may be in UTF-8, UTF-16 or UTF-32. Names within a
 * snapshot are relative, with {@code /}, and sorted. In directories and archives what is hidden (a name that begins with a
 * dot) is left out; other files that are not read are told in {@link SnapshotSource#notices}. How much is read at most
 * says {@link Limits}.
 */
public final class SnapshotFiles {

    /** What a path means as standard input. */
    public static final String STANDARD_INPUT = "-";

    private SnapshotFiles() {}

    /**
     * What was found at a path: a source to read, or the problem that prevents it.
     *
     * @param name what the report calls the snapshot
     */
    public record Found(
            String name,
            @Nullable SnapshotSource source,
            @Nullable Problem problem) implements SnapshotInput {

        /** Reads the source; where there is none the snapshot is rejected with the problem. */
        @Override
        public ReadResult read(SnapshotReader reader) {
            if (source != null) {
                return reader.read(source);
            }
            return new ReadResult(name, null, List.of(Objects.requireNonNull(problem)), place -> place);
        }

        /** @param line of the whole, 0 where it is none of them */
        static Found refused(String name, int line, Refusal refusal) {
            return new Found(name, null, refusal.problem(name, line));
        }
    }

    /** The one snapshot at a path. A file of JSON lines with more than one snapshot is refused. */
    public static Found snapshot(Path path) {
        try (Stream<Found> all = all(path)) {
            return only(Names.of(path), all);
        }
    }

    /** The one snapshot in a stream such as standard input, as {@link #all(String, InputStream)} finds it. */
    public static Found stream(String name, InputStream in) {
        return only(name, all(name, in));
    }

    /**
     * The snapshots at a path: one, or those of a file of JSON lines. The file is open until the stream is closed, which
     * {@link Stream#flatMap} does; of its lines only the one that the stream has come to is in memory.
     */
    public static Stream<Found> all(Path path) {
        String name = Names.of(path);
        try {
            if (Files.isDirectory(path)) {
                return Stream.of(new Found(name, Directory.read(path, name), null));
            }
            if (!Files.exists(path)) {
                return refused(name, "there is no file or directory " + Problems.quote(name), "Check the path.");
            }
            return file(path, name);
        } catch (Refusal e) {
            return Stream.of(Found.refused(name, 0, e));
        } catch (IOException | SecurityException e) {
            return refused(
                    name,
                    Problems.quote(name) + " cannot be read: " + Problems.quote(String.valueOf(e.getMessage())),
                    "Check that it exists and that you may read it.");
        }
    }

    /**
     * The snapshots in a stream such as standard input, told by content alone: JSON, an archive, a file packed with gzip, or
     * JSON lines, which is where the first line is a whole JSON value and others follow. The stream is not closed.
     */
    public static Stream<Found> all(String name, InputStream in) {
        try {
            Origin origin = new Origin(name, name, FileKind.OTHER);
            return found(origin, Opened.of(origin, new BufferedInputStream(in)));
        } catch (Refusal e) {
            return Stream.of(Found.refused(name, 0, e));
        } catch (IOException e) {
            return refused(
                    name,
                    "the input cannot be read: " + Problems.quote(String.valueOf(e.getMessage())),
                    "Write it to a file and give that.");
        }
    }

    /**
     * The snapshot of one line of JSON lines, for those who read lines in a way of their own; empty where it is blank. It is
     * read as {@link #all(Path)} reads such a line, but each is line 1 of its file.
     *
     * @param name what the report calls the snapshot
     * @param file how places name the file
     * @param line UTF-8, without the line feed
     */
    public static Optional<Found> line(String name, String file, byte[] line) {
        return Optional.ofNullable(JsonLines.of(name, file, line));
    }

    /**
     * The snapshots in a directory, each child one of its own (or several, where it is a file of JSON lines), sorted by
     * name. Hidden children are left out, and those of {@link #notInEach}. Names are listed at once, but a snapshot is read
     * only when the stream comes to it, so that memory does not grow with their number.
     */
    public static Stream<Found> each(Path directory) {
        return each(directory, child -> false);
    }

    /**
     * As {@link #each(Path)}.
     *
     * @param but the children that are left out too, such as what is written meanwhile
     */
    public static Stream<Found> each(Path directory, Predicate<Path> but) {
        String name = Names.of(directory);
        if (!Files.isDirectory(directory)) {
            return refused(name, Problems.quote(name) + " is not a directory", "--each takes a directory.");
        }
        try {
            List<Path> snapshots = snapshotsIn(directory, but);
            if (snapshots.isEmpty()) {
                return refused(
                        name,
                        "the directory " + Problems.quote(name) + " has neither files of snapshots nor directories",
                        "Put one file or one directory for each snapshot into it.");
            }
            return snapshots.stream().flatMap(SnapshotFiles::child);
        } catch (IOException | SecurityException e) {
            return refused(
                    name,
                    Problems.quote(name) + " cannot be listed: " + Problems.quote(String.valueOf(e.getMessage())),
                    "Check that you may read it.");
        }
    }

    /**
     * The files in a directory that {@link #each(Path)} does not take for snapshots, sorted by name: what is written for
     * people and does not begin as JSON, and a source such as {@code main.bicep} beside the JSON that was made of it. Hidden
     * ones are not told. Empty where the directory cannot be listed.
     */
    public static List<Path> notInEach(Path directory) {
        try {
            List<Path> children = Directory.children(directory);
            return children.stream()
                    .filter(child -> !isHidden(child) && !isSnapshot(child, children))
                    .toList();
        } catch (IOException | SecurityException e) {
            return List.of();
        }
    }

    private static List<Path> snapshotsIn(Path directory, Predicate<Path> but) throws IOException {
        List<Path> children = Directory.children(directory);
        return children.stream()
                .filter(child -> !isHidden(child) && isSnapshot(child, children) && !but.test(child))
                .toList();
    }

    /** Whether the name of a file says that it is read: JSON, JSON lines or an archive. */
    public static boolean isRead(Path file) {
        return FileKind.of(Names.of(file)).isRead();
    }

    /** How many {@link #all(Path)} gives. Files that may hold JSON lines are read for it, but nothing in them is looked at. */
    public static long count(Path path) {
        FileKind kind = FileKind.of(Names.of(path));
        if (!Files.isRegularFile(path) || kind.isInput() && kind != FileKind.LINES) {
            return 1;
        }
        try (Stream<Found> lines = all(path)) {
            return lines.count();
        }
    }

    /** How many {@link #each(Path, Predicate)} gives, as {@link #count(Path)}. */
    public static long countEach(Path directory, Predicate<Path> but) {
        try {
            return Math.max(
                    1,
                    snapshotsIn(directory, but).stream()
                            .mapToLong(SnapshotFiles::count)
                            .sum());
        } catch (IOException | SecurityException e) {
            return 1;
        }
    }

    /** A pipe that was not asked for by its name may never give anything. */
    private static Stream<Found> child(Path path) {
        if (!Files.exists(path) || Files.isRegularFile(path) || Files.isDirectory(path)) {
            return all(path);
        }
        String name = Names.of(path);
        return refused(
                name,
                Problems.quote(name) + " is neither a file nor a directory",
                "Put a file there, or give the pipe by itself.");
    }

    /** One file, such as a service tag file that is added to other snapshots. */
    public static Optional<SnapshotSource> singleFile(Path path) {
        return Optional.ofNullable(snapshot(path).source());
    }

    private static Found only(String name, Stream<Found> all) {
        Iterator<Found> each = all.iterator();
        Found first = each.next();
        if (!each.hasNext()) {
            return first;
        }
        return Found.refused(
                name,
                0,
                new Refusal(
                        ProblemCode.SEVERAL_SNAPSHOTS,
                        "",
                        Problems.quote(name) + " holds several snapshots, one a line, and one is wanted",
                        "Take one line out and give that: sed -n 3p FILE > one.json. netkb check takes all of them."));
    }

    private static Stream<Found> file(Path path, String name) throws IOException {
        Origin origin = new Origin(name, String.valueOf(path.getFileName()), FileKind.of(name));
        if (origin.kind().isInput() && !origin.kind().isRead()) {
            throw Refusal.otherFormat(name, origin.kind());
        }
        if (Files.isRegularFile(path) && Head.of(path).isZip()) {
            try (SeekableByteChannel channel = Files.newByteChannel(path)) {
                return found(origin, Opened.zip(origin, channel));
            }
        }
        InputStream raw = Files.newInputStream(path);
        boolean open = false;
        try {
            Opened opened = Opened.of(origin, new BufferedInputStream(raw));
            open = opened.lines() != null;
            return found(origin, opened).onClose(() -> close(raw));
        } finally {
            if (!open) {
                raw.close();
            }
        }
    }

    private static Stream<Found> found(Origin origin, Opened opened) {
        if (opened.lines() == null) {
            return Stream.of(new Found(origin.name(), opened.source(), null));
        }
        JsonLines lines = new JsonLines(origin.name(), origin.file(), opened.lines());
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    private static boolean isHidden(Path child) {
        return Names.isHidden(child.getFileName().toString());
    }

    private static boolean isSnapshot(Path child, List<Path> siblings) {
        return Files.isDirectory(child) || !isNote(child) && !isCompiled(child, siblings);
    }

    /** Whether a file is written for people. An export may be called {@code dump.txt}. */
    private static boolean isNote(Path child) {
        if (!FileKind.of(child.getFileName().toString()).isForPeople()) {
            return false;
        }
        try {
            return !Files.isRegularFile(child) || !Head.of(child).isJson();
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether a source such as {@code main.bicep} lies beside the JSON that was made of it. */
    private static boolean isCompiled(Path child, List<Path> siblings) {
        String name = child.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return !Files.isDirectory(child)
                && dot > 0
                && FileKind.of(name).isInput()
                && !FileKind.of(name).isRead()
                && siblings.contains(child.resolveSibling(name.substring(0, dot) + ".json"));
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Found> refused(String name, String message, String hint) {
        return Stream.of(Found.refused(name, 0, Refusal.notAccepted(message, hint)));
    }
}
