package dev.netkb.api.read;

import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.json.JsonFile;
import dev.netkb.api.read.json.Limits;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.report.Problem;
import dev.netkb.model.value.Place;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
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

    private static final int HEAD = 1_024;
    private static final int TAR_MAGIC = 257;
    private static final int TAR_HEADER = 512;

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

    /** What bytes are: the files of a snapshot, or lines. */
    private record Opened(
            @Nullable SnapshotSource source, @Nullable InputStream lines) {}

    /** The one snapshot at a path. A file of JSON lines with more than one snapshot is refused. */
    public static Found snapshot(Path path) {
        try (Stream<Found> all = all(path)) {
            return only(slashes(path), all);
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
        String name = slashes(path);
        try {
            if (Files.isDirectory(path)) {
                return Stream.of(directory(path, name));
            }
            if (!Files.exists(path)) {
                return Stream.of(
                        refused(name, "there is no file or directory " + Problems.quote(name), "Check the path."));
            }
            return file(path, name);
        } catch (Refusal e) {
            return Stream.of(refused(name, 0, e));
        } catch (IOException | SecurityException e) {
            return Stream.of(unreadable(name, e));
        }
    }

    /**
     * The snapshots in a stream such as standard input, told by content alone: JSON, an archive, a file packed with gzip, or
     * JSON lines, which is where the first line is a whole JSON value and others follow. The stream is not closed.
     */
    public static Stream<Found> all(String name, InputStream in) {
        try {
            Origin origin = new Origin(name, name, FileKind.OTHER);
            return found(origin, opened(origin, new BufferedInputStream(in)));
        } catch (Refusal e) {
            return Stream.of(refused(name, 0, e));
        } catch (IOException e) {
            return Stream.of(refused(
                    name,
                    "the input cannot be read: " + Problems.quote(String.valueOf(e.getMessage())),
                    "Write it to a file and give that."));
        }
    }

    /**
     * The snapshots in a directory, each child one of its own (or several, where it is a file of JSON lines), sorted by
     * name. Hidden children are left out, and files whose names say that they are no input. Names are listed at once, but a
     * snapshot is read only when the stream comes to it, so that memory does not grow with their number.
     */
    public static Stream<Found> each(Path directory) {
        String name = slashes(directory);
        if (!Files.isDirectory(directory)) {
            return Stream.of(refused(name, Problems.quote(name) + " is not a directory", "--each takes a directory."));
        }
        try {
            List<Path> children = children(directory);
            List<Path> snapshots = children.stream()
                    .filter(SnapshotFiles::isSnapshot)
                    .filter(child -> !isCompiled(child, children))
                    .toList();
            if (snapshots.isEmpty()) {
                return Stream.of(refused(
                        name,
                        "the directory " + Problems.quote(name) + " has neither *.json files nor directories",
                        "Put one file or one directory for each snapshot into it."));
            }
            return snapshots.stream().flatMap(SnapshotFiles::child);
        } catch (IOException | SecurityException e) {
            return Stream.of(refused(
                    name,
                    Problems.quote(name) + " cannot be listed: " + Problems.quote(String.valueOf(e.getMessage())),
                    "Check that you may read it."));
        }
    }

    /** A pipe that was not asked for by its name may never give anything. */
    private static Stream<Found> child(Path path) {
        if (!Files.exists(path) || Files.isRegularFile(path) || Files.isDirectory(path)) {
            return all(path);
        }
        String name = slashes(path);
        return Stream.of(refused(
                name,
                Problems.quote(name) + " is neither a file nor a directory",
                "Put a file there, or give the pipe by itself."));
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
        return refused(
                name,
                0,
                new Refusal(
                        ProblemCode.SEVERAL_SNAPSHOTS,
                        "",
                        Problems.quote(name) + " holds several snapshots, one a line, and one is wanted",
                        "Take one line out and give that: sed -n 3p FILE > one.json. netkb check takes all of them."));
    }

    // --- files ---------------------------------------------------------------------------------------------------

    /**
     * What is known of bytes before they are read.
     *
     * @param name what the report calls them
     * @param file what places of problems call them
     * @param kind what their name says
     */
    private record Origin(String name, String file, FileKind kind) {

        boolean isPackedJson() {
            return kind == FileKind.PACKED || kind == FileKind.ARCHIVE && endsWith(".gz") && !endsWith(".tar.gz");
        }

        boolean endsWith(String ending) {
            return name.toLowerCase(Locale.ROOT).endsWith(ending);
        }
    }

    private static Stream<Found> file(Path path, String name) throws IOException {
        Origin origin = new Origin(name, String.valueOf(path.getFileName()), FileKind.of(name));
        if (origin.kind().isInput() && !origin.kind().isRead()) {
            throw otherFormat(name, origin.kind());
        }
        if (Files.isRegularFile(path) && isZip(head(path))) {
            try (SeekableByteChannel channel = Files.newByteChannel(path)) {
                return found(origin, zip(origin, channel));
            }
        }
        InputStream raw = Files.newInputStream(path);
        boolean open = false;
        try {
            Opened opened = opened(origin, new BufferedInputStream(raw));
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

    private static Opened opened(Origin origin, BufferedInputStream in) throws IOException {
        byte[] head = head(in);
        if (isZip(head)) {
            try (SeekableByteChannel channel = new SeekableInMemoryByteChannel(limited(in, origin.file()))) {
                return zip(origin, channel);
            }
        }
        if (!starts(head, 0x1F, 0x8B)) {
            return opened(origin, in, head, false);
        }
        BufferedInputStream inner = new BufferedInputStream(Unpacked.of(origin.file(), in));
        return opened(origin, inner, head(inner), true);
    }

    private static Opened opened(Origin origin, BufferedInputStream in, byte[] head, boolean packed)
            throws IOException {
        if (isTar(head) || !packed && origin.endsWith(".tar")) {
            refuseArchiveCalledJson(origin);
            return new Opened(Archive.tar(origin.name(), in), null);
        }
        if (isOtherArchive(head) || packed && isZip(head)) {
            throw otherFormat(origin.name(), FileKind.OTHER_ARCHIVE);
        }
        boolean saysPacked = origin.kind() == FileKind.ARCHIVE || origin.kind() == FileKind.PACKED;
        if (saysPacked && !(packed && origin.isPackedJson())) {
            throw Refusal.damaged("", Problems.quote(origin.name()) + " is no archive, though its name says so");
        }
        InputStream text = Encodings.toUtf8(in);
        boolean lines = origin.kind() == FileKind.LINES;
        if (origin.kind() != FileKind.LINES && origin.kind() != FileKind.JSON) {
            ByteArrayOutputStream begin = new ByteArrayOutputStream();
            lines = holdsLines(text, begin);
            text = new SequenceInputStream(new ByteArrayInputStream(begin.toByteArray()), text);
        }
        return lines
                ? new Opened(null, text)
                : new Opened(
                        new SnapshotSource(
                                origin.name(), List.of(new SourceFile(origin.file(), limited(text, origin.file())))),
                        null);
    }

    private static Opened zip(Origin origin, SeekableByteChannel channel) throws IOException {
        refuseArchiveCalledJson(origin);
        return new Opened(Archive.zip(origin.name(), channel), null);
    }

    /**
     * Whether the first line that is not blank is a whole JSON value and others follow.
     *
     * @param begin takes what was read to tell
     */
    private static boolean holdsLines(InputStream text, ByteArrayOutputStream begin) throws IOException {
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        int read = skipBlanks(text, begin);
        while (read >= 0 && read != '\n' && first.size() < Limits.FILE) {
            first.write(read);
            read = next(text, begin);
        }
        return read == '\n' && JsonFile.isWhole(first.toByteArray()) && skipBlanks(text, begin) >= 0;
    }

    private static int skipBlanks(InputStream text, ByteArrayOutputStream begin) throws IOException {
        int read = next(text, begin);
        while (read == ' ' || read == '\t' || read == '\r' || read == '\n') {
            read = next(text, begin);
        }
        return read;
    }

    private static int next(InputStream text, ByteArrayOutputStream begin) throws IOException {
        int read = text.read();
        if (read >= 0) {
            begin.write(read);
        }
        return read;
    }

    private static byte[] head(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(HEAD);
        }
    }

    private static byte[] head(BufferedInputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        return head;
    }

    private static byte[] limited(InputStream in, String file) throws IOException {
        byte[] bytes = in.readNBytes((int) Limits.FILE + 1);
        if (bytes.length > Limits.FILE) {
            throw tooLarge(file);
        }
        return bytes;
    }

    private static boolean isZip(byte[] head) {
        return starts(head, 'P', 'K', 3, 4) || starts(head, 'P', 'K', 5, 6);
    }

    /** By the mark of the standard; before it, by the checksum of the first header. */
    private static boolean isTar(byte[] head) {
        if (head.length < TAR_HEADER) {
            return false;
        }
        if (starts(Arrays.copyOfRange(head, TAR_MAGIC, TAR_HEADER), 'u', 's', 't', 'a', 'r')) {
            return true;
        }
        try {
            return TarUtils.verifyCheckSum(Arrays.copyOf(head, TAR_HEADER));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isOtherArchive(byte[] head) {
        return starts(head, '7', 'z', 0xBC, 0xAF)
                || starts(head, 0xFD, '7', 'z', 'X', 'Z')
                || starts(head, 'B', 'Z', 'h')
                || starts(head, 0x28, 0xB5, 0x2F, 0xFD)
                || starts(head, 'R', 'a', 'r', '!');
    }

    private static boolean starts(byte[] head, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= head.length || (head[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static void refuseArchiveCalledJson(Origin origin) throws Refusal {
        if (origin.kind() == FileKind.JSON || origin.kind() == FileKind.LINES) {
            throw new Refusal(
                    ProblemCode.NOT_ACCEPTED,
                    "",
                    Problems.quote(origin.name()) + " is an archive, though its name says that it is JSON",
                    "Give it the ending .zip or .tar.gz, or unpack it.");
        }
    }

    // --- directories ---------------------------------------------------------------------------------------------

    private static Found directory(Path path, String name) throws IOException {
        Unread unread = new Unread();
        List<Path> json = jsonFiles(path, unread);
        if (json.size() > Limits.FILES) {
            throw Refusal.tooMuch(
                    "",
                    "the directory has more than " + Limits.FILES + " JSON files",
                    "A directory is one snapshot; use --each where each of its children is one.");
        }
        List<SourceFile> files = new ArrayList<>();
        long size = 0;
        for (Path child : json) {
            String file = slashes(path.relativize(child));
            byte[] content = content(child, file);
            size += content.length;
            if (size > Limits.SNAPSHOT) {
                throw Refusal.tooMuch(
                        file,
                        "the JSON files of the directory have more than " + Limits.megabytes(Limits.SNAPSHOT)
                                + " together",
                        "A directory is one snapshot; use --each where each of its children is one.");
            }
            files.add(new SourceFile(file, content));
        }
        if (files.isEmpty()) {
            return refused(
                    name,
                    "the directory " + Problems.quote(name) + " has no *.json file",
                    "Put the exports of one snapshot into it; use --each where each of its children is a snapshot."
                            + unread.hints());
        }
        return new Found(name, new SnapshotSource(name, files, unread.notices()), null);
    }

    private static byte[] content(Path path, String file) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return limited(FileKind.of(file) == FileKind.PACKED ? Unpacked.of(file, in) : in, file);
        }
    }

    /** All JSON files below a directory, sorted; hidden files and linked directories are left out. */
    private static List<Path> jsonFiles(Path directory, Unread unread) throws IOException {
        List<Path> json = new ArrayList<>();
        walk(directory, directory, json, unread);
        json.sort(Comparator.comparing(file -> slashes(directory.relativize(file))));
        return json;
    }

    private static void walk(Path root, Path directory, List<Path> json, Unread unread) throws IOException {
        for (Path child : children(directory)) {
            String relative = slashes(root.relativize(child));
            if (isHidden(relative)) {
                continue;
            }
            if (Files.isDirectory(child)) {
                if (Files.isSymbolicLink(child)) {
                    unread.addLink(relative);
                } else if (root.relativize(child).getNameCount() >= Limits.DIRECTORIES) {
                    unread.addDeep(relative);
                } else {
                    walk(root, child, json, unread);
                }
            } else if (!Files.isRegularFile(child)) {
                unread.addSpecial(relative);
            } else if (FileKind.of(relative).isFile()) {
                json.add(child);
            } else {
                unread.add(relative);
            }
        }
    }

    /** Whether a segment of a path with {@code /} begins with a dot. */
    static boolean isHidden(String relative) {
        return relative.startsWith(".") || relative.contains("/.");
    }

    private static boolean isSnapshot(Path child) {
        String name = child.getFileName().toString();
        return !name.startsWith(".")
                && (Files.isDirectory(child) || FileKind.of(name).isInput());
    }

    /** Whether a source such as {@code main.bicep} lies beside the JSON that was made of it. */
    private static boolean isCompiled(Path child, List<Path> siblings) {
        String name = child.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return !Files.isDirectory(child)
                && dot > 0
                && !FileKind.of(name).isRead()
                && siblings.contains(child.resolveSibling(name.substring(0, dot) + ".json"));
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted(
                            Comparator.comparing(child -> child.getFileName().toString()))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // --- refusals ------------------------------------------------------------------------------------------------

    static Refusal tooLarge(String file) {
        return Refusal.tooMuch(
                file,
                "the file has more than " + Limits.megabytes(Limits.FILE),
                "Export less into one file, such as one resource type or one resource group.");
    }

    /** The refusal of a file of another format, with the command for just this file where it has a plain name. */
    static Refusal otherFormat(String name, FileKind kind) {
        String base = name.substring(name.lastIndexOf('/') + 1);
        String hint = base.contains(" ")
                ? kind.hint()
                : kind.hint().replace("FILE.", stem(base) + ".").replace("FILE ", base + " ");
        return new Refusal(
                ProblemCode.OTHER_FORMAT, "", Problems.quote(name) + " " + kind.what() + "; a snapshot is JSON", hint);
    }

    private static String stem(String base) {
        int dot = base.lastIndexOf('.');
        return dot <= 0 ? base : base.substring(0, dot);
    }

    private static Found unreadable(String name, Exception e) {
        return refused(
                name,
                Problems.quote(name) + " cannot be read: " + Problems.quote(String.valueOf(e.getMessage())),
                "Check that it exists and that you may read it.");
    }

    static Found refused(String name, int line, Refusal refusal) {
        return new Found(name, null, refusal.problem(name, line));
    }

    private static Found refused(String name, String message, String hint) {
        ProblemCode code = ProblemCode.NOT_ACCEPTED;
        return new Found(name, null, new Problem(code.code(), code.level(), message, new Place(name, ""), hint));
    }
}
