package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.netkb.api.RuleInfo;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Source;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueRendererTest {

    private static final CatalogueRenderer RENDERER = new CatalogueRenderer(TextStyle.PLAIN);

    private static final RuleInfo FLOW = new RuleInfo(
            "C-FLOW-OUT-SQL",
            "The database of the service is reachable on Tcp 1433",
            "flow",
            "C-FLOW",
            List.of(Severity.ERROR, Severity.WARNING),
            "2020-03",
            null,
            List.of("classic", "v2Injection", "v2Integration"),
            List.of("stv1", "stv2"),
            List.of("Subnet", "NetworkSecurityGroup"),
            List.of("az apim list > apim.json", "az network nsg list > nsgs.json"),
            List.of(),
            null,
            "The gateway keeps its configuration in a database.",
            """
            Documents disagree about the port,
            so both are named here:

            - 2016-12 names 1433 alone, which is what a person sees who reads the article of that time and nothing else
            - 2020-03 names it too.

            The newer one wins.
            """,
            "Allow outbound Tcp 1433 to the tag Sql.",
            List.of(new Source("REF-25C", "06/17/2025", "Required ports", "https://learn.microsoft.com/x")),
            List.of("C-FLOW-SQL"),
            "netkb");

    private static final RuleInfo NOTE = new RuleInfo(
            "SEED-X\u001b[2J",
            "A certificate is renewed",
            "note",
            "SEED",
            List.of(),
            "2016-12",
            "2020-02",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of("C-CERT"),
            "no export says it; look at the portal",
            "Certificates end.",
            null,
            null,
            List.of(),
            List.of(),
            "contoso");

    @Test
    void listsOneLineForEachRequirement() throws IOException {
        StringBuilder out = new StringBuilder();
        RENDERER.list(List.of(FLOW, NOTE), out);
        Golden.assertSame("rules.txt", out.toString());
    }

    @Test
    void showsAWholePage() throws IOException {
        StringBuilder out = new StringBuilder();
        RENDERER.page(FLOW, out);
        RENDERER.page(NOTE, out);
        Golden.assertSame("rule-pages.txt", out.toString());
    }

    @Test
    void writesJsonThatObeysItsSchema() throws IOException {
        StringBuilder out = new StringBuilder();
        RENDERER.json(List.of(FLOW, NOTE), out);

        Golden.assertSame("rules.json", out.toString());
        try (InputStream schema =
                JsonRenderer.class.getClassLoader().getResourceAsStream(CatalogueRenderer.SCHEMA_RESOURCE)) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(schema)
                            .validate(out.toString(), InputFormat.JSON))
                    .isEmpty();
        }
    }
}
