package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Functions that apply lambdas to items. A lambda of {@code map}, {@code filter} and {@code reduce} may have one
 * parameter more, for the index of the item.
 */
final class LambdaFunctions {

    static final List<LambdaFunction> ALL = List.of(
            new LambdaFunction("map", 1, 1, 1, 2, LambdaFunctions::map),
            new LambdaFunction("filter", 1, 1, 1, 2, LambdaFunctions::filter),
            new LambdaFunction("reduce", 2, 1, 2, 3, LambdaFunctions::reduce),
            new LambdaFunction("sort", 1, 1, 2, 2, LambdaFunctions::sort),
            new LambdaFunction("toObject", 1, 2, 1, 1, LambdaFunctions::toObject),
            new LambdaFunction("groupBy", 1, 1, 1, 1, LambdaFunctions::groupBy),
            new LambdaFunction("mapValues", 1, 1, 1, 1, LambdaFunctions::mapValues));

    /** How many values or characters all steps of one reduction may make. */
    private static final long MOST_HANDLED = 20_000_000;

    private LambdaFunctions() {}

    /** Applies a lambda to an item, and to its index where it wants that. */
    private static Json apply(Lambda lambda, Json item, Json index) {
        return Functions.one(lambda.apply(
                lambda.parameters() == 1 ? List.of(Functions.one(item)) : List.of(Functions.one(item), index)));
    }

    /** The index of each item; unknown behind an item of unknown number. */
    private static List<Json> indexes(List<Json> items) {
        List<Json> indexes = new ArrayList<>(items.size());
        Json hidden = null;
        for (int i = 0; i < items.size(); i++) {
            if (hidden == null && Equality.isRest(items.get(i))) {
                hidden = Functions.one(items.get(i));
            }
            indexes.add(hidden == null ? new Num(Integer.toString(i)) : hidden);
        }
        return indexes;
    }

    private static Json map(Arguments arguments, List<Lambda> lambdas) {
        List<Json> list = arguments.list(0).items();
        List<Json> indexes = indexes(list);
        Items items = new Items(arguments);
        for (int i = 0; i < list.size(); i++) {
            Json item = list.get(i);
            items.add(Equality.isRest(item) ? item : apply(lambdas.get(0), item, indexes.get(i)));
        }
        return items.list();
    }

    /** Where it is not known whether an item stays, the result has an item of unknown number for it. */
    private static Json filter(Arguments arguments, List<Lambda> lambdas) {
        List<Json> list = arguments.list(0).items();
        List<Json> indexes = indexes(list);
        Items items = new Items(arguments);
        for (int i = 0; i < list.size(); i++) {
            Json stays = apply(lambdas.get(0), list.get(i), indexes.get(i));
            if (stays instanceof Unknown unknown) {
                items.addRest(unknown);
            } else if (truth(arguments, stays)) {
                items.add(list.get(i));
            }
        }
        return items.list();
    }

    private static boolean truth(Arguments arguments, Json value) {
        return Functions.bool(value).orElseThrow(() -> arguments.wrong(value, "true or false"));
    }

    private static Json reduce(Arguments arguments, List<Lambda> lambdas) {
        List<Json> list = arguments.list(0).items();
        List<Json> indexes = indexes(list);
        Lambda lambda = lambdas.get(0);
        Json value = arguments.any(1);
        long handled = 0;
        for (int i = 0; i < list.size(); i++) {
            if (Equality.isRest(list.get(i))) {
                return list.get(i);
            }
            List<Json> given = List.of(value, list.get(i), indexes.get(i));
            value = Functions.one(lambda.apply(given.subList(0, lambda.parameters())));
            handled += value instanceof Text text ? text.value().length() : value.weight();
            if (handled > MOST_HANDLED) {
                throw arguments.fail("is not evaluated: its values become too large");
            }
        }
        return value;
    }

    /** Merges sorted halves, so that any answers of the lambda give some order; equal items stay in theirs. */
    private static Json sort(Arguments arguments, List<Lambda> lambdas) {
        List<Json> list = arguments.list(0).items();
        list.stream().filter(Equality::isRest).findFirst().ifPresent(rest -> {
            throw Equality.undecided(rest);
        });
        return new Arr(sorted(arguments, list, lambdas.get(0)));
    }

    private static List<Json> sorted(Arguments arguments, List<Json> list, Lambda isBefore) {
        if (list.size() < 2) {
            return list;
        }
        List<Json> left = sorted(arguments, list.subList(0, list.size() / 2), isBefore);
        List<Json> right = sorted(arguments, list.subList(list.size() / 2, list.size()), isBefore);
        List<Json> merged = new ArrayList<>(list.size());
        int i = 0;
        int j = 0;
        while (i < left.size() && j < right.size()) {
            boolean rightFirst = truth(arguments, isBefore.apply(List.of(right.get(j), left.get(i))));
            merged.add(rightFirst ? right.get(j++) : left.get(i++));
        }
        merged.addAll(left.subList(i, left.size()));
        merged.addAll(right.subList(j, right.size()));
        return merged;
    }

    /** Of two items with the same key the later one counts, as for objects laid over each other. */
    private static Json toObject(Arguments arguments, List<Lambda> lambdas) {
        ObjectFunctions.Members members = new ObjectFunctions.Members(arguments.function());
        for (Json item : arguments.list(0).items()) {
            Json key = apply(lambdas.get(0), item, Json.NULL);
            if (key instanceof Unknown unknown) {
                members.cover(unknown, List.of());
            } else {
                Json value = lambdas.size() < 2 ? item : apply(lambdas.get(1), item, Json.NULL);
                members.put(text(arguments, key), Functions.one(value));
            }
        }
        return members.object();
    }

    private static String text(Arguments arguments, Json key) {
        if (key instanceof Text text) {
            return text.value();
        }
        throw arguments.wrong(key, "a text");
    }

    /** Items of one key in the making; whose key is not known may be one of them. Not thread-safe. */
    private static final class Group {
        private final String key;
        private final List<Json> items = new ArrayList<>();
        private int unknownBefore;

        Group(String key) {
            this.key = key;
        }

        /** @param unknown how many items so far had a key that is not known, {@code why} the last of them */
        void mark(int unknown, @Nullable Unknown why) {
            if (why != null && unknown > unknownBefore) {
                items.add(why.asRest());
                unknownBefore = unknown;
            }
        }
    }

    private static Json groupBy(Arguments arguments, List<Lambda> lambdas) {
        Map<String, Group> groups = new LinkedHashMap<>();
        Unknown open = null;
        int unknown = 0;
        for (Json item : arguments.list(0).items()) {
            Json key = apply(lambdas.get(0), item, Json.NULL);
            if (key instanceof Unknown reason) {
                open = reason;
                unknown++;
            } else {
                String text = text(arguments, key);
                Group group = groups.computeIfAbsent(text.toLowerCase(Locale.ROOT), lower -> new Group(text));
                group.mark(unknown, open);
                group.items.add(item);
            }
        }
        List<String> keys = new ArrayList<>();
        List<Json> lists = new ArrayList<>();
        for (Group group : groups.values()) {
            group.mark(unknown, open);
            keys.add(group.key);
            lists.add(new Arr(group.items));
        }
        return new Obj(keys, lists).withRest(open == null ? null : open.derived());
    }

    private static Json mapValues(Arguments arguments, List<Lambda> lambdas) {
        Obj object = arguments.object(0);
        ObjectFunctions.Members members = new ObjectFunctions.Members(arguments.function());
        for (int i = 0; i < object.size(); i++) {
            members.put(object.keys().get(i), apply(lambdas.get(0), object.value(i), Json.NULL));
        }
        if (object.rest() != null) {
            members.open(object.rest());
        }
        return members.object();
    }
}
