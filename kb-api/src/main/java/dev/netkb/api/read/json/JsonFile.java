package dev.netkb.api.read.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.netkb.model.value.Place;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses files. Whatever is wrong with the bytes becomes one problem with line and column. */
public final class JsonFile {

    /** More than any export or template needs: nested deployments of templates reach about 60. */
    static final int DEEPEST = 200;

    static final int LONGEST_NUMBER = 100;
    static final int LONGEST_TEXT = 5_000_000;
    static final int LONGEST_NAME = 10_000;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_NAME)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonFile() {}

    /** The content of a file; empty, with a problem added, where it is not JSON. */
    public static Optional<Node> parse(String name, byte[] bytes, Problems problems) {
        Trail trail = new Trail();
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                problems.add(
                        ProblemCode.NOT_JSON,
                        new Place(name, "", 1, 1),
                        "the file is empty",
                        "Export it again: the command that wrote it may have failed.");
                return Optional.empty();
            }
            Json value = new Reader(name, parser, trail, problems).read(first);
            if (parser.nextToken() != null) {
                problems.add(
                        ProblemCode.NOT_JSON,
                        at(name, "", parser.currentTokenLocation()),
                        "after the end of the JSON value there is more",
                        "Put one JSON value into a file; a file of JSON lines needs the ending .jsonl.");
                return Optional.empty();
            }
            return Optional.of(Node.root(name, value));
        } catch (StreamConstraintsException e) {
            problems.add(
                    ProblemCode.TOO_MUCH,
                    at(name, trail.pointer(), e.getLocation()),
                    "the file goes beyond a limit: " + ParseTrouble.inWords(e),
                    "Limits are " + DEEPEST + " levels of nesting, " + LONGEST_NUMBER + " digits, and " + LONGEST_TEXT
                            + " characters a text; no export of Azure needs more.");
        } catch (JsonProcessingException e) {
            problems.add(
                    ProblemCode.NOT_JSON,
                    at(name, trail.pointer(), e.getLocation()),
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

    /** Builds the tree of one file. */
    private static final class Reader {
        private final String name;
        private final JsonParser parser;
        private final Trail trail;
        private final Problems problems;

        Reader(String name, JsonParser parser, Trail trail, Problems problems) {
            this.name = name;
            this.parser = parser;
            this.trail = trail;
            this.problems = problems;
        }

        Json read(JsonToken token) throws IOException {
            return switch (token) {
                case START_OBJECT -> object();
                case START_ARRAY -> array();
                case VALUE_STRING -> new Json.Text(whole(parser.getText()));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getText());
                case VALUE_TRUE, VALUE_FALSE -> new Json.Bool(token == JsonToken.VALUE_TRUE);
                default -> Json.NULL;
            };
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
                            at(name, trail.pointer(), location),
                            "the field " + Problems.quote(key) + " stands twice in one object, with two values",
                            "Keep one of them: nobody can say which one counts.");
                }
            }
            trail.leave();
            return new Json.Obj(List.copyOf(members.keySet()), List.copyOf(members.values()));
        }
    }

    private static Place at(String name, String pointer, @Nullable JsonLocation location) {
        return location == null
                ? new Place(name, pointer)
                : new Place(name, pointer, Math.max(0, location.getLineNr()), Math.max(0, location.getColumnNr()));
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
                return "This is binary data, or text in UTF-16: save the export as UTF-8.";
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
