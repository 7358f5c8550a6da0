package dev.netkb.cli;

import dev.netkb.api.RuleInfo;
import dev.netkb.api.fix.FixesFound;
import dev.netkb.api.render.CsvRenderer;
import dev.netkb.api.render.JUnitRenderer;
import dev.netkb.api.render.JsonRenderer;
import dev.netkb.api.render.MarkdownRenderer;
import dev.netkb.api.render.ReportRenderer;
import dev.netkb.api.render.SarifRenderer;
import dev.netkb.api.render.TableRenderer;
import dev.netkb.api.render.TextStyle;
import dev.netkb.cli.OutputTarget.Format;
import dev.netkb.html.HtmlRenderer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Which renderer writes a report in which format. */
final class ReportRendering {

    private ReportRendering() {}

    /**
     * @param catalogue what is known of the rules; asked only by formats that explain them
     * @param fixes name of a snapshot → edits that mend it; only some formats can tell them
     */
    static ReportRenderer of(
            Format format, TextStyle style, Supplier<List<RuleInfo>> catalogue, Map<String, FixesFound> fixes) {
        return switch (format) {
            case TABLE -> new TableRenderer(style);
            case JSON -> new JsonRenderer();
            case JSONL -> throw new IllegalArgumentException("jsonl is written line by line");
            case SARIF -> new SarifRenderer(catalogue.get(), Path.of("").toAbsolutePath(), fixes);
            case JUNIT -> new JUnitRenderer();
            case CSV -> new CsvRenderer();
            case MARKDOWN -> new MarkdownRenderer();
            case HTML -> new HtmlRenderer();
        };
    }
}
