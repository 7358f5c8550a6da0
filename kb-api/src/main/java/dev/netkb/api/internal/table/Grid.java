package dev.netkb.api.internal.table;

import dev.netkb.api.rules.RuleProblem.Spot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one table.
 *
 * @param file relative to its folder, with {@code /}
 * @param sheet the sheet of a workbook, null in a text file
 * @param lines the rows in which something stands, in order
 * @param hidden whether the spreadsheet program does not show the sheet
 */
public record Grid(String file, @Nullable String sheet, List<Line> lines, boolean hidden) {

    public Grid(String file, @Nullable String sheet, List<Line> lines) {
        this(file, sheet, lines, false);
    }

    public Grid {
        lines = List.copyOf(lines);
    }

    /**
     * A row.
     *
     * @param row its number as a spreadsheet shows it, from 1
     * @param cells from column A on; columns that are not there are empty
     */
    public record Line(int row, List<Cell> cells) {

        public Line {
            cells = List.copyOf(cells);
        }

        /** @param column from 0 */
        public Cell cell(int column) {
            return column < cells.size() ? cells.get(column) : Cell.EMPTY;
        }

        boolean isEmpty() {
            return cells.stream().allMatch(Cell::isEmpty);
        }
    }

    /** @param column from 0 */
    public Spot spot(int row, int column) {
        return Spot.ofCell(file, prefix() + column(column) + row, row, column + 1);
    }

    /** A row as a whole: its first cell stands for it. */
    public Spot spot(int row) {
        return spot(row, 0);
    }

    /** The letters of a column: {@code A}, {@code Z}, {@code AA}. */
    public static String column(int index) {
        StringBuilder letters = new StringBuilder();
        for (int rest = index; rest >= 0; rest = rest / 26 - 1) {
            letters.insert(0, (char) ('A' + rest % 26));
        }
        return letters.toString();
    }

    private String prefix() {
        if (sheet == null) {
            return "";
        }
        boolean plain = sheet.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
        return (plain ? sheet : "'" + sheet.replace("'", "''") + "'") + "!";
    }
}
