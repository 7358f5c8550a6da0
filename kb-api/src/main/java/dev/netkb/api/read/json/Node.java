package dev.netkb.api.read.json;

import dev.netkb.model.value.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value together with where it stands. Pointers are built only when a place is asked for. Immutable. */
public final class Node {

    private static final String WRAPPED = "value";
    private static final String WRAPPED_COUNT = "Count";

    private final Origin origin;
    private final String key;
    private final Json value;

    private Node(Origin origin, String key, Json value) {
        this.origin = value.origin() == null ? origin : value.origin();
        this.key = key;
        this.value = value;
    }

    /** The whole content of a file. */
    public static Node root(String file, Json value) {
        return new Node(Origin.root(file), "", value);
    }

    public Json value() {
        return value;
    }

    public String file() {
        return origin.file();
    }

    /** The same place with another value, such as the value of the expression that stands there. */
    public Node withValue(Json other) {
        return new Node(origin, key, other);
    }

    public Place place() {
        return origin.place();
    }

    /** Where the value stands. */
    public Origin origin() {
        return origin;
    }

    /** The value, all of whose lists and objects know where they stand. */
    public Json pinned() {
        if (value instanceof Json.Arr) {
            return new Json.Arr(items().stream().map(Node::pinned).toList()).from(origin);
        }
        if (value instanceof Json.Obj object) {
            return new Json.Obj(
                            object.keys(), members().stream().map(Node::pinned).toList())
                    .from(origin);
        }
        return value;
    }

    public boolean isObject() {
        return value instanceof Json.Obj;
    }

    public boolean isArray() {
        return value instanceof Json.Arr;
    }

    /** Whether there is nothing: {@code null} is nothing. */
    public boolean isNull() {
        return value instanceof Json.Null;
    }

    /** The value of a key in any letter case; null where this is no object, the key is missing or its value is null. */
    public @Nullable Node get(String key) {
        Node found = getOrNullValue(key);
        return found == null || found.isNull() ? null : found;
    }

    /** As {@link #get}, with {@code null} as a value of its own. */
    public @Nullable Node getOrNullValue(String key) {
        if (!(value instanceof Json.Obj object)) {
            return null;
        }
        int index = object.indexOf(key);
        if (index >= 0) {
            return member(object, index);
        }
        return object.rest() == null ? null : child(key, object.rest());
    }

    /** A field of a resource: below {@code properties} where it has them, else directly in it. */
    public @Nullable Node field(String key) {
        Node properties = get("properties");
        Node below = properties == null ? null : properties.get(key);
        return below != null ? below : get(key);
    }

    /** The value at a position of an object. */
    public Node member(int index) {
        return member((Json.Obj) value, index);
    }

    /** The text at a key, null where there is none or it is no text. */
    public @Nullable String text(String key) {
        Node node = get(key);
        return node != null && node.value instanceof Json.Text text ? text.value() : null;
    }

    /** The items of a list, empty for anything else. */
    public List<Node> items() {
        if (!(value instanceof Json.Arr array)) {
            return List.of();
        }
        List<Node> items = new ArrayList<>(array.items().size());
        for (int i = 0; i < array.items().size(); i++) {
            items.add(child(Integer.toString(i), array.items().get(i)));
        }
        return items;
    }

    /** The values of an object in their order, empty for anything else. */
    public List<Node> members() {
        if (!(value instanceof Json.Obj object)) {
            return List.of();
        }
        List<Node> members = new ArrayList<>(object.size());
        for (int i = 0; i < object.size(); i++) {
            members.add(member(object, i));
        }
        return members;
    }

    /** The key or index of this value in its parent. */
    public String key() {
        return key;
    }

    private Node member(Json.Obj object, int index) {
        return child(object.segment(index), object.value(index)).unwrapped();
    }

    private Node child(String segment, Json child) {
        return new Node(origin.below(segment), segment, child);
    }

    /** The list in the wrapper that PowerShell 5 makes around some lists: {@code {"value": [ … ], "Count": n}}. */
    private Node unwrapped() {
        return value instanceof Json.Obj object
                        && object.size() == 2
                        && object.keys().contains(WRAPPED)
                        && object.keys().contains(WRAPPED_COUNT)
                        && object.get(WRAPPED) instanceof Json.Arr list
                        && object.get(WRAPPED_COUNT) instanceof Json.Num count
                        && count.value().equals(Integer.toString(list.items().size()))
                ? new Node(origin.below(WRAPPED), key, list)
                : this;
    }

    @Override
    public String toString() {
        return place() + " " + value;
    }
}
