package dev.netkb.api.accept;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.netkb.api.accept.KnownViolations.Update;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownViolationsTest {

    private static final Result NET = Violations.of("C-NET-05", "shop");
    private static final Result SQL = Violations.result("C-FLOW-OUT-SQL", Outcome.VIOLATED, "shop", "denied", "1433");

    private static KnownViolations known(SnapshotReport... reports) {
        return KnownViolations.NONE.updated(List.of(reports)).known();
    }

    private static String text(KnownViolations known) throws IOException {
        StringBuilder out = new StringBuilder();
        known.writeTo(out);
        return out.toString();
    }

    private static List<String> problems(String text) {
        List<RuleProblem> problems = new ArrayList<>();
        KnownViolations.parse("known.json", text, Violations.IDS, problems);
        return problems.stream()
                .map(p -> p.code() + " " + p.at().text() + ": " + p.message())
                .toList();
    }

    private static List<Outcome> outcomes(KnownViolations known, Result... results) {
        return new Acceptance(Waivers.NONE, known, LocalDate.EPOCH)
                .of(Violations.report("a", results)).results().stream()
                        .map(Result::outcome)
                        .toList();
    }

    @Test
    void writesOneSortedLineForEachViolation() throws IOException {
        String written = text(known(Violations.report("b.json", NET), Violations.report("a.json", SQL, NET, NET)));

        assertThat(written).isEqualTo("""
                {"schema": "netkb/known/1", "violations": [
                  {"rule": "C-FLOW-OUT-SQL", "type": "vnet", "subject": "%1$s", "location": "westeurope", "flow": "Outbound Tcp 1433 Sql", "snapshot": "a.json"},
                  {"rule": "C-NET-05", "type": "vnet", "subject": "%1$s", "location": "westeurope", "count": 2, "snapshot": "a.json"}
                ]}
                """.formatted(NET.subject().id().text()));
        assertThat(text(KnownViolations.NONE)).isEqualTo("{\"schema\": \"netkb/known/1\", \"violations\": []}\n");
    }

    @Test
    void readsWhatItWrote() throws IOException {
        KnownViolations known = known(Violations.report("a\"\u00e9.json", SQL, NET, NET));
        List<RuleProblem> problems = new ArrayList<>();

        KnownViolations read = KnownViolations.parse("known.json", text(known), Violations.IDS, problems);

        assertThat(problems).isEmpty();
        assertThat(read).isEqualTo(known);
        assertThat(text(read)).isEqualTo(text(known));
    }

    @Test
    void writesWhatItsSchemaAllows() throws IOException {
        for (KnownViolations known : List.of(KnownViolations.NONE, known(Violations.report("a", SQL, NET, NET)))) {
            try (InputStream in = getClass().getClassLoader().getResourceAsStream(KnownViolations.SCHEMA_RESOURCE)) {
                assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                                .getSchema(in)
                                .validate(text(known), InputFormat.JSON))
                        .isEmpty();
            }
        }
    }

    @Test
    void knowsAViolationWhateverItsWords() {
        KnownViolations known = known(Violations.report("yesterday", NET, SQL));

        assertThat(outcomes(known, Violations.result("C-NET-05", Outcome.VIOLATED, "SHOP", "in other words", "")))
                .containsExactly(Outcome.KNOWN);
        assertThat(outcomes(known, Violations.of("C-NET-05", "other"))).containsExactly(Outcome.VIOLATED);
        assertThat(outcomes(known, Violations.of("C-NET-06", "shop"))).containsExactly(Outcome.VIOLATED);
        assertThat(outcomes(known, Violations.result("C-FLOW-OUT-SQL", Outcome.VIOLATED, "shop", "denied", "1434")))
                .containsExactly(Outcome.VIOLATED);
        assertThat(outcomes(known, Violations.undetermined("C-NET-05", "shop"))).containsExactly(Outcome.UNDETERMINED);
    }

    @Test
    void knowsAsManyOfOneKindAsWereThere() {
        assertThat(outcomes(known(Violations.report("a", NET, NET)), NET, NET, NET))
                .containsExactly(Outcome.KNOWN, Outcome.KNOWN, Outcome.VIOLATED);
    }

    @Test
    void takesRenamedRulesUnderTheirPresentId() throws IOException {
        String old = text(known(Violations.report("a", NET))).replace("C-NET-05", "C-NET-5");
        List<RuleProblem> problems = new ArrayList<>();

        assertThat(KnownViolations.parse("known.json", old, Violations.IDS, problems))
                .isEqualTo(known(Violations.report("a", NET)));
    }

    @Test
    void letsNewOnesComeAndSolvedOnesLeave() {
        Update update = known(Violations.report("a", NET)).updated(List.of(Violations.report("a", SQL, SQL)));

        assertThat(update).isEqualTo(new Update(known(Violations.report("a", SQL, SQL)), 2, 1, 0));
    }

    @Test
    void keepsWhatARunDoesNotDecide() {
        KnownViolations before = known(Violations.report("a", NET), Violations.report("b", SQL));
        SnapshotReport incomplete = new SnapshotReport("b", true, false, List.of(), List.of(), List.of());

        for (SnapshotReport other : Arrays.asList(
                Violations.rejected("b"), incomplete, Violations.report("c"), Violations.ofAnother("b"))) {
            assertThat(before.updated(List.of(Violations.report("a"), other)))
                    .isEqualTo(new Update(known(Violations.report("b", SQL)), 0, 1, 1));
        }
        assertThat(before.updated(List.of(
                        Violations.report("a", Violations.undetermined("C-NET-05", "shop")), Violations.report("b"))))
                .isEqualTo(new Update(known(Violations.report("a", NET)), 0, 1, 1));
    }

    @Test
    void doesNotTakeOverWhatIsWaived() {
        Result waived = NET.accepted(new dev.netkb.model.report.Waiver("r", "o", "2027-01-01"));

        assertThat(known(Violations.report("a", NET)).updated(List.of(Violations.report("a", waived))))
                .isEqualTo(new Update(KnownViolations.NONE, 0, 1, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | KB-E365 known.json:1:1: this is no file of known violations",
                "{\"schema\": \"netkb/known/2\", \"violations\": []} | KB-E365",
                "{\"schema\": \"netkb/known/1\", \"violations\": [ | KB-E365",
                "{\"schema\": \"netkb/known/1\", \"violations\": [3]} | KB-E366 known.json:1:44: this entry is no violation",
                "{\"schema\": \"netkb/known/1\", \"violations\": [{\"rul\": \"C\"}]} | KB-E366 known.json:1:45: a known violation has no"
                        + " 'rul'. Did you mean rule?",
                "{\"schema\": \"netkb/known/1\", \"violations\": [{\"rule\": \"C\"}]} | KB-E366 known.json:1:45: this known violation has"
                        + " no type",
            })
    void tellsWhatIsNoFileOfKnownViolations(String text, String expected) {
        assertThat(problems(text)).singleElement().asString().startsWith(expected);
    }

    @Test
    void tellsAViolationThatStandsTwice() throws IOException {
        String written = text(known(Violations.report("a", NET)));
        String line = written.split("\n", -1)[1];

        assertThat(problems(written.replace(line, line + ",\n" + line.replace("a\"}", "b\"}"))))
                .containsExactly(
                        "KB-E366 known.json:3:4: this violation stands twice: same rule, subject, location and flow");
    }
}
