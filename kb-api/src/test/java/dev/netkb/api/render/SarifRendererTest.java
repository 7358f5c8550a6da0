package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.api.RuleInfo;
import dev.netkb.api.fix.Fix;
import dev.netkb.api.fix.FixesFound;
import dev.netkb.api.fix.TextEdit;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Source;
import dev.netkb.model.value.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SarifRendererTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of("").toAbsolutePath();

    private static final List<RuleInfo> CATALOGUE = List.of(new RuleInfo(
            "C-FLOW-OUT-SQL",
            "Azure SQL reachable on 1433",
            "flow",
            "C-FLOW",
            List.of(Severity.ERROR),
            "2020-01",
            null,
            List.of("classic"),
            List.of("stv1", "stv2"),
            List.of(),
            List.of(),
            List.of(),
            null,
            "The gateway reads its configuration from Azure SQL.",
            null,
            "Allow Tcp 1433 to Sql.",
            List.of(new Source("REF-25C", "2025-12", null, "https://learn.microsoft.com/azure/x")),
            List.of(),
            "netkb"));

    private static final SarifRenderer RENDERER = new SarifRenderer(CATALOGUE, ROOT);

    @Test
    void writesABrokenDeploymentAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("broken.sarif", render(ReportExamples.broken()));
    }

    @Test
    void writesAMendedDeploymentAsTheGoldenFileHasIt() throws IOException {
        Golden.assertSame("mended.sarif", render(ReportExamples.mended()));
    }

    static Stream<Report> everyExample() {
        return Stream.concat(
                Stream.of(
                        ReportExamples.broken(),
                        ReportExamples.mended(),
                        ReportExamples.hostile(),
                        ReportExamples.empty(),
                        ReportExamples.clean()),
                HostileWords.all().map(ReportExamples::saying));
    }

    @ParameterizedTest
    @MethodSource("everyExample")
    void obeysThePublishedSchema(Report report) throws IOException {
        assertThat(Schemas.sarif(render(report))).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatTheStandardDoesNotName() throws IOException {
        String text = render(ReportExamples.broken());

        assertThat(Schemas.sarif(text.replace("\"kind\": \"open\"", "\"kind\": \"maybe\"")))
                .isNotEmpty();
        assertThat(Schemas.sarif(text.replace("\"startLine\": 97", "\"startLine\": 0")))
                .isNotEmpty();
    }

    @Test
    void saysViolationsAsFailuresAndWhatIsNotDecidedAsOpenWithoutALevel() throws IOException {
        JsonNode run = run(ReportExamples.broken());

        assertThat(kindAndLevel(run, "C-FLOW-OUT-SQL")).isEqualTo("fail error");
        assertThat(kindAndLevel(run, "C-FLOW-OUT-STORAGE")).isEqualTo("fail warning");
        assertThat(kindAndLevel(run, "C-NET-09")).isEqualTo("fail note");
        assertThat(kindAndLevel(run, "C-PIP-01")).isEqualTo("open none");
        JsonNode mended = run(ReportExamples.mended());
        assertThat(kindAndLevel(mended, "C-NET-05")).isEqualTo("pass none");
        assertThat(kindAndLevel(mended, "V2I-TIER")).isEqualTo("notApplicable none");
    }

    @Test
    void suppressesWhatIsAcceptedOrKnownAndNothingElse() throws IOException {
        JsonNode run = run(ReportExamples.broken());

        assertThat(result(run, "C-PIP-02").at("/suppressions/0/justification").asText())
                .isEqualTo("moves next month (net-team, until 2026-12-31)");
        assertThat(result(run, "C-PIP-02").at("/suppressions/0/kind").asText()).isEqualTo("external");
        assertThat(result(run, "C-PIP-03").at("/suppressions")).hasSize(1);
        assertThat(result(run, "C-FLOW-OUT-SQL").has("suppressions")).isFalse();
    }

    @Test
    void explainsRulesAsTheCatalogueDoes() throws IOException {
        JsonNode run = run(ReportExamples.broken());
        JsonNode rule = run.at("/tool/driver/rules/"
                + result(run, "C-FLOW-OUT-SQL").at("/ruleIndex").asInt());

        assertThat(rule.at("/id").asText()).isEqualTo("C-FLOW-OUT-SQL");
        assertThat(rule.at("/name").asText()).isEqualTo("AzureSQLReachableOn1433");
        assertThat(rule.at("/fullDescription/text").asText()).startsWith("The gateway reads");
        assertThat(rule.at("/help/text").asText()).contains("docs/rules/C-FLOW-OUT-SQL.md");
        assertThat(rule.at("/helpUri").asText()).isEqualTo("https://learn.microsoft.com/azure/x");
        assertThat(rule.at("/properties/tags"))
                .extracting(JsonNode::asText)
                .containsExactly("network", "C-FLOW", "classic", "stv1", "stv2");
    }

    @Test
    void pointsToTheDecidingRuleInItsFile() throws IOException {
        JsonNode sql = result(run(ReportExamples.broken()), "C-FLOW-OUT-SQL");

        JsonNode place = sql.at("/locations/0/physicalLocation");
        assertThat(place.at("/artifactLocation/uri").asText()).isEqualTo("broken/export.json");
        assertThat(place.at("/region/startLine").asInt()).isEqualTo(97);
        assertThat(sql.at("/locations/0/logicalLocations/0/fullyQualifiedName").asText())
                .isEqualTo(ReportExamples.SERVICE.text());
        assertThat(sql.at("/relatedLocations/0/message/text").asText())
                .isEqualTo("nsg-apim/deny-internet (priority 200, Deny)");
    }

    /** A service shows nothing that has no file, and a folder is none. */
    @Test
    void pointsToAFileOfTheSnapshotWhereNothingStandsInOne() throws IOException {
        JsonNode place = result(run(ReportExamples.broken()), "C-PIP-01").at("/locations/0/physicalLocation");

        assertThat(place.at("/artifactLocation/uri").asText()).isEqualTo("broken/export.json");
        assertThat(place.has("region")).isFalse();
    }

    @Test
    void namesNoFileWhereTheSnapshotHasNone() throws IOException {
        SnapshotReport folder = new SnapshotReport(
                ROOT.toString(),
                true,
                true,
                List.of(),
                List.of(),
                ReportExamples.broken().snapshots().get(0).results().stream()
                        .filter(result -> Grounds.place(result).file().isEmpty())
                        .toList());

        JsonNode results =
                run(new Report("1", Report.Rules.NONE, null, List.of(folder))).at("/results");

        assertThat(results).isNotEmpty().allSatisfy(result -> {
            assertThat(result.at("/locations/0").has("physicalLocation")).isFalse();
            assertThat(result.at("/locations/0/logicalLocations")).isNotEmpty();
        });
    }

    @Test
    void namesASnapshotThatIsOneFileOnce() throws IOException {
        assertThat(uri("exports/my net.json", "my net.json")).isEqualTo("exports/my%20net.json");
        assertThat(uri("exports/all.jsonl:12", "all.jsonl")).isEqualTo("exports/all.jsonl");
        assertThat(uri("exports", "sub/nsg.json")).isEqualTo("exports/sub/nsg.json");
        assertThat(uri(ROOT.resolve("exports").toString(), "nsg.json")).isEqualTo("exports/nsg.json");
    }

    @Test
    void hasFingerprintsThatStayWhenLinesMove() throws IOException {
        Report report = ReportExamples.broken();
        List<String> before = fingerprints(run(report));
        List<String> after = fingerprints(run(new Report(
                report.toolVersion(),
                report.rules(),
                null,
                report.snapshots().stream()
                        .map(s -> new SnapshotReport(
                                s.source(),
                                true,
                                true,
                                List.of(),
                                s.locations(),
                                s.results().stream()
                                        .map(SarifRendererTest::moved)
                                        .toList()))
                        .toList())));

        assertThat(after).isEqualTo(before).doesNotHaveDuplicates().hasSize(13);
    }

    @Test
    void tellsTwoAnswersToOneQuestionApart() throws IOException {
        Report report = report(
                ReportExamples.plain("C-1", Outcome.VIOLATED, "one"),
                ReportExamples.plain("C-1", Outcome.VIOLATED, "another"));

        assertThat(fingerprints(run(report))).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void tellsOfTroubleWithInputsAndThatTheRunFailed() throws IOException {
        JsonNode invocation = run(ReportExamples.mended()).at("/invocations/0");

        assertThat(invocation.at("/executionSuccessful").asBoolean(true)).isFalse();
        JsonNode torn = invocation.at("/toolExecutionNotifications/0");
        assertThat(torn.at("/descriptor/id").asText()).isEqualTo("KB-E101");
        assertThat(torn.at("/level").asText()).isEqualTo("error");
        assertThat(torn.at("/locations/0/physicalLocation/artifactLocation/uri").asText())
                .isEqualTo("torn.json");
        assertThat(torn.at("/locations/0/physicalLocation/region/startColumn").asInt())
                .isEqualTo(4);
        assertThat(run(ReportExamples.broken())
                        .at("/invocations/0/executionSuccessful")
                        .asBoolean())
                .isTrue();
        assertThat(run(ReportExamples.empty())
                        .at("/invocations/0/toolExecutionNotifications/0/message/text")
                        .asText())
                .contains("no requirement was checked");
    }

    @Test
    void keepsTheWorstWhereAServiceTakesNoMore() throws IOException {
        JsonNode run = run(
                ReportExamples.brokenTimes(10),
                new SarifRenderer(CATALOGUE, ROOT, Map.of(), new SarifRenderer.Limits(45, 10_000_000, 100, 1_000)));

        assertThat(run.at("/results")).hasSize(45);
        assertThat(run.at("/results"))
                .allSatisfy(result -> assertThat(result.at("/level").asText()).isIn("error", "warning"));
        assertThat(run.at("/invocations/0/toolExecutionNotifications/0/message/text")
                        .asText())
                .startsWith("85 results left out");
    }

    @Test
    void keepsNoMoreThanFitsAfterCompression() throws IOException {
        int most = 12_000;
        String text = render(
                ReportExamples.brokenTimes(100),
                new SarifRenderer(CATALOGUE, ROOT, Map.of(), new SarifRenderer.Limits(25_000, most, 100, 10)));

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(bytes.size()).isBetween(most / 3, most);
        JsonNode run = JSON.readTree(text).at("/runs/0");
        assertThat(run.at("/results").size()).isBetween(10, 1299);
        assertThat(run.at("/invocations/0/toolExecutionNotifications")).hasSize(12);
        assertThat(run.at("/invocations/0/toolExecutionNotifications/1/message/text")
                        .asText())
                .startsWith("90 problems of inputs left out");
    }

    @Test
    void relatesNoMorePlacesThanAServiceTakes() throws IOException {
        Result sql = sql(ReportExamples.broken());
        FlowResult flow = sql.flow();
        List<DecidingRule> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(new DecidingRule(
                    "nsgRule", "id" + i, "rule" + i, 100 + i, false, "Deny", List.of(), List.of(), Place.NOWHERE));
        }
        Result result = withFlow(
                sql,
                new FlowResult(
                        flow.direction(),
                        flow.protocol(),
                        flow.ports(),
                        flow.remote(),
                        flow.verdict(),
                        List.of(new FlowStage("nsg", flow.verdict(), many)),
                        flow.denied(),
                        null,
                        List.of()));

        assertThat(run(report(result)).at("/results/0/relatedLocations")).hasSize(100);
    }

    @Test
    void makesNoLinksOfNames() throws IOException {
        Report report = report(ReportExamples.plain("C-1", Outcome.VIOLATED, "[click](https://evil.example)"));
        JsonNode message = run(report).at("/results/0/message");

        assertThat(message.at("/text").asText()).doesNotContain("](").contains("[click] (");
        assertThat(message.at("/markdown").asText()).doesNotContain("[click");
    }

    private static SarifRenderer withFixes(Report report, String text) {
        SnapshotReport snapshot = report.snapshots().get(0);
        List<TextEdit> edits = List.of(
                new TextEdit("net/main.json", 97, 12, 97, 12, text), new TextEdit("main.json", 1, 1, 2, 3, text));
        List<Fix> fixes = snapshot.results().stream()
                .filter(result -> result.outcome() == Outcome.VIOLATED)
                .map(result -> new Fix(result.question(), "Add [a rule](https://evil.example) " + text, edits))
                .limit(2)
                .toList();
        return new SarifRenderer(CATALOGUE, ROOT, Map.of(snapshot.source(), new FixesFound(fixes, 3)));
    }

    @Test
    void writesFixesAsTheGoldenFileHasThem() throws IOException {
        Report report = ReportExamples.broken();

        Golden.assertSame("fixes.sarif", render(report, withFixes(report, ",\r\n\t{\"name\": \"a\"}")));
    }

    @Test
    void writesFixesThatObeyThePublishedSchemaWhateverTheySay() throws IOException {
        Report report = ReportExamples.broken();
        for (String text : HostileWords.all().toList()) {
            String sarif = render(report, withFixes(report, text));
            JsonNode fix = JSON.readTree(sarif)
                    .at("/runs/0/results")
                    .findValue("fixes")
                    .get(0);

            assertThat(Schemas.sarif(sarif)).isEmpty();
            assertThat(fix.at("/artifactChanges/0/replacements/0/insertedContent/text")
                            .asText())
                    .isEqualTo(text);
            assertThat(fix.at("/description/text").asText()).doesNotContain("](");
        }
    }

    @Test
    void tellsThatNotEveryFixWasTried() throws IOException {
        Report report = ReportExamples.broken();

        JsonNode notifications = run(report, withFixes(report, "x")).at("/invocations/0/toolExecutionNotifications");
        assertThat(notifications.findValuesAsText("text"))
                .anySatisfy(text -> assertThat(text).contains("fixes of 3 violations were not tried"));
        assertThat(run(report).at("/invocations/0/toolExecutionNotifications").findValuesAsText("text"))
                .noneSatisfy(text -> assertThat(text).contains("were not tried"));
        assertThat(run(report).findValue("fixes")).isNull();
    }

    private static String uri(String source, String file) throws IOException {
        Result sql = sql(ReportExamples.broken());
        Result moved = withFlow(sql, null, file);
        return run(new Report(
                        "1",
                        Report.Rules.NONE,
                        null,
                        List.of(new SnapshotReport(source, true, true, List.of(), List.of(), List.of(moved)))))
                .at("/results/0/locations/0/physicalLocation/artifactLocation/uri")
                .asText();
    }

    private static Result sql(Report report) {
        return report.snapshots().get(0).results().stream()
                .filter(r -> r.rule().equals("C-FLOW-OUT-SQL"))
                .findFirst()
                .orElseThrow();
    }

    private static Result moved(Result result) {
        return withFlow(result, result.flow(), "elsewhere.json");
    }

    private static Result withFlow(Result r, FlowResult flow) {
        return withFlow(r, flow, "export.json");
    }

    private static Result withFlow(Result r, FlowResult flow, String file) {
        return new Result(
                r.rule(),
                r.outcome(),
                r.severity(),
                r.title(),
                r.message(),
                r.subject(),
                flow,
                r.evidence().stream()
                        .map(e -> new dev.netkb.model.report.Evidence(
                                e.key(), e.value(), e.fact(), new Place(file, "/moved", 4711, 1)))
                        .toList(),
                r.notes(),
                r.remediation(),
                r.source(),
                r.waiver());
    }

    private static Report report(Result... results) {
        return new Report(
                "1",
                Report.Rules.NONE,
                null,
                List.of(new SnapshotReport("s", true, true, List.of(), List.of(), List.of(results))));
    }

    private static String kindAndLevel(JsonNode run, String rule) {
        JsonNode result = result(run, rule);
        return result.at("/kind").asText() + " " + result.at("/level").asText();
    }

    private static List<String> fingerprints(JsonNode run) {
        List<String> all = new ArrayList<>();
        run.at("/results")
                .forEach(result -> all.add(result.at("/partialFingerprints/primaryLocationLineHash")
                        .asText()));
        return all;
    }

    private static JsonNode result(JsonNode run, String rule) {
        for (JsonNode each : run.at("/results")) {
            if (each.at("/ruleId").asText().equals(rule)) {
                return each;
            }
        }
        throw new AssertionError("no result of " + rule);
    }

    private static JsonNode run(Report report) throws IOException {
        return run(report, RENDERER);
    }

    private static JsonNode run(Report report, SarifRenderer renderer) throws IOException {
        return JSON.readTree(render(report, renderer)).at("/runs/0");
    }

    private static String render(Report report) throws IOException {
        return render(report, RENDERER);
    }

    private static String render(Report report, SarifRenderer renderer) throws IOException {
        StringBuilder out = new StringBuilder();
        renderer.render(report, out);
        return out.toString();
    }
}
