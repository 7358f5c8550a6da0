package dev.netkb.api.internal.table;

/**
 * What stands in a cell.
 *
 * @param text the value as text, without blanks around it: numbers without a superfluous fraction, dates as
 *     {@code 2026-04-01}, truth values as {@code yes} and {@code no}
 */
public record Cell(String text, Kind kind) {

    /** A cell in which nothing stands. */
    public static final Cell EMPTY = new Cell("", Kind.TEXT);

    /** What the spreadsheet took the value for. */
    public enum Kind {
        TEXT,
        NUMBER,
        /** A number that is shown with separators of thousands: what was typed as {@code 80,443} looks like this. */
        GROUPED_NUMBER,
        DATE,
        /** The result of a formula that failed, such as {@code #REF!}. */
        ERROR
    }

    /** A text without the blanks around it, those that do not break included. */
    public static Cell of(String text) {
        String bare = bare(text);
        return bare.isEmpty() ? EMPTY : new Cell(bare, Kind.TEXT);
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    static String bare(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || Character.isSpaceChar(c) || c == '\u200B' || c == '\uFEFF';
    }
}
