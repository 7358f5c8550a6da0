package dev.netkb.api.read.json;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text in the encodings that JSON comes in, as UTF-8 without byte order mark: UTF-8, UTF-16 and UTF-32 in both byte orders, with a
 * mark or without one ({@code >} of PowerShell 5 writes UTF-16). Everything behind this class sees UTF-8 alone, so that
 * lines and columns are counted once. Bytes that are no characters become replacement characters where they are decoded;
 * in UTF-8 they stay and the parser reports them.
 */
public final class Encodings {

    private static final int LONGEST_MARK = 4;

    private Encodings() {}

    /** @param mark how many bytes of byte order mark stand before the text */
    private record Encoding(Charset charset, int mark) {
        boolean isPlain() {
            return mark == 0 && charset.equals(StandardCharsets.UTF_8);
        }
    }

    /** The same array where it is UTF-8 already. */
    public static byte[] toUtf8(byte[] bytes) {
        if (detect(bytes, bytes.length).isPlain()) {
            return bytes;
        }
        try (InputStream in = toUtf8(new BufferedInputStream(new ByteArrayInputStream(bytes)))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static BufferedInputStream toUtf8(BufferedInputStream in) throws IOException {
        in.mark(LONGEST_MARK);
        byte[] head = in.readNBytes(LONGEST_MARK);
        in.reset();
        Encoding encoding = detect(head, head.length);
        in.skipNBytes(encoding.mark());
        return encoding.charset().equals(StandardCharsets.UTF_8)
                ? in
                : new BufferedInputStream(new Encoded(new InputStreamReader(in, encoding.charset()), in));
    }

    private static Encoding detect(byte[] b, int length) {
        if (starts(b, length, 0xEF, 0xBB, 0xBF)) {
            return new Encoding(StandardCharsets.UTF_8, 3);
        }
        if (starts(b, length, 0x00, 0x00, 0xFE, 0xFF)) {
            return new Encoding(Charset.forName("UTF-32BE"), 4);
        }
        if (starts(b, length, 0xFF, 0xFE, 0x00, 0x00)) {
            return new Encoding(Charset.forName("UTF-32LE"), 4);
        }
        if (starts(b, length, 0xFE, 0xFF)) {
            return new Encoding(StandardCharsets.UTF_16BE, 2);
        }
        if (starts(b, length, 0xFF, 0xFE)) {
            return new Encoding(StandardCharsets.UTF_16LE, 2);
        }
        return new Encoding(unmarked(b, length), 0);
    }

    /** The first characters of JSON are ASCII, so the zeros among the first bytes tell the encoding. */
    private static Charset unmarked(byte[] b, int length) {
        String zeros = zeros(b, length);
        Charset found = length >= LONGEST_MARK
                ? switch (zeros) {
                    case "0001" -> Charset.forName("UTF-32BE");
                    case "1000" -> Charset.forName("UTF-32LE");
                    case "0101" -> StandardCharsets.UTF_16BE;
                    case "1010" -> StandardCharsets.UTF_16LE;
                    default -> null;
                }
                : switch (zeros) {
                    case "01" -> StandardCharsets.UTF_16BE;
                    case "10" -> StandardCharsets.UTF_16LE;
                    default -> null;
                };
        return found == null ? StandardCharsets.UTF_8 : found;
    }

    private static String zeros(byte[] b, int length) {
        StringBuilder zeros = new StringBuilder();
        for (int i = 0; i < Math.min(length, LONGEST_MARK); i++) {
            zeros.append(b[i] == 0 ? '0' : '1');
        }
        return zeros.toString();
    }

    private static boolean starts(byte[] b, int length, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= length || (b[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Characters as bytes of UTF-8. */
    private static final class Encoded extends InputStream {
        private final Reader reader;
        private final InputStream source;
        private final CharsetEncoder encoder = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith("\uFFFD".getBytes(StandardCharsets.UTF_8));
        private final CharBuffer chars = CharBuffer.allocate(8_192).flip();
        private final ByteBuffer bytes = ByteBuffer.allocate(32_768).flip();
        private boolean ended;
        private @Nullable IOException later;

        Encoded(Reader reader, InputStream source) {
            this.reader = reader;
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            return fill() ? bytes.get() & 0xFF : -1;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int some = Math.min(length, bytes.remaining());
            bytes.get(buffer, from, some);
            return some;
        }

        /** Whether there are bytes; what was decoded before a failure comes before it. */
        private boolean fill() throws IOException {
            while (!bytes.hasRemaining()) {
                if (later != null) {
                    throw later;
                }
                if (ended && !chars.hasRemaining()) {
                    return false;
                }
                chars.compact();
                try {
                    ended |= reader.read(chars) < 0;
                } catch (IOException e) {
                    later = e;
                }
                chars.flip();
                bytes.clear();
                encoder.encode(chars, bytes, ended);
                bytes.flip();
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
