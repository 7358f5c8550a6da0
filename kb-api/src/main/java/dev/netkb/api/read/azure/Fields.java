package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one fact: it remembers which the export has, which are unknown, and which nobody asked for. A
 * field stands below {@code properties} or directly in the object.
 *
 * <p>In all methods {@code component} is the component of the fact's record, {@code path} where its value stands.
 */
final class Fields {

    /** Digits of the longest number that is looked at: more than the largest {@code long} has. */
    private static final int LONGEST_NUMBER = 40;

    private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,4})?");

    private final Node node;
    private final Problems problems;
    private final @Nullable Node properties;
    private final BitSet askedHere = new BitSet();
    private final BitSet askedBelow = new BitSet();
    private final boolean hasSpellings;
    private final Set<String> said = new HashSet<>();
    private final Map<String, String> unknown = new TreeMap<>();
    private final Map<String, String> symbols = new TreeMap<>();

    Fields(Node node, Problems problems) {
        this.node = node;
        this.problems = problems;
        this.properties = node.get("properties");
        this.hasSpellings = hasSpellings(node) || properties != null && hasSpellings(properties);
        ask("properties");
    }

    private static boolean hasSpellings(Node node) {
        return node.value() instanceof Json.Obj object && object.hasSpellings();
    }

    /** Finds a field and remembers that somebody asked for it; null where there is none. */
    private @Nullable Node ask(String key) {
        Node below = properties == null ? null : ask(properties, key, askedBelow);
        Node here = ask(node, key, askedHere);
        return below == null ? here : below;
    }

    private static @Nullable Node ask(Node object, String key, BitSet asked) {
        int index = object.value() instanceof Json.Obj fields ? fields.indexOf(key) : -1;
        if (index < 0) {
            // Nothing, or unknown where the object may have further keys.
            return object.value() instanceof Json.Obj fields && fields.rest() != null ? object.get(key) : null;
        }
        asked.set(index);
        Node found = object.member(index);
        return found.isNull() ? null : found;
    }

    Node node() {
        return node;
    }

    /** The value at a path; null where there is none or it is unknown. */
    @Nullable
    Node at(String component, String... path) {
        Node current = node;
        if (properties != null && properties.value() instanceof Json.Unknown reason) {
            unknown.put(component, reason.reason());
            said.add(component);
            return null;
        }
        if (properties != null && !properties.isObject()) {
            wrongType(properties, "an object");
            return null;
        }
        for (int i = 0; i < path.length; i++) {
            Node next = i == 0 ? ask(path[0]) : current.field(path[i]);
            if (i == 0 ? hasSpellings : hasSpellings(current)) {
                reportAmbiguous(current, path[i]);
            }
            if (next == null) {
                return null;
            }
            if (next.value() instanceof Json.Unknown reason) {
                unknown(component, reason.reason());
                if (reason.symbol() != null) {
                    symbols.put(component, reason.symbol());
                }
                return null;
            }
            if (i < path.length - 1 && !next.isObject()) {
                wrongType(next, "an object");
                return null;
            }
            current = next;
        }
        said.add(component);
        return current;
    }

    /** The keys {@code properties} and {@code Properties} in one object are one key, which must not say two things. */
    private void reportAmbiguous(Node current, String key) {
        Node below = current.get("properties");
        for (Node object : below == null ? List.of(current) : List.of(current, below)) {
            if (object.value() instanceof Json.Obj fields && fields.isAmbiguous(key)) {
                problems.add(
                        ProblemCode.CONTRADICTION,
                        object.place(),
                        "the field " + Problems.quote(key) + " stands twice in one object, with two values",
                        "Azure does not tell letter case apart: keep one of them.");
            }
        }
    }

    /** A text; null where there is none, it is empty or unknown. */
    @Nullable
    String text(String component, String... path) {
        Node found = at(component, path);
        if (found == null) {
            return null;
        }
        if (found.value() instanceof Json.Text text) {
            return text.value().isBlank() ? null : text.value().trim();
        }
        wrongType(found, "a text");
        return null;
    }

    /** {@code true} or {@code false}; null where there is neither. */
    @Nullable
    Boolean bool(String component, String... path) {
        Node found = at(component, path);
        if (found == null) {
            return null;
        }
        if (found.value() instanceof Json.Bool bool) {
            return bool.value();
        }
        if (found.value() instanceof Json.Text text) {
            switch (text.value().trim().toLowerCase(Locale.ROOT)) {
                case "true":
                    return true;
                case "false":
                    return false;
                default:
                    break;
            }
        }
        wrongType(found, "true or false");
        return null;
    }

    /** A region; null where there is none. */
    @Nullable
    Region region(String component, String... path) {
        String text = text(component, path);
        return text == null ? null : Region.of(text);
    }

    /** A whole number; null where there is none. */
    @Nullable
    Integer integer(String component, String... path) {
        return number(Integer::valueOf, component, path);
    }

    /** A whole number that may be too large for an {@link #integer}; null where there is none. */
    @Nullable
    Long wholeNumber(String component, String... path) {
        return number(Long::valueOf, component, path);
    }

    private <N extends Number> @Nullable N number(Function<String, N> parse, String component, String... path) {
        Node found = at(component, path);
        if (found == null) {
            return null;
        }
        String digits = found.value() instanceof Json.Num number
                ? number.value()
                : found.value() instanceof Json.Text text ? text.value().trim() : null;
        if (digits != null) {
            try {
                return parse.apply(withoutFraction(digits));
            } catch (NumberFormatException e) {
                problems.add(
                        ProblemCode.WRONG_TYPE,
                        found.place(),
                        name(found) + " was " + Problems.quote(digits) + " but must be a whole number",
                        "Maybe the export was edited by hand.");
                return null;
            }
        }
        wrongType(found, "a whole number");
        return null;
    }

    /** {@code 100} for {@code 100.0} and {@code 1e2}, which are the same number; other texts as they are. */
    static String withoutFraction(String digits) {
        if (digits.length() > LONGEST_NUMBER || !DECIMAL.matcher(digits).matches()) {
            return digits;
        }
        BigDecimal number = new BigDecimal(digits).stripTrailingZeros();
        boolean whole = number.scale() <= 0 && number.precision() - (long) number.scale() < LONGEST_NUMBER;
        return whole ? number.toPlainString() : digits;
    }

    /** A reference to another resource; null where there is none. */
    @Nullable
    ResourceId id(String component, String... path) {
        Node found = at(component, path);
        if (found == null) {
            Optional<ResourceId> meant = Resource.tryId(symbols.remove(component));
            // The names in it are not known, yet it is clear which resource it means.
            meant.ifPresent(id -> unknown.remove(component));
            return meant.orElse(null);
        }
        if (found.value() instanceof Json.Text text) {
            return text.value().isBlank()
                    ? null
                    : resourceId(found, text.value().trim());
        }
        wrongType(found, "a text");
        return null;
    }

    private @Nullable ResourceId resourceId(Node found, String text) {
        if (Resource.isId(text)) {
            return ResourceId.of(text);
        }
        problems.add(
                ProblemCode.WRONG_ID,
                found.place(),
                name(found) + " was " + Problems.quote(text) + " but must be the id of a resource",
                "An id begins with /subscriptions/… and contains /providers/…; the exported one was changed.");
        return null;
    }

    /** The items of a list of objects; empty where there is none. One object counts as a list of one. */
    List<Node> objects(String component, String... path) {
        List<Node> objects = new ArrayList<>();
        for (Node item : list(component, path)) {
            if (item.value() instanceof Json.Unknown reason) {
                unknown(component, reason.reason());
            } else if (item.isObject()) {
                objects.add(item);
            } else if (!item.isNull()) {
                wrongType(item, "an object");
            }
        }
        return objects;
    }

    private List<Node> list(String component, String... path) {
        Node found = at(component, path);
        if (found == null) {
            return List.of();
        }
        if (found.isArray()) {
            return found.items();
        }
        wrongType(found, "a list");
        return List.of();
    }

    /** The ids of a list of references {@code [{"id": …}]}. */
    List<ResourceId> ids(String component, String... path) {
        List<ResourceId> ids = new ArrayList<>();
        for (Node item : objects(component, path)) {
            Node id = item.get("id");
            if (id != null && id.value() instanceof Json.Unknown reason) {
                Resource.tryId(reason.symbol()).ifPresentOrElse(ids::add, () -> unknown(component, reason.reason()));
            } else if (id != null && id.value() instanceof Json.Text text) {
                ResourceId parsed = resourceId(id, text.value().trim());
                if (parsed != null) {
                    ids.add(parsed);
                }
            }
        }
        return ids;
    }

    /** The ids of a list of texts. */
    List<ResourceId> idTexts(String component, String... path) {
        List<ResourceId> ids = new ArrayList<>();
        for (Node item : entries(component, path)) {
            if (item.value() instanceof Json.Unknown reason) {
                Resource.tryId(reason.symbol()).ifPresentOrElse(ids::add, () -> unknown(component, reason.reason()));
            } else if (item.value() instanceof Json.Text text) {
                ResourceId parsed = resourceId(item, text.value().trim());
                if (parsed != null) {
                    ids.add(parsed);
                }
            } else {
                wrongType(item, "a text");
            }
        }
        return ids;
    }

    /** Whether a field is a text that is known. */
    boolean hasText(String field) {
        Node found = node.field(field);
        return found != null && found.value() instanceof Json.Text;
    }

    /** The texts of a list; unknown items make the component unknown. Numbers count as text where people write both. */
    List<String> texts(String component, String... path) {
        return values(component, item -> scalar(item), path);
    }

    /**
     * The items of a list, each turned into a value; a single text counts as a list of one. Items that are unknown make
     * the component unknown and are left out.
     */
    <T> List<T> values(String component, Function<Node, @Nullable T> parse, String... path) {
        List<T> values = new ArrayList<>();
        for (Node item : entries(component, path)) {
            if (item.value() instanceof Json.Unknown reason) {
                unknown(component, reason.reason());
            } else {
                T value = parse.apply(item);
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    /** The items of a list or the one scalar that stands in its place; no nulls and no empty texts. */
    List<Node> entries(String component, String... path) {
        Node found = at(component, path);
        if (found == null) {
            return List.of();
        }
        if (found.isObject()) {
            wrongType(found, "a list or a text");
            return List.of();
        }
        List<Node> all = found.isArray() ? found.items() : List.of(found);
        return all.stream()
                .filter(item -> !item.isNull()
                        && !(item.value() instanceof Json.Text text
                                && text.value().isBlank()))
                .toList();
    }

    /** The text or number of a value; null, with a problem added, where it is neither. */
    @Nullable
    String scalar(Node item) {
        if (item.value() instanceof Json.Text text) {
            return text.value().trim();
        }
        if (item.value() instanceof Json.Num number) {
            return number.value();
        }
        wrongType(item, "a text");
        return null;
    }

    void unknown(String component, String reason) {
        unknown.put(component, reason);
        said.add(component);
    }

    /** Takes back that a component is unknown. */
    void forget(String component) {
        unknown.remove(component);
    }

    /** Says that a field is read in another way, so that it is not reported as unknown. */
    void readElsewhere(String field) {
        ask(field);
    }

    /** Says that the export has a value for a component that was read in another way. */
    void said(String component) {
        said.add(component);
    }

    boolean isUnknown(String component) {
        return unknown.containsKey(component);
    }

    /** Why a component is unknown; null where it is not. */
    @Nullable
    String whyUnknown(String component) {
        return unknown.get(component);
    }

    boolean hasSaid(String component) {
        return said.contains(component);
    }

    Set<String> said() {
        return said;
    }

    Provenance provenance() {
        return new Provenance(node.place(), unknown);
    }

    void wrongType(Node found, String wanted) {
        String was = found.value() instanceof Json.Text || found.value() instanceof Json.Num
                ? found.value().kind() + ", " + Problems.quote(found.value().toString())
                : found.value().kind();
        problems.add(
                ProblemCode.WRONG_TYPE,
                found.place(),
                name(found) + " was " + was + ", but must be " + wanted,
                "Maybe the export was edited by hand, or a query renamed its columns.");
    }

    /** A notice for every field that nobody asked for and that is not among the ones known to be of no use here. */
    void reportRest(String kind) {
        reportRest(kind, node, askedHere);
        if (properties != null) {
            reportRest(kind, properties, askedBelow);
        }
    }

    private void reportRest(String kind, Node object, BitSet asked) {
        if (!(object.value() instanceof Json.Obj fields)) {
            return;
        }
        for (int i = asked.nextClearBit(0); i < fields.size(); i = asked.nextClearBit(i + 1)) {
            String name = fields.keys().get(i);
            String key = name.toLowerCase(Locale.ROOT);
            boolean otherSpelling = hasSpellings && isAsked(fields, asked, name);
            if (!otherSpelling && !IgnoredFields.isIgnored(kind, key) && !isText(fields, key)) {
                problems.count(
                        ProblemCode.UNKNOWN_FIELD,
                        object.member(i).place(),
                        "the field " + Problems.quote(name) + " of " + kind + " is not known",
                        "It was left out. If it matters to the network, tell the project about it.");
            }
        }
    }

    private static boolean isAsked(Json.Obj fields, BitSet asked, String name) {
        return asked.stream().anyMatch(i -> fields.keys().get(i).equalsIgnoreCase(name));
    }

    /** PowerShell prints many objects a second time as text, in a field of the same name with {@code Text} behind. */
    private static boolean isText(Json.Obj fields, String key) {
        return key.endsWith("text") && fields.indexOf(key.substring(0, key.length() - "text".length())) >= 0;
    }

    static String name(Node found) {
        String key = found.key();
        return key.isEmpty() ? "the value" : key.chars().allMatch(Character::isDigit) ? "item " + key : key;
    }
}
