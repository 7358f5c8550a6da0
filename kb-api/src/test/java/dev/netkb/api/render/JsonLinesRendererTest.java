package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonLinesRendererTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Report> everyExample() {
        return Stream.of(ReportExamples.broken(), ReportExamples.mended(), ReportExamples.hostile());
    }

    private static String lines(Report report) throws IOException {
        StringBuilder text = new StringBuilder();
        for (SnapshotReport snapshot : report.snapshots()) {
            new JsonLinesRenderer().render(snapshot, report.rules(), text);
        }
        return text.toString();
    }

    @Test
    void writesABrokenDeploymentAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("broken.jsonl", lines(ReportExamples.broken()));
    }

    /** The schema holds for lines because they are what it says of snapshots. */
    @ParameterizedTest
    @MethodSource("everyExample")
    void aLineIsTheSnapshotOfTheReport(Report report) throws IOException {
        StringBuilder whole = new StringBuilder();
        new JsonRenderer().render(report, whole);
        JsonNode snapshots = JSON.readTree(whole.toString()).get("snapshots");

        List<String> lines = lines(report).lines().toList();

        assertThat(lines).hasSameSizeAs(snapshots);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(JSON.readTree(lines.get(i))).isEqualTo(snapshots.get(i));
        }
        assertThat(lines(report)).endsWith("}\n");
    }

    @ParameterizedTest
    @MethodSource("everyExample")
    void whatIsReadBackFromALineIsWhatTheReportSays(Report report) throws IOException {
        List<String> lines = lines(report).lines().toList();

        assertThat(lines.stream().map(SnapshotDigest::read))
                .containsExactlyElementsOf(
                        report.snapshots().stream().map(SnapshotDigest::of).toList());
    }
}
