package dev.netkb.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Writes a file whole or not at all: a reader sees the old content or the new one, never a part. */
final class WholeFile {

    private static final SecureRandom RANDOM = new SecureRandom();

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
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            try (Writer out = Files.newBufferedWriter(target, StandardCharsets.UTF_8, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            return;
        }
        Path draft = target.resolveSibling("." + target.getFileName() + "." + suffix() + ".tmp");
        draft.toFile().deleteOnExit(); // for the case that the user ends the process
        try {
            try (BufferedWriter out = Files.newBufferedWriter(
                    draft, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            keepPermissions(target, draft);
            move(draft, target);
        } finally {
            Files.deleteIfExists(draft);
        }
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
