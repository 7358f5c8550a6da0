package dev.netkb.api.render;

import dev.netkb.model.report.Report;
import java.io.IOException;

/** Turns a report into text. Deterministic and thread-safe. */
public interface ReportRenderer {

    /**
     * @param out where the text goes; it is neither flushed nor closed
     * @throws IOException when {@code out} fails
     */
    void render(Report report, Appendable out) throws IOException;
}
