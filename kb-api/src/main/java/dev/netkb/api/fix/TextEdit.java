package dev.netkb.api.fix;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The replacement of a region of a file by a text. Lines end with a line feed, or with a carriage return and a line feed;
 * lines and columns count from 1, columns in UTF-16 code units, as editors and SARIF count them. A byte order mark counts
 * for nothing.
 *
 * @param file the name of the file within its snapshot
 * @param line,column where the region begins
 * @param endLine,endColumn behind its last character; the same as its begin where nothing is replaced
 * @param text what takes its place
 */
public record TextEdit(String file, int line, int column, int endLine, int endColumn, String text) {

    private static final Comparator<TextEdit> LAST_FIRST = Comparator.comparingInt(TextEdit::line)
            .thenComparingInt(TextEdit::column)
            .reversed();

    private static final String MARK = "\uFEFF";

    /** @param from,to the region, in code units from the begin of the content */
    static TextEdit replacing(String file, String content, int from, int to, String text) {
        return new TextEdit(
                file, lineAt(content, from), columnAt(content, from), lineAt(content, to), columnAt(content, to), text);
    }

    private static int lineAt(String content, int at) {
        return 1 + (int) content.substring(0, at).chars().filter(c -> c == '\n').count();
    }

    private static int columnAt(String content, int at) {
        return at - content.lastIndexOf('\n', at - 1);
    }

    /**
     * The content with edits, whatever their order.
     *
     * @param edits regions that do not overlap
     * @throws IndexOutOfBoundsException when the content has no such region
     */
    public static String apply(List<TextEdit> edits, String content) {
        List<Integer> lines = new ArrayList<>();
        for (int start = 0; start > 0 || lines.isEmpty(); start = content.indexOf('\n', start) + 1) {
            lines.add(start);
        }
        StringBuilder edited = new StringBuilder(content);
        edits.stream().sorted(LAST_FIRST).forEach(edit -> {
            int from = lines.get(edit.line() - 1) + edit.column() - 1;
            int to = lines.get(edit.endLine() - 1) + edit.endColumn() - 1;
            edited.replace(from, to, edit.text());
        });
        return edited.toString();
    }

    /** As {@link #apply(List, String)}, of a file in UTF-8; its byte order mark stays where it is. */
    public static byte[] apply(List<TextEdit> edits, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        String mark = text.startsWith(MARK) ? MARK : "";
        return (mark + apply(edits, text.substring(mark.length()))).getBytes(StandardCharsets.UTF_8);
    }
}
