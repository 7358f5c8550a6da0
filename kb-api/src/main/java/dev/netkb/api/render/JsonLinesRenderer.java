package dev.netkb.api.render;

import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import java.io.IOException;

/**
 * Writes reports of single snapshots as JSON lines: each is one of the {@code snapshots} of {@link JsonRenderer}, and of the
 * schema, in one line. What has no lines is told by nobody: tool, rules, summary. Deterministic and thread-safe.
 */
public final class JsonLinesRenderer {

    /**
     * Writes one line with its line feed.
     *
     * @param rules those of the run, where the report names none of its own
     * @param out where the text goes; it is neither flushed nor closed
     * @throws IOException when {@code out} fails
     */
    public void render(SnapshotReport snapshot, Report.Rules rules, Appendable out) throws IOException {
        try (JsonText json = JsonText.line(out)) {
            JsonRenderer.snapshot(json, snapshot, rules);
            json.end();
        }
    }
}
