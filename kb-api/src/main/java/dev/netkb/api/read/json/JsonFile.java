package dev.netkb.api.read.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.netkb.model.value.Place;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses files. Whatever is wrong with the bytes becomes one problem with line and column. */
public final class JsonFile {

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.NESTING)
                    .maxNumberLength(Limits.NUMBER)
                    .maxStringLength(Limits.TEXT)
                    .maxNameLength(Limits.NAME)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** Azure's parser takes texts between single quotes too, and keys without any. */
    private static final JsonFactory LENIENT = new JsonFactoryBuilder(FACTORY)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    /** Azure takes comments in templates and parameters files, and texts of several lines. */
    static final JsonFactory TEMPLATES = new JsonFactoryBuilder(FACTORY)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    /** As many values as a template may give. */
    private static final int MOST_VALUES_OF_TEXT = 200_000;

    private JsonFile() {}

    /**
     * A text of a template as JSON. Its quotes may be single ones, as Azure takes them.
     *
     * @return empty where it is not JSON, says two things of one key, or goes beyond a limit
     */
    public static Optional<Json> parseText(String text) {
        Problems problems = new Problems();
        try (JsonParser parser = LENIENT.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return Optional.empty();
            }
            Json value = new Reader(
                            new Where("", new Locator.Text(new byte[0], 1)),
                            parser,
                            new Trail(),
                            new ValueCount(MOST_VALUES_OF_TEXT),
                            problems)
                    .read(first);
            return parser.nextToken() != null || problems.hasErrors() ? Optional.empty() : Optional.of(value);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The content of a file; empty, with a problem added, where it is not JSON. */
    public static Optional<Node> parse(String name, Locator.Text text, ValueCount values, Problems problems) {
        return parse(name, text, FACTORY, values, problems);
    }

    private static Optional<Node> parse(
            String name, Locator.Text text, JsonFactory factory, ValueCount values, Problems problems) {
        Trail trail = new Trail();
        Where where = new Where(name, text);
        byte[] bytes = text.utf8();
        try (JsonParser parser = factory.createParser(bytes)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                problems.add(
                        ProblemCode.NOT_JSON,
                        new Place(name, "", text.firstLine(), 1),
                        "the file is empty",
                        "Export it again: the command that wrote it may have failed.");
                return Optional.empty();
            }
            Reader reader = new Reader(where, parser, trail, values, problems);
            Json value = reader.read(first);
            reader.reportCut();
            if (parser.nextToken() != null) {
                problems.add(
                        ProblemCode.NOT_JSON,
                        where.at("", parser.currentTokenLocation()),
                        "after the end of the JSON value there is more",
                        "Put one JSON value into a file; a file of JSON lines needs the ending .jsonl.");
                return Optional.empty();
            }
            return Optional.of(Node.root(name, value));
        } catch (StreamConstraintsException e) {
            problems.add(
                    ProblemCode.TOO_MUCH,
                    where.at(trail.pointer(), e.getLocation()),
                    "the file goes beyond a limit: " + ParseTrouble.inWords(e),
                    "Limits are " + Limits.NESTING + " levels of nesting, " + Limits.NUMBER + " digits, " + Limits.TEXT
                            + " characters a text, and " + Limits.VALUES + " values; no export of Azure needs more.");
        } catch (JsonProcessingException e) {
            if (factory != TEMPLATES && isTemplate(bytes)) {
                return parse(name, text, TEMPLATES, values, problems);
            }
            problems.add(
                    ProblemCode.NOT_JSON,
                    where.at(trail.pointer(), e.getLocation()),
                    "this is not JSON: " + ParseTrouble.inWords(e),
                    hint(bytes, e));
        } catch (IOException e) {
            problems.add(
                    ProblemCode.NOT_JSON,
                    new Place(name, trail.pointer(), 1, 1),
                    "this is not text in UTF-8",
                    "Save the file as UTF-8.");
        }
        return Optional.empty();
    }

    /** Whether bytes begin like a template or a parameters file: the field that says so comes before anything damaged. */
    private static boolean isTemplate(byte[] bytes) {
        try (JsonParser parser = TEMPLATES.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                if (parser.nextToken() == JsonToken.VALUE_STRING && key.equalsIgnoreCase("$schema")) {
                    String schema = parser.getText().toLowerCase(Locale.ROOT);
                    return schema.contains("deploymenttemplate.json") || schema.contains("deploymentparameters.json");
                }
                parser.skipChildren();
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether bytes are one list or object and nothing else. */
    public static boolean isWhole(byte[] bytes) {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            JsonToken first = parser.nextToken();
            if (first == null || !first.isStructStart()) {
                return false;
            }
            parser.skipChildren();
            return parser.currentToken() != null && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Builds the tree of one file. */
    private static final class Reader {
        private final Where where;
        private final JsonParser parser;
        private final Trail trail;
        private final ValueCount values;
        private final Problems problems;
        private @Nullable Place firstCut;
        private int cuts;

        Reader(Where where, JsonParser parser, Trail trail, ValueCount values, Problems problems) {
            this.where = where;
            this.parser = parser;
            this.trail = trail;
            this.values = values;
            this.problems = problems;
        }

        Json read(JsonToken token) throws IOException {
            if (!values.take()) {
                throw new StreamConstraintsException(ParseTrouble.VALUE_COUNT, parser.currentTokenLocation());
            }
            return switch (token) {
                case START_OBJECT -> object();
                case START_ARRAY -> array();
                case VALUE_STRING -> text(whole(parser.getText()));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getText());
                case VALUE_TRUE, VALUE_FALSE -> new Json.Bool(token == JsonToken.VALUE_TRUE);
                default -> Json.NULL;
            };
        }

        private Json text(String value) {
            if (CutByDepth.isIn(value)) {
                cuts++;
                if (firstCut == null) {
                    firstCut = where.at(trail.pointer(), parser.currentTokenLocation());
                }
            }
            return new Json.Text(value);
        }

        /** One problem a file: where one value is cut, all of its depth are. */
        void reportCut() {
            if (firstCut != null) {
                problems.add(
                        ProblemCode.CUT_BY_DEPTH,
                        firstCut,
                        "PowerShell cut off what is nested deeper than it was told: here stands the name of a value instead"
                                + " of the value"
                                + (cuts == 1 ? "" : " (" + cuts + " times in this file, the first one here)"),
                        "Export it again with … | ConvertTo-Json -Depth 100.");
            }
        }

        /** Half a character cannot be written again; it becomes the replacement character, as everywhere in Unicode. */
        private static String whole(String text) {
            if (!hasSurrogate(text)) {
                return text;
            }
            return text.codePoints()
                    .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }

        private static boolean hasSurrogate(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (Character.isSurrogate(text.charAt(i))) {
                    return true;
                }
            }
            return false;
        }

        private Json array() throws IOException {
            List<Json> items = new ArrayList<>();
            trail.enter();
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                trail.at(Integer.toString(items.size()));
                items.add(read(next));
            }
            trail.leave();
            return new Json.Arr(items);
        }

        private Json object() throws IOException {
            Map<String, Json> members = new LinkedHashMap<>();
            trail.enter();
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_OBJECT; next = parser.nextToken()) {
                String key = whole(parser.currentName());
                trail.at(key);
                Json before = members.get(key);
                JsonLocation location = before == null ? null : parser.currentTokenLocation();
                Json value = read(parser.nextToken());
                if (before == null) {
                    members.put(key, value);
                } else if (!before.equals(value)) {
                    problems.add(
                            ProblemCode.CONTRADICTION,
                            where.at(trail.pointer(), location),
                            "the field " + Problems.quote(key) + " stands twice in one object, with two values",
                            "Keep one of them: nobody can say which one counts.");
                }
            }
            trail.leave();
            return new Json.Obj(List.copyOf(members.keySet()), List.copyOf(members.values()));
        }
    }

    /** Places in one file. */
    private static final class Where {
        private final String name;
        private final Columns columns;
        private final int firstLine;

        Where(String name, Locator.Text text) {
            this.name = name;
            this.columns = new Columns(text.utf8());
            this.firstLine = text.firstLine();
        }

        /** Of some numbers the parser does not know where they stand; what holds them begins in the first line. */
        Place at(String pointer, @Nullable JsonLocation location) {
            return location == null || location.getLineNr() < 1
                    ? new Place(name, pointer, firstLine, 1)
                    : new Place(
                            name,
                            pointer,
                            location.getLineNr() + firstLine - 1,
                            Math.max(1, columns.of(location.getLineNr(), location.getColumnNr())));
        }
    }

    private static String hint(byte[] bytes, JsonProcessingException e) {
        if (bytes.length > 1 && (bytes[0] == 'P' && bytes[1] == 'K' || (bytes[0] & 0xFF) == 0x1F)) {
            return "This looks like an archive: unpack it and give the directory.";
        }
        if (e instanceof JsonEOFException) {
            return "The file ends too early, so it was cut off: export it again.";
        }
        for (int i = 0; i < Math.min(bytes.length, 64); i++) {
            if (bytes[i] == 0) {
                return "This is binary data, or was damaged: export it again.";
            }
        }
        return "Maybe a warning of the exporting command was written into the file, or it was edited by hand.";
    }

    /** The pointer to where the parser is. */
    private static final class Trail {
        private final Deque<String> segments = new ArrayDeque<>();

        void enter() {
            segments.addLast("");
        }

        void at(String segment) {
            segments.removeLast();
            segments.addLast(segment);
        }

        void leave() {
            segments.removeLast();
        }

        String pointer() {
            StringBuilder pointer = new StringBuilder();
            segments.stream()
                    .filter(segment -> !segment.isEmpty())
                    .forEach(segment -> pointer.append('/').append(Place.escape(segment)));
            return pointer.toString();
        }
    }
}
