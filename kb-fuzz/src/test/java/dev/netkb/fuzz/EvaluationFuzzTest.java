package dev.netkb.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.render.JsonRenderer;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.value.ServiceTags;
import java.io.IOException;
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
            "standard-v2");

    @FuzzTest
    void editedSnapshot(FuzzedDataProvider data) throws IOException {
        JsonNode sample = SNAPSHOTS.get(data.consumeInt(0, SNAPSHOTS.size() - 1));
        Options options = Options.DEFAULT.withAll(data.consumeBoolean());
        ReadResult read = Invariants.read(EditedTree.of(sample, data));
        SnapshotReport evaluated = RULES.evaluate(read, options);
        if (evaluated.evaluated() && !evaluated.complete()) {
            throw new AssertionError("a rule failed: " + evaluated.problems());
        }
        Report report = RULES.report(List.of(evaluated), ServiceTags.NONE);
        new JsonRenderer().render(report, new StringBuilder());
    }
}
