package dev.netkb.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.render.CsvRenderer;
import dev.netkb.api.render.JUnitRenderer;
import dev.netkb.api.render.JsonLinesRenderer;
import dev.netkb.api.render.JsonRenderer;
import dev.netkb.api.render.MarkdownRenderer;
import dev.netkb.api.render.ReportRenderer;
import dev.netkb.api.render.TableRenderer;
import dev.netkb.api.render.TextStyle;
import dev.netkb.api.saved.ReportReader;
import dev.netkb.api.saved.UnreadableReportException;
import dev.netkb.model.report.Answers;
import dev.netkb.model.report.Overview;
import dev.netkb.model.report.Report;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Saved reports that are nearly right: each is refused with a reason, or comes back as it was and can be written. */
class SavedReportFuzzTest {

    /** A line of JSON lines with every result, of which each input has a few. */
    private static final ObjectNode LINE = (ObjectNode) EditedTree.parse(line());

    private static final List<String> KEYS = Words.keysOf(List.of(LINE));

    private static final List<ReportRenderer> RENDERERS =
            List.of(new TableRenderer(TextStyle.PLAIN), new CsvRenderer(), new JUnitRenderer(), new MarkdownRenderer());

    @FuzzTest
    void editedLine(FuzzedDataProvider data) throws IOException {
        ObjectNode line = LINE.deepCopy();
        for (String list : List.of("results", "problems")) {
            line.set(list, Samples.some(Samples.list(line.get(list)), data));
        }
        Report report;
        try {
            report = read(EditedTree.of(line, KEYS, data));
        } catch (UnreadableReportException e) {
            Invariants.require(!e.getMessage().isBlank(), "a refusal without a reason");
            return;
        }
        String json = written(new JsonRenderer(), report);
        Invariants.require(json.equals(written(new JsonRenderer(), again(json))), "it does not come back: " + json);
        RENDERERS.forEach(renderer -> written(renderer, report));
        Overview.of(Answers.of(List.of(report)), Answers.of(List.of(report)));
    }

    private static Report again(String json) throws IOException {
        try {
            return read(json.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableReportException e) {
            throw new AssertionError("what was written is not read: " + e.getMessage() + "\n" + json, e);
        }
    }

    private static Report read(byte[] text) throws IOException, UnreadableReportException {
        return ReportReader.read(new ByteArrayInputStream(text));
    }

    private static String written(ReportRenderer renderer, Report report) {
        StringBuilder out = new StringBuilder();
        try {
            renderer.render(report, out);
        } catch (IOException e) {
            throw new AssertionError("a StringBuilder does not fail", e);
        }
        return out.toString();
    }

    private static byte[] line() {
        JsonNode files = Samples.snapshots("classic-broken").get(0);
        KnowledgeBase rules = KnowledgeBase.packaged();
        StringBuilder line = new StringBuilder();
        try {
            new JsonLinesRenderer()
                    .render(
                            rules.evaluate(Invariants.read(EditedTree.text(files)), Options.DEFAULT.withAll(true)),
                            Report.Rules.NONE,
                            line);
        } catch (IOException e) {
            throw new AssertionError("a StringBuilder does not fail", e);
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }
}
