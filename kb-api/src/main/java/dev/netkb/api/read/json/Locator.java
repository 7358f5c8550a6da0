package dev.netkb.api.read.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.netkb.model.value.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Completes places: the pointer as it stands in the file, line and column. A segment is found in any letter case and
 * with or without underscores (Terraform writes {@code source_address_prefix}), and below {@code properties} where the object has no such key itself. Where a pointer leads nowhere (a value that an
 * expression gave), the nearest value above it counts.
 *
 * <p>Files are not kept parsed: they are read again, once for all places that are asked for together.
 */
public final class Locator implements UnaryOperator<Place> {

    /**
     * The text of a file.
     *
     * @param utf8 its bytes in UTF-8, without byte order mark
     * @param firstLine the number of its first line
     */
    public record Text(byte[] utf8, int firstLine) {}

    private final Map<String, Text> files;

    public Locator(Map<String, Text> files) {
        this.files = Map.copyOf(files);
    }

    @Override
    public Place apply(Place place) {
        return locate(List.of(place)).get(0);
    }

    /** The places in the given order, each completed. */
    public List<Place> locate(List<Place> places) {
        Map<String, List<Search>> byFile = new LinkedHashMap<>();
        List<Search> searches = new ArrayList<>();
        for (Place place : places) {
            Search search = new Search(place);
            searches.add(search);
            if (place.line() == 0) {
                byFile.computeIfAbsent(place.file(), file -> new ArrayList<>()).add(search);
            }
        }
        byFile.forEach((file, wanted) -> {
            Text text = files.get(file);
            if (text != null) {
                find(text, wanted);
            }
        });
        return searches.stream().map(Search::best).toList();
    }

    private static void find(Text text, List<Search> wanted) {
        try (JsonParser parser = JsonFile.TEMPLATES.createParser(text.utf8())) {
            if (parser.nextToken() != null) {
                new Descent(parser, text)
                        .to(
                                "",
                                wanted.stream()
                                        .map(search -> new Cursor(search, 0, 0))
                                        .toList());
            }
        } catch (IOException e) {
            // A file that cannot be parsed has said so already; what was found up to there is all there is to say.
            return;
        }
    }

    /** A search that has come to a value: so many of its segments were found, so many {@code properties} passed. */
    private record Cursor(Search search, int found, int detours) {
        String wanted() {
            return search.segments.get(found);
        }

        /** The same, having come through a key; one that is spelled in another way is a detour. */
        Cursor through(String key) {
            boolean same = search.segments.get(found - 1).equalsIgnoreCase(key);
            return same ? this : new Cursor(search, found, detours + 1);
        }

        boolean isDone() {
            return found == search.segments.size();
        }
    }

    /** The segments of a pointer (RFC 6901) as they were before they were escaped. */
    public static List<String> segments(String pointer) {
        return pointer.isEmpty()
                ? List.of()
                : Stream.of(pointer.substring(1).split("/", -1))
                        .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
                        .toList();
    }

    /** A segment without its letter case and underscores. */
    private static String plain(String segment) {
        return segment.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** One pass over a file. */
    private static final class Descent {
        private final JsonParser parser;
        private final Columns columns;
        private final int firstLine;

        Descent(JsonParser parser, Text text) {
            this.parser = parser;
            this.columns = new Columns(text.utf8());
            this.firstLine = text.firstLine();
        }

        /** Looks at the value that the parser stands on, for all searches that lead to it. */
        void to(String pointer, List<Cursor> cursors) throws IOException {
            JsonLocation location = parser.currentTokenLocation();
            int column = columns.of(location.getLineNr(), location.getColumnNr());
            int line = location.getLineNr() + firstLine - 1;
            cursors.forEach(cursor -> cursor.search().reached(cursor, pointer, line, column));
            Map<String, List<Cursor>> bySegment = new HashMap<>();
            List<Cursor> open =
                    cursors.stream().filter(cursor -> !cursor.isDone()).toList();
            for (Cursor cursor : open) {
                bySegment
                        .computeIfAbsent(plain(cursor.wanted()), key -> new ArrayList<>())
                        .add(new Cursor(cursor.search(), cursor.found() + 1, cursor.detours()));
            }
            JsonToken token = parser.currentToken();
            if (open.isEmpty() || !token.isStructStart()) {
                parser.skipChildren();
            } else if (token == JsonToken.START_ARRAY) {
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    follow(pointer + "/" + i, bySegment.getOrDefault(Integer.toString(i), List.of()));
                }
            } else {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    List<Cursor> leading = new ArrayList<>();
                    for (Cursor cursor : bySegment.getOrDefault(plain(key), List.of())) {
                        leading.add(cursor.through(key));
                    }
                    if (key.equalsIgnoreCase("properties")) {
                        open.forEach(c -> leading.add(new Cursor(c.search(), c.found(), c.detours() + 1)));
                    }
                    follow(pointer + "/" + Place.escape(key), leading);
                }
            }
        }

        private void follow(String pointer, List<Cursor> cursors) throws IOException {
            if (cursors.isEmpty()) {
                parser.skipChildren();
            } else {
                to(pointer, cursors);
            }
        }
    }

    /** The best that was found for one place. */
    private static final class Search {
        private final Place place;
        private final List<String> segments;
        private int found = -1;
        private int detours;
        private Place best;

        Search(Place place) {
            this.place = place;
            this.best = place;
            this.segments = segments(place.pointer());
        }

        /** Further is better; of two ways equally far the one with fewer detours. */
        void reached(Cursor cursor, String pointer, int line, int column) {
            if (cursor.found() > found || cursor.found() == found && cursor.detours() < detours) {
                found = cursor.found();
                detours = cursor.detours();
                best = new Place(place.file(), pointer, line, column);
            }
        }

        Place best() {
            return best;
        }
    }
}
