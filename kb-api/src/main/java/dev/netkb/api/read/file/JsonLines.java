package dev.netkb.api.read.file;

import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.file.SnapshotFiles.Found;
import dev.netkb.api.read.json.JsonFile;
import dev.netkb.api.read.json.Limits;
import dev.netkb.api.read.json.OwnFormat;
import dev.netkb.api.read.json.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of a file of JSON lines, one a line. Of the file only the line that was asked for is in memory. A line that is
 * wrong, too long or cut off costs itself alone; those before it stand, and where the file can be read on, those after it too.
 */
final class JsonLines implements Iterator<Found> {

    private final String name;
    private final String file;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 14];
    private int at;
    private int filled;
    private int line;
    private boolean ended;
    private boolean any;
    private @Nullable Found next;

    /**
     * @param name what the report calls the whole; a snapshot is {@code name:LINE}
     * @param file the name of the file in places of problems
     * @param in UTF-8; closed by whoever opened it
     */
    JsonLines(String name, String file, InputStream in) {
        this.name = name;
        this.file = file;
        this.in = in;
    }

    /**
     * Whether a text holds them, though its name does not say so: the first line that is not blank is a whole JSON value
     * and others follow.
     *
     * @param begin takes what was read to tell
     */
    static boolean areIn(InputStream text, ByteArrayOutputStream begin) throws IOException {
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        int read = skipBlanks(text, begin);
        while (read >= 0 && read != '\n' && first.size() < Limits.FILE) {
            first.write(read);
            read = readOn(text, begin);
        }
        return read == '\n' && JsonFile.isWhole(first.toByteArray()) && skipBlanks(text, begin) >= 0;
    }

    private static int skipBlanks(InputStream text, ByteArrayOutputStream begin) throws IOException {
        int read = readOn(text, begin);
        while (read == ' ' || read == '\t' || read == '\r' || read == '\n') {
            read = readOn(text, begin);
        }
        return read;
    }

    private static int readOn(InputStream text, ByteArrayOutputStream begin) throws IOException {
        int read = text.read();
        if (read >= 0) {
            begin.write(read);
        }
        return read;
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            next = advance();
        }
        return next != null;
    }

    @Override
    public Found next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Found found = Objects.requireNonNull(next);
        next = null;
        any = true;
        return found;
    }

    /** The next line, null where it is blank. */
    private @Nullable Found advance() {
        line++;
        String called = name + ":" + line;
        try {
            byte[] bytes = line();
            if (bytes != null && !any && OwnFormat.beginsResult(bytes)) {
                ended = true;
                return Found.refused(name, 0, report());
            }
            if (bytes != null) {
                return found(called, file, bytes, line);
            }
            return ended && !any ? Found.refused(name, 0, nothing()) : null;
        } catch (Refusal e) {
            return Found.refused(called, line, e);
        } catch (IOException e) {
            ended = true;
            return Found.refused(
                    called,
                    line,
                    new Refusal(
                            ProblemCode.NOT_ACCEPTED,
                            file,
                            "the file cannot be read on: " + e.getMessage(),
                            "Check that it can be opened and is complete."));
        }
    }

    /** The snapshot of a line that is neither blank nor too long. */
    private static Found found(String name, String file, byte[] bytes, int line) {
        return new Found(name, new SnapshotSource(name, List.of(new SourceFile(file, bytes, line))), null);
    }

    /** The snapshot of one line that was read by somebody else, without its line feed; null where it is blank. */
    static @Nullable Found of(String name, String file, byte[] bytes) {
        if (bytes.length > Limits.FILE) {
            return Found.refused(name, 1, tooLong(file));
        }
        for (byte each : bytes) {
            if (!isBlank(each)) {
                return found(name, file, bytes, 1);
            }
        }
        return null;
    }

    private static boolean isBlank(byte each) {
        return each == ' ' || each == '\t' || each == '\r';
    }

    private static Refusal tooLong(String file) {
        return Refusal.tooMuch(
                file,
                "the line has more than " + Limits.megabytes(Limits.FILE),
                "A line is one snapshot; export less into it.");
    }

    private byte @Nullable [] line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long length = 0;
        boolean blank = true;
        boolean complete = false;
        while (!complete && fill()) {
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                blank &= isBlank(buffer[end]);
                end++;
            }
            length += end - at;
            if (length <= Limits.FILE) {
                bytes.write(buffer, at, end - at);
            } else {
                bytes = new ByteArrayOutputStream();
            }
            complete = end < filled;
            at = end + (complete ? 1 : 0);
        }
        if (length > Limits.FILE) {
            throw tooLong(file);
        }
        return blank ? null : bytes.toByteArray();
    }

    /** Whether there is a byte at hand. What fails once fails again: nothing after it can be read. */
    private boolean fill() throws IOException {
        if (at < filled) {
            return true;
        }
        at = 0;
        filled = 0;
        try {
            filled = Math.max(0, in.read(buffer));
        } finally {
            ended |= filled == 0;
        }
        return !ended;
    }

    private Refusal report() {
        return new Refusal(
                ProblemCode.NOT_ACCEPTED,
                file,
                "the file is a netkb report, no export",
                "netkb report and netkb summary read it. Keep it outside of the folders that are read.");
    }

    private Refusal nothing() {
        return new Refusal(
                ProblemCode.NOT_ACCEPTED,
                file,
                "the file has no line that is not blank",
                "Write one snapshot a line: jq -c . export.json >> exports.jsonl.");
    }
}
