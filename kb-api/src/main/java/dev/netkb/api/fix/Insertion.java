package dev.netkb.api.fix;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.netkb.api.read.json.Extent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts entries behind the last one of a list or an object, laid out as their neighbours are. What stands there stays as it
 * is, comments too.
 */
final class Insertion {

    /** A comment behind an entry that nothing but the end of the line follows. */
    private static final Pattern COMMENT =
            Pattern.compile("[ \\t]*(?://[^\\r\\n]*|/\\*[^\\r\\n]*?\\*/(?=[ \\t]*\\r?\\n))");

    private static final Pattern INDENTED = Pattern.compile("(?m)^([ \\t]+)\\S");
    private static final Pattern SPACED = Pattern.compile("\":\\s");
    private static final int DEEPEST_LEVEL = 8;

    private final String content;
    private final int open;
    private final int close;
    private final Extent.@Nullable Span last;
    private final boolean isList;

    /** How lines end; empty where there is only one. */
    private final String lineEnd;

    private final String colon;
    private final String comma;

    private Insertion(byte[] utf8, Extent extent) {
        this.content = new String(utf8, StandardCharsets.UTF_8);
        this.open = units(utf8, extent.start());
        this.close = units(utf8, extent.end());
        Extent.Span behind = extent.last();
        this.last = behind == null ? null : new Extent.Span(units(utf8, behind.start()), units(utf8, behind.end()));
        this.isList = extent.isList();
        this.lineEnd = lineEnd(content, close);
        boolean spaced = SPACED.matcher(content).find();
        this.colon = spaced ? ": " : ":";
        this.comma = spaced ? ", " : ",";
    }

    /**
     * The edit that adds entries.
     *
     * @param utf8 the content of the file, without byte order mark
     * @param pointer where the list or object stands
     * @param entries values made of maps, lists, texts and numbers; for an object their keys
     * @return empty where there is no list or object
     */
    static Optional<TextEdit> of(String file, byte[] utf8, String pointer, Entries entries) {
        return Extent.of(utf8, pointer)
                .filter(extent -> extent.isList() == entries.isList())
                .map(extent -> new Insertion(utf8, extent).edit(file, entries));
    }

    /** @param keys as many as there are values, for an object; empty for a list */
    record Entries(List<String> keys, List<?> values) {

        static Entries items(List<?> values) {
            return new Entries(List.of(), values);
        }

        static Entries member(String key, Object value) {
            return new Entries(List.of(key), List.of(value));
        }

        boolean isList() {
            return keys.isEmpty();
        }
    }

    private static int units(byte[] utf8, int at) {
        return new String(utf8, 0, at, StandardCharsets.UTF_8).length();
    }

    /** As the line ends before a position, else as the first one does. */
    private static String lineEnd(String content, int at) {
        int before = content.lastIndexOf('\n', at);
        int feed = before >= 0 ? before : content.indexOf('\n');
        if (feed < 0) {
            return "";
        }
        return feed > 0 && content.charAt(feed - 1) == '\r' ? "\r\n" : "\n";
    }

    private TextEdit edit(String file, Entries entries) {
        return last == null ? first(file, entries) : behind(last, file, entries);
    }

    private TextEdit first(String file, Entries entries) {
        String between = content.substring(open + 1, close);
        if (lineEnd.isEmpty()) {
            return TextEdit.replacing(file, content, open + 1, open + 1, inOneLine(entries));
        }
        String outer = indentation(open);
        String inner = outer + level();
        String text = lineEnd + inner + inLines(entries, inner);
        if (between.isBlank()) {
            return TextEdit.replacing(file, content, open + 1, close, text + lineEnd + outer);
        }
        String end = between.contains("\n") ? "" : lineEnd + outer;
        return TextEdit.replacing(file, content, open + 1, open + 1, text + end);
    }

    private TextEdit behind(Extent.Span neighbour, String file, Entries entries) {
        String text = content.substring(neighbour.start(), neighbour.end());
        String before = content.substring(lineStart(neighbour.start()), neighbour.start());
        int end = neighbour.end();
        if (lineEnd.isEmpty() || !before.isBlank()) {
            String added = text.contains("\n") ? inLines(entries, indentation(end)) : inOneLine(entries);
            return TextEdit.replacing(file, content, end, end, comma + added);
        }
        Matcher comment = COMMENT.matcher(content).region(end, content.length());
        String kept = comment.lookingAt() ? comment.group() : "";
        boolean inOneLine = isList && text.startsWith("{") && !text.contains("\n");
        String added = inOneLine ? inOneLine(entries) : inLines(entries, before);
        return TextEdit.replacing(file, content, end, end + kept.length(), "," + kept + lineEnd + before + added);
    }

    private int lineStart(int at) {
        return content.lastIndexOf('\n', at - 1) + 1;
    }

    /** The blanks at the begin of a line. */
    private String indentation(int at) {
        int start = lineStart(at);
        int end = start;
        while (end < content.length() && (content.charAt(end) == ' ' || content.charAt(end) == '\t')) {
            end++;
        }
        return content.substring(start, end);
    }

    /** The blanks by which one level is further right than that around it. */
    private String level() {
        if (last != null) {
            int feed = content.indexOf('\n', last.start());
            String outer = indentation(last.start());
            if (feed >= 0 && feed < last.end() && indentation(feed + 1).startsWith(outer)) {
                String level = indentation(feed + 1).substring(outer.length());
                if (!level.isEmpty()) {
                    return level;
                }
            }
        }
        Matcher indented = INDENTED.matcher(content);
        return indented.find() && indented.group(1).length() <= DEEPEST_LEVEL ? indented.group(1) : "  ";
    }

    private String inLines(Entries entries, String indentation) {
        return joined(entries, "," + lineEnd + indentation, value -> {
            StringBuilder text = new StringBuilder();
            lines(value, indentation, level(), text);
            return text.toString();
        });
    }

    private String inOneLine(Entries entries) {
        return joined(entries, comma, value -> {
            StringBuilder text = new StringBuilder();
            line(value, text);
            return text.toString();
        });
    }

    private String joined(Entries entries, String between, Function<Object, String> written) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < entries.values().size(); i++) {
            String key = entries.isList() ? "" : quoted(entries.keys().get(i)) + colon;
            texts.add(key + written.apply(entries.values().get(i)));
        }
        return String.join(between, texts);
    }

    private void lines(Object value, String indentation, String level, StringBuilder out) {
        String inner = indentation + level;
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            String before = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(before).append(lineEnd).append(inner);
                out.append(quoted(String.valueOf(entry.getKey()))).append(colon);
                lines(entry.getValue(), inner, level, out);
                before = ",";
            }
            out.append(lineEnd).append(indentation).append('}');
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            String before = "[";
            for (Object item : list) {
                out.append(before).append(lineEnd).append(inner);
                lines(item, inner, level, out);
                before = ",";
            }
            out.append(lineEnd).append(indentation).append(']');
        } else {
            line(value, out);
        }
    }

    private void line(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            String before = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(before)
                        .append(quoted(String.valueOf(entry.getKey())))
                        .append(colon);
                line(entry.getValue(), out);
                before = comma;
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String before = "[";
            for (Object item : list) {
                out.append(before);
                line(item, out);
                before = comma;
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            out.append(quoted(value.toString()));
        }
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
