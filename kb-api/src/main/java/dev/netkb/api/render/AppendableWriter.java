package dev.netkb.api.render;

import java.io.IOException;
import java.io.Writer;

/** A writer in front of any appendable, which it neither flushes nor closes. */
public final class AppendableWriter extends Writer {

    private final Appendable target;

    public AppendableWriter(Appendable target) {
        this.target = target;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        target.append(new String(text, offset, length));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
