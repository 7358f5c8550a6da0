package dev.netkb.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotGeneratorTest {

    private static final Shape SMALL = new Shape(3, 7, 2, 30, 4);

    @TempDir
    private Path folder;

    private static byte[] snapshot(long seed, Shape shape) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SnapshotGenerator.snapshot(seed, shape, bytes);
        return bytes.toByteArray();
    }

    private static ReadResult read(byte[] json) {
        return SnapshotReader.create()
                .read(new SnapshotSource("made", List.of(new SnapshotSource.SourceFile("made.json", json))));
    }

    @Test
    void makesTheSameOfTheSameSeedAndOnlyOfIt() throws IOException {
        assertThat(snapshot(7, SMALL)).isEqualTo(snapshot(7, SMALL)).isNotEqualTo(snapshot(8, SMALL));
    }

    @Test
    void makesWhatTheShapeSaysAndNothingThatReadersComplainAbout() throws IOException {
        ReadResult read = read(snapshot(7, SMALL));

        assertThat(read.problems()).extracting(Problem::message).isEmpty();
        Snapshot snapshot = Objects.requireNonNull(read.snapshot());
        assertThat(snapshot.virtualNetworks()).hasSize(3);
        assertThat(snapshot.subnets()).hasSize(7);
        assertThat(snapshot.locations()).hasSize(4);
    }

    /** Results of one kind alone would measure only that. */
    @Test
    void makesServicesOfWhichSomeRequirementsHoldAndOthersDoNot() throws IOException {
        SnapshotReport report =
                KnowledgeBase.packaged().evaluate(read(snapshot(7, SMALL)), Options.DEFAULT.withAll(true));

        assertThat(report.complete()).isTrue();
        assertThat(report.results()).extracting(Result::outcome).contains(Outcome.VIOLATED, Outcome.PASSED);
    }

    @Test
    void makesSnapshotsALineOfDifferentSizes() throws IOException {
        Path file = folder.resolve("made.jsonl.gz");
        SnapshotGenerator.lines(1, 100, file);

        try (Stream<SnapshotFiles.Found> lines = SnapshotFiles.all(file)) {
            List<ReadResult> read =
                    lines.map(line -> line.read(SnapshotReader.create())).toList();
            assertThat(read).hasSize(100).allMatch(each -> each.snapshot() != null);
            assertThat(read.stream()
                            .map(each -> each.snapshot().subnets().size())
                            .distinct())
                    .hasSizeGreaterThan(5);
        }
        byte[] before = Files.readAllBytes(file);
        SnapshotGenerator.lines(1, 100, file);
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void aShapeGrowsInProportion() {
        assertThat(Shape.HUGE.times(0.5)).isEqualTo(new Shape(500, 2_500, 500, 200, 250));
        assertThatThrownBy(() -> new Shape(1, 1, 1, 1, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
