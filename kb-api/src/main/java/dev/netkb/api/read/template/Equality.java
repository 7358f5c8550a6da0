package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Unknown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * When two values are equal: texts with letter case, numbers by their value, lists item by item, objects whatever the
 * order of their keys and the letter case of these. Where unknown parts decide, it is not known.
 */
final class Equality {

    /** How many zeros a number may have before or behind its digits. */
    private static final long FARTHEST = 1_000;

    private Equality() {}

    /** The first part that is not known; empty where all is known. */
    static Optional<Unknown> firstUnknown(Json value) {
        if (value.isKnown()) {
            return Optional.empty();
        }
        if (value instanceof Unknown unknown) {
            return Optional.of(unknown);
        }
        if (value instanceof Arr array) {
            return firstUnknown(array.items());
        }
        if (value instanceof Obj object) {
            return firstUnknown(values(object)).or(() -> Optional.ofNullable(object.rest()));
        }
        return Optional.empty();
    }

    private static Optional<Unknown> firstUnknown(List<Json> values) {
        for (Json value : values) {
            Optional<Unknown> found = firstUnknown(value);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static List<Json> values(Obj object) {
        return IntStream.range(0, object.size()).mapToObj(object::value).toList();
    }

    /** Whether two values are equal; empty where that is not known. */
    static Optional<Boolean> same(Json a, Json b) {
        if (a instanceof Unknown one && b instanceof Unknown other) {
            boolean sameSymbol = one.symbol() != null && one.symbol().equals(other.symbol());
            return sameSymbol ? Optional.of(true) : Optional.empty();
        }
        if (a instanceof Unknown || b instanceof Unknown) {
            return Optional.empty();
        }
        if (a.isKnown() && b.isKnown()) {
            return Optional.of(a.weight() == b.weight() && canonical(a).equals(canonical(b)));
        }
        if (a instanceof Arr one && b instanceof Arr other) {
            return same(one.items(), other.items());
        }
        if (a instanceof Obj one && b instanceof Obj other) {
            return same(one, other);
        }
        return Optional.of(false);
    }

    private static Optional<Boolean> same(List<Json> a, List<Json> b) {
        int counted = Math.min(beforeRest(a), beforeRest(b));
        boolean open = hasRest(a) || hasRest(b);
        if (!hasRest(a) && beforeRest(b) > a.size() || !hasRest(b) && beforeRest(a) > b.size()) {
            return Optional.of(false);
        }
        boolean sure = !open;
        for (int i = 0; i < counted; i++) {
            Optional<Boolean> same = same(a.get(i), b.get(i));
            if (same.isPresent() && !same.get()) {
                return same;
            }
            sure &= same.isPresent();
        }
        return sure ? Optional.of(true) : Optional.empty();
    }

    /** Whether an item of a list stands for any number of items. */
    static boolean isRest(Json item) {
        return item instanceof Unknown unknown && unknown.rest();
    }

    static boolean hasRest(List<Json> items) {
        return items.stream().anyMatch(Equality::isRest);
    }

    private static int beforeRest(List<Json> items) {
        for (int i = 0; i < items.size(); i++) {
            if (isRest(items.get(i))) {
                return i;
            }
        }
        return items.size();
    }

    private static Optional<Boolean> same(Obj a, Obj b) {
        boolean sure = a.rest() == null && b.rest() == null;
        if (sure && a.size() != b.size()) {
            return Optional.of(false);
        }
        Map<String, Json> others = byKey(b);
        for (int i = 0; i < a.size(); i++) {
            Json other = others.remove(lower(a, i));
            Optional<Boolean> same =
                    other != null ? same(a.value(i), other) : b.rest() == null ? Optional.of(false) : Optional.empty();
            if (same.isPresent() && !same.get()) {
                return same;
            }
            sure &= same.isPresent();
        }
        if (!others.isEmpty() && a.rest() == null) {
            return Optional.of(false);
        }
        return sure ? Optional.of(true) : Optional.empty();
    }

    /** The values of an object by their keys in lower case. */
    static Map<String, Json> byKey(Obj object) {
        Map<String, Json> values = new LinkedHashMap<>();
        for (int i = 0; i < object.size(); i++) {
            values.putIfAbsent(lower(object, i), object.value(i));
        }
        return values;
    }

    /** A known value so written that equal values are equal as {@link Json}. */
    private static Json canonical(Json value) {
        if (value instanceof Num number) {
            return canonical(number);
        }
        if (value instanceof Arr array) {
            return new Arr(array.items().stream().map(Equality::canonical).toList());
        }
        if (value instanceof Obj object) {
            List<Integer> order = IntStream.range(0, object.size())
                    .boxed()
                    .sorted(Comparator.comparing(i -> lower(object, i)))
                    .toList();
            return new Obj(
                    order.stream().map(i -> lower(object, i)).toList(),
                    order.stream().map(i -> canonical(object.value(i))).toList());
        }
        return value;
    }

    private static String lower(Obj object, int index) {
        return object.keys().get(index).toLowerCase(Locale.ROOT);
    }

    private static Json canonical(Num number) {
        return decimal(number)
                .map(value -> (Json) new Num(
                        value.signum() == 0 ? "0" : value.stripTrailingZeros().toString()))
                .orElse(number);
    }

    /** The value of a number; empty where its exponent is beyond every use. */
    static Optional<BigDecimal> decimal(Num number) {
        try {
            return Optional.of(new BigDecimal(number.value()))
                    .filter(value -> Math.abs((long) value.scale()) <= FARTHEST);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Ends comparisons of values that are not known before they take too long. Not thread-safe. */
    static final class Budget {
        private static final long MOST = 20_000_000;

        private long spent;

        void spend(Json a, Json b) {
            spent += a.isKnown() && b.isKnown() ? 1 : a.weight() + b.weight();
            if (spent > MOST) {
                throw new NoValue("too many values that are not known to compare them all");
            }
        }
    }

    /** Values to find equal ones among. Known values are found at once, however many there are. */
    static final class Pool {
        private final Set<Json> known = new HashSet<>();
        private final List<Json> partlyKnown = new ArrayList<>();
        private final List<Json> all = new ArrayList<>();
        private final Budget budget = new Budget();

        Pool(List<Json> values) {
            values.forEach(this::add);
        }

        Pool() {
            this(List.of());
        }

        void add(Json value) {
            all.add(value);
            if (value.isKnown()) {
                known.add(canonical(value));
            } else {
                partlyKnown.add(value);
            }
        }

        /** Whether a value is in it; empty where that is not known. */
        Optional<Boolean> contains(Json value) {
            if (value.isKnown() && known.contains(canonical(value))) {
                return Optional.of(true);
            }
            boolean sure = true;
            for (Json candidate : value.isKnown() ? partlyKnown : all) {
                budget.spend(value, candidate);
                Optional<Boolean> same = same(candidate, value);
                if (same.isPresent() && same.get()) {
                    return same;
                }
                sure &= same.isPresent();
            }
            return sure ? Optional.of(false) : Optional.empty();
        }
    }

    /** What to answer where equality is not known: the first unknown part of the values. */
    static NoValue undecided(Json... values) {
        return firstUnknown(List.of(values))
                .map(unknown -> new NoValue(unknown.derived()))
                .orElseGet(() -> new NoValue("values that are not known are compared"));
    }
}
