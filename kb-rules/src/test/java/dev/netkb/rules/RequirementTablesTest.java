package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.edit.RequirementTables;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.RuleFolder;
import dev.netkb.api.internal.pack.RulePack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged requirements, written as a table and read as a folder of rules, are the same and contradict nothing. */
class RequirementTablesTest {

    private static final RulePack PACK = RulePack.packaged(RequirementTablesTest.class.getClassLoader());
    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(chars = {',', ';', '\t'})
    void allRowsComeBackFromText(char separator) throws IOException {
        assertAllComeBack(
                "requirements.csv",
                RequirementTables.csv(RULES, Set.of(), separator).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void allRowsComeBackFromAWorkbook() throws IOException {
        assertAllComeBack("requirements.xlsx", RequirementTables.xlsx(RULES, Set.of()));
    }

    @Test
    void someIdsAloneCanBeWritten() {
        assertThat(RequirementTables.ids(RULES)).contains("C-NTP", "C-FQDN-ENTRA", "SEED-DNS-53");
        assertThat(RequirementTables.csv(RULES, Set.of("C-NTP"), ';').lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("C-NTP;Time servers reachable on 123;2025-12;;classic;");
        assertThatThrownBy(() -> RequirementTables.csv(RULES, Set.of(), '|'))
                .hasMessage("'|' is no separator: use a comma, a semicolon or a tab");
    }

    private void assertAllComeBack(String name, byte[] table) throws IOException {
        Files.write(folder.resolve(name), table);

        RuleFolder read = RuleFolder.read(folder, PACK);

        assertThat(read.problems()).isEmpty();
        assertThat(plain(read.flows())).isEqualTo(plain(PACK.flows())).hasSizeGreaterThan(70);
    }

    private static List<FlowRow> plain(List<FlowRow> rows) {
        return rows.stream()
                .map(row -> new FlowRow(row.requirement(), row.dates(), row.title(), row.source(), "", row.formerly()))
                .toList();
    }
}
