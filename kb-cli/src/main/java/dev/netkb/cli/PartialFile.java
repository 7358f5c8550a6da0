package dev.netkb.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that takes long to write. Until it is complete it is called {@code FILE.partial} and holds whole lines, and
 * maybe the begin of one where the process was killed; beside it {@code FILE.partial.run} says which run it is of. A file
 * {@code FILE} of before stays as it is until then. One process at a time writes it.
 */
final class PartialFile implements LineSink {

    private static final String PARTIAL = ".partial";
    private static final String RUN = ".run";
    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final Path partial;
    private final Path mark;
    private final FileChannel channel;

    /** The end of the last whole line. */
    private long end;

    private boolean replaces;

    private PartialFile(Path file, Path partial, Path mark, FileChannel channel) {
        this.file = file;
        this.partial = partial;
        this.mark = mark;
        this.channel = channel;
    }

    /** Whether it is by its name such a file of a run that was interrupted, or has not ended yet; it may be a copy. */
    static boolean isOne(Path file) {
        return file.toString().endsWith(PARTIAL);
    }

    /** What the file is called until it is complete. */
    static Path partial(Path file) {
        return file.resolveSibling(file.getFileName() + PARTIAL);
    }

    /** What says which run it is of. */
    static Path mark(Path file) {
        return markOf(partial(file));
    }

    /** What says which run a {@code FILE.partial} is of. */
    static Path markOf(Path partial) {
        return partial.resolveSibling(partial.getFileName() + RUN);
    }

    /**
     * Starts anew.
     *
     * @throws CliException when another process is writing it
     */
    static PartialFile start(Path file, RunMark run) throws IOException {
        PartialFile started = open(file);
        try {
            started.replaces = started.channel.size() > 0;
            started.channel.truncate(0);
            run.write(started.mark);
            return started;
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /**
     * Goes on where a run ended, or starts anew where none did. A line that was not finished is cut off.
     *
     * @throws CliException when another process is writing it, or it is of another run
     */
    static PartialFile resume(Path file, RunMark run) throws IOException {
        if (!Files.exists(partial(WholeFile.target(file)))) {
            return start(file, run);
        }
        PartialFile resumed = open(file);
        try {
            RunMark before = RunMark.read(resumed.mark)
                    .orElseThrow(() -> new CliException(
                            ExitStatus.NOT_LOADED,
                            "'" + file + "' cannot be resumed: beside '" + resumed.partial + "' there is no '"
                                    + resumed.mark.getFileName()
                                    + "' that says which run it is of. Run it without --resume, which starts anew."));
            if (!run.differences(before).isEmpty()) {
                throw new CliException(
                        ExitStatus.NOT_LOADED,
                        "'" + file + "' cannot be resumed: the run that was interrupted differs in "
                                + String.join(", in ", run.differences(before))
                                + ". Run it as it was then, or without --resume, which starts anew.");
            }
            resumed.end = wholeLines(resumed.channel);
            resumed.channel.truncate(resumed.end);
            return resumed;
        } catch (IOException | RuntimeException e) {
            resumed.close();
            throw e;
        }
    }

    private static PartialFile open(Path file) throws IOException {
        Path target = WholeFile.target(file);
        Path partial = partial(target);
        FileChannel channel = FileChannel.open(
                partial,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        FileLock lock = lock(channel);
        if (lock == null || !Files.exists(partial)) { // or a run that has just completed gave it its name
            channel.close();
            throw new CliException(
                    ExitStatus.NOT_LOADED,
                    "'" + file + "' is being written by another run of netkb; wait for it, or name another file");
        }
        return new PartialFile(target, partial, mark(target), channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** How many bytes of a file are whole lines. */
    static long wholeLines(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return wholeLines(channel);
        }
    }

    private static long wholeLines(FileChannel channel) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        long upTo = channel.size();
        while (upTo > 0) {
            long from = Math.max(0, upTo - CHUNK);
            chunk.clear().limit((int) (upTo - from));
            while (chunk.hasRemaining() && channel.read(chunk, from + chunk.position()) >= 0) {
                // until it is full
            }
            for (int i = chunk.position() - 1; i >= 0; i--) {
                if (chunk.get(i) == '\n') {
                    return from + i + 1;
                }
            }
            upTo = from;
        }
        return 0;
    }

    /** Whether what a run before left was thrown away. */
    boolean replaces() {
        return replaces;
    }

    /** The lines that a run before left. Read them before {@link #append}. */
    BufferedReader lines() throws IOException {
        channel.position(0);
        return new BufferedReader(
                new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8), CHUNK);
    }

    /** Appends a line and hands it to the system. Where that fails, what was written of it is taken back. */
    @Override
    public void append(String line) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
        int length = bytes.remaining();
        try {
            channel.position(end);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            takeBack(e);
            throw e;
        }
        end += length;
    }

    private void takeBack(IOException e) {
        try {
            channel.truncate(end);
        } catch (IOException more) {
            e.addSuppressed(more); // whoever resumes it cuts the line off
        }
    }

    /** Gives the file its name. */
    @Override
    public void complete() throws IOException {
        channel.force(true);
        WholeFile.replace(partial, file); // while it is locked, so that no other run opens it in between and empties it
        Files.deleteIfExists(mark);
        channel.close();
    }

    /** Leaves it as it is, to be resumed. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
