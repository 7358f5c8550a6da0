package dev.netkb.api.saved;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An object of a document, and where it stands. Everything that it is asked for and does not have is an error. */
record Part(JsonNode object, String pointer) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Reads a part. */
    interface Reading<T> {
        T read(Part part) throws UnreadableReportException;
    }

    /** @param names all that it may have */
    static Part of(JsonNode node, String pointer, Set<String> names) throws UnreadableReportException {
        if (!node.isObject()) {
            throw new UnreadableReportException(pointer, "an object must stand here, not " + kind(node));
        }
        for (Iterator<String> fields = node.fieldNames(); fields.hasNext(); ) {
            String name = fields.next();
            if (!names.contains(name)) {
                throw new UnreadableReportException(
                        pointer,
                        "'" + name
                                + "' is no field of a report of this version. Maybe a newer netkb wrote it, or it was"
                                + " edited by hand");
            }
        }
        return new Part(node, pointer);
    }

    boolean has(String name) {
        return object.has(name);
    }

    JsonNode get(String name) throws UnreadableReportException {
        JsonNode value = object.get(name);
        if (value == null) {
            throw new UnreadableReportException(pointer, "the field '" + name + "' is missing");
        }
        return value;
    }

    String at(String name) {
        return pointer + "/" + Place.escape(name);
    }

    UnreadableReportException wrong(String name, String message) {
        return new UnreadableReportException(at(name), message);
    }

    String text(String name) throws UnreadableReportException {
        return text(get(name), at(name));
    }

    private static String text(JsonNode value, String pointer) throws UnreadableReportException {
        if (!value.isTextual()) {
            throw new UnreadableReportException(pointer, "a text must stand here, not " + kind(value));
        }
        return value.textValue();
    }

    @Nullable
    String textOrNull(String name) throws UnreadableReportException {
        return get(name).isNull() ? null : text(name);
    }

    ResourceId id(String name) throws UnreadableReportException {
        String text = text(name);
        try {
            return ResourceId.of(text);
        } catch (IllegalArgumentException e) { // Also where there are only slashes and control characters.
            throw wrong(name, "a resource id must not be empty");
        }
    }

    @Nullable
    ResourceId idOrNull(String name) throws UnreadableReportException {
        return get(name).isNull() ? null : id(name);
    }

    boolean flag(String name) throws UnreadableReportException {
        JsonNode value = get(name);
        if (!value.isBoolean()) {
            throw wrong(name, "true or false must stand here, not " + kind(value));
        }
        return value.booleanValue();
    }

    int number(String name, int least, int most) throws UnreadableReportException {
        JsonNode value = get(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(name, "a whole number must stand here, not " + kind(value));
        }
        int number = value.intValue();
        if (number < least || number > most) {
            throw wrong(name, number + " is not in the range from " + least + " to " + most);
        }
        return number;
    }

    @Nullable
    Integer numberOrNull(String name, int least, int most) throws UnreadableReportException {
        return get(name).isNull() ? null : number(name, least, most);
    }

    /** A line or column; 0 for null. */
    int position(String name) throws UnreadableReportException {
        Integer position = numberOrNull(name, 1, Integer.MAX_VALUE);
        return position == null ? 0 : position;
    }

    /** One of the constants, by its word. */
    <E> E oneOf(String name, E[] constants, Function<E, String> word) throws UnreadableReportException {
        String text = text(name);
        for (E constant : constants) {
            if (word.apply(constant).equals(text)) {
                return constant;
            }
        }
        throw wrong(
                name,
                "'" + text + "' is none of "
                        + String.join(", ", Arrays.stream(constants).map(word).toList()));
    }

    List<String> texts(String name) throws UnreadableReportException {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : array(name)) {
            texts.add(text(each, at(name) + "/" + texts.size()));
        }
        return texts;
    }

    /** Those of a field that is only there where there are any. */
    List<String> textsIfAny(String name) throws UnreadableReportException {
        if (!has(name)) {
            return List.of();
        }
        List<String> texts = texts(name);
        if (texts.isEmpty()) {
            throw wrong(name, "an empty list must be left out");
        }
        return texts;
    }

    <T> List<T> list(String name, Set<String> names, Reading<T> reading) throws UnreadableReportException {
        List<T> list = new ArrayList<>();
        for (JsonNode each : array(name)) {
            list.add(reading.read(of(each, at(name) + "/" + list.size(), names)));
        }
        return list;
    }

    private JsonNode array(String name) throws UnreadableReportException {
        JsonNode value = get(name);
        if (!value.isArray()) {
            throw wrong(name, "a list must stand here, not " + kind(value));
        }
        return value;
    }

    Part object(String name, Set<String> names) throws UnreadableReportException {
        return of(get(name), at(name), names);
    }

    <T> @Nullable T objectOrNull(String name, Set<String> names, Reading<T> reading) throws UnreadableReportException {
        return get(name).isNull() ? null : reading.read(object(name, names));
    }

    /** Objects of any shape that have a text {@code needed}; names in the order in which they stand. */
    List<Map<String, Object>> free(String name, String needed) throws UnreadableReportException {
        List<Map<String, Object>> list = new ArrayList<>();
        for (JsonNode each : array(name)) {
            String pointer = at(name) + "/" + list.size();
            if (!each.isObject()) {
                throw new UnreadableReportException(pointer, "an object must stand here, not " + kind(each));
            }
            new Part(each, pointer).text(needed);
            Map<String, Object> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : each.properties()) {
                values.put(field.getKey(), MAPPER.convertValue(field.getValue(), Object.class));
            }
            list.add(values);
        }
        return list;
    }

    /** Lists of texts by name. */
    Map<String, List<String>> textsByName(String name) throws UnreadableReportException {
        JsonNode value = get(name);
        if (!value.isObject()) {
            throw wrong(name, "an object must stand here, not " + kind(value));
        }
        Part inner = new Part(value, at(name));
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            lists.put(field.getKey(), inner.texts(field.getKey()));
        }
        return lists;
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "a text";
            case NULL -> "null";
            default -> node.toString();
        };
    }
}
