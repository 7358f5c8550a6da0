package dev.netkb.api.internal.pack;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Spot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value of a YAML file with where it stands: a text, a list or a map.
 *
 * @param at where the value begins
 * @param text null where it is a list or a map; empty where nothing stands
 * @param fields by key, in the order of the file; empty where it is no map
 * @param keys where the keys of {@code fields} stand
 * @param items empty where it is no list
 */
public record YamlNode(
        Spot at,
        Kind kind,
        @Nullable String text,
        Map<String, YamlNode> fields,
        Map<String, Spot> keys,
        List<YamlNode> items) {

    /** What a value is. */
    public enum Kind {
        NOTHING,
        TEXT,
        LIST,
        MAP
    }

    public YamlNode {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        keys = Map.copyOf(keys);
        items = List.copyOf(items);
    }

    private static final YAMLFactory YAML = new YAMLFactory();

    /**
     * Reads a file.
     *
     * @param file its name in messages
     * @param problems takes what is wrong with it
     * @return empty where it is no YAML
     */
    public static Optional<YamlNode> read(String file, String text, List<RuleProblem> problems) {
        try (YAMLParser yaml = YAML.createParser(text)) {
            Reader reader = new Reader(file, text, yaml, problems);
            if (yaml.nextToken() == null) {
                return Optional.of(reader.text(Spot.of(file), ""));
            }
            YamlNode node = reader.read();
            if (yaml.nextToken() != null) {
                Spot spot = reader.spot(yaml.currentTokenLocation(), 0);
                problems.add(problem(
                        spot, text, "a second document begins here", "Keep one document in a file: no line ---."));
            }
            return Optional.of(node);
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            Spot spot = location == null
                    ? Spot.of(file)
                    : Spot.of(file, Math.max(location.getLineNr(), 1), Math.max(location.getColumnNr(), 1), 0);
            problems.add(problem(spot, text, "the file cannot be read as YAML: " + why(e), HINT));
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            problems.add(problem(Spot.of(file), text, "the file cannot be read as YAML", HINT));
            return Optional.empty();
        }
    }

    private static final String HINT =
            "Check the indentation (blanks, no tabs), the blank behind each colon, and quotes around texts with : or #.";

    /** The parser's reason without its places, which are told apart. */
    private static String why(JsonProcessingException e) {
        return e.getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .limit(2)
                .collect(Collectors.joining(", "));
    }

    private static RuleProblem problem(Spot spot, String text, String message, String hint) {
        return new RuleProblem(
                FolderCode.NO_YAML.code(), FolderCode.NO_YAML.level(), spot, null, message, excerpt(text, spot), hint);
    }

    /** The line of a file in which a place lies. */
    public static @Nullable String excerpt(String text, Spot spot) {
        return spot.line() == 0
                ? null
                : text.lines().skip(spot.line() - 1L).findFirst().orElse(null);
    }

    /** A field; empty where it is missing or nothing stands behind its key. */
    public Optional<YamlNode> field(String key) {
        return Optional.ofNullable(fields.get(key)).filter(node -> node.kind != Kind.NOTHING);
    }

    public Spot keyAt(String key) {
        return keys.getOrDefault(key, at);
    }

    /** The texts of a list; of a single text its parts between commas. Empty where an item is no text. */
    public Optional<List<String>> texts() {
        if (kind == Kind.TEXT && text != null) {
            return Optional.of(Selectors.list(text));
        }
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items) {
            if (item.text == null) {
                return Optional.empty();
            }
            texts.add(item.text);
        }
        return kind == Kind.LIST ? Optional.of(List.copyOf(texts)) : Optional.empty();
    }

    /** Keys that are none of the known ones. */
    public List<String> unknownKeys(Collection<String> known) {
        return fields.keySet().stream().filter(key -> !known.contains(key)).toList();
    }

    private record Reader(String file, String source, YAMLParser yaml, List<RuleProblem> problems) {

        YamlNode read() throws IOException {
            Spot at = spot(yaml.currentTokenLocation(), 0);
            if (yaml.isCurrentAlias()) {
                problems.add(problem(
                        at,
                        source,
                        "'*" + yaml.getText() + "' refers to another place of the file",
                        "Write the value itself."));
            }
            return switch (yaml.currentToken()) {
                case START_OBJECT -> map(at);
                case START_ARRAY -> list(at);
                case VALUE_NULL -> new YamlNode(at, Kind.NOTHING, "", Map.of(), Map.of(), List.of());
                default -> text(at, yaml.getText());
            };
        }

        YamlNode text(Spot at, String text) {
            Spot whole = Spot.of(at.file(), at.line(), at.column(), text.indexOf('\n') < 0 ? text.length() : 0);
            return new YamlNode(whole, text.isEmpty() ? Kind.NOTHING : Kind.TEXT, text, Map.of(), Map.of(), List.of());
        }

        private YamlNode map(Spot at) throws IOException {
            Map<String, YamlNode> fields = new LinkedHashMap<>();
            Map<String, Spot> keys = new LinkedHashMap<>();
            while (yaml.nextToken() != JsonToken.END_OBJECT) {
                String key = yaml.currentName();
                Spot place = spot(yaml.currentTokenLocation(), key.length());
                yaml.nextToken();
                YamlNode value = read();
                if (keys.putIfAbsent(key, place) == null) {
                    fields.put(key, value);
                } else {
                    problems.add(problem(
                            place,
                            source,
                            "'" + key + "' is there twice, first in line "
                                    + keys.get(key).line(),
                            "Delete one of the two."));
                }
            }
            return new YamlNode(at, Kind.MAP, null, fields, keys, List.of());
        }

        private YamlNode list(Spot at) throws IOException {
            List<YamlNode> items = new ArrayList<>();
            while (yaml.nextToken() != JsonToken.END_ARRAY) {
                items.add(read());
            }
            return new YamlNode(at, Kind.LIST, null, Map.of(), Map.of(), items);
        }

        Spot spot(JsonLocation location, int length) {
            return Spot.of(file, Math.max(location.getLineNr(), 1), Math.max(location.getColumnNr(), 1), length);
        }
    }
}
