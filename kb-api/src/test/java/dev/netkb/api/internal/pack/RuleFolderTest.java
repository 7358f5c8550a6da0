package dev.netkb.api.internal.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netkb.api.edit.RuleFolderTemplate;
import dev.netkb.api.internal.table.TableLimits;
import dev.netkb.api.internal.table.Workbooks;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.derived.Applicability;
import dev.netkb.model.derived.Tier;
import dev.netkb.model.report.Severity;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFolderTest {

    private static final String ROW =
            "id,direction,protocol,ports,remote,severity\nX-STORE,Out,Tcp,443,Storage,error\n";

    @TempDir
    Path root;

    @Test
    void readsAllThatAFolderHolds() throws IOException {
        write("pack.yaml", """
                name: web-team
                version: 1.10
                overrides:
                  C-FLOW-OUT-SQL: {severity: warning}
                  C-NET-05: {enabled: false, tiers: [Developer], networkTypes: Internal}
                sources:
                  BOOK: {document: The handbook, date: "2026-10"}
                """);
        write("requirements.csv", ROW);
        write("rules.drl", "\uFEFFpackage custom;\nrule \"X-OWN A rule\" @id(\"X-OWN\") when then end\n");
        write("parameters.yaml", "trustedAppliances: [10.0.0.4, 10.0.0.5]\n");
        write("waivers.yaml", "[]\n");
        write("X-OWN.md", "More of X-OWN.\n");
        write("README.md", "Notes.\n");
        write(".hidden", "anything\n");
        write("~$requirements.xlsx", "a lock\n");
        Files.createDirectory(root.resolve("examples"));

        RuleFolder folder = read();

        assertThat(folder.problems()).isEmpty();
        assertThat(folder.name()).isEqualTo("web-team");
        assertThat(folder.version()).isEqualTo("1.10");
        assertThat(folder.origin()).isEqualTo(root.toString());
        assertThat(folder.sha256()).matches("[0-9a-f]{64}");
        assertThat(folder.flows()).extracting(FlowRow::id).containsExactly("X-STORE");
        assertThat(folder.flows()).extracting(FlowRow::place).containsExactly("requirements.csv row 2");
        assertThat(folder.rules()).extracting(RuleFile::path).containsExactly("rules.drl");
        assertThat(folder.rules().get(0).text()).startsWith("package custom;");
        assertThat(folder.sources()).containsOnlyKeys("BOOK");
        assertThat(folder.texts()).containsExactly(Map.entry("X-OWN", "More of X-OWN.\n"));
        assertThat(folder.overrides()).extracting(RuleOverride::id).containsExactly("C-FLOW-OUT-SQL", "C-NET-05");
        assertThat(folder.overrides().get(0).severity()).isEqualTo(Severity.WARNING);
        assertThat(folder.overrides().get(1).enabled()).isFalse();
        assertThat(folder.overrides().get(1).where().tiers()).containsExactly("developer");
    }

    @Test
    void theHashIsOverNamesAndContents() throws IOException {
        write("requirements.csv", ROW);
        String hash = read().sha256();

        assertThat(read().sha256()).isEqualTo(hash);
        Files.move(root.resolve("requirements.csv"), root.resolve("requirement.csv"));
        assertThat(read().sha256()).isNotEqualTo(hash);
        Files.move(root.resolve("requirement.csv"), root.resolve("requirements.csv"));
        write(".hidden", "anything\n");
        assertThat(read().sha256()).isEqualTo(hash);
        write("requirements.csv", ROW.replace("443", "444"));
        assertThat(read().sha256()).isNotEqualTo(hash);
    }

    @Test
    void aRowSwitchesAPackagedRequirementOff() throws IOException {
        write("off.csv", "id,enabled\nC-NET-05,No\nC-FLOW-OUT-SQL,FALSE\n");

        RuleFolder folder = read();

        assertThat(folder.problems()).isEmpty();
        assertThat(folder.flows()).isEmpty();
        assertThat(folder.overrides())
                .containsExactly(
                        new RuleOverride("C-FLOW-OUT-SQL", false, null, Applicability.ANY),
                        new RuleOverride("C-NET-05", false, null, Applicability.ANY));
    }

    @Test
    void whatPackYamlGetsWrongIsToldWithItsPlace() throws IOException {
        write("requirements.csv", ROW);
        write("pack.yaml", """
                name: netkb
                verson: "1"
                overrides:
                  C-FLOW-OUT-SQK: {enabled: false}
                  C-FLOW-OUT-SQL: {severity: eror, enable: false}
                  C-NET-05: {tiers: [Developer]}
                  SEED-DNS-53: off
                sources:
                  BOOK: {document: The handbook, document: Another}
                """);

        assertThat(told())
                .containsExactly(
                        "KB-E306 pack.yaml:1:7: the name 'netkb' is that of the packaged rules",
                        "KB-E306 pack.yaml:2:1: there is no key 'verson'",
                        "KB-E307 pack.yaml:4:3: there is no rule and no row 'C-FLOW-OUT-SQK' to override",
                        "KB-E306 pack.yaml:5:30: severity 'eror' is none of error, warning, info",
                        "KB-E306 pack.yaml:5:36: there is no key 'enable' of C-FLOW-OUT-SQL",
                        "KB-E306 pack.yaml:6:14: tiers says for whom a rule is switched off, but enabled: false is missing",
                        "KB-E306 pack.yaml:7:16: SEED-DNS-53 holds no keys",
                        "KB-E305 pack.yaml:9:34: 'document' stands twice, first in line 9");
        assertThat(read().problems().get(1).hint()).endsWith("Did you mean version?");
        assertThat(read().problems().get(1).excerpt()).isEqualTo("verson: \"1\"");
    }

    @Test
    void yamlThatIsNoneIsToldWithItsPlace() throws IOException {
        write("requirements.csv", ROW);
        write("pack.yaml", "name: web\nversion: 1: 2\n");

        assertThat(told()).containsExactly("KB-E305 pack.yaml:2:11: a second colon stands in this line");
    }

    @Test
    void referencesInYamlAreRefused() throws IOException {
        write("requirements.csv", ROW);
        write("pack.yaml", "name: &x web\nversion: *x\n");

        assertThat(told()).containsExactly("KB-E305 pack.yaml:1:7: a text that begins with '&' needs quotes");
    }

    @Test
    void filesThatDoNotBelongThereAreRefused() throws IOException {
        write("requirements.csv", ROW);
        write("flows.xls", "x");
        write("waiver.yaml", "x");
        write("X-NOBODY.md", "x");
        Files.createDirectory(root.resolve("exampels"));

        assertThat(told())
                .containsExactly(
                        "KB-E307 X-NOBODY.md: X-NOBODY.md is the page of no id",
                        "KB-E302 exampels: the folder exampels is none of a folder of rules",
                        "KB-E302 flows.xls: flows.xls is no file of a folder of rules",
                        "KB-E302 waiver.yaml: waiver.yaml is no file of a folder of rules");
        assertThat(read().problems().get(1).hint()).contains("Did you mean examples?");
        assertThat(read().problems().get(2).hint()).isEqualTo("Save it as an Excel workbook (.xlsx).");
        assertThat(read().problems().get(3).hint()).contains("Did you mean waivers.yaml?");
    }

    @Test
    void anEmptyFolderAMissingOneAndAFileAreRefused() throws IOException {
        assertThat(told()).containsExactly("KB-E301 " + root + ": the folder '" + root + "' holds no rules");
        Path missing = root.resolve("missing");
        assertThat(RuleFolder.read(missing, SmallPack.pack()).problems())
                .extracting(RuleProblem::message)
                .containsExactly("there is no folder '" + missing + "'");
        write("file", "x");
        Path file = root.resolve("file");
        assertThat(RuleFolder.read(file, SmallPack.pack()).problems())
                .extracting(RuleProblem::message)
                .containsExactly("'" + file + "' is a file, not a folder");
    }

    @Test
    void linksStayWithinTheFolder(@TempDir Path elsewhere) throws IOException {
        Path outside = Files.writeString(elsewhere.resolve("requirements.csv"), ROW);
        Files.createSymbolicLink(root.resolve("requirements.csv"), outside);
        Files.createSymbolicLink(root.resolve("gone.csv"), elsewhere.resolve("gone.csv"));
        write("real.csv", ROW);
        Files.createSymbolicLink(root.resolve("README.md"), outside);

        assertThat(told())
                .containsExactly(
                        "KB-E303 gone.csv: gone.csv cannot be read",
                        "KB-E303 requirements.csv: requirements.csv is a link that leads out of the folder");
        assertThat(read().flows()).hasSize(1);
    }

    @Test
    void aFolderThatHoldsOnlyItsNameIsRefused() throws IOException {
        write("pack.yaml", "name: web\nversion: 1\n");

        assertThat(told())
                .containsExactly("KB-E301 " + root + ": the folder '" + root
                        + "' holds no rules: its pack.yaml changes nothing");
        assertThat(read().problems().get(0).hint()).startsWith("Add requirements.csv, ");
    }

    @Test
    void aWordOfAListIsToldWithItsPlaceAndTheNearestOne() throws IOException {
        write("requirements.csv", ROW);
        write("pack.yaml", """
                overrides:
                  C-NET-05: {enabled: false, tiers: [Developer, Premum]}
                  C-FLOW-OUT-SQL: {enabled: ja}
                """);

        assertThat(told())
                .containsExactly(
                        "KB-E306 pack.yaml:2:49: tiers 'Premum' is none of Consumption, Developer, Basic, Standard, Premium,"
                                + " Isolated, BasicV2, StandardV2, PremiumV2",
                        "KB-E306 pack.yaml:3:29: enabled 'ja' is none of yes, no");
        assertThat(read().problems())
                .extracting(RuleProblem::hint)
                .containsExactly("Did you mean Premium?", "Did you mean yes?");
    }

    @Test
    void aKeyOfNoDocumentIsToldWithTheKeysThereAre() throws IOException {
        write("requirements.csv", """
                id,direction,protocol,ports,remote,severity,source
                X-A,Out,Tcp,443,Storage,error,BOOK section 2; BOKO
                X-B,Out,Tcp,443,Storage,error,
                """);
        write("pack.yaml", "sources:\n  BOOK: {document: The handbook}\n");

        assertThat(told()).containsExactly("KB-N305 requirements.csv, cell G2: source 'BOKO' is no key of a document");
        assertThat(read().problems().get(0).hint()).contains("there is: BOOK.").endsWith("Did you mean BOOK?");
        assertThat(read().flows()).hasSize(2);
    }

    @Test
    void tiersMayStandInAWorkbook() throws IOException {
        byte[] table = "tier,generation,most_units\nUltra,v2,40\n".getBytes(StandardCharsets.UTF_8);
        Files.write(
                root.resolve("tiers.xlsx"),
                Workbooks.of(Map.of("Tiers", """
                <worksheet><sheetData>
                <row><c t='inlineStr'><is><t>Tier</t></is></c><c t='inlineStr'><is><t>generation</t></is></c>
                <c t='inlineStr'><is><t>most units</t></is></c></row>
                <row><c t='inlineStr'><is><t>Ultra</t></is></c><c t='inlineStr'><is><t>v2</t></is></c><c><v>40</v></c></row>
                </sheetData></worksheet>""", "_Notes", "<worksheet><sheetData/></worksheet>")));
        write("requirements.csv", ROW.replace("severity", "severity,tiers").replace("error", "error,Ultra"));

        assertThat(told()).isEmpty();
        assertThat(read().tiers())
                .containsExactly(new TierRow(
                        new Tier("Ultra", Tier.Generation.V2, Set.of(), 40, 2), "tiers.xlsx sheet Tiers row 2"));

        Files.write(root.resolve("tiers.csv"), table);
        assertThat(told()).isEmpty();
        assertThat(read().tiers()).hasSize(1);

        write("tiers.csv", "tier,generation\nUltra,v2\n");
        assertThat(told()).containsExactly("KB-E308 tiers.csv: tiers.csv and tiers.xlsx do not say the same");
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws IOException {
        write("requirements.csv", ROW);
        Files.write(root.resolve("large.csv"), new byte[TableLimits.FILE + 1]);

        assertThat(told()).containsExactly("KB-E304 large.csv: large.csv has more than 16 MB");
    }

    @Test
    void rulesInAnotherEncodingAreRefused() throws IOException {
        Files.write(root.resolve("rules.drl"), "rule \"für\"".getBytes(Charset.forName("windows-1252")));

        assertThat(told())
                .containsExactly(
                        "KB-E303 rules.drl:1:8: the file is not UTF-8: byte FC, which is 'ü' in the old encoding"
                                + " Windows-1252");
    }

    @Test
    void theSameTableAsTextAndAsWorkbookCountsOnce() throws IOException {
        write("requirements.csv", ROW);
        Files.write(root.resolve("requirements.xlsx"), TableCopy.asWorkbook("a", ROW.getBytes(StandardCharsets.UTF_8)));

        assertThat(told()).isEmpty();
        assertThat(read().flows()).hasSize(1);

        write("requirements.csv", ROW.replace("443", "444"));
        assertThat(told())
                .containsExactly(
                        "KB-E308 requirements.csv, cell A2: requirements.csv and requirements.xlsx do not say the same");
    }

    @Test
    void tablesOfDifferentNamesAddUp() throws IOException {
        write("a.csv", ROW);
        Files.write(
                root.resolve("b.xlsx"),
                Workbooks.of(Map.of(
                        "Flows",
                        "<worksheet><sheetData><row><c t='inlineStr'><is><t>id</t></is></c>"
                                + "<c t='inlineStr'><is><t>enabled</t></is></c></row><row><c t='inlineStr'><is><t>C-NET-05</t></is></c>"
                                + "<c t='b'><v>0</v></c></row></sheetData></worksheet>")));

        assertThat(told()).isEmpty();
        assertThat(read().overrides()).extracting(RuleOverride::id).containsExactly("C-NET-05");
    }

    @Test
    void theTemplateHasNoProblemAndIsWrittenOnceOnly() throws IOException {
        Path folder = root.resolve("new").resolve("rules");

        List<Path> written = RuleFolderTemplate.write(folder);

        RuleFolder read = RuleFolder.read(folder, SmallPack.pack());
        assertThat(read.problems()).isEmpty();
        assertThat(read.name()).isEqualTo("rules");
        assertThat(read.flows()).extracting(FlowRow::id).containsExactly("X-PARTNER-443");
        assertThat(read.rules()).hasSize(1);
        assertThat(read.overrides()).isEmpty();
        assertThat(written).contains(Path.of("requirements.csv"), Path.of("requirements.xlsx"));
        assertThat(written).allSatisfy(file -> assertThat(folder.resolve(file)).isRegularFile());
        assertThatThrownBy(() -> RuleFolderTemplate.write(folder)).isInstanceOf(DirectoryNotEmptyException.class);
        assertThatThrownBy(() -> RuleFolderTemplate.write(folder.resolve("pack.yaml")))
                .isInstanceOf(NotDirectoryException.class);
    }

    @ParameterizedTest
    @CsvSource({"team a (net),team-a-net", "2026,our-rules", "netkb,our-rules", "Ops_1,Ops_1", "on,on"})
    void theTemplateIsNamedAfterItsFolder(String name, String pack) throws IOException {
        Path folder = root.resolve(name);
        RuleFolderTemplate.write(folder);

        RuleFolder read = RuleFolder.read(folder, SmallPack.pack());

        assertThat(read.problems()).isEmpty();
        assertThat(read.name()).isEqualTo(pack);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(root.resolve(name), text);
    }

    private RuleFolder read() {
        return RuleFolder.read(root, SmallPack.pack());
    }

    private List<String> told() {
        return read().problems().stream()
                .map(problem -> problem.code() + " " + problem.at().text() + ": " + problem.message())
                .toList();
    }
}
