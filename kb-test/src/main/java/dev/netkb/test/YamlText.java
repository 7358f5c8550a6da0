package dev.netkb.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.netkb.api.internal.pack.SettingsText;
import dev.netkb.api.internal.pack.SettingsText.Item;
import dev.netkb.api.internal.pack.SettingsText.Mapping;
import dev.netkb.api.internal.pack.SettingsText.Scalar;
import dev.netkb.api.internal.pack.SettingsText.Sequence;
import dev.netkb.api.internal.table.TextFile;
import dev.netkb.api.rules.RuleProblem;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads YAML strictly: a key that nobody knows, or that stands twice, is an error. */
final class YamlText {

    /** What cannot be read of an example. */
    private static final String UNREADABLE = "KB-E370";

    /** What YAML takes for true. */
    private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private YamlText() {}

    static ObjectNode read(Path file) {
        List<RuleProblem> problems = new ArrayList<>();
        String text = TextFile.read(file, UNREADABLE, problems);
        if (text == null) {
            throw new ExampleException(problems.get(0));
        }
        return object(text, file.getFileName().toString());
    }

    /** @param what how messages name the text */
    static ObjectNode object(String yaml, String what) {
        List<RuleProblem> problems = new ArrayList<>();
        SettingsText text = SettingsText.of(what, yaml);
        Item root = text.parse(UNREADABLE, problems);
        JsonNode node = root == null ? null : node(root, text, problems);
        if (problems.isEmpty() && root != null && !(node instanceof ObjectNode)) {
            problems.add(text.problem(
                    UNREADABLE,
                    root,
                    "the text must be a map of names to values",
                    "Write one line for each key: key: value."));
        }
        if (!problems.isEmpty()) {
            throw new ExampleException(problems.get(0));
        }
        return (ObjectNode) Objects.requireNonNull(node);
    }

    private static JsonNode node(Item item, SettingsText text, List<RuleProblem> problems) {
        if (item instanceof Mapping mapping) {
            ObjectNode object = NODES.objectNode();
            text.entries(mapping, UNREADABLE, problems)
                    .forEach((key, entry) -> object.set(key, node(entry.value(), text, problems)));
            return object;
        }
        if (item instanceof Sequence sequence) {
            ArrayNode array = NODES.arrayNode();
            sequence.items().forEach(each -> array.add(node(each, text, problems)));
            return array;
        }
        Scalar scalar = (Scalar) item;
        return switch (scalar.kind()) {
            case NOTHING -> NODES.nullNode();
            case TRUTH -> NODES.booleanNode(TRUE.contains(scalar.text().toLowerCase(Locale.ROOT)));
            case NUMBER -> number(scalar.text());
            case TEXT -> NODES.textNode(scalar.text());
        };
    }

    /** Numbers that only YAML knows, such as {@code .inf} and {@code 0x1F}, stay texts. */
    private static JsonNode number(String text) {
        if (text.matches("-?(0|[1-9][0-9]{0,17})")) {
            long number = Long.parseLong(text);
            return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
        }
        return text.matches("-?[0-9]{1,20}\\.[0-9]{1,20}")
                ? NODES.numberNode(new BigDecimal(text))
                : NODES.textNode(text);
    }

    /** @throws ExampleException when a key is none of the known ones */
    static void onlyKeys(ObjectNode node, Set<String> known) {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw new ExampleException("'" + key + "' is no key here; keys are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }

    static @Nullable String text(ObjectNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isValueNode()) {
            throw new ExampleException("'" + key + "' must be a text but was " + value);
        }
        return value.asText().trim();
    }

    /** One text or a list of texts. */
    static List<String> texts(ObjectNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(item -> texts.add(item.asText().trim()));
        } else {
            texts.add(value.asText().trim());
        }
        return List.copyOf(texts);
    }

    static @Nullable ObjectNode map(ObjectNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new ExampleException("'" + key + "' must be a map but was " + value);
    }

    /** A map of lists of texts. */
    static Map<String, List<String>> lists(ObjectNode node, String key) {
        Map<String, List<String>> lists = new TreeMap<>();
        ObjectNode map = map(node, key);
        if (map != null) {
            map.fieldNames().forEachRemaining(name -> lists.put(name, texts(map, name)));
        }
        return lists;
    }
}
