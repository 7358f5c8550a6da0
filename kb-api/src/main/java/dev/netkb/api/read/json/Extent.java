package dev.netkb.api.read.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a list or an object stands in a text. Positions count bytes.
 *
 * @param isList whether it is a list
 * @param start the position of its opening bracket
 * @param last its last item, or its last key with its value; null where it is empty
 * @param end the position of its closing bracket
 */
public record Extent(boolean isList, int start, @Nullable Span last, int end) {

    /** @param end the position behind its last byte */
    public record Span(int start, int end) {}

    /**
     * The list or object at a pointer; empty where there is neither.
     *
     * @param utf8 JSON, with comments or without, and without byte order mark
     * @param pointer its keys as they are written
     */
    public static Optional<Extent> of(byte[] utf8, String pointer) {
        try (JsonParser parser = JsonFile.TEMPLATES.createParser(utf8)) {
            parser.nextToken();
            for (String segment : Locator.segments(pointer)) {
                if (!enter(segment, parser)) {
                    return Optional.empty();
                }
            }
            return here(parser);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Goes on to a value of the list or object that the parser stands on; false where there is none. */
    private static boolean enter(String segment, JsonParser parser) throws IOException {
        boolean list = parser.currentToken() == JsonToken.START_ARRAY;
        if (!list && parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        int index = 0;
        for (JsonToken token = parser.nextToken(); !token.isStructEnd(); token = parser.nextToken()) {
            String key = list ? Integer.toString(index++) : parser.currentName();
            if (!list) {
                parser.nextToken();
            }
            if (key.equals(segment)) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static Optional<Extent> here(JsonParser parser) throws IOException {
        boolean list = parser.currentToken() == JsonToken.START_ARRAY;
        if (!list && parser.currentToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        int start = from(parser);
        Span last = null;
        for (JsonToken token = parser.nextToken(); !token.isStructEnd(); token = parser.nextToken()) {
            int from = from(parser);
            if (!list) {
                parser.nextToken();
            }
            parser.skipChildren();
            // A text is parsed no further than somebody asks.
            parser.finishToken();
            last = new Span(from, (int) parser.currentLocation().getByteOffset());
        }
        return Optional.of(new Extent(list, start, last, from(parser)));
    }

    private static int from(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }
}
