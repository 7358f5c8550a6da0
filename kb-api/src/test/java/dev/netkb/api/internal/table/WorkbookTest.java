package dev.netkb.api.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkbookTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<c r='A1'><v>1433</v></c>|1433|NUMBER",
                "<c r='A1'><v>1433.0</v></c>|1433|NUMBER",
                "<c r='A1'><v>1.433E3</v></c>|1433|NUMBER",
                "<c r='A1'><v>80.443</v></c>|80.443|NUMBER",
                "<c r='A1'><v>0.30000000000000004</v></c>|0.3|NUMBER",
                "<c r='A1' s='2'><v>25587</v></c>|25587|GROUPED_NUMBER",
                "<c r='A1' s='1'><v>46113</v></c>|2026-04-01|DATE",
                "<c r='A1' s='3'><v>46113.75</v></c>|2026-04-01|DATE",
                "<c r='A1' t='d'><v>2026-04-01T00:00:00</v></c>|2026-04-01|DATE",
                "<c r='A1' t='s'><v>0</v></c>|first text|TEXT",
                "<c r='A1' t='s'><v>1</v></c>|in two runs|TEXT",
                "<c r='A1' t='inlineStr'><is><t> \u00A0Sql \u00A0</t></is></c>|Sql|TEXT",
                "<c r='A1' t='str'><f>B1&amp;C1</f><v>joined</v></c>|joined|TEXT",
                "<c r='A1'><f>1+442</f><v>443</v></c>|443|NUMBER",
                "<c r='A1' t='b'><v>1</v></c>|yes|TEXT",
                "<c r='A1' t='b'><v>0</v></c>|no|TEXT",
                "<c r='A1' t='e'><f>B1</f><v>#REF!</v></c>|#REF!|ERROR",
                "<c r='A1'><f>B1+1</f></c>|=B1+1|ERROR",
                "<c r='A1' t='str'><f>B1&amp;C1</f><v>x</v></c>|x|TEXT",
                "<c><v>7</v></c>|7|NUMBER"
            })
    void readsEachKindOfCell(String cell, String text, Cell.Kind kind) throws UnreadableTableException {
        Map<String, String> parts = parts("<row r='1'>" + cell + "</row>", "");
        parts.put(
                "xl/sharedStrings.xml",
                "<sst><si><t>first text</t></si><si><r><t>in </t></r><r><t xml:space='preserve'>two runs</t></r>"
                        + "<rPh><t>reading</t></rPh></si></sst>");

        Grid grid = Workbook.read("t.xlsx", Workbooks.zip(parts)).get(0);

        assertThat(grid.lines()).singleElement().satisfies(line -> {
            assertThat(line.row()).isEqualTo(1);
            assertThat(line.cells()).containsExactly(new Cell(text, kind));
        });
    }

    @Test
    void tellsHiddenSheets() throws UnreadableTableException {
        Map<String, String> parts = parts("<row><c><v>7</v></c></row>", "");
        assertThat(Workbook.read("t.xlsx", Workbooks.zip(parts)).get(0).hidden())
                .isFalse();
        parts.computeIfPresent(
                "xl/workbook.xml", (name, xml) -> xml.replace(" sheetId=", " state='veryHidden' sheetId="));

        assertThat(Workbook.read("t.xlsx", Workbooks.zip(parts)).get(0).hidden())
                .isTrue();
    }

    @Test
    void datesMayCountFrom1904() throws UnreadableTableException {
        Map<String, String> parts = parts("<row><c s='1'><v>44651</v></c></row>", "");
        parts.computeIfPresent(
                "xl/workbook.xml", (name, xml) -> xml.replace("<sheets>", "<workbookPr date1904='1'/><sheets>"));

        assertThat(CsvTableTest.texts(
                        Workbook.read("t.xlsx", Workbooks.zip(parts)).get(0)))
                .containsExactly(List.of("2026-04-01"));
    }

    @Test
    void aMergedCellCountsForItsRows() throws UnreadableTableException {
        Grid grid = read(
                "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>10</v></c></row><row r='2'><c r='B2'><v>20</v></c></row>"
                        + "<row r='4'><c r='B4'><v>40</v></c></row><row r='5'><c r='B5'><v>50</v></c></row>",
                "<mergeCells count='1'><mergeCell ref='A1:A4'/></mergeCells>");

        assertThat(CsvTableTest.texts(grid))
                .containsExactly(List.of("1", "10"), List.of("1", "20"), List.of("1", "40"), List.of("", "50"));
    }

    @Test
    void sheetsComeInTheirOrderHiddenOnesToo() throws UnreadableTableException {
        Map<String, String> sheets = new LinkedHashMap<>();
        sheets.put("Zeta", sheet("<row><c><v>1</v></c></row>", ""));
        sheets.put("_Notes", sheet("<row><c><v>2</v></c></row>", ""));
        sheets.put("Alpha", sheet("", ""));
        Map<String, String> parts = Workbooks.parts(sheets);
        parts.computeIfPresent(
                "xl/workbook.xml", (name, xml) -> xml.replace("name='_Notes'", "state='hidden' name='_Notes'"));

        assertThat(Workbook.read("t.xlsx", Workbooks.zip(parts)))
                .extracting(Grid::sheet)
                .containsExactly("Zeta", "_Notes", "Alpha");
    }

    @Test
    void otherFilesAndEntitiesAreNeverOpened() {
        Map<String, String> parts = parts("<row><c t='inlineStr'><is><t>&x;</t></is></c></row>", "");
        parts.computeIfPresent(
                "xl/worksheets/sheet1.xml",
                (name, xml) -> "<!DOCTYPE worksheet [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" + xml);

        assertDamaged(Workbooks.zip(parts));
    }

    @Test
    void entitiesThatGrowAreRefused() {
        Map<String, String> parts = parts("<row/>", "");
        parts.put(
                "xl/sharedStrings.xml",
                "<!DOCTYPE sst [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
                        + "<sst><si><t>&b;</t></si></sst>");

        assertDamaged(Workbooks.zip(parts));
    }

    @Test
    void whatIsNoWorkbookIsRefused() {
        assertDamaged("id,direction\n".getBytes(StandardCharsets.UTF_8));
        assertDamaged(new byte[0]);
        assertDamaged(Workbooks.zip(Map.of("a.txt", "x")));
        byte[] whole = Workbooks.zip(parts("<row/>", ""));
        assertDamaged(java.util.Arrays.copyOf(whole, whole.length - 40));
        assertThatThrownBy(
                        () -> Workbook.read("t.xlsx", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0}))
                .hasMessage("the file is an old or a protected workbook");
    }

    @Test
    void limitsHold() {
        assertTooLarge("<row><c><v>1</v></c></row>".repeat(TableLimits.ROWS + 1), "more than 20000 rows");
        assertTooLarge("<row><c r='XFD1'><v>1</v></c></row>", "more than 256 columns");
        assertTooLarge(
                "<row><c t='str'><v>" + "x".repeat(TableLimits.TEXT + 1) + "</v></c></row>",
                "a cell of more than 32767 characters");
        assertTooLarge(" ".repeat(TableLimits.UNPACKED), "unpacks to more than 64 MB");
    }

    private static void assertDamaged(byte[] bytes) {
        assertThatThrownBy(() -> Workbook.read("t.xlsx", bytes))
                .isInstanceOfSatisfying(
                        UnreadableTableException.class,
                        e -> assertThat(e.isTooLarge()).isFalse())
                .hasMessage("the file is damaged, or is no Excel workbook");
    }

    private static void assertTooLarge(String rows, String message) {
        assertThatThrownBy(() -> read(rows, ""))
                .isInstanceOfSatisfying(
                        UnreadableTableException.class,
                        e -> assertThat(e.isTooLarge()).isTrue())
                .hasMessageContaining(message);
    }

    private static Grid read(String rows, String rest) throws UnreadableTableException {
        return Workbook.read("t.xlsx", Workbooks.zip(parts(rows, rest))).get(0);
    }

    private static Map<String, String> parts(String rows, String rest) {
        return Workbooks.parts(Map.of("Flows", sheet(rows, rest)));
    }

    private static String sheet(String rows, String rest) {
        return "<worksheet><sheetData>" + rows + "</sheetData>" + rest + "</worksheet>";
    }
}
