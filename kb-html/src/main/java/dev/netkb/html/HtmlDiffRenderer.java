package dev.netkb.html;

import dev.netkb.model.report.DiffReport;
import java.io.IOException;

/** Writes a comparison as one HTML file, before and after side by side; as safe and as self-contained as {@link HtmlRenderer}. */
public final class HtmlDiffRenderer {

    /**
     * @param out where the text goes; it is neither flushed nor closed
     * @throws IOException when {@code out} fails
     */
    public void render(DiffReport diff, Appendable out) throws IOException {
        DiffPage page = DiffPage.of(diff);
        PrintableOutput.write(
                out, output -> JtediffGenerated.render(output, PrintableOutput.NOBODY, Assets.packaged(), page));
    }
}
