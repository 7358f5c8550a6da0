package dev.netkb.api.read.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.netkb.model.value.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Completes places: the pointer as it stands in the file, line and column. A segment is found in any letter case, and
 * below {@code properties} where the object has no such key itself. Where a pointer leads nowhere (a value that an
 * expression gave), the nearest value above it counts.
 */
public final class Locator implements UnaryOperator<Place> {

    private final Map<String, byte[]> files;

    public Locator(Map<String, byte[]> files) {
        this.files = Map.copyOf(files);
    }

    @Override
    public Place apply(Place place) {
        byte[] bytes = files.get(place.file());
        if (bytes == null || place.line() > 0) {
            return place;
        }
        Search search = new Search(segments(place.pointer()));
        try (JsonParser parser = JsonFile.FACTORY.createParser(bytes)) {
            parser.nextToken();
            search.descend(parser, 0, "");
        } catch (IOException e) {
            // The file was parsed before; if it can't be parsed now, the place so far is all there is to say.
            return search.best(place);
        }
        return search.best(place);
    }

    private static List<String> segments(String pointer) {
        List<String> segments = new ArrayList<>();
        if (!pointer.isEmpty()) {
            for (String segment : pointer.substring(1).split("/", -1)) {
                segments.add(segment.replace("~1", "/").replace("~0", "~"));
            }
        }
        return segments;
    }

    private static final class Search {
        private final List<String> wanted;
        private int depth = -1;
        private String pointer = "";
        private int line;
        private int column;

        Search(List<String> wanted) {
            this.wanted = wanted;
        }

        Place best(Place place) {
            return depth < 0 ? place : new Place(place.file(), pointer, line, column);
        }

        /** Looks at the value that the parser stands on; {@code found} segments lead to it. */
        void descend(JsonParser parser, int found, String at) throws IOException {
            if (found > depth) {
                JsonLocation location = parser.currentTokenLocation();
                depth = found;
                pointer = at;
                line = location.getLineNr();
                column = location.getColumnNr();
            }
            JsonToken token = parser.currentToken();
            if (found == wanted.size() || token == null || !token.isStructStart()) {
                parser.skipChildren();
                return;
            }
            String segment = wanted.get(found);
            if (token == JsonToken.START_ARRAY) {
                int index = 0;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (Integer.toString(index).equals(segment)) {
                        descend(parser, found + 1, at + "/" + index);
                    } else {
                        parser.skipChildren();
                    }
                    index++;
                }
                return;
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                if (key.equalsIgnoreCase(segment)) {
                    descend(parser, found + 1, at + "/" + Place.escape(key));
                } else if (key.equalsIgnoreCase("properties")) {
                    descend(parser, found, at + "/" + Place.escape(key));
                } else {
                    parser.skipChildren();
                }
            }
        }
    }
}
