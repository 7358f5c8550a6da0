package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonRendererTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void writesABrokenDeploymentAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("broken.json", render(ReportExamples.broken()));
    }

    @Test
    void writesAMendedDeploymentAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("mended.json", render(ReportExamples.mended()));
    }

    static Stream<Report> everyExample() {
        return Stream.of(
                ReportExamples.broken(),
                ReportExamples.mended(),
                ReportExamples.hostile(),
                ReportExamples.empty(),
                ReportExamples.clean());
    }

    @ParameterizedTest
    @MethodSource("everyExample")
    void obeysTheSchemaThatIsShipped(Report report) throws IOException {
        assertThat(errors(render(report))).isEmpty();
    }

    /** A schema that let everything pass would make the test above worthless. */
    @Test
    void theSchemaRefusesWhatTheContractDoesNotName() throws IOException {
        ObjectNode unknownName = (ObjectNode) JSON.readTree(render(ReportExamples.broken()));
        ((ObjectNode) unknownName.at("/snapshots/0/results/0")).put("colour", "red");
        ObjectNode unknownOutcome = (ObjectNode) JSON.readTree(render(ReportExamples.broken()));
        ((ObjectNode) unknownOutcome.at("/snapshots/0/results/0")).put("outcome", "maybe");
        ObjectNode missingName = (ObjectNode) JSON.readTree(render(ReportExamples.broken()));
        ((ObjectNode) missingName.at("/snapshots/0/results/0/flow")).remove("witness");
        ObjectNode resultsOfRejected = (ObjectNode) JSON.readTree(render(ReportExamples.broken()));
        ((ObjectNode) resultsOfRejected.at("/snapshots/0")).put("status", "rejected");

        assertThat(errors(unknownName.toString())).isNotEmpty();
        assertThat(errors(unknownOutcome.toString())).isNotEmpty();
        assertThat(errors(missingName.toString())).isNotEmpty();
        assertThat(errors(resultsOfRejected.toString())).isNotEmpty();
    }

    @Test
    void keepsTheOrderOfTheContract() throws IOException {
        JsonNode report = JSON.readTree(render(ReportExamples.broken()));

        assertThat(names(report)).containsExactly("schema", "tool", "rules", "serviceTags", "summary", "snapshots");
        assertThat(names(report.at("/snapshots/0")))
                .containsExactly("source", "status", "problems", "locations", "results");
        JsonNode sql = result(report, "C-FLOW-OUT-SQL");
        assertThat(names(sql))
                .containsExactly(
                        "rule",
                        "pack",
                        "outcome",
                        "severity",
                        "title",
                        "message",
                        "subject",
                        "flow",
                        "evidence",
                        "notes",
                        "remediation",
                        "source",
                        "waiver");
        assertThat(names(sql.at("/flow")))
                .containsExactly(
                        "direction",
                        "protocol",
                        "ports",
                        "remote",
                        "verdict",
                        "stages",
                        "denied",
                        "witness",
                        "missing");
        assertThat(names(sql.at("/remediation/changes/0"))).startsWith("op");
        assertThat(names(sql.at("/remediation/commands"))).containsExactly("az", "powershell");
    }

    @Test
    void saysOfThePartThatEachRuleDecides() throws IOException {
        JsonNode rules = result(JSON.readTree(render(ReportExamples.broken())), "C-FLOW-OUT-STORAGE")
                .at("/flow/stages/0/decidedBy");

        assertThat(rules.at("/0/access").asText()).isEqualTo("Allow");
        assertThat(rules.at("/0/remote/0").asText()).isEqualTo("20.150.0.0/16");
        assertThat(rules.at("/1/remote")).hasSize(42);
    }

    @Test
    void namesSourcePortsAndTheLocalPartOnlyWhereNotAllAreDenied() throws IOException {
        JsonNode report = JSON.readTree(render(ReportExamples.broken()));

        assertThat(result(report, "C-FLOW-OUT-STORAGE")
                        .at("/flow/denied/0/local/0")
                        .asText())
                .isEqualTo("10.0.1.0/25");
        assertThat(result(report, "C-FLOW-OUT-STORAGE")
                        .at("/flow/denied/0/sourcePorts/0")
                        .asText())
                .isEqualTo("0-1023");
        assertThat(result(report, "C-FLOW-OUT-SQL").at("/flow/denied/0").fieldNames())
                .toIterable()
                .containsExactly("ports", "remote");
    }

    @Test
    void sortsSnapshotsAndResultsWhateverTheOrderTheyCameIn() throws IOException {
        Report report = ReportExamples.mended();
        List<SnapshotReport> turned = new ArrayList<>();
        for (SnapshotReport each : report.snapshots()) {
            List<dev.netkb.model.report.Result> results = new ArrayList<>(each.results());
            Collections.reverse(results);
            turned.add(new SnapshotReport(
                    each.source(), each.evaluated(), each.complete(), each.problems(), each.locations(), results));
        }
        Collections.reverse(turned);

        String again = render(new Report(report.toolVersion(), report.rules(), report.serviceTags(), turned));

        assertThat(again).isEqualTo(render(report));
    }

    @Test
    void escapesWhatATerminalWouldObeyAndStillMeansTheSame() throws IOException {
        String text = render(ReportExamples.hostile());

        assertThat(text.codePoints().filter(c -> c != '\n' && Printable.isUnsafe(c)))
                .isEmpty();
        JsonNode report = JSON.readTree(text);
        assertThat(report.at("/snapshots/0/source").asText()).isEqualTo("evil\u001b");
        assertThat(report.at("/snapshots/0/locations/0/service").asText()).endsWith("a\u001b[2J\u009b31m\u202egnp");
        assertThat(report.at("/snapshots/0/complete").asBoolean(true)).isFalse();
    }

    @Test
    void leavesNoWholeDocumentBehindWhenTheOutputFails() {
        String whole;
        try {
            whole = render(ReportExamples.broken());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        FailingOutput out = new FailingOutput(whole.length() / 2);

        assertThatThrownBy(() -> new JsonRenderer().render(ReportExamples.broken(), out))
                .isInstanceOf(IOException.class)
                .hasMessage("full");
        assertThatThrownBy(() -> JSON.readTree(out.text.toString())).isInstanceOf(IOException.class);
    }

    private static final class FailingOutput implements Appendable {
        private final StringBuilder text = new StringBuilder();
        private final int room;

        FailingOutput(int room) {
            this.room = room;
        }

        @Override
        public Appendable append(CharSequence part) throws IOException {
            if (text.length() + part.length() > room) {
                throw new IOException("full");
            }
            text.append(part);
            return this;
        }

        @Override
        public Appendable append(CharSequence part, int start, int end) throws IOException {
            return append(part.subSequence(start, end));
        }

        @Override
        public Appendable append(char c) throws IOException {
            return append(String.valueOf(c));
        }
    }

    private static JsonNode result(JsonNode report, String rule) {
        for (JsonNode each : report.at("/snapshots/0/results")) {
            if (each.at("/rule").asText().equals(rule)) {
                return each;
            }
        }
        throw new AssertionError("no result of " + rule);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<Error> errors(String json) throws IOException {
        try (InputStream schema =
                JsonRenderer.class.getClassLoader().getResourceAsStream(JsonRenderer.SCHEMA_RESOURCE)) {
            assertThat(schema).as("the schema in the jar").isNotNull();
            Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema);
            return compiled.validate(json, InputFormat.JSON);
        }
    }

    private static String render(Report report) throws IOException {
        StringBuilder out = new StringBuilder();
        new JsonRenderer().render(report, out);
        return out.toString();
    }
}
