package dev.netkb.api.read.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** The first bytes of a file. They tell whether it is packed and how, whatever its name says. */
final class Head {

    private static final int LENGTH = 1_024;
    private static final int TAR_MAGIC = 257;
    private static final int TAR_HEADER = 512;

    private final byte[] bytes;

    private Head(byte[] bytes) {
        this.bytes = bytes;
    }

    static Head of(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return new Head(in.readNBytes(LENGTH));
        }
    }

    /** The stream still begins with them. */
    static Head of(BufferedInputStream in) throws IOException {
        in.mark(LENGTH);
        byte[] head = in.readNBytes(LENGTH);
        in.reset();
        return new Head(head);
    }

    boolean isZip() {
        return starts(bytes, 'P', 'K', 3, 4) || starts(bytes, 'P', 'K', 5, 6);
    }

    boolean isGzip() {
        return starts(bytes, 0x1F, 0x8B);
    }

    /** By the mark of the standard; before it, by the checksum of the first header. */
    boolean isTar() {
        if (bytes.length < TAR_HEADER) {
            return false;
        }
        if (starts(Arrays.copyOfRange(bytes, TAR_MAGIC, TAR_HEADER), 'u', 's', 't', 'a', 'r')) {
            return true;
        }
        try {
            return TarUtils.verifyCheckSum(Arrays.copyOf(bytes, TAR_HEADER));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether it begins as JSON of resources does, in any encoding that is read. Markdown may begin with a bracket too. */
    boolean isJson() {
        String visible = new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^!-~]", "");
        return visible.startsWith("{") || visible.startsWith("[{") || visible.startsWith("[]");
    }

    boolean isOtherArchive() {
        return starts(bytes, '7', 'z', 0xBC, 0xAF)
                || starts(bytes, 0xFD, '7', 'z', 'X', 'Z')
                || starts(bytes, 'B', 'Z', 'h')
                || starts(bytes, 0x28, 0xB5, 0x2F, 0xFD)
                || starts(bytes, 'R', 'a', 'r', '!');
    }

    private static boolean starts(byte[] bytes, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
