package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.netkb.api.render.RuleDiffRenderer;
import dev.netkb.api.render.RuleTestRenderer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JSON documents about rules are as their schemas say. */
class RulesDocumentsTest {

    @TempDir
    private Path temp;

    @Test
    void testsAndComparisonsMeetTheirSchemas() throws IOException {
        String rules = RuleFolders.write(temp.resolve("rules")).toString();

        valid(RuleTestRenderer.SCHEMA_RESOURCE, Ran.withPackagedRules("rules", "test", rules, "--format", "json"));
        valid(
                RuleTestRenderer.SCHEMA_RESOURCE,
                Ran.withPackagedRules("rules", "test", rules, "--mutate", "--format", "json"));
        valid(
                RuleDiffRenderer.SCHEMA_RESOURCE,
                Ran.withPackagedRules(
                        "rules",
                        "diff",
                        rules,
                        "../kb-samples/changes/external-to-internal/before",
                        "--format",
                        "json"));
    }

    private static void valid(String schema, Ran ran) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(RulesDocumentsTest.class.getClassLoader().getResourceAsStream(schema), schema)) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(in)
                            .validate(ran.out(), InputFormat.JSON))
                    .isEmpty();
        }
    }
}
