package dev.netkb.api.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,\"x;y\"\n",
                "a;b\n1;x\\;y\n",
                "a\tb\n1\tx;y\n",
                "a,b\r\n1,\"x;y\"\r\n",
                "a,b\r1,\"x;y\"",
                "sep=,\r\na,b\r\n1,\"x;y\"\r\n",
                "\uFEFFa,b\n 1 , \"x;y\" \n\n\n",
                "a,b\n\u00A01\u00A0,x;y\u00A0\n"
            })
    void findsTheSeparatorAndIgnoresBlanksAround(String text) throws UnreadableTableException {
        String wanted = text.contains("\\;") ? "[[a, b], [1, x\\, y]]" : "[[a, b], [1, x;y]]";

        assertThat(texts(read(text)).toString()).isEqualTo(wanted);
    }

    @Test
    void aCellInQuotesHoldsSeparatorsQuotesAndLineBreaks() throws UnreadableTableException {
        Grid grid = read("a,b\n\"1,\"\"2\"\"\r\n3\",x\n4,\"\"\n");

        assertThat(texts(grid)).containsExactly(List.of("a", "b"), List.of("1,\"2\"\r\n3", "x"), List.of("4", ""));
        assertThat(grid.lines()).extracting(Grid.Line::row).containsExactly(1, 2, 3);
    }

    @Test
    void emptyRowsCountButAreNoRows() throws UnreadableTableException {
        assertThat(read("a,b\n\n,\n1,2\n").lines()).extracting(Grid.Line::row).containsExactly(1, 4);
    }

    @Test
    void cellsThatWereKeptFromBeingFormulasComeBack() throws UnreadableTableException {
        assertThat(texts(read("'=1,'+2,'-3,'@4,''5,'six,=7\n")))
                .containsExactly(List.of("=1", "+2", "-3", "@4", "'5", "'six", "=7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void readsWhatSpreadsheetsWrite(String charset) throws UnreadableTableException {
        byte[] bytes = "\uFEFFa\tö\n1\t€\n".getBytes(Charset.forName(charset));

        assertThat(texts(CsvTable.read("t.csv", bytes))).containsExactly(List.of("a", "ö"), List.of("1", "€"));
    }

    @Test
    void whatIsNoTextIsRefused() {
        assertThatThrownBy(() -> CsvTable.read("t.csv", "PK\u0003\u0004".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(UnreadableTableException.class)
                .hasMessage("the file is a workbook or an archive, not text");
        assertThatThrownBy(() -> read("a\0b"))
                .isInstanceOf(UnreadableTableException.class)
                .hasMessage("the file is not text");
        assertThatThrownBy(() -> CsvTable.read("t.csv", new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'}))
                .isInstanceOf(UnreadableTableException.class)
                .hasMessage("the file is cut off or is not UTF-16");
    }

    @Test
    void limitsHold() {
        assertTooLarge("x\n".repeat(TableLimits.ROWS + 1), "more than 20000 rows");
        assertTooLarge(",".repeat(TableLimits.COLUMNS) + "\n", "more than 256 cells");
        assertTooLarge("x".repeat(TableLimits.TEXT + 1), "more than 32767 characters");
    }

    private static void assertTooLarge(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        UnreadableTableException.class,
                        e -> assertThat(e.isTooLarge()).isTrue())
                .hasMessageContaining(message);
    }

    private static Grid read(String text) throws UnreadableTableException {
        return CsvTable.read("t.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    static List<List<String>> texts(Grid grid) {
        return grid.lines().stream()
                .map(line -> line.cells().stream().map(Cell::text).collect(Collectors.toList()))
                .toList();
    }
}
