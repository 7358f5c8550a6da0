package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Subject;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The places of a report are completed all together. */
class LocatedReportTest {

    private static final Place FIRST = new Place("a.json", "/value/0/x", 0, 0);
    private static final Place SECOND = new Place("a.json", "/value/1/x", 0, 0);

    /** A place of each kind, and one that is known already. */
    private static SnapshotReport report(Place evidence, Place rule, Place problem) {
        DecidingRule deciding = new DecidingRule("nsgRule", "id", "r", 100, false, "Deny", List.of(), List.of(), rule);
        FlowResult flow = new FlowResult(
                "Inbound",
                "Tcp",
                List.of("1"),
                "Sql",
                Verdict.DENIED,
                List.of(new FlowStage("nsg", Verdict.DENIED, List.of(deciding))),
                List.of(),
                null,
                List.of());
        Result result = new Result(
                "C-1",
                Outcome.VIOLATED,
                Severity.ERROR,
                "title",
                "message",
                new Subject("service", ResourceId.of("shop"), null),
                flow,
                List.of(new Evidence("key", "value", null, evidence)),
                List.of(),
                null,
                List.of(),
                null);
        return new SnapshotReport(
                "a",
                true,
                true,
                List.of(
                        new Problem("KB-N1", Problem.Level.NOTICE, "p", problem, "h"),
                        new Problem("KB-N2", Problem.Level.NOTICE, "p", new Place("a.json", "/value", 9, 9), "h")),
                List.of(),
                List.of(result));
    }

    @Test
    void completesEvidenceDecidingRulesAndProblemsAndLeavesWhatIsKnown() {
        String json = "{\"value\": [\n  {\"x\": 1},\n  {\"x\": 2}\n]}";
        ReadResult read = SnapshotReader.create()
                .read(new SnapshotSource(
                        "a", List.of(new SnapshotSource.SourceFile("a.json", json.getBytes(StandardCharsets.UTF_8)))));

        assertThat(read.located(report(FIRST, SECOND, Place.NOWHERE)))
                .isEqualTo(report(
                        new Place("a.json", "/value/0/x", 2, 9),
                        new Place("a.json", "/value/1/x", 3, 9),
                        Place.NOWHERE));
    }

    @Test
    void asksForEachPlaceOnce() {
        List<Place> asked = new ArrayList<>();
        UnaryOperator<Place> locate = place -> {
            asked.add(place);
            return place.line() > 0 ? place : new Place(place.file(), place.pointer(), 7, 1);
        };

        SnapshotReport located = new ReadResult("a", null, List.of(), locate).located(report(FIRST, FIRST, SECOND));

        assertThat(asked).doesNotHaveDuplicates().hasSize(3);
        assertThat(located)
                .isEqualTo(report(
                        new Place("a.json", "/value/0/x", 7, 1),
                        new Place("a.json", "/value/0/x", 7, 1),
                        new Place("a.json", "/value/1/x", 7, 1)));
    }
}
