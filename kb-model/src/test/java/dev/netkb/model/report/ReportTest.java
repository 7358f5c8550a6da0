package dev.netkb.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void snapshotsAreSortedByNameAndLinesByNumber() {
        List<SnapshotReport> snapshots = Stream.of("b.jsonl:100", "b.jsonl:2", "c", "b.jsonl:1", "b.jsonl:10", "a:b")
                .map(source -> new SnapshotReport(source, true, true, List.of(), List.of(), List.of()))
                .toList();

        Report report = new Report("1", new Report.Rules(0, List.of()), null, snapshots);

        assertThat(report.snapshots())
                .extracting(SnapshotReport::source)
                .containsExactly("a:b", "b.jsonl:1", "b.jsonl:2", "b.jsonl:10", "b.jsonl:100", "c");
    }
}
