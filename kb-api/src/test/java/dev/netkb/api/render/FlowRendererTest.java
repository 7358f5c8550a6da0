package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.netkb.api.FlowQuestion;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowRendererTest {

    private static final FlowRenderer RENDERER = new FlowRenderer(TextStyle.PLAIN);

    private static final FlowQuestion QUESTION =
            new FlowQuestion("snet-apim", "Sql", ProtocolSet.TCP, PortSet.of(1024, 2048), PortSet.parse("1433"));

    @Test
    void saysTheVerdictAndWhoDecides() throws IOException {
        StringBuilder out = new StringBuilder();
        RENDERER.table(QUESTION, flow("C-FLOW-OUT-SQL"), out);
        RENDERER.table(QUESTION, flow("C-FLOW-OUT-STORAGE"), out);
        RENDERER.table(QUESTION, flow("C-FLOW-OUT-KV"), out);
        Golden.assertSame("flows.txt", out.toString());
    }

    @Test
    void writesJsonThatObeysItsSchema() throws IOException {
        StringBuilder out = new StringBuilder();
        RENDERER.json("broken", QUESTION, flow("C-FLOW-OUT-SQL"), out);

        Golden.assertSame("flow.json", out.toString());
        Schema schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemas(
                                Map.of("urn:netkb:schema:report:1", text(JsonRenderer.SCHEMA_RESOURCE))))
                .getSchema(text(FlowRenderer.SCHEMA_RESOURCE), InputFormat.JSON);
        assertThat(schema.validate(out.toString(), InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(out.toString().replace("denied", "refused"), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void saysWhatRoutesDo() throws IOException {
        StringBuilder out = new StringBuilder();
        RENDERER.table(QUESTION, ReportExamples.routed(Verdict.ALLOWED), out);
        RENDERER.table(QUESTION, ReportExamples.routed(Verdict.DENIED), out);
        RENDERER.table(QUESTION, ReportExamples.routed(Verdict.UNDETERMINED), out);
        Golden.assertSame("flows-routed.txt", out.toString());
    }

    private static FlowResult flow(String rule) {
        Result result = ReportExamples.broken().snapshots().get(0).results().stream()
                .filter(r -> r.rule().equals(rule))
                .findFirst()
                .orElseThrow();
        if (result.flow() == null) {
            throw new AssertionError(rule + " has no flow");
        }
        return result.flow();
    }

    private static String text(String resource) {
        try (InputStream in = FlowRenderer.class.getClassLoader().getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
