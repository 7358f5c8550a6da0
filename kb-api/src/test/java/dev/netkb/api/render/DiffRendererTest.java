package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Difference;
import dev.netkb.model.report.FlowChange;
import dev.netkb.model.report.FlowChange.Packets;
import dev.netkb.model.report.FlowPart;
import dev.netkb.model.report.LocationDifference;
import dev.netkb.model.report.LocationDifference.Dependent;
import dev.netkb.model.report.LocationDifference.Field;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.ResourceChange;
import dev.netkb.model.report.ResourceChange.Kind;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Subject;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DiffRendererTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResourceId SERVICE =
            ResourceId.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/shop\u001b[2J");
    private static final ResourceId RULE = ResourceId.of(
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg/securityRules/a");

    /** The results of the other renderers' examples, as if the second had come after the first. */
    private static DiffReport example() {
        SnapshotReport before = ReportExamples.broken().snapshots().get(0);
        SnapshotReport after = ReportExamples.mended().snapshots().get(0);
        List<Result> violated = before.results().stream()
                .filter(result -> result.outcome() == Outcome.VIOLATED)
                .toList();
        return new DiffReport(
                "1.0",
                new Report.Rules(3, List.of(new Report.Pack("netkb", "1", "packaged", "ab"))),
                new DiffReport.Side(before, new Report.Tags("Public", "375", "tags.json")),
                new DiffReport.Side(after, null),
                List.of(new LocationDifference(
                        SERVICE,
                        "westeurope",
                        Kind.CHANGED,
                        List.of(new Field("virtualNetworkType", "External", "Internal")),
                        List.of(
                                new Dependent(
                                        "20.1.1.1", "NsgRule", RULE, "sources", true, new Place("n.json", "/0", 3, 4)),
                                new Dependent("20.1.1.1", "Route", RULE, "addressPrefix", false, Place.NOWHERE)))),
                List.of(new ResourceChange("NsgRule", RULE, Kind.REMOVED)),
                List.of(violated.get(0)),
                new Difference(
                        List.of(violated.get(1)),
                        violated.subList(2, 3),
                        violated.subList(0, 1),
                        violated.subList(1, 2)),
                Difference.NONE,
                List.of(
                        flow("C-A", Verdict.ALLOWED, Verdict.PARTIAL, Packets.COMPARED),
                        flow("C-B", Verdict.ALLOWED, Verdict.DENIED, Packets.OTHER_SUBNET),
                        flow("C-C", Verdict.ALLOWED, Verdict.UNDETERMINED, Packets.UNKNOWN),
                        new FlowChange(
                                "C-D",
                                "t",
                                SERVICE,
                                "westeurope",
                                "Outbound",
                                "Tcp",
                                List.of("*"),
                                "Sql",
                                null,
                                Verdict.ALLOWED,
                                Packets.REQUIRED_ONCE,
                                List.of(),
                                List.of())));
    }

    private static FlowChange flow(String rule, Verdict before, Verdict after, Packets packets) {
        boolean compared = packets == Packets.COMPARED;
        return new FlowChange(
                rule,
                "Azure SQL reachable",
                SERVICE,
                "westeurope",
                "Inbound",
                "Tcp",
                List.of("443"),
                "Internet",
                before,
                after,
                packets,
                List.of(),
                compared
                        ? List.of(new FlowPart(
                                "Tcp",
                                List.of("1024-65535"),
                                List.of("443"),
                                List.of("20.0.0.0/8"),
                                List.of("10.0.0.0/28")))
                        : List.of());
    }

    private static DiffReport ofFlowsAndUndecided(List<FlowChange> flows, Result violated, Result undetermined) {
        DiffReport example = example();
        return new DiffReport(
                "1.0",
                example.rules(),
                example.before(),
                example.after(),
                List.of(),
                List.of(),
                List.of(),
                new Difference(List.of(), List.of(), List.of(violated), List.of()),
                new Difference(List.of(undetermined), List.of(), List.of(), List.of()),
                flows);
    }

    private static Result unflowed(Outcome outcome, String message) {
        return new Result(
                "C-X",
                outcome,
                Severity.ERROR,
                "t",
                message,
                new Subject("location", SERVICE, "westeurope"),
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    }

    @Test
    void tellsUnderOneHeadingWhatIsNotDecidedAnyMore() throws IOException {
        String table = table(
                ofFlowsAndUndecided(
                        List.of(),
                        unflowed(Outcome.VIOLATED, "it was denied"),
                        unflowed(Outcome.UNDETERMINED, "routes are missing")),
                false);

        assertThat(table)
                .doesNotContain("New (")
                .containsSubsequence(
                        "Not decided any more (1)",
                        "[WAS VIOLATED] it was denied",
                        "[UNDETERMINED]",
                        "routes are missing");
    }

    @Test
    void foldsFlowsThatStayUndeterminedAndCutsPartsOfManyWords() throws IOException {
        List<String> parts = List.of("1.0.0.0/8 inside A outside B", "2.0.0.0/7 inside A", "4.0.0.0/6 inside A");
        FlowPart part = new FlowPart("Tcp", List.of(), List.of("443"), parts, List.of());
        DiffReport diff = ofFlowsAndUndecided(
                List.of(
                        opened("C-A", Verdict.PARTIAL, part),
                        opened("C-B", Verdict.UNDETERMINED, part),
                        opened("C-C", Verdict.UNDETERMINED, part)),
                unflowed(Outcome.VIOLATED, "a"),
                unflowed(Outcome.UNDETERMINED, "b"));

        assertThat(table(diff, false).replaceAll("\\s+", " "))
                .contains("still partial, but other packets pass")
                .contains("1.0.0.0/8 inside A outside B, and 2 more parts (--all shows them)")
                .contains("still undetermined, though other packets pass than before (--all shows which): C-B, C-C")
                .doesNotContain("2.0.0.0/7");
        assertThat(table(diff, true)).contains("4.0.0.0/6 inside A").doesNotContain("--all shows");
    }

    private static FlowChange opened(String rule, Verdict verdict, FlowPart part) {
        return new FlowChange(
                rule,
                "t",
                SERVICE,
                "westeurope",
                "Inbound",
                "Tcp",
                List.of("443"),
                "Internet",
                verdict,
                verdict,
                Packets.COMPARED,
                List.of(part),
                List.of());
    }

    private static String json(DiffReport diff) throws IOException {
        StringBuilder out = new StringBuilder();
        new DiffRenderer(TextStyle.PLAIN, false).json(diff, out);
        return out.toString();
    }

    private static String table(DiffReport diff, boolean all) throws IOException {
        StringBuilder out = new StringBuilder();
        new DiffRenderer(TextStyle.PLAIN, all).table(diff, out);
        return out.toString();
    }

    private static List<Error> errors(String document) throws IOException {
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemas(
                                Map.of("urn:netkb:schema:report:1", text(JsonRenderer.SCHEMA_RESOURCE))))
                .getSchema(text(DiffRenderer.SCHEMA_RESOURCE), InputFormat.JSON)
                .validate(document, InputFormat.JSON);
    }

    private static String text(String resource) {
        try (InputStream in =
                Objects.requireNonNull(DiffRendererTest.class.getClassLoader().getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void obeysTheSchemaThatIsShipped() throws IOException {
        assertThat(errors(json(example()))).isEmpty();
        assertThat(errors(json(rejected()))).isEmpty();
    }

    /** A schema that let everything pass would make the test above worthless. */
    @Test
    void theSchemaRefusesWhatItDoesNotName() throws IOException {
        ObjectNode unknown = (ObjectNode) JSON.readTree(json(example()));
        unknown.put("colour", "red");
        ObjectNode uncompared = (ObjectNode) JSON.readTree(json(example()));
        ((ObjectNode) uncompared.at("/flows/0")).put("packets", "unknown");
        ObjectNode missing = (ObjectNode) JSON.readTree(json(example()));
        ((ObjectNode) missing.at("/violations")).remove("undecided");
        ObjectNode result = (ObjectNode) JSON.readTree(json(example()));
        ((ObjectNode) result.at("/changeResults/0")).put("outcome", "maybe");

        assertThat(errors(unknown.toString())).isNotEmpty();
        assertThat(errors(uncompared.toString())).isNotEmpty();
        assertThat(errors(missing.toString())).isNotEmpty();
        assertThat(errors(result.toString())).isNotEmpty();
    }

    private static DiffReport rejected() {
        SnapshotReport bad = new SnapshotReport("bad", false, false, List.of(), List.of(), List.of());
        return new DiffReport(
                "1.0",
                new Report.Rules(0, List.of()),
                new DiffReport.Side(bad, null),
                new DiffReport.Side(bad, null),
                List.of(),
                List.of(),
                List.of(),
                Difference.NONE,
                Difference.NONE,
                List.of());
    }

    @Test
    void tellsAPersonWhatChangesFirst() throws IOException {
        String table = table(example(), false);

        assertThat(table)
                .containsSubsequence(
                        "before ",
                        "after  ",
                        "in westeurope: changed",
                        "virtualNetworkType: External -> Internal",
                        "NsgRule nsg/a holds 20.1.1.1 in sources [n.json:3:4]",
                        "holds 20.1.1.1 in addressPrefix before the change",
                        "removed NsgRule nsg/a",
                        "What the change brings (1)",
                        "New (1)",
                        "Solved (1)",
                        "[SOLVED]",
                        "Not decided any more (1)",
                        "1 violation is as before; --all lists it",
                        "C-A  Inbound Tcp 443 from Internet in westeurope: allowed -> partial",
                        "closed Tcp 443 from 20.0.0.0/8, near side 10.0.0.0/28, source ports 1024-65535",
                        "C-B",
                        "another subnet",
                        "C-C",
                        "not known on both sides",
                        "Required now: C-D (Outbound Tcp any port to Sql in westeurope)");
        assertThat(table(example(), true)).contains("Unchanged (1)", "[UNCHANGED]");
    }

    @Test
    void printsNothingThatATerminalCouldObey() throws IOException {
        assertThat(table(example(), true)).doesNotContain("\u001b");
        assertThat(json(example())).doesNotContain("\u001b");
    }

    @Test
    void saysThatNothingWasComparedWhereASnapshotWasRejected() throws IOException {
        assertThat(table(rejected(), false)).contains("rejected", "nothing was compared");
    }
}
