package dev.netkb.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JSON tree that the fuzzer edits: what it makes stays close enough to Azure's shapes to reach the readers. */
final class EditedTree {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_EDITS = 12;

    /** Copies of copies would make a tree of any size, and a slow target. */
    private static final int MOST_VALUES = 1_500;

    /** Where a value stands: in an object under a key, or in a list at an index. */
    private record Slot(JsonNode parent, String key, int index) {

        JsonNode value() {
            return parent instanceof ObjectNode object ? object.get(key) : parent.get(index);
        }

        void set(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(key, value);
            } else {
                ((ArrayNode) parent).set(index, value);
            }
        }

        void remove() {
            if (parent instanceof ObjectNode object) {
                object.remove(key);
            } else {
                ((ArrayNode) parent).remove(index);
            }
        }
    }

    private final FuzzedDataProvider data;
    private final List<String> keys;
    private final ArrayNode root = JSON.createArrayNode();

    private EditedTree(FuzzedDataProvider data, List<String> keys, JsonNode start) {
        this.data = data;
        this.keys = keys;
        root.add(start.deepCopy());
    }

    /** The text of the tree after as many edits as the fuzzer asks for. */
    static byte[] of(JsonNode start, FuzzedDataProvider data) {
        return of(start, Words.KEYS, data);
    }

    /**
     * The same.
     *
     * @param keys the names that fields may get
     */
    static byte[] of(JsonNode start, List<String> keys, FuzzedDataProvider data) {
        EditedTree tree = new EditedTree(data, keys, start);
        int edits = data.consumeInt(0, MOST_EDITS);
        for (int i = 0; i < edits && tree.slots().size() < MOST_VALUES; i++) {
            tree.edit();
        }
        return text(tree.root.isEmpty() ? tree.root : tree.root.get(0));
    }

    static byte[] text(JsonNode tree) {
        try {
            // Written as a string first: a lone surrogate then becomes a question mark, as in a file written by others.
            return JSON.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every tree has a text", e);
        }
    }

    static JsonNode parse(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (java.io.IOException e) {
            throw new IllegalStateException("a sample is JSON", e);
        }
    }

    private void edit() {
        Slot slot = pick(slots());
        switch (data.consumeInt(0, 9)) {
            case 0 -> slot.set(parse(Words.value(data)));
            case 1 -> slot.remove();
            case 2 -> rename(slot);
            case 3 -> insert(slot, parse(Words.value(data)));
            case 4 -> slot.set(pick(slots()).value().deepCopy());
            case 5 -> slot.set(TextNode.valueOf(data.consumeString(24)));
            case 6 -> insert(slot, pick(slots()).value().deepCopy());
            case 7 -> slot.set(JSON.createArrayNode().add(slot.value().deepCopy()));
            case 8 ->
                slot.set(
                        slot.value().isContainerNode() && !slot.value().isEmpty()
                                ? slot.value().elements().next()
                                : JSON.createObjectNode().set(pick(keys), slot.value()));
            default -> slot.set(TextNode.valueOf(edited(slot.value().asText())));
        }
        if (root.isEmpty()) {
            root.addObject();
        }
    }

    /** A text with a piece of it replaced. */
    private String edited(String text) {
        int from = data.consumeInt(0, text.length());
        int to = data.consumeInt(from, text.length());
        String piece = data.consumeBoolean() ? data.consumeString(6) : pick(Words.PIECES);
        return text.substring(0, from) + piece + text.substring(to);
    }

    private void rename(Slot slot) {
        if (slot.parent() instanceof ObjectNode object) {
            JsonNode value = object.remove(slot.key());
            object.set(data.consumeBoolean() ? pick(keys) : swappedCase(slot.key()), value);
        }
    }

    private static String swappedCase(String key) {
        if (key.isEmpty()) {
            return "_";
        }
        char first = key.charAt(0);
        return (Character.isUpperCase(first) ? Character.toLowerCase(first) : Character.toUpperCase(first))
                + key.substring(1);
    }

    /** Puts a value beside the one at the slot, or into it where that is an object or a list. */
    private void insert(Slot slot, JsonNode value) {
        JsonNode into = slot.value().isContainerNode() ? slot.value() : slot.parent();
        if (into instanceof ObjectNode object) {
            object.set(pick(keys), value);
        } else if (into != root) {
            ((ArrayNode) into).add(value);
        }
    }

    private List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        collect(root, slots);
        return slots;
    }

    private static void collect(JsonNode parent, List<Slot> slots) {
        if (parent instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(key -> slots.add(new Slot(object, key, -1)));
        } else {
            for (int i = 0; i < parent.size(); i++) {
                slots.add(new Slot(parent, "", i));
            }
        }
        for (JsonNode child : parent) {
            if (child.isContainerNode()) {
                collect(child, slots);
            }
        }
    }

    private <T> T pick(List<T> all) {
        return all.get(data.consumeInt(0, all.size() - 1));
    }
}
