package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixes of a SARIF log, made as an editor makes them that knows nothing but the standard. */
class FixesInSarifTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private String template = "";

    @BeforeEach
    void readTheTemplate() throws IOException {
        template = Files.readString(Path.of("src", "test", "resources", "fix", "main.json"));
    }

    private JsonNode results(String... args) throws IOException {
        Ran ran = Ran.withPackagedRules(args);
        assertThat(ran.status()).as(ran.err()).isEqualTo(ExitStatus.VIOLATIONS);
        return JSON.readTree(ran.out()).at("/runs/0/results");
    }

    private List<JsonNode> fixed(JsonNode results) {
        List<JsonNode> fixed = new ArrayList<>();
        results.forEach(result -> {
            if (result.has("fixes")) {
                fixed.add(result);
            }
        });
        return fixed;
    }

    /** The words of the standard: lines and columns count from 1, the end column lies behind the region. */
    private static String edited(String content, JsonNode replacement) {
        JsonNode region = replacement.get("deletedRegion");
        String[] lines = content.split("(?<=\n)", -1);
        StringBuilder before = new StringBuilder();
        for (int i = 0; i + 1 < region.get("startLine").asInt(); i++) {
            before.append(lines[i]);
        }
        before.append(
                lines[region.get("startLine").asInt() - 1],
                0,
                region.get("startColumn").asInt() - 1);
        StringBuilder after = new StringBuilder(lines[region.get("endLine").asInt() - 1].substring(
                region.get("endColumn").asInt() - 1));
        for (int i = region.get("endLine").asInt(); i < lines.length; i++) {
            after.append(lines[i]);
        }
        return before + replacement.at("/insertedContent/text").asText() + after;
    }

    @Test
    void everyFixMendsItsResult() throws IOException {
        String content = template.replace("\n", "\r\n");
        Path infra = Files.createDirectories(folder.resolve("my infra #1"));
        Files.writeString(infra.resolve("main.json"), content);
        Path edited = Files.createDirectories(folder.resolve("edited"));
        List<JsonNode> fixed = fixed(results("check", infra.toString(), "--format", "sarif"));

        assertThat(fixed)
                .extracting(result -> result.get("ruleId").asText())
                .contains("C-FLOW-IN-3443", "C-FLOW-OUT-SQL", "C-FLOW-OUT-STORAGE")
                .doesNotHaveDuplicates();
        for (JsonNode result : fixed) {
            JsonNode changes = result.at("/fixes/0/artifactChanges");
            assertThat(result.get("fixes")).hasSize(1);
            assertThat(changes).hasSize(1);
            assertThat(changes.at("/0/artifactLocation/uri").asText()).endsWith("/my%20infra%20%231/main.json");
            assertThat(changes.at("/0/replacements")).hasSize(1);
            assertThat(changes.at("/0/replacements/0/insertedContent/text").asText())
                    .contains("// the last one\r\n          {\r\n            \"name\"");
            Files.writeString(
                    edited.resolve(result.get("ruleId").asText() + ".json"),
                    edited(content, changes.at("/0/replacements/0")));
        }

        JsonNode after =
                JSON.readTree(Ran.withPackagedRules("check", "--each", edited.toString(), "--all", "--format", "json")
                        .out());
        assertThat(after.get("snapshots")).hasSize(fixed.size());
        for (JsonNode snapshot : after.get("snapshots")) {
            String rule = snapshot.get("source").asText().replaceFirst(".*/(.*)\\.json", "$1");
            List<String> outcomes = new ArrayList<>();
            snapshot.get("results").forEach(result -> {
                if (result.get("rule").asText().equals(rule)) {
                    outcomes.add(result.get("outcome").asText());
                }
            });
            assertThat(outcomes).as(rule).isNotEmpty().containsOnly("passed");
            assertThat(snapshot.get("problems").findValuesAsText("code"))
                    .as(rule)
                    .doesNotContain("KB-E101", "KB-N116");
        }
    }

    @Test
    void namesTheFileAsItWasGiven() throws IOException {
        Path main = Files.writeString(folder.resolve("net.json"), template);

        List<JsonNode> fixed = fixed(results("check", main.toString(), "--format", "sarif"));

        assertThat(fixed)
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.at("/fixes/0/artifactChanges/0/artifactLocation/uri")
                                .asText())
                        .endsWith("/net.json"));
    }

    @Test
    void editsNothingThatDoesNotLieThereAsItIs() throws IOException {
        Path infra = Files.createDirectories(folder.resolve("infra"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(template.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(infra.resolve("main.json.gz"), bytes.toByteArray());
        Path lines = Files.writeString(
                folder.resolve("infra.jsonl"),
                template.replaceAll("// [^\n]*", "").replaceAll("\n\\s*", "") + "\n");

        for (Path path : List.of(infra, lines)) {
            JsonNode results = results("check", path.toString(), "--format", "sarif");
            assertThat(results).isNotEmpty();
            assertThat(fixed(results)).as(path.toString()).isEmpty();
        }
    }

    @Test
    void savedReportsHaveNone() throws IOException {
        Path main = Files.writeString(folder.resolve("main.json"), template);
        Path report = folder.resolve("report.json");
        Ran.withPackagedRules("check", main.toString(), "--format", "json=" + report);

        Ran ran = Ran.withPackagedRules("report", report.toString(), "--format", "sarif");

        assertThat(ran.out()).contains("C-FLOW-IN-3443").doesNotContain("\"fixes\"");
    }
}
