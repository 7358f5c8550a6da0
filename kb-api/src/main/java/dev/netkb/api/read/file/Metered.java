package dev.netkb.api.read.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what passes and refuses to go on beyond what was allowed. */
final class Metered extends FilterInputStream {

    private final Refusal beyond;
    private long count;
    private long most = Long.MAX_VALUE;

    /** @param beyond what is thrown where more is read than allowed */
    Metered(InputStream in, Refusal beyond) {
        super(in);
        this.beyond = beyond;
    }

    long count() {
        return count;
    }

    /** Allows so many bytes from here on. */
    void allow(long bytes) {
        most = count + bytes;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        if (read >= 0) {
            passed(1);
        }
        return read;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = in.read(buffer, from, length);
        if (read > 0) {
            passed(read);
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = in.skip(bytes);
        passed(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void passed(long bytes) throws IOException {
        count += bytes;
        if (count > most) {
            throw beyond;
        }
    }
}
