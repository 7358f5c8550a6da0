package dev.netkb.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads YAML strictly: a key that nobody knows, or that stands twice, is an error. */
final class YamlText {

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private YamlText() {}

    static ObjectNode read(Path file) {
        try {
            return object(Files.readString(file), file.getFileName().toString());
        } catch (IOException e) {
            throw new ExampleException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static ObjectNode object(String yaml, String what) {
        JsonNode node;
        try {
            node = YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new ExampleException(
                    what + " line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ": "
                            + e.getOriginalMessage(),
                    e);
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new ExampleException(what + " must be a map of names to values");
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
