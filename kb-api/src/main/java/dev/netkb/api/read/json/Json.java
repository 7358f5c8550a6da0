package dev.netkb.api.read.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON value, or one that could not be determined. Immutable. */
public sealed interface Json {

    Json NULL = new Null();

    /** What people call this kind of value. */
    String kind();

    /** How many values it holds, itself included; a value that stands in several places counts each time. */
    default long weight() {
        return 1;
    }

    /** Where the value stands, when that is not where it is used; null otherwise, and for everything but objects and lists. */
    default @Nullable Origin origin() {
        return null;
    }

    /**
     * The same value, with the place where it stands: a list of rules that a template takes from a variable is found
     * where the variable is defined. Texts and numbers are found where they are used.
     */
    default Json from(Origin origin) {
        return this;
    }

    /** Whether no part of it is {@link Unknown}. */
    default boolean isKnown() {
        return true;
    }

    /** How many levels of lists and objects are in it; 0 for what is neither. */
    default int depth() {
        return 0;
    }

    /** An object. Keys are looked up without letter case, as Azure's tools write them in several ways. */
    final class Obj implements Json {
        private static final int FEW_KEYS = 40;

        private final List<String> keys;
        private final List<Json> values;
        private final @Nullable List<String> segments;
        private final @Nullable Origin origin;
        private final @Nullable Unknown rest;
        private final long weight;
        private final int depth;
        private final boolean isKnown;

        public Obj(List<String> keys, List<Json> values) {
            this(keys, values, null);
        }

        /**
         * @param segments how each value is found in the file where that is not its key, such as the column number of a
         *     table row
         */
        public Obj(List<String> keys, List<Json> values, @Nullable List<String> segments) {
            this(keys, values, segments, null);
        }

        private Obj(List<String> keys, List<Json> values, @Nullable List<String> segments, @Nullable Unknown rest) {
            this.keys = List.copyOf(keys);
            this.values = List.copyOf(values);
            this.segments = segments == null ? null : List.copyOf(segments);
            this.origin = null;
            this.rest = rest;
            this.weight = sum(this.values);
            this.depth = levels(this.values);
            this.isKnown = rest == null && this.values.stream().allMatch(Json::isKnown);
        }

        /** The same keys and values, where it is not known which further keys the object has; null where it has none. */
        public Obj withRest(@Nullable Unknown further) {
            return new Obj(keys, values, segments, further);
        }

        /** What the keys that are not listed hold; null where all keys are listed, as nearly always. */
        public @Nullable Unknown rest() {
            return rest;
        }

        private Obj(Obj same, Origin origin) {
            this.keys = same.keys;
            this.values = same.values;
            this.segments = same.segments;
            this.rest = same.rest;
            this.origin = origin;
            this.weight = same.weight;
            this.depth = same.depth;
            this.isKnown = same.isKnown;
        }

        @Override
        public Obj from(Origin origin) {
            return new Obj(this, origin);
        }

        @Override
        public @Nullable Origin origin() {
            return origin;
        }

        @Override
        public long weight() {
            return weight;
        }

        @Override
        public int depth() {
            return depth;
        }

        @Override
        public boolean isKnown() {
            return isKnown;
        }

        public List<String> keys() {
            return keys;
        }

        public int size() {
            return keys.size();
        }

        public Json value(int index) {
            return values.get(index);
        }

        String segment(int index) {
            return segments == null ? keys.get(index) : segments.get(index);
        }

        /** The position of a key, −1 where there is none; an exact match goes before one in other letter case. */
        public int indexOf(String key) {
            int found = -1;
            for (int i = 0; i < keys.size(); i++) {
                String candidate = keys.get(i);
                if (candidate.length() == key.length() && candidate.equalsIgnoreCase(key)) {
                    if (candidate.equals(key)) {
                        return i;
                    }
                    found = found < 0 ? i : found;
                }
            }
            return found;
        }

        /** Whether some keys differ in letter case alone. */
        public boolean hasSpellings() {
            if (keys.size() > FEW_KEYS) {
                Set<String> lower = new HashSet<>();
                return keys.stream().anyMatch(key -> !lower.add(key.toLowerCase(Locale.ROOT)));
            }
            for (int i = 1; i < keys.size(); i++) {
                String key = keys.get(i);
                for (int j = 0; j < i; j++) {
                    if (keys.get(j).length() == key.length() && keys.get(j).equalsIgnoreCase(key)) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** Whether the object has a key in several spellings of letter case, with different values. */
        public boolean isAmbiguous(String key) {
            Json first = null;
            for (int i = 0; i < keys.size(); i++) {
                if (keys.get(i).equalsIgnoreCase(key)) {
                    if (first != null && !first.equals(values.get(i))) {
                        return true;
                    }
                    first = values.get(i);
                }
            }
            return false;
        }

        /** The value of a key, null where there is none; unknown where it is not known whether there is one. */
        public @Nullable Json get(String key) {
            int index = indexOf(key);
            return index < 0 ? rest : values.get(index);
        }

        /** The same object with one more or one other value. */
        public Obj with(String key, Json value) {
            List<String> newKeys = new ArrayList<>(keys);
            List<Json> newValues = new ArrayList<>(values);
            int index = indexOf(key);
            if (index < 0) {
                newKeys.add(key);
                newValues.add(value);
            } else {
                newValues.set(index, value);
            }
            return new Obj(newKeys, newValues).withRest(rest);
        }

        @Override
        public String kind() {
            return "an object";
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Obj that
                    && keys.equals(that.keys)
                    && values.equals(that.values)
                    && Objects.equals(rest, that.rest);
        }

        @Override
        public int hashCode() {
            return 31 * keys.hashCode() + values.hashCode();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < keys.size(); i++) {
                text.append(i == 0 ? "" : ",")
                        .append('"')
                        .append(keys.get(i))
                        .append("\":")
                        .append(values.get(i));
            }
            if (rest != null) {
                text.append(keys.isEmpty() ? "" : ",").append("…");
            }
            return text.append('}').toString();
        }
    }

    private static long sum(List<Json> values) {
        long sum = 1;
        for (Json value : values) {
            sum = Math.min(Integer.MAX_VALUE, sum + value.weight());
        }
        return sum;
    }

    private static int levels(List<Json> values) {
        int deepest = 0;
        for (Json value : values) {
            deepest = Math.max(deepest, value.depth());
        }
        return deepest + 1;
    }

    /** A list. */
    final class Arr implements Json {
        private final List<Json> items;
        private final @Nullable Origin origin;
        private final long weight;
        private final int depth;
        private final boolean isKnown;

        public Arr(List<Json> items) {
            this.items = List.copyOf(items);
            this.origin = null;
            this.weight = sum(this.items);
            this.depth = levels(this.items);
            this.isKnown = this.items.stream().allMatch(Json::isKnown);
        }

        private Arr(Arr same, Origin origin) {
            this.items = same.items;
            this.origin = origin;
            this.weight = same.weight;
            this.depth = same.depth;
            this.isKnown = same.isKnown;
        }

        @Override
        public Arr from(Origin origin) {
            return new Arr(this, origin);
        }

        @Override
        public @Nullable Origin origin() {
            return origin;
        }

        public List<Json> items() {
            return items;
        }

        @Override
        public long weight() {
            return weight;
        }

        @Override
        public int depth() {
            return depth;
        }

        @Override
        public boolean isKnown() {
            return isKnown;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Arr that && items.equals(that.items);
        }

        @Override
        public int hashCode() {
            return items.hashCode();
        }

        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public String toString() {
            return items.toString();
        }
    }

    /** A text. */
    record Text(String value) implements Json {
        @Override
        public String kind() {
            return "a text";
        }

        @Override
        public String toString() {
            return '"' + value + '"';
        }
    }

    /** A number, as it was written. */
    record Num(String value) implements Json {
        @Override
        public String kind() {
            return "a number";
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Json {
        @Override
        public String kind() {
            return "true or false";
        }

        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** {@code null}. */
    record Null() implements Json {
        @Override
        public String kind() {
            return "null";
        }

        @Override
        public String toString() {
            return "null";
        }
    }

    /**
     * A value that could not be determined.
     *
     * @param reason why, such as the template expression that has no value
     * @param symbol a text that stands for the value where only its identity matters, as in names and ids: equal
     *     symbols mean equal values; null where there is none
     * @param rest as an item of a list: whether it stands for any number of items, none included, rather than for one
     */
    record Unknown(String reason, @Nullable String symbol, boolean rest) implements Json {

        public Unknown(String reason, @Nullable String symbol) {
            this(reason, symbol, false);
        }

        public Unknown(String reason) {
            this(reason, null, false);
        }

        /** Any number of items of a list that are not known, for the same reason. */
        public Unknown asRest() {
            return new Unknown(reason, null, true);
        }

        /** Another value that is not known for the same reason. */
        public Unknown derived() {
            return new Unknown(reason);
        }

        @Override
        public boolean isKnown() {
            return false;
        }

        @Override
        public String kind() {
            return "a value that is not known";
        }

        @Override
        public String toString() {
            return reason;
        }
    }
}
