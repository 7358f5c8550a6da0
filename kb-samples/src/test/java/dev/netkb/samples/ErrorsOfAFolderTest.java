package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.report.SnapshotReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorsOfAFolderTest {

    private static final Path SNAPSHOTS = Path.of("snapshots");

    @Test
    void everySnapshotIsToldInOrder() {
        Map<String, Integer> errors = new LinkedHashMap<>();

        ErrorsOfAFolder.tell(SNAPSHOTS, errors::put);

        assertThat(new ArrayList<>(errors.keySet())).hasSizeGreaterThan(10).isSorted();
        assertThat(errors).containsEntry("snapshots/classic-broken", 11).containsEntry("snapshots/classic-mended", 0);
    }

    /** Many at a time give what each gives alone. */
    @Test
    void aStreamGivesTheReportsThatEachSnapshotGivesAlone() {
        KnowledgeBase rules = KnowledgeBase.packaged();
        SnapshotReader reader = SnapshotReader.create();
        List<SnapshotReport> alone = new ArrayList<>();
        try (Stream<SnapshotFiles.Found> each = SnapshotFiles.each(SNAPSHOTS)) {
            each.forEach(found -> alone.add(rules.evaluate(found.read(reader), Options.DEFAULT)));
        }

        try (Stream<SnapshotReport> reports = rules.evaluateAll(SnapshotFiles.each(SNAPSHOTS), Options.DEFAULT)) {
            assertThat(reports).containsExactlyElementsOf(alone);
        }
    }
}
