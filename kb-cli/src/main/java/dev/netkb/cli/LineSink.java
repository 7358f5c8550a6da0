package dev.netkb.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Takes lines one by one; each is out of the process once it was appended. */
interface LineSink extends Closeable {

    /** @param line with its line feed */
    void append(String line) throws IOException;

    /** Everything was appended. */
    void complete() throws IOException;

    /** The reader of standard output has gone, or it is full: {@link StandardOutput} knows which. */
    final class OutputGone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutputGone() {
            super("standard output takes no more", null, false, false);
        }
    }

    /** Standard output. */
    static LineSink to(PrintWriter out) {
        return new LineSink() {
            @Override
            public void append(String line) {
                out.append(line);
                if (out.checkError()) {
                    throw new OutputGone();
                }
            }

            @Override
            public void complete() {}

            @Override
            public void close() {}
        };
    }

    /** A file that is none on a disk, such as a pipe or a device. */
    static LineSink toDevice(Path file) throws IOException {
        Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        return new LineSink() {
            @Override
            public void append(String line) throws IOException {
                out.append(line);
                out.flush();
            }

            @Override
            public void complete() {}

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }
}
