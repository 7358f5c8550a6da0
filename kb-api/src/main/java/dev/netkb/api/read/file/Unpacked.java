package dev.netkb.api.read.file;

import dev.netkb.api.read.json.Limits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * What a gzip stream holds. It takes little memory whatever the stream says: headers that do not end and streams that unpack to far
 * more than they are, are refused ({@link Limits#RATIO}).
 */
final class Unpacked extends FilterInputStream {

    /** More than an unpacker reads ahead: between two reads there must be some result. */
    private static final int PACKED_AT_A_TIME = 1 << 20;

    private static final int STEP = 1 << 16;

    private final Metered packed;
    private final String name;
    private long count;

    private Unpacked(String name, Metered packed) throws IOException {
        super(GzipCompressorInputStream.builder()
                .setInputStream(packed)
                .setDecompressConcatenated(true)
                .get());
        this.name = name;
        this.packed = packed;
    }

    static Unpacked of(String name, InputStream in) throws IOException {
        Metered packed = new Metered(in, Refusal.damaged(name, "the gzip data hold much and give nothing"));
        packed.allow(PACKED_AT_A_TIME);
        try {
            return new Unpacked(name, packed);
        } catch (IOException e) {
            throw Refusal.of(e, damaged(name));
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        packed.allow(PACKED_AT_A_TIME);
        int read;
        try {
            read = in.read(buffer, from, Math.min(length, STEP));
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw Refusal.of(e, damaged(name));
        }
        count += Math.max(0, read);
        refuseBomb(name, count, packed.count());
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long left = bytes;
        byte[] buffer = new byte[STEP];
        while (left > 0) {
            int read = read(buffer, 0, (int) Math.min(left, STEP));
            if (read < 0) {
                break;
            }
            left -= read;
        }
        return bytes - left;
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Refuses what unpacks to far more than any export does. */
    static void refuseBomb(String entry, long unpacked, long packed) throws Refusal {
        if (unpacked > Limits.UNPACKED_FREELY && unpacked > Limits.RATIO * Math.max(1, packed)) {
            throw Refusal.tooMuch(
                    entry,
                    "it unpacks to more than " + Limits.RATIO + " times its size",
                    "No export does; it was made to fill the memory, or holds something else. Export it again.");
        }
    }

    private static Refusal damaged(String name) {
        return Refusal.damaged(name, "the gzip data are damaged or cut off");
    }
}
