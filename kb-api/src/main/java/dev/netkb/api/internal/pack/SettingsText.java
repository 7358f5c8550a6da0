package dev.netkb.api.internal.pack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.netkb.api.internal.table.TableLimits;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Level;
import dev.netkb.api.rules.RuleProblem.Spot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file in YAML or JSON that people write by hand: it knows where everything stands, and every key that stands twice.
 *
 * @param file how problems name it
 */
public record SettingsText(String file, List<String> lines) {

    /** Deeper than this nothing that people write is. */
    private static final int DEEPEST = 16;

    /** Characters of a text in YAML: what the parser reads at most. */
    private static final int LONGEST = 3_000_000;

    /** Digits of a number. */
    private static final int DIGITS = 100;

    private static final StreamReadConstraints LIMITS_ARE_OURS = StreamReadConstraints.builder()
            .maxNumberLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(LIMITS_ARE_OURS).build();
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(LIMITS_ARE_OURS)
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .build();

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

    /** What a value is. */
    public enum Kind {
        TEXT,
        NUMBER,
        TRUTH,
        NOTHING
    }

    /**
     * A text, a number, a truth value or nothing, as it is written.
     *
     * @param text empty where nothing is said
     */
    public record Scalar(int line, int column, String text, Kind kind) implements Item {
        public Scalar(int line, int column, String text) {
            this(line, column, text, Kind.TEXT);
        }
    }

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

    /** Whether nothing stands in it but blanks and comments. */
    public boolean isEmpty() {
        return lines.stream()
                .allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"));
    }

    /**
     * Reads the text.
     *
     * @param code of the problem that is added where it is neither YAML nor JSON
     * @return null where it cannot be read, or is empty: the problems tell
     */
    public @Nullable Item parse(String code, List<RuleProblem> problems) {
        boolean json = file.toLowerCase(Locale.ROOT).endsWith(".json");
        String text = String.join("\n", lines) + "\n";
        YamlMistake mistake = json ? null : unreadable(text);
        if (mistake == null) {
            try (JsonParser parser = json ? JSON.createParser(text) : YAML.createParser(text)) {
                if (parser.nextToken() != null) {
                    Item item = item(parser, 0);
                    if (item instanceof Scalar scalar) {
                        refuse(YamlMistake.blankForgotten(scalar.text(), scalar.line(), scalar.column()));
                    }
                    if (parser.nextToken() != null) {
                        throw new Unreadable(
                                parser.currentTokenLocation(),
                                "a second document begins here",
                                "One file holds one document: take the line with --- away.");
                    }
                    return item;
                }
                mistake = new YamlMistake(
                        1,
                        1,
                        "the file is empty",
                        "Write what it should say, or take it away; [] stands for an empty list.");
            } catch (Unreadable e) {
                mistake = e.mistake;
            } catch (JsonProcessingException e) {
                mistake = json ? noJson(e.getLocation()) : YamlMistake.of(e, lines);
            } catch (IOException | RuntimeException e) {
                mistake = new YamlMistake(
                        1,
                        1,
                        "this cannot be read as " + (json ? "JSON" : "YAML"),
                        "Write it as docs/rule-editing.md shows it.");
            }
        }
        problems.add(problem(code, mistake.line(), mistake.column(), 0, mistake.why(), mistake.hint()));
        return null;
    }

    /** What the parser does not tell with a place. */
    private @Nullable YamlMistake unreadable(String text) {
        if (text.length() > LONGEST) {
            return new YamlMistake(
                    1, 1, "the file has more than " + LONGEST + " characters", "Divide it, or keep to what is needed.");
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            for (int j = 0; j < line.length(); j++) {
                char c = line.charAt(j);
                boolean pair = Character.isHighSurrogate(c)
                        && j + 1 < line.length()
                        && Character.isLowSurrogate(line.charAt(j + 1));
                if (!pair && !isWritable(c)) {
                    return new YamlMistake(
                            i + 1,
                            j + 1,
                            String.format(Locale.ROOT, "here stands a character that is no text: U+%04X", (int) c),
                            "Delete it; an editor may show it as a blank or not at all.");
                }
                j += pair ? 1 : 0;
            }
        }
        return null;
    }

    /** Among those that are not are the line breaks that only YAML knows: no editor counts them. */
    private static boolean isWritable(char c) {
        return c == '\t'
                || c >= ' ' && c < '\u007F'
                || c >= '\u00A0' && c < '\uFFFE' && c != '\u2028' && c != '\u2029' && !Character.isSurrogate(c);
    }

    private YamlMistake noJson(@Nullable JsonLocation at) {
        return new YamlMistake(
                at == null ? 1 : Math.max(1, Math.min(at.getLineNr(), lines.size())),
                at == null ? 1 : at.getColumnNr(),
                "this cannot be read as JSON",
                "Look at the commas, quotes and brackets here and on the line above.");
    }

    private static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient YamlMistake mistake;

        Unreadable(JsonLocation at, String why, String hint) {
            this(new YamlMistake(at.getLineNr(), at.getColumnNr(), why, hint));
        }

        Unreadable(YamlMistake mistake) {
            super(mistake.why());
            this.mistake = mistake;
        }
    }

    private Item item(JsonParser parser, int depth) throws IOException {
        JsonLocation at = parser.currentTokenLocation();
        if (depth > DEEPEST) {
            throw new Unreadable(
                    at, "this is nested more than " + DEEPEST + " levels deep", "Nothing that belongs here is.");
        }
        refuseReferences(parser, at);
        return switch (parser.currentToken()) {
            case START_ARRAY -> list(parser, at, depth);
            case START_OBJECT -> map(parser, at, depth);
            case VALUE_NULL -> new Scalar(at.getLineNr(), at.getColumnNr(), "", Kind.NOTHING);
            case VALUE_TRUE, VALUE_FALSE -> scalar(parser, at, Kind.TRUTH);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(parser, at, Kind.NUMBER);
            default -> scalar(parser, at, Kind.TEXT);
        };
    }

    /** What begins with {@code *}, {@code &} or {@code !} would be read as something that nobody meant. */
    private void refuseReferences(JsonParser parser, JsonLocation at) throws IOException {
        if (parser instanceof YAMLParser) {
            String line = at.getLineNr() <= lines.size() ? lines.get(at.getLineNr() - 1) : "";
            int index = at.getColumnNr() - 1;
            char first = line.codePointCount(0, line.length()) > index
                    ? line.charAt(line.offsetByCodePoints(0, index))
                    : ' ';
            if ("*&!".indexOf(first) >= 0) {
                throw new Unreadable(
                        at,
                        YamlMistake.needsQuotes(first),
                        YamlMistake.QUOTE_IT + " References to other places of a file and types are not read.");
            }
        }
    }

    private Sequence list(JsonParser parser, JsonLocation at, int depth) throws IOException {
        List<Item> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(item(parser, depth + 1));
        }
        return new Sequence(at.getLineNr(), at.getColumnNr(), items);
    }

    private Mapping map(JsonParser parser, JsonLocation at, int depth) throws IOException {
        List<Entry> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Scalar key = scalar(parser, parser.currentTokenLocation(), Kind.TEXT);
            parser.nextToken();
            Item value = item(parser, depth + 1);
            refuseForgottenBlank(key, value);
            entries.add(new Entry(key, value));
        }
        Scalar first = entries.isEmpty() ? null : entries.get(0).key();
        return first == null
                ? new Mapping(at.getLineNr(), at.getColumnNr(), entries)
                : new Mapping(first.line(), first.column(), entries);
    }

    /** {@code {severity:warning}} is a key without a value; below its key, {@code severity:warning} is a text. */
    private static void refuseForgottenBlank(Scalar key, Item value) throws IOException {
        if (value instanceof Scalar scalar) {
            refuse(
                    scalar.kind() == Kind.NOTHING
                            ? YamlMistake.blankForgotten(key.text(), key.line(), key.column())
                            : scalar.line() > key.line()
                                    ? YamlMistake.blankForgotten(scalar.text(), scalar.line(), scalar.column())
                                    : null);
        }
    }

    private static void refuse(@Nullable YamlMistake mistake) throws IOException {
        if (mistake != null) {
            throw new Unreadable(mistake);
        }
    }

    private static Scalar scalar(JsonParser parser, JsonLocation at, Kind kind) throws IOException {
        String text = parser.currentToken() == JsonToken.FIELD_NAME ? parser.currentName() : parser.getText();
        if (text.length() > TableLimits.TEXT) {
            throw new Unreadable(
                    at,
                    "this text has more than " + TableLimits.TEXT + " characters",
                    "Shorten it; nothing that belongs here is so long.");
        }
        if (text.length() > DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Unreadable(
                    at, "this number has more than " + DIGITS + " digits", "Write the number that is meant.");
        }
        return new Scalar(at.getLineNr(), at.getColumnNr(), text, kind);
    }

    /**
     * The entries of a map by their keys, in their order; of a key that stands twice the first one.
     *
     * @param code of the problem that is added for a key that stands twice
     */
    public Map<String, Entry> entries(Mapping mapping, String code, List<RuleProblem> problems) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            Entry first = entries.putIfAbsent(entry.key().text(), entry);
            if (first != null) {
                problems.add(problem(
                        code,
                        entry.key(),
                        "'" + entry.key().text() + "' stands twice, first in line "
                                + first.key().line(),
                        "Delete one of the two."));
            }
        }
        return entries;
    }

    /** A problem at a part of the text. */
    public RuleProblem problem(String code, Item at, String message, String hint) {
        int length =
                at instanceof Scalar scalar && isWritten(scalar) ? scalar.text().length() : 0;
        return problem(code, at.line(), at.column(), length, message, hint);
    }

    /** Whether a text stands in the file as it is read, without quotes. */
    private boolean isWritten(Scalar scalar) {
        return scalar.line() > 0
                && scalar.line() <= lines.size()
                && lines.get(scalar.line() - 1).startsWith(scalar.text(), scalar.column() - 1);
    }

    /** Behind the last line stands its end. */
    private RuleProblem problem(String code, int line, int column, int length, String message, String hint) {
        int last = lines.size();
        String excerpt = last == 0 ? null : lines.get(Math.min(line, last) - 1);
        return new RuleProblem(
                code,
                Level.ERROR,
                line <= last || excerpt == null
                        ? Spot.of(file, line, column, length)
                        : Spot.of(file, last, excerpt.length() + 1, 0),
                null,
                message,
                excerpt,
                hint);
    }
}
