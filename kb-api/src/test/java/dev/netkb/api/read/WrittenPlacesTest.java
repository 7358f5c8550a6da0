package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Something else in the place of every value of a file in the project's own format, one after the other: whatever is
 * read of it comes back, also where the same entry stands there once more, unchanged.
 */
class WrittenPlacesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNKNOWN = "{\"netkb:unknown\": \"why\"}";
    private static final List<String> OTHER = List.of(
            UNKNOWN,
            "[" + UNKNOWN + "]",
            "null",
            "\"\"",
            "\"x\"",
            "7",
            "true",
            "[]",
            "{}",
            "[null]",
            "[{}]",
            "[\"x\"]");

    @TestFactory
    Stream<DynamicTest> whateverStandsInAPlaceComesBack() throws IOException {
        return entries(JSON.readTree(SnapshotWriter.write(Reading.snapshot(Reading.fixtures(
                        "dialects/arm-list.json",
                        "shapes/answers.json",
                        "network/arm.json",
                        "network/answers.json",
                        "templates/apim.json")))))
                .map(entry -> DynamicTest.dynamicTest(entry.list().toString(), () -> comesBack(entry)));
    }

    /** An entry of a list of the file. */
    private record Entry(JsonPointer list, JsonNode value) {

        /** A file in which the list holds these alone. */
        ObjectNode file(JsonNode... values) {
            ObjectNode file = JSON.createObjectNode().put("schema", "netkb/snapshot/1");
            file.putArray("resources");
            ObjectNode parent = list.head().matches() ? file : file.putObject("facts");
            parent.putArray(list.last().getMatchingProperty()).addAll(List.of(values));
            return file;
        }
    }

    private static Stream<Entry> entries(JsonNode file) {
        return Stream.concat(
                entries(JsonPointer.empty(), file), entries(JsonPointer.compile("/facts"), file.path("facts")));
    }

    private static Stream<Entry> entries(JsonPointer at, JsonNode object) {
        return object.properties().stream()
                .filter(section -> section.getValue().isArray())
                .flatMap(section -> list(section.getValue())
                        .filter(JsonNode::isObject)
                        .map(value -> new Entry(at.appendProperty(section.getKey()), value)));
    }

    private static void comesBack(Entry entry) throws IOException {
        List<String> wrong = new ArrayList<>();
        int read = 0;
        for (Map.Entry<String, JsonNode> changed : changed(entry.value())) {
            JsonNode value = changed.getValue();
            for (ObjectNode file :
                    List.of(entry.file(value), entry.file(value, entry.value()), entry.file(entry.value(), value))) {
                ReadResult result = Reading.bytes(file.toString().getBytes(StandardCharsets.UTF_8));
                if (result.snapshot() == null) {
                    continue;
                }
                read++;
                try {
                    SnapshotWriterTest.assertComesBack(result.snapshot());
                } catch (AssertionError e) {
                    wrong.add(changed.getKey() + " in " + file + "\n" + e.getMessage());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(read).isPositive();
    }

    /** The entry with something else in each place, without it, and with something unknown before and behind its items. */
    private static List<Map.Entry<String, JsonNode>> changed(JsonNode entry) throws IOException {
        List<Map.Entry<String, JsonNode>> changed = new ArrayList<>();
        for (JsonPointer place : places(entry)) {
            for (String other : OTHER) {
                JsonNode copy = entry.deepCopy();
                put(copy, place, JSON.readTree(other));
                changed.add(Map.entry(place.toString(), copy));
            }
            JsonNode without = entry.deepCopy();
            remove(without, place);
            changed.add(Map.entry(place.toString(), without));
            if (entry.at(place).isArray()) {
                for (int at : new int[] {0, entry.at(place).size()}) {
                    JsonNode copy = entry.deepCopy();
                    ((ArrayNode) copy.at(place)).insert(at, JSON.readTree(UNKNOWN));
                    changed.add(Map.entry(place.toString(), copy));
                }
            }
        }
        return changed;
    }

    private static List<JsonPointer> places(JsonNode root) {
        List<JsonPointer> places = new ArrayList<>();
        places(JsonPointer.empty(), root, places);
        return places;
    }

    private static void places(JsonPointer at, JsonNode value, List<JsonPointer> places) {
        if (!at.matches()) {
            places.add(at);
        }
        value.properties().forEach(member -> places(at.appendProperty(member.getKey()), member.getValue(), places));
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            places(at.appendIndex(i), value.get(i), places);
        }
    }

    private static void put(JsonNode root, JsonPointer place, JsonNode value) {
        if (root.at(place.head()) instanceof ObjectNode object) {
            object.set(place.last().getMatchingProperty(), value);
        } else {
            ((ArrayNode) root.at(place.head())).set(place.last().getMatchingIndex(), value);
        }
    }

    private static void remove(JsonNode root, JsonPointer place) {
        if (root.at(place.head()) instanceof ObjectNode object) {
            object.remove(place.last().getMatchingProperty());
        } else {
            ((ArrayNode) root.at(place.head())).remove(place.last().getMatchingIndex());
        }
    }

    private static Stream<JsonNode> list(JsonNode array) {
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        return items.stream();
    }
}
