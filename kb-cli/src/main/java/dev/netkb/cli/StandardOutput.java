package dev.netkb.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers its first failure, which a print writer would swallow. After a failure nothing more
 * is written.
 */
final class StandardOutput extends FilterOutputStream {

    private @Nullable IOException failure;

    StandardOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        attempt(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        attempt(out::flush);
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private void attempt(Attempt attempt) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            attempt.run();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** What went wrong, unless a reader such as {@code head} just had enough and closed its end of the pipe. */
    Optional<IOException> trouble() {
        return Optional.ofNullable(failure).filter(e -> !isClosedPipe(e));
    }

    private static boolean isClosedPipe(IOException e) {
        String message = e.getMessage() == null ? "" : e.getMessage().toLowerCase(Locale.ROOT);
        return message.contains("pipe") || message.contains("stream closed");
    }
}
