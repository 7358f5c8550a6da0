package dev.netkb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.RuleFolder;
import dev.netkb.api.internal.pack.RulePack;
import dev.netkb.api.internal.pack.TableWriter;
import dev.netkb.api.rules.RuleProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Folders of rules with tables and settings of any bytes. What is read without an error comes back as it was written. */
class TableFuzzTest {

    private static final RulePack PACK = RulePack.packaged(TableFuzzTest.class.getClassLoader());
    private static final Path SEEDS = Path.of("src/test/resources/dev/netkb/fuzz/TableFuzzTestInputs");

    @FuzzTest
    void text(byte[] table) throws IOException {
        read("table.csv", table);
    }

    @FuzzTest
    void workbook(byte[] table) throws IOException {
        read("table.xlsx", table);
    }

    /** The part of a sheet within a workbook that is in order. */
    @FuzzTest
    void sheet(byte[] part) throws IOException {
        read("table.xlsx", workbookOf(part));
    }

    @FuzzTest
    void settings(byte[] yaml) throws IOException {
        read("pack.yaml", yaml);
        read("parameters.yaml", yaml);
    }

    /** Else the fuzzer would start from what is refused at its first bytes. */
    @Test
    void everySeedHoldsARequirement() throws IOException {
        assertThat(read("table.csv", Files.readAllBytes(SEEDS.resolve("text/rows.csv"))))
                .hasSize(4);
        assertThat(read("table.xlsx", workbookOf(Files.readAllBytes(SEEDS.resolve("sheet/sheet.xml")))))
                .hasSize(2);
    }

    private static List<FlowRow> read(String name, byte[] content) throws IOException {
        Path folder = Files.createTempDirectory("netkb-fuzz");
        Path file = folder.resolve(name);
        try {
            RuleFolder read = readAs(file, content);
            assertThat(read.problems()).allSatisfy(problem -> {
                assertThat(problem.code()).matches("KB-[EN]3\\d\\d");
                assertThat(problem.message()).isNotBlank().doesNotContain("Exception", "java.");
                assertThat(problem.hint()).isNotBlank();
            });
            if (!read.flows().isEmpty() && read.problems().stream().noneMatch(RuleProblem::isError)) {
                Files.delete(file);
                file = folder.resolve("again.csv");
                String written = TableWriter.csv(read.flows(), ';');
                assertThat(plain(readAs(file, written.getBytes(StandardCharsets.UTF_8))))
                        .isEqualTo(plain(read));
            }
            return read.flows();
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static RuleFolder readAs(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        return RuleFolder.read(file.getParent(), PACK);
    }

    private static List<FlowRow> plain(RuleFolder folder) {
        return folder.flows().stream()
                .map(row -> new FlowRow(row.requirement(), row.dates(), row.title(), row.source(), "", row.formerly()))
                .toList();
    }

    private static byte[] workbookOf(byte[] sheet) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            add(
                    zip,
                    "xl/workbook.xml",
                    bytes("<workbook xmlns:r='r'><sheets><sheet name='Flows' r:id='a'/></sheets></workbook>"));
            add(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    bytes(
                            "<Relationships><Relationship Id='a' Type='x/worksheet' Target='worksheets/a.xml'/></Relationships>"));
            add(
                    zip,
                    "xl/styles.xml",
                    bytes(
                            "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='3'/></cellXfs></styleSheet>"));
            add(zip, "xl/worksheets/a.xml", sheet);
        }
        return out.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
