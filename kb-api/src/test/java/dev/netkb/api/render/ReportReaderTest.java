package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.netkb.api.saved.ReportReader;
import dev.netkb.api.saved.UnreadableReportException;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Report> everyExample() {
        return Stream.concat(
                SarifRendererTest.everyExample(),
                Stream.of(ofTwoPacks(), new Report("1", Report.Rules.NONE, null, List.of())));
    }

    /** A folder decides a requirement of one snapshot, and none of the other, as after an edit of rules. */
    private static Report ofTwoPacks() {
        Report.Pack own = new Report.Pack("netkb", "1", "packaged", "00");
        Report.Pack folder = new Report.Pack("ours", "1", "rules", "11");
        Report.Rules without = new Report.Rules(3, List.of(own));
        Report.Rules with = new Report.Rules(3, List.of(own, folder), Map.of("C-1", "ours"));
        return new Report(
                "1",
                new Report.Rules(3, List.of(own, folder), Map.of("C-1", "ours")),
                null,
                List.of(snapshot("a", without), snapshot("b", with)));
    }

    private static SnapshotReport snapshot(String name, Report.Rules rules) {
        return new SnapshotReport(
                name,
                true,
                true,
                List.of(),
                List.of(),
                List.of(ReportExamples.plain("C-1", Outcome.VIOLATED, "x")),
                rules);
    }

    @ParameterizedTest
    @MethodSource("everyExample")
    void givesTheSameBytesAgain(Report report) throws Exception {
        String text = json(report);

        assertThat(json(read(text))).isEqualTo(text);
    }

    /** The places of rules come back from the evidence, so other formats say what they would have said at once. */
    @Test
    void keepsWhatOtherFormatsShow() throws Exception {
        Report report = ReportExamples.broken();
        for (ReportRenderer renderer : List.of(
                new TableRenderer(TextStyle.PLAIN), new CsvRenderer(), new JUnitRenderer(), new MarkdownRenderer())) {
            StringBuilder before = new StringBuilder();
            StringBuilder after = new StringBuilder();
            renderer.render(report, before);
            renderer.render(read(json(report)), after);
            assertThat(after.toString()).isEqualTo(before.toString());
        }
    }

    @Test
    void readsWhatIsPacked() throws Exception {
        String text = json(ReportExamples.mended());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        byte[] packed = bytes.toByteArray();

        assertThat(json(ReportReader.read(new ByteArrayInputStream(packed)))).isEqualTo(text);
        InputStream cut = new ByteArrayInputStream(packed, 0, packed.length / 2);
        assertThatThrownBy(() -> ReportReader.read(cut)).isInstanceOf(UnreadableReportException.class);
    }

    /** What a line does not hold is not made up. */
    @ParameterizedTest
    @MethodSource("everyExample")
    void readsJsonLines(Report report) throws Exception {
        if (report.snapshots().isEmpty()) {
            return;
        }
        String lines = lines(report);
        Report read = read(lines);

        assertThat(lines(read)).isEqualTo(lines);
        assertThat(read.summary()).isEqualTo(report.summary());
        assertThat(read.toolVersion()).isEqualTo("unknown");
        assertThat(json(read(json(read)))).isEqualTo(json(read));
        List<SnapshotReport> each = new ArrayList<>();
        ReportReader.each(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), each::add);
        assertThat(each).containsExactlyElementsOf(read.snapshots());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | line 3: an object must stand here",
                "{\"source\": 7} | line 3: the field 'status' is missing",
                "{\"schema\": \"netkb/report/1\"} | line 3: 'schema' is no field",
                "{\"source\": | cut off",
                "} | from line 3",
            })
    void saysWhichLineIsNone(String third, String message) throws Exception {
        String good = lines(new Report("1", Report.Rules.NONE, null, List.of(snapshot("a", Report.Rules.NONE))));

        assertThatThrownBy(() -> read(good + good + third + "\n"))
                .isInstanceOf(UnreadableReportException.class)
                .hasMessageContaining(message);
    }

    private static String lines(Report report) throws IOException {
        StringBuilder out = new StringBuilder();
        for (SnapshotReport snapshot : report.snapshots()) {
            new JsonLinesRenderer().render(snapshot, report.rules(), out);
        }
        return out.toString();
    }

    /** Reports that were saved before there were networks in them are reports still. */
    @Test
    void readsLocationsWithoutTheirNetwork() throws Exception {
        JsonNode old = JSON.readTree(json(ReportExamples.broken()));
        ((ObjectNode) old.at("/snapshots/0/locations/0")).remove("network");

        assertThat(read(old.toString()).snapshots().get(0).locations().get(0).network())
                .isNull();
    }

    /** Another tool may have sorted the fields. */
    @Test
    void readsFieldsInAnyOrder() throws Exception {
        String text = json(ofTwoPacks());
        Map<String, Object> sorted = new TreeMap<>(Comparator.reverseOrder());
        JSON.readTree(text).properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));

        assertThat(json(read(JSON.writeValueAsString(sorted)))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/snapshots/0/results/0 | colour | \"red\" | '' | 'colour' is no field",
                "/snapshots/0/results/0 | outcome | \"maybe\" | /outcome | 'maybe' is none of violated, undetermined",
                "/snapshots/0/results/0 | rule | 7 | /rule | a text must stand here, not 7",
                "/snapshots/0/results/0/subject | id | \" \" | /id | must not be empty",
                "/snapshots/0/results/0/subject | id | \"\\u0000\" | /id | must not be empty",
                "/snapshots/0/results/0/flow | ports | [\"1\", 2] | /ports/1 | a text must stand here, not 2",
                "/snapshots/0/results/0/flow | stages | {} | /stages | a list must stand here, not an object",
                "/snapshots/0/results/0 | notes | [] | /notes | an empty list must be left out",
                "/snapshots/0/problems/0 | code | \"E1\" | /code | no code such as KB-E104",
                "/snapshots/0/problems/0 | line | 0 | /line | 0 is not in the range",
                "/snapshots/0 | status | \"rejected\" | /results | a snapshot that was rejected has no results",
                "/snapshots/0 | complete | true | /complete | true must be left out",
                "/summary | waived | 7 | /waived | 7 does not fit what follows, which is 1",
                "/snapshots/0/locations/0/network | unknown | [\"nat\"] | /unknown | 'nat' is no part of a network",
                "/snapshots/0/locations/0/network | moreNextHops | 0 | /moreNextHops | 0 is not in the range",
                "'' | schema | \"netkb/report/2\" | /schema | is not 'netkb/report/1'",
                "'' | snapshots | {} | /snapshots | a list must stand here",
                "/tool | name | \"other\" | /name | is not 'netkb'",
            })
    void saysWhereADocumentIsNoReport(String object, String field, String value, String below, String message)
            throws Exception {
        ObjectNode report = (ObjectNode) JSON.readTree(json(ReportExamples.broken()));
        ((ObjectNode) report.at(object)).set(field, JSON.readTree(value));

        assertThatThrownBy(() -> read(report.toString()))
                .isInstanceOfSatisfying(
                        UnreadableReportException.class,
                        e -> assertThat(e.pointer()).isEqualTo(object + below))
                .hasMessageContaining(message);
    }

    /** Everything that the schema demands is missed where it is not there. */
    @Test
    void missesEveryFieldThatTheSchemaDemands() throws Exception {
        List<String> pointers = new ArrayList<>();
        collect(JSON.readTree(json(ReportExamples.broken())), "", pointers);
        Set<String> free = Set.of(
                "notes",
                "column",
                "sourcePorts",
                "local",
                "complete",
                "network",
                "moreNextHops",
                "moreDestinations",
                "morePeerings");
        int missed = 0;
        for (String pointer : pointers) {
            JsonNode report = JSON.readTree(json(ReportExamples.broken()));
            int slash = pointer.lastIndexOf('/');
            String name = pointer.substring(slash + 1);
            if (pointer.contains("/changes/") && !name.equals("op") || free.contains(name)) {
                continue;
            }
            ((ObjectNode) report.at(pointer.substring(0, slash))).remove(name);
            assertThatThrownBy(() -> read(report.toString())).as(pointer).isInstanceOf(UnreadableReportException.class);
            missed++;
        }
        assertThat(missed).isGreaterThan(300);
    }

    private static void collect(JsonNode node, String pointer, List<String> pointers) {
        if (node instanceof ArrayNode) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), pointer + "/" + i, pointers);
            }
        }
        node.properties().forEach(field -> {
            pointers.add(pointer + "/" + field.getKey());
            collect(field.getValue(), pointer + "/" + field.getKey(), pointers);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{}", "7", "{\"source\": \"a\"}", "nonsense", "{\"schema\": 1}", "\u0000"})
    void refusesWhatIsNoReport(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UnreadableReportException.class);
    }

    @Test
    void refusesMoreThanOneReport() throws Exception {
        String text = json(ReportExamples.clean());

        assertThatThrownBy(() -> read(text + text)).hasMessageContaining("after its end there is more");
        assertThatThrownBy(() -> read(text.substring(0, text.length() / 2))).hasMessageContaining("cut off");
    }

    private static Report read(String text) throws Exception {
        return ReportReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String json(Report report) throws IOException {
        StringBuilder out = new StringBuilder();
        new JsonRenderer().render(report, out);
        return out.toString();
    }
}
