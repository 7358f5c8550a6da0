package dev.netkb.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Writes a file whole or not at all: a reader sees the old content or the new one, never a part. */
final class WholeFile {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Links that lead to each other would go on for ever. */
    private static final int MOST_LINKS = 40;

    private WholeFile() {}

    /** Produces the content of a file. */
    interface Content {
        void writeTo(Appendable out) throws IOException;
    }

    /**
     * Writes beside the file under another name, then moves it there in one step. A target that is no plain file, such
     * as a pipe or a device, is written to as it is.
     *
     * @throws IOException when it cannot be written; an old file is then untouched
     */
    static void write(Path file, Content content) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            return;
        }
        Path target = target(file);
        Path draft = target.resolveSibling("." + target.getFileName() + "." + suffix() + ".tmp");
        draft.toFile().deleteOnExit(); // for the case that the user ends the process
        try {
            try (BufferedWriter out = Files.newBufferedWriter(
                    draft, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            replace(draft, target);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** The file itself, where a link leads to it. */
    static Path target(Path file) throws IOException {
        return Files.exists(file) ? file.toRealPath() : behindLinks(file.toAbsolutePath());
    }

    /** Puts a file in the place of another, which may not be there, in one step. */
    static void replace(Path draft, Path target) throws IOException {
        keepPermissions(target, draft);
        move(draft, target);
    }

    /** Where a link leads to which leads to no file yet. */
    private static Path behindLinks(Path file) throws IOException {
        Path at = file;
        for (int i = 0; i < MOST_LINKS && Files.isSymbolicLink(at); i++) {
            at = at.resolveSibling(Files.readSymbolicLink(at)).normalize();
        }
        return at;
    }

    /** Why a file could not be written, to stand behind a colon. */
    static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "its folder does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "it may not be written";
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? "the system says no more" : reason;
    }

    private static String suffix() {
        byte[] bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView old = Files.exists(from, LinkOption.NOFOLLOW_LINKS)
                ? Files.getFileAttributeView(from, PosixFileAttributeView.class)
                : null;
        if (old != null) {
            Files.setPosixFilePermissions(to, old.readAttributes().permissions());
        }
    }

    private static void move(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
