package dev.netkb.api.internal.pack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Level;
import dev.netkb.api.rules.RuleProblem.Spot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file in YAML or JSON that people write by hand: it knows where everything stands, and every key that stands twice.
 *
 * @param file how problems name it
 */
public record SettingsText(String file, List<String> lines) {

    /** Deeper than this nothing that people write is. */
    private static final int DEEPEST = 16;

    private static final Pattern TAB = Pattern.compile("^ *\t");

    /** A value that begins with a star, which YAML takes for a reference. */
    private static final Pattern STAR = Pattern.compile("(?:^|[:-] +)(\\*)");

    private static final String STAR_NEEDS_QUOTES = "a text that begins with '*' needs quotes";
    private static final String QUOTE_IT = "Put it between two ', such as '*/shop'.";

    private static final JsonFactory JSON = new JsonFactory();
    private static final YAMLFactory YAML = new YAMLFactory();

    public SettingsText {
        lines = List.copyOf(lines);
    }

    public static SettingsText of(String file, String text) {
        return new SettingsText(file, text.lines().toList());
    }

    /**
     * A part of the text.
     *
     * @param line,column where it begins, from 1
     */
    public sealed interface Item {
        int line();

        int column();
    }

    /**
     * A text, a number, a truth value or nothing, as it is written.
     *
     * @param text empty where nothing is said
     */
    public record Scalar(int line, int column, String text) implements Item {}

    /** A list. */
    public record Sequence(int line, int column, List<Item> items) implements Item {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Keys with their values, in the order in which they stand; a key that stands twice is here twice. */
    public record Mapping(int line, int column, List<Entry> entries) implements Item {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    /** A key with its value. */
    public record Entry(Scalar key, Item value) {}

    /**
     * Reads the text.
     *
     * @param code of the problem that is added where it is neither YAML nor JSON
     * @return null where it cannot be read, or is empty: the problems tell
     */
    public @Nullable Item parse(String code, List<RuleProblem> problems) {
        boolean json = file.toLowerCase(Locale.ROOT).endsWith(".json");
        String text = String.join("\n", lines) + "\n";
        try (JsonParser parser = json ? JSON.createParser(text) : YAML.createParser(text)) {
            if (parser.nextToken() == null) {
                problems.add(new RuleProblem(
                        code,
                        Level.ERROR,
                        Spot.of(file),
                        null,
                        "the file is empty",
                        null,
                        "Write what it should say, or take it away; [] stands for an empty list."));
                return null;
            }
            Item item = item(parser, 0);
            if (parser.nextToken() != null) {
                throw new Unreadable(
                        parser.currentTokenLocation(),
                        "a second document begins here",
                        "One file holds one document: take the line with --- away.");
            }
            return item;
        } catch (Unreadable e) {
            problems.add(problem(code, e.line, e.column, e.why, e.hint));
        } catch (JsonProcessingException e) {
            problems.add(broken(code, json, e.getLocation()));
        } catch (IOException e) {
            problems.add(broken(code, json, null));
        }
        return null;
    }

    private RuleProblem broken(String code, boolean json, @Nullable JsonLocation at) {
        int line = at == null ? 0 : Math.min(at.getLineNr(), lines.size());
        int column = at == null ? 0 : at.getColumnNr();
        if (json) {
            return problem(
                    code,
                    line,
                    column,
                    "this cannot be read as JSON",
                    "Look at the commas, quotes and brackets here and on the line above.");
        }
        for (int i = Math.max(1, line); i <= Math.min(line + 1, lines.size()); i++) {
            Matcher tab = TAB.matcher(lines.get(i - 1));
            if (tab.find()) {
                return problem(
                        code,
                        i,
                        tab.end(),
                        "this line begins with a tab, which YAML does not allow",
                        "Put blanks in its place.");
            }
            Matcher star = STAR.matcher(lines.get(i - 1));
            if (star.find()) {
                return problem(code, i, star.start(1) + 1, STAR_NEEDS_QUOTES, QUOTE_IT);
            }
        }
        return problem(
                code,
                line,
                column,
                "this cannot be read as YAML",
                "Look at the indentation, the colons and the quotes here and on the line above; a text that has ': ' or begins with"
                        + " one of *&!%@`{[ needs quotes.");
    }

    private static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;
        private final String why;
        private final String hint;

        Unreadable(JsonLocation at, String why, String hint) {
            super(why);
            this.line = at.getLineNr();
            this.column = at.getColumnNr();
            this.why = why;
            this.hint = hint;
        }
    }

    private static Item item(JsonParser parser, int depth) throws IOException {
        JsonLocation at = parser.currentTokenLocation();
        if (depth > DEEPEST) {
            throw new Unreadable(
                    at, "this is nested more than " + DEEPEST + " levels deep", "Nothing that belongs here is.");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new Unreadable(at, STAR_NEEDS_QUOTES, QUOTE_IT);
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            List<Item> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(item(parser, depth + 1));
            }
            return new Sequence(at.getLineNr(), at.getColumnNr(), items);
        }
        if (token == JsonToken.START_OBJECT) {
            List<Entry> entries = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                JsonLocation key = parser.currentTokenLocation();
                Scalar name = new Scalar(key.getLineNr(), key.getColumnNr(), parser.currentName());
                parser.nextToken();
                entries.add(new Entry(name, item(parser, depth + 1)));
            }
            Scalar first = entries.isEmpty() ? null : entries.get(0).key();
            return first == null
                    ? new Mapping(at.getLineNr(), at.getColumnNr(), entries)
                    : new Mapping(first.line(), first.column(), entries);
        }
        String text = token == JsonToken.VALUE_NULL ? "" : parser.getText();
        return new Scalar(at.getLineNr(), at.getColumnNr(), text == null ? "" : text);
    }

    /** A problem at a part of the text. */
    public RuleProblem problem(String code, Item at, String message, String hint) {
        return problem(code, at.line(), at.column(), message, hint);
    }

    private RuleProblem problem(String code, int line, int column, String message, String hint) {
        boolean there = line > 0 && line <= lines.size();
        String excerpt = there ? lines.get(line - 1) : null;
        return new RuleProblem(
                code,
                Level.ERROR,
                there ? Spot.of(file, line, Math.max(1, column), 0) : Spot.of(file),
                null,
                message,
                excerpt,
                hint);
    }
}
