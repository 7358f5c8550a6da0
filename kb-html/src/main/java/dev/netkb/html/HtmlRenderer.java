package dev.netkb.html;

import dev.netkb.api.render.ReportRenderer;
import dev.netkb.model.report.Report;
import java.io.IOException;

/**
 * Writes a report as one HTML file in UTF-8 that needs nothing else: summary, filters and search, a picture of each
 * location, and each result with what it rests on and what to do. It can be read without JavaScript, printed, and used
 * with the keyboard alone.
 *
 * <p>Text from data is text wherever it stands, with characters made visible that nobody could see. A policy in the page
 * forbids browsers to run, load or send anything but what this version put in it.
 */
public final class HtmlRenderer implements ReportRenderer {

    @Override
    public void render(Report report, Appendable out) throws IOException {
        ReportPage page = ReportPage.of(report);
        PrintableOutput.write(
                out, output -> JtereportGenerated.render(output, PrintableOutput.NOBODY, Assets.packaged(), page));
    }
}
