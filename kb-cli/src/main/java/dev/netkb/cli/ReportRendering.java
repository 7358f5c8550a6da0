package dev.netkb.cli;

import dev.netkb.api.RuleInfo;
import dev.netkb.api.render.CsvRenderer;
import dev.netkb.api.render.JUnitRenderer;
import dev.netkb.api.render.JsonRenderer;
import dev.netkb.api.render.MarkdownRenderer;
import dev.netkb.api.render.ReportRenderer;
import dev.netkb.api.render.SarifRenderer;
import dev.netkb.api.render.TableRenderer;
import dev.netkb.api.render.TextStyle;
import dev.netkb.cli.OutputTarget.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Which renderer writes a report in which format. */
final class ReportRendering {

    private ReportRendering() {}

    /** @param catalogue what is known of the rules; asked only by formats that explain them */
    static ReportRenderer of(Format format, TextStyle style, Supplier<List<RuleInfo>> catalogue) {
        return switch (format) {
            case TABLE -> new TableRenderer(style);
            case JSON -> new JsonRenderer();
            case JSONL -> throw new IllegalArgumentException("jsonl is written line by line");
            case SARIF -> new SarifRenderer(catalogue.get(), Path.of("").toAbsolutePath());
            case JUNIT -> new JUnitRenderer();
            case CSV -> new CsvRenderer();
            case MARKDOWN -> new MarkdownRenderer();
        };
    }
}
