package dev.netkb.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.netkb.api.Baseline;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.render.DiffRenderer;
import dev.netkb.api.render.JsonRenderer;
import dev.netkb.api.render.ReportRenderer;
import dev.netkb.api.render.TableRenderer;
import dev.netkb.api.render.TextStyle;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.value.ServiceTags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever can be read can be judged, compared and printed. Slower than the other targets by far. */
class EvaluationFuzzTest {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    /** Each a whole snapshot: the trees of its files. */
    private static final List<JsonNode> SNAPSHOTS = Samples.snapshots(
            "classic-broken",
            "forced-tunnel-firewall",
            "internal-names-broken",
            "private-and-workspace",
            "standard-v2",
            "forced-tunnel-learned",
            "complete-internal",
            "seed-era",
            "terraform-plan");

    private static final List<Baseline> BASELINES =
            List.of(Baseline.AUTO, Baseline.AUTO, Baseline.SEED, Baseline.parse("2016-12"), Baseline.parse("2026-03"));

    @FuzzTest
    void editedSnapshot(FuzzedDataProvider data) throws IOException {
        JsonNode sample = sample(data);
        Options options = options(data);
        ReportRenderer table = new TableRenderer(style(data));
        SnapshotReport evaluated = RULES.evaluate(Invariants.read(EditedTree.of(sample, data)), options);
        isComplete(evaluated);
        Report report = RULES.report(List.of(evaluated), ServiceTags.NONE);
        isJson(printed(out -> new JsonRenderer().render(report, out)));
        isPrintable(printed(out -> table.render(report, out)));
    }

    /** Two edits of one snapshot, or one edit twice: then nothing differs. */
    @FuzzTest
    void diff(FuzzedDataProvider data) throws IOException {
        JsonNode sample = sample(data);
        Options options = options(data);
        DiffRenderer renderer = new DiffRenderer(style(data), options.all());
        boolean same = data.consumeInt(0, 3) == 0;
        ReadResult before = Invariants.read(EditedTree.of(sample, data));
        ReadResult after = same ? before : Invariants.read(EditedTree.of(sample, data));
        DiffReport diff = RULES.diff(before, after, options);
        isComplete(diff.before().report());
        isComplete(diff.after().report());
        if (same) {
            Invariants.require(
                    diff.newViolations().isEmpty()
                            && diff.violations().solved().isEmpty()
                            && diff.resources().isEmpty()
                            && diff.flows().isEmpty(),
                    "a snapshot differs from itself: " + diff);
        }
        isJson(printed(out -> renderer.json(diff, out)));
        isPrintable(printed(out -> renderer.table(diff, out)));
    }

    private interface Printing {
        void to(Appendable out) throws IOException;
    }

    private static String printed(Printing printing) throws IOException {
        StringBuilder out = new StringBuilder();
        printing.to(out);
        return out.toString();
    }

    private static void isComplete(SnapshotReport report) {
        Invariants.require(!report.evaluated() || report.complete(), "a rule failed: " + report.problems());
    }

    private static void isJson(String text) {
        EditedTree.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A terminal shows it and obeys none of it but line ends and our own colours. */
    private static void isPrintable(String text) {
        String plain = text.replaceAll("\u001b\\[[0-9;]*m", "");
        Invariants.require(
                plain.chars().noneMatch(c -> c != '\n' && Character.isISOControl(c)), "it is not printable: " + plain);
    }

    private static JsonNode sample(FuzzedDataProvider data) {
        return SNAPSHOTS.get(data.consumeInt(0, SNAPSHOTS.size() - 1));
    }

    private static Options options(FuzzedDataProvider data) {
        return Options.DEFAULT
                .withAll(data.consumeBoolean())
                .withBaseline(BASELINES.get(data.consumeInt(0, BASELINES.size() - 1)));
    }

    private static TextStyle style(FuzzedDataProvider data) {
        return new TextStyle(data.consumeInt(0, 200), data.consumeBoolean());
    }
}
