package dev.netkb.api.internal.table;

import dev.netkb.api.internal.table.Grid.Line;
import dev.netkb.api.rules.RuleProblem.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads a text file of rows: the separator is the comma, semicolon or tab that the first row uses most; a cell in quotes may
 * hold separators and line breaks. UTF-8, or UTF-16 with a mark at its beginning as spreadsheets write it.
 */
public final class CsvTable {

    private static final String SEPARATORS = ",;\t";

    /** What a spreadsheet may take for a formula, and the mark that keeps it from doing so. */
    private static final Pattern ESCAPED = Pattern.compile("'[=+\\-@'\\t\\r].*", Pattern.DOTALL);

    private final String file;
    private final String text;
    private final List<Line> lines = new ArrayList<>();
    private int at;

    private CsvTable(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Reads a file.
     *
     * @param file its name in messages
     * @throws UnreadableTableException when it is no such file
     */
    public static Grid read(String file, byte[] bytes) throws UnreadableTableException {
        if (bytes.length > TableLimits.FILE) {
            throw UnreadableTableException.tooLarge(
                    Spot.of(file), "the file has more than " + (TableLimits.FILE >> 20) + " MB");
        }
        return new CsvTable(file, TextFile.text(file, bytes)).read();
    }

    private Grid read() throws UnreadableTableException {
        char separator = separator();
        for (int row = 1; at < text.length(); row++) {
            Line line = line(row, separator);
            if (!line.isEmpty()) {
                lines.add(line);
            }
            if (lines.size() > TableLimits.ROWS) {
                throw UnreadableTableException.tooLarge(
                        Spot.of(file), "the table has more than " + TableLimits.ROWS + " rows");
            }
        }
        return new Grid(file, null, lines);
    }

    /** What stands between cells. A first line such as {@code sep=;} says it, and is no row. */
    private char separator() {
        int end = endOfLine(0);
        String first = text.substring(0, end);
        if (first.toLowerCase(Locale.ROOT).startsWith("sep=") && first.length() == 5) {
            at = text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length());
            return first.charAt(4);
        }
        int from = 0;
        while (first.isBlank() && end < text.length()) {
            from = end + 1;
            end = endOfLine(from);
            first = text.substring(from, end);
        }
        char best = ',';
        long most = 0;
        for (char separator : SEPARATORS.toCharArray()) {
            long count = unquoted(first, separator);
            if (count > most) {
                most = count;
                best = separator;
            }
        }
        return best;
    }

    private static long unquoted(String line, char wanted) {
        boolean quoted = false;
        long count = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            count += !quoted && c == wanted ? 1 : 0;
        }
        return count;
    }

    private int endOfLine(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private Line line(int row, char separator) throws UnreadableTableException {
        List<Cell> cells = new ArrayList<>();
        boolean more = true;
        while (more) {
            String cell = cell(row, cells.size(), separator);
            cells.add(Cell.of(ESCAPED.matcher(cell).matches() ? cell.substring(1) : cell));
            if (cells.size() > TableLimits.COLUMNS) {
                throw UnreadableTableException.tooLarge(
                        Spot.ofCell(file, "A" + row, row, 1),
                        "the row has more than " + TableLimits.COLUMNS + " cells");
            }
            more = at < text.length() && text.charAt(at) == separator;
            if (more) {
                at++;
            }
        }
        if (at < text.length()) {
            at += text.startsWith("\r\n", at) ? 2 : 1;
        }
        return new Line(row, cells);
    }

    private String cell(int row, int column, char separator) throws UnreadableTableException {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        String cell = at < text.length() && text.charAt(at) == '"' ? quoted(row, column, separator) : plain(separator);
        if (cell.length() > TableLimits.TEXT) {
            throw UnreadableTableException.tooLarge(
                    spot(row, column), "the cell has more than " + TableLimits.TEXT + " characters");
        }
        return cell;
    }

    private String plain(char separator) {
        int from = at;
        while (at < text.length() && text.charAt(at) != separator && !isLineEnd()) {
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted(int row, int column, char separator) throws UnreadableTableException {
        StringBuilder cell = new StringBuilder();
        at++;
        while (true) {
            int quote = text.indexOf('"', at);
            if (quote < 0) {
                throw UnreadableTableException.damaged(
                        spot(row, column),
                        "the quote that begins the cell is never closed",
                        "End the cell with \", and write a quote inside of it twice: \"\".");
            }
            cell.append(text, at, quote);
            at = quote + 1;
            if (at < text.length() && text.charAt(at) == '"') {
                cell.append('"');
                at++;
            } else {
                break;
            }
        }
        while (at < text.length() && text.charAt(at) == ' ' && separator != ' ') {
            at++;
        }
        if (at < text.length() && text.charAt(at) != separator && !isLineEnd()) {
            throw UnreadableTableException.damaged(
                    spot(row, column),
                    "there is text behind the closing quote of the cell: '" + plain(separator) + "'",
                    "Write a quote inside of a cell twice: \"\".");
        }
        return cell.toString();
    }

    private boolean isLineEnd() {
        return text.charAt(at) == '\n' || text.charAt(at) == '\r';
    }

    private Spot spot(int row, int column) {
        return Spot.ofCell(file, Grid.column(column) + row, row, column + 1);
    }
}
