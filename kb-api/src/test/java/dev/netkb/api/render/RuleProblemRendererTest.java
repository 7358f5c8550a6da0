package dev.netkb.api.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Level;
import dev.netkb.api.rules.RuleProblem.Spot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleProblemRendererTest {

    private static final RuleProblem FIELD = new RuleProblem(
            "KB-E341",
            Level.ERROR,
            Spot.of("my rules/rules.drl", 11, 13, 5),
            "OPS-SIZE Instances have two units",
            "there is no field 'unitz' of Location. Did you mean units?",
            "\t$s : \u001b[2J( unitz < 2 )",
            "It has: units.");
    private static final RuleProblem CELL = new RuleProblem(
            "KB-E315",
            Level.ERROR,
            Spot.ofCell("my rules/requirements.xlsx", "Flows!C7", 7, 3),
            "OPS-PARTNER",
            "'Outwards' is no direction",
            null,
            "Use In, Out or In+Out.");
    private static final RuleProblem WHOLE = new RuleProblem(
            "KB-N310", Level.WARNING, Spot.of("my rules"), null, "there are no examples", null, "Write some.");
    private static final List<RuleProblem> ALL = List.of(FIELD, CELL, WHOLE);

    private static final Path ROOT = Path.of("").toAbsolutePath();

    @Test
    void showsTheLineWithACaretBelowWhatIsMeant() throws IOException {
        StringBuilder out = new StringBuilder();
        new RuleProblemRenderer(TextStyle.PLAIN).text(ALL, out);

        Golden.assertSame("rule-problems.txt", out.toString());
    }

    /** JSON is often one line. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 91, 3_999, 4_001, 7_990, 8_000, 8_001})
    void showsOfALongLineThePartAroundTheColumn(int column) throws IOException {
        String line = "\ud83d\ude00".repeat(2_000) + "x".repeat(4_000);
        StringBuilder out = new StringBuilder();
        Spot at = Spot.of("known.json", 1, column, 20_000);
        new RuleProblemRenderer(TextStyle.PLAIN)
                .text(List.of(new RuleProblem("KB-E365", Level.ERROR, at, null, "torn", line, "Write it again.")), out);

        List<String> lines = out.toString().lines().toList();
        String shown = lines.get(2);
        int caret = lines.get(3).indexOf('^');
        assertThat(lines.get(3).lastIndexOf('^')).isLessThanOrEqualTo(shown.length());
        assertThat(shown).hasSizeBetween(160, 175).doesNotContain("\\u").contains("…");
        assertThat((shown + "#").charAt(caret)).isEqualTo((line + "#").charAt(column - 1));
        assertThat(out.toString()).hasSizeLessThan(600);
    }

    @Test
    void coloursOnlyWhereTheStyleWantsIt() throws IOException {
        StringBuilder plain = new StringBuilder();
        StringBuilder colour = new StringBuilder();
        new RuleProblemRenderer(TextStyle.PLAIN).text(ALL, plain);
        new RuleProblemRenderer(new TextStyle(100, true)).text(ALL, colour);

        assertThat(plain.toString()).doesNotContain("\u001b");
        assertThat(colour.toString()).contains("\u001b[1;31merror", "\u001b[33mwarning");
        assertThat(colour.toString().replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain.toString());
    }

    @Test
    void writesJsonByItsSchema() throws IOException {
        StringBuilder out = new StringBuilder();
        new RuleProblemRenderer(TextStyle.PLAIN).json(ALL, out);

        assertThat(Schemas.own(RuleProblemRenderer.SCHEMA_RESOURCE, out)).isEmpty();
        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .at("/problems/1/cell")
                        .asText())
                .isEqualTo("Flows!C7");
    }

    @Test
    void writesSarifByThePublishedSchema() throws IOException {
        StringBuilder out = sarif(ALL);

        assertThat(Schemas.sarif(out)).isEmpty();
        assertThat(Schemas.sarif("{}")).as("the schema refuses something").isNotEmpty();
    }

    @Test
    void namesPlacesInSarifAsViewersFindThem() throws IOException {
        JsonNode results = new ObjectMapper().readTree(sarif(ALL).toString()).at("/runs/0/results");

        JsonNode inText = results.at("/0/locations/0/physicalLocation");
        assertThat(inText.at("/artifactLocation/uri").asText()).isEqualTo("my%20rules/rules.drl");
        assertThat(inText.at("/region/startLine").asInt()).isEqualTo(11);
        assertThat(inText.at("/region/startColumn").asInt()).isEqualTo(13);
        assertThat(inText.at("/region/endColumn").asInt()).isEqualTo(18);
        JsonNode inTable = results.at("/1/locations/0");
        assertThat(inTable.at("/logicalLocations/0/name").asText()).isEqualTo("Flows!C7");
        assertThat(inTable.at("/physicalLocation/region/startLine").asInt()).isEqualTo(7);
        assertThat(inTable.at("/physicalLocation/region").has("startColumn")).isFalse();
        assertThat(results.at("/2/level").asText()).isEqualTo("warning");
        assertThat(results.at("/2/locations/0/physicalLocation").has("region")).isFalse();
    }

    @Test
    void namesAFileBelowTheRootRelativelyHoweverItWasNamed() throws IOException {
        RuleProblem absolute = WHOLE.in(ROOT.resolve("rules").toString());
        RuleProblem elsewhere = WHOLE.in(ROOT.resolveSibling("other").toString());
        JsonNode results = new ObjectMapper()
                .readTree(sarif(List.of(absolute, elsewhere)).toString())
                .at("/runs/0/results");

        assertThat(results.at("/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("rules/my%20rules");
        assertThat(results.at("/1/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .startsWith("file:///");
    }

    private static StringBuilder sarif(List<RuleProblem> problems) throws IOException {
        StringBuilder out = new StringBuilder();
        new RuleProblemRenderer(TextStyle.PLAIN).sarif(problems, "1.2.3", ROOT, out);
        return out;
    }
}
