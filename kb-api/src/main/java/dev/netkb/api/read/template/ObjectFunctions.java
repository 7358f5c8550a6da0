package dev.netkb.api.read.template;

import static dev.netkb.api.read.template.Functions.ANY;
import static dev.netkb.api.read.template.Functions.Function.lenient;
import static dev.netkb.api.read.template.Functions.Function.strict;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import dev.netkb.api.read.json.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Functions about objects. Keys are found without letter case, as everywhere in templates. */
final class ObjectFunctions {

    static final List<Functions.Function> ALL = List.of(
            lenient("createObject", 0, ANY, ObjectFunctions::createObject),
            strict("items", 1, 1, a -> listed(a, true)),
            strict("objectKeys", 1, 1, a -> listed(a, false)),
            strict("null", 0, 0, a -> Json.NULL),
            strict("shallowMerge", 1, 1, a -> merged(a, a.list(0).items(), false)),
            lenient("tryGet", 2, ANY, a -> tryGet(a, false)),
            lenient("tryIndexFromEnd", 2, ANY, a -> tryGet(a, true)));

    private ObjectFunctions() {}

    /** An object in the making. Not thread-safe. */
    static final class Members {
        private final Map<String, Member> members = new LinkedHashMap<>();
        private final String function;
        private long weight;
        private int layer;
        private @Nullable Unknown rest;

        /** @param layer how often something unknown had covered the object before */
        private record Member(String key, Json value, int layer) {}

        Members(String function) {
            this.function = function;
        }

        @Nullable
        Json get(String key) {
            Member member = members.get(key.toLowerCase(Locale.ROOT));
            return member == null ? null : value(member);
        }

        private Json value(Member member) {
            return rest != null && member.layer() < layer ? rest : member.value();
        }

        void put(String key, Json value) {
            String lower = key.toLowerCase(Locale.ROOT);
            Member old = members.get(lower);
            members.put(lower, new Member(old == null ? key : old.key(), value, layer));
            weight += value.weight() - (old == null ? 0 : old.value().weight());
            if (weight >= Functions.MOST_VALUES) {
                throw new NoValue(function + "() is not evaluated: its value would be too large");
            }
        }

        /** Further keys are not known, but none of those that are there. */
        void open(Unknown further) {
            rest = further.derived();
        }

        /** Any key may have been given another value that is not known, except these. */
        void cover(Unknown unknown, List<String> except) {
            Map<String, Json> kept = new LinkedHashMap<>();
            for (String key : except) {
                Json value = get(key);
                if (value != null) {
                    kept.put(key, value);
                }
            }
            open(unknown);
            layer++;
            kept.forEach(this::put);
        }

        @Nullable
        Unknown rest() {
            return rest;
        }

        Obj object() {
            return new Obj(
                            members.values().stream().map(Member::key).toList(),
                            members.values().stream().map(this::value).toList())
                    .withRest(rest);
        }
    }

    private static Json createObject(Arguments arguments) {
        if (arguments.size() % 2 != 0) {
            throw arguments.fail("has a key without a value");
        }
        Members members = new Members(arguments.function());
        for (int i = 0; i < arguments.size(); i += 2) {
            if (arguments.any(i) instanceof Unknown unknown) {
                members.open(unknown);
            } else if (members.get(arguments.text(i)) == null) {
                members.put(arguments.text(i), arguments.any(i + 1));
            } else {
                throw arguments.fail("has the key " + Problems.quote(arguments.text(i)) + " twice");
            }
        }
        return members.object();
    }

    /** The keys in order, with their values or without; in an order without letter case. */
    private static Json listed(Arguments arguments, boolean withValues) {
        Obj object = arguments.object(0);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < object.size(); i++) {
            order.add(i);
        }
        order.sort((a, b) -> String.CASE_INSENSITIVE_ORDER.compare(
                object.keys().get(a), object.keys().get(b)));
        Items items = new Items(arguments);
        for (int i : order) {
            if (object.rest() != null) {
                items.add(object.rest().asRest());
            }
            Text key = new Text(object.keys().get(i));
            items.add(withValues ? new Obj(List.of("key", "value"), List.of(key, object.value(i))) : key);
        }
        if (object.rest() != null) {
            items.add(object.rest().asRest());
        }
        return items.list();
    }

    /**
     * Objects laid over each other: later values count. What an object that is not known would bring is not known, and
     * what comes after it is.
     *
     * @param isDeep whether objects at the same key are merged too; other values, lists among them, are replaced
     */
    static Obj merged(Arguments arguments, List<Json> objects, boolean isDeep) {
        Members members = new Members(arguments.function());
        for (Json value : objects) {
            if (value instanceof Unknown unknown) {
                members.cover(unknown, List.of());
            } else if (value instanceof Obj object) {
                lay(members, object, isDeep, arguments);
            } else {
                throw arguments.wrong(value, "an object");
            }
        }
        return members.object();
    }

    private static void lay(Members members, Obj object, boolean isDeep, Arguments arguments) {
        for (int i = 0; i < object.size(); i++) {
            String key = object.keys().get(i);
            Json value = object.value(i);
            Json below = members.get(key) == null ? members.rest() : members.get(key);
            if (isDeep && value instanceof Obj && (below instanceof Obj || below instanceof Unknown)) {
                value = merged(arguments, List.of(below, value), true);
            }
            members.put(key, value);
        }
        if (object.rest() != null) {
            members.cover(object.rest(), object.keys());
        }
    }

    /** The keys of the first object that all others have with the same value. */
    static Obj intersection(Arguments arguments) {
        if (arguments.any(0) instanceof Unknown unknown) {
            return new Obj(List.of(), List.of()).withRest(unknown.derived());
        }
        Obj first = arguments.object(0);
        Members members = new Members(arguments.function());
        if (first.rest() != null) {
            members.open(first.rest());
        }
        List<Obj> others = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i++) {
            others.add(
                    arguments.any(i) instanceof Unknown unknown
                            ? new Obj(List.of(), List.of()).withRest(unknown)
                            : arguments.object(i));
        }
        List<Map<String, Json>> values = others.stream().map(Equality::byKey).toList();
        for (int i = 0; i < first.size(); i++) {
            String key = first.keys().get(i);
            Optional<Boolean> everywhere = Optional.of(true);
            List<Json> compared = new ArrayList<>(List.of(first.value(i)));
            for (int j = 0; j < others.size(); j++) {
                Json other = values.get(j).get(key.toLowerCase(Locale.ROOT));
                Json found = other == null ? others.get(j).rest() : other;
                everywhere = LogicFunctions.and(
                        everywhere, found == null ? Optional.of(false) : Equality.same(first.value(i), found));
                if (found != null) {
                    compared.add(found);
                }
            }
            if (everywhere.orElse(true)) {
                members.put(
                        key,
                        everywhere.isPresent()
                                ? first.value(i)
                                : Equality.undecided(new Arr(compared)).unknown());
            }
        }
        return members.object();
    }

    /**
     * The value behind a key or an index, null where there is none. Further keys and indexes belong to that value: it
     * must have them. An index may be an object: its {@code value}, and whether it counts {@code fromEnd}.
     */
    private static Json tryGet(Arguments arguments, boolean fromEnd) {
        Json value = arguments.any(0);
        if (!(value instanceof Obj || value instanceof Arr || value instanceof Json.Null)) {
            throw arguments.wrong(0, "an object or a list");
        }
        for (int i = 1; i < arguments.size(); i++) {
            Optional<Json> found = i == 1 && fromEnd
                    ? fromEnd(arguments, value, arguments.any(1))
                    : get(arguments, value, arguments.any(i));
            if (i > 1 && found.isEmpty()) {
                throw arguments.fail(
                        "finds nothing at " + Problems.quote(arguments.any(i).toString()));
            }
            value = found.orElse(Json.NULL);
            if (value instanceof Json.Null && i == 1 || value instanceof Unknown) {
                break;
            }
        }
        return value;
    }

    private static Optional<Json> get(Arguments arguments, Json value, Json key) {
        if (key instanceof Obj index && value instanceof Arr) {
            Json number = index.get("value");
            boolean isFromEnd = index.get("fromEnd") instanceof Json.Bool bool && bool.value();
            if (number != null) {
                return isFromEnd ? fromEnd(arguments, value, number) : get(arguments, value, number);
            }
        }
        if (value instanceof Obj object && key instanceof Text name) {
            return Optional.ofNullable(object.get(name.value()));
        }
        if (value instanceof Arr list && key instanceof Num number) {
            return ListFunctions.item(list.items(), arguments.integer(number.value()));
        }
        if (key instanceof Unknown || value instanceof Obj || value instanceof Arr) {
            throw arguments.wrong(key, value instanceof Arr ? "a whole number" : "a text");
        }
        return Optional.empty();
    }

    private static Optional<Json> fromEnd(Arguments arguments, Json value, Json index) {
        if (value instanceof Arr list && index instanceof Num number) {
            return ListFunctions.itemFromEnd(list.items(), arguments.integer(number.value()));
        }
        if (index instanceof Unknown || value instanceof Arr) {
            throw arguments.wrong(index, "a whole number");
        }
        return Optional.empty();
    }
}
