package dev.netkb.api.read.template;

import static dev.netkb.api.read.template.Functions.ANY;
import static dev.netkb.api.read.template.Functions.Function.lenient;
import static dev.netkb.api.read.template.Functions.Function.strict;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Bool;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Functions about lists, most of them about texts too. An item that stands for any number of items
 * ({@link Unknown#rest}) hides the position of what comes after it, and nothing else.
 *
 * <p>{@code contains} looks at letter case in texts and lists, not in the keys of objects; {@code indexOf} and
 * {@code lastIndexOf} look at it in lists, not in texts.
 */
final class ListFunctions {

    static final List<Functions.Function> ALL = List.of(
            strict("array", 1, 1, a -> a.any(0) instanceof Arr list ? list : new Arr(List.of(a.any(0)))),
            lenient("createArray", 0, ANY, a -> new Arr(a.values())),
            lenient("concat", 0, ANY, ListFunctions::concat),
            lenient("contains", 2, 2, ListFunctions::contains),
            strict("empty", 1, 1, ListFunctions::empty),
            strict("length", 1, 1, ListFunctions::length),
            strict("first", 1, 1, a -> end(a, false)),
            strict("last", 1, 1, a -> end(a, true)),
            strict("take", 2, 2, ListFunctions::take),
            strict("skip", 2, 2, ListFunctions::skip),
            lenient("indexOf", 2, 2, a -> position(a, false)),
            lenient("lastIndexOf", 2, 2, a -> position(a, true)),
            strict("indexFromEnd", 2, 2, ListFunctions::indexFromEnd),
            lenient("union", 1, ANY, ListFunctions::union),
            lenient("intersection", 1, ANY, ListFunctions::intersection),
            strict("flatten", 1, 1, ListFunctions::flatten),
            strict("range", 2, 2, ListFunctions::range));

    private static final int LONGEST_RANGE = 10_000;

    private ListFunctions() {}

    /**
     * The item at an index.
     *
     * @return unknown where it is not known which item that is; empty where there is surely none
     */
    static Optional<Json> item(List<Json> items, long index) {
        for (int i = 0; i < items.size() && i <= index; i++) {
            if (items.get(i) instanceof Unknown unknown && unknown.rest()) {
                return Optional.of(unknown.derived());
            }
        }
        return index >= 0 && index < items.size() ? Optional.of(items.get((int) index)) : Optional.empty();
    }

    /** As {@link #item}, counted from the end: 1 is the last one. */
    static Optional<Json> itemFromEnd(List<Json> items, long index) {
        List<Json> reversed = new ArrayList<>(items);
        Collections.reverse(reversed);
        return item(reversed, index - 1);
    }

    /** Lists become one list, anything else one text. What is not known as a whole may be any number of items. */
    private static Json concat(Arguments arguments) {
        boolean isList = arguments.values().stream().anyMatch(Arr.class::isInstance);
        if (!isList) {
            return Functions.firstUnknown(arguments.values()).isPresent()
                    ? Functions.bySymbols(arguments, ListFunctions::text)
                    : text(arguments);
        }
        Items items = new Items(arguments);
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.any(i) instanceof Unknown unknown) {
                items.addRest(unknown);
            } else {
                arguments.list(i).items().forEach(items::add);
            }
        }
        return items.list();
    }

    private static Json text(Arguments arguments) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            arguments.append(text, arguments.scalar(i));
        }
        return new Text(text.toString());
    }

    private static Json contains(Arguments arguments) {
        Json container = arguments.any(0);
        Json item = arguments.any(1);
        if (container instanceof Arr list) {
            return new Bool(new Equality.Pool(list.items())
                    .contains(item)
                    .orElseThrow(() -> Equality.undecided(item, container)));
        }
        if (container instanceof Obj object) {
            Json found = object.get(arguments.scalar(1));
            if (found != null && found == object.rest()) {
                throw new NoValue(object.rest().derived());
            }
            return new Bool(found != null);
        }
        return new Bool(arguments.text(0).contains(arguments.sought(arguments.scalar(1))));
    }

    private static Json empty(Arguments arguments) {
        Json value = arguments.any(0);
        if (value instanceof Json.Null) {
            return new Bool(true);
        }
        boolean isOpen = value instanceof Arr list
                        && !list.items().isEmpty()
                        && list.items().stream().allMatch(Equality::isRest)
                || value instanceof Obj object && object.size() == 0 && object.rest() != null;
        if (isOpen) {
            throw Equality.undecided(value);
        }
        return new Bool(size(arguments) == 0);
    }

    private static Json length(Arguments arguments) {
        if (arguments.any(0) instanceof Arr list) {
            list.items().stream().filter(Equality::isRest).findFirst().ifPresent(rest -> {
                throw Equality.undecided(rest);
            });
        }
        if (arguments.any(0) instanceof Obj object && object.rest() != null) {
            throw new NoValue(object.rest().derived());
        }
        return new Num(Integer.toString(size(arguments)));
    }

    private static int size(Arguments arguments) {
        Json value = arguments.any(0);
        if (value instanceof Arr list) {
            return list.items().size();
        }
        if (value instanceof Obj object) {
            return object.size();
        }
        if (value instanceof Text text) {
            return text.value().length();
        }
        throw arguments.wrong(0, "a list, an object or a text");
    }

    private static Json end(Arguments arguments, boolean last) {
        if (arguments.any(0) instanceof Arr list) {
            return (last ? itemFromEnd(list.items(), 1) : item(list.items(), 0)).orElse(Json.NULL);
        }
        String text = listOrText(arguments);
        int at = last ? text.length() - 1 : 0;
        return new Text(text.isEmpty() ? "" : text.substring(at, at + 1));
    }

    private static String listOrText(Arguments arguments) {
        if (arguments.any(0) instanceof Text) {
            return arguments.text(0);
        }
        throw arguments.wrong(0, "a list or a text");
    }

    /** What comes after an item of unknown number may be taken or not. */
    private static Json take(Arguments arguments) {
        long number = arguments.integer(1);
        if (!(arguments.any(0) instanceof Arr list)) {
            String text = listOrText(arguments);
            return new Text(text.substring(0, (int) Math.max(0, Math.min(number, text.length()))));
        }
        List<Json> taken = new ArrayList<>();
        for (Json item : list.items()) {
            if (taken.size() >= number) {
                break;
            }
            taken.add(item);
            if (Equality.isRest(item)) {
                break;
            }
        }
        return new Arr(taken);
    }

    /**
     * After an item of unknown number only what is left when that number is 0 is surely there. After several of them
     * nothing is: the order of the items between them may be unknown too.
     */
    private static Json skip(Arguments arguments) {
        long number = arguments.integer(1);
        if (!(arguments.any(0) instanceof Arr list)) {
            String text = listOrText(arguments);
            return new Text(text.substring((int) Math.max(0, Math.min(number, text.length()))));
        }
        List<Json> left = new ArrayList<>();
        boolean isOpen = list.items().stream().filter(Equality::isRest).count() > 1;
        long skipped = 0;
        for (Json item : list.items()) {
            if (Equality.isRest(item)) {
                left.add(item);
                if (isOpen && skipped < number) {
                    break;
                }
            } else if (skipped < number) {
                skipped++;
            } else {
                left.add(item);
            }
        }
        return new Arr(left);
    }

    private static Json position(Arguments arguments, boolean last) {
        if (arguments.any(0) instanceof Arr list) {
            return new Num(Integer.toString(position(list, arguments.any(1), last)));
        }
        String text = listOrText(arguments).toLowerCase(Locale.ROOT);
        String sought = arguments.sought(1).toLowerCase(Locale.ROOT);
        return new Num(Integer.toString(last ? text.lastIndexOf(sought) : text.indexOf(sought)));
    }

    private static int position(Arr list, Json sought, boolean last) {
        List<Json> items = list.items();
        Equality.Budget budget = new Equality.Budget();
        for (int step = 0; step < items.size(); step++) {
            int i = last ? items.size() - 1 - step : step;
            budget.spend(items.get(i), sought);
            Optional<Boolean> same =
                    Equality.isRest(items.get(i)) ? Optional.empty() : Equality.same(items.get(i), sought);
            if (same.isEmpty() || same.get() && Equality.hasRest(items.subList(0, i))) {
                throw Equality.undecided(list, sought);
            }
            if (same.get()) {
                return i;
            }
        }
        return -1;
    }

    private static Json indexFromEnd(Arguments arguments) {
        long index = arguments.integer(1);
        return itemFromEnd(arguments.list(0).items(), index)
                .orElseThrow(() -> arguments.fail("has no item " + index + " from the end"));
    }

    /** The items of all lists, equal ones once, where they stand first; objects are merged with all below. */
    private static Json union(Arguments arguments) {
        if (arguments.values().stream().allMatch(Unknown.class::isInstance)) {
            return ((Unknown) arguments.any(0)).derived();
        }
        if (arguments.values().stream().anyMatch(Obj.class::isInstance)) {
            return ObjectFunctions.merged(arguments, arguments.values(), true);
        }
        Unknown reason = unknownPart(arguments);
        Equality.Pool pool = new Equality.Pool();
        Items items = new Items(arguments);
        for (int i = 0; i < arguments.size(); i++) {
            for (Json item : listOrRest(arguments, i)) {
                Optional<Boolean> isThere = pool.contains(item);
                if (isThere.orElse(false)) {
                    continue;
                }
                if (item instanceof Unknown unknown) {
                    items.addRest(unknown);
                } else if (isThere.isEmpty()) {
                    items.addSomewhere(item, reason);
                } else {
                    items.add(item);
                }
                pool.add(item);
            }
        }
        return items.list();
    }

    private static List<Json> listOrRest(Arguments arguments, int index) {
        return arguments.any(index) instanceof Unknown unknown
                ? List.of(unknown.asRest())
                : arguments.list(index).items();
    }

    /** A reason for what the unknown parts of the arguments leave open; not used where there are none. */
    private static Unknown unknownPart(Arguments arguments) {
        return Equality.undecided(new Arr(arguments.values())).unknown();
    }

    /** What all lists have, in the order of the first one; or the keys that all objects have with equal values. */
    private static Json intersection(Arguments arguments) {
        if (arguments.values().stream().allMatch(Unknown.class::isInstance)) {
            return ((Unknown) arguments.any(0)).derived();
        }
        if (arguments.values().stream().anyMatch(Obj.class::isInstance)) {
            return ObjectFunctions.intersection(arguments);
        }
        Unknown reason = unknownPart(arguments);
        List<Equality.Pool> others = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i++) {
            others.add(new Equality.Pool(listOrRest(arguments, i)));
        }
        Equality.Pool seen = new Equality.Pool();
        Items items = new Items(arguments);
        for (Json item : listOrRest(arguments, 0)) {
            Optional<Boolean> everywhere = Optional.of(true);
            for (Equality.Pool other : others) {
                everywhere = LogicFunctions.and(everywhere, other.contains(item));
            }
            Optional<Boolean> isSeen = seen.contains(item);
            if (!everywhere.orElse(true) || isSeen.orElse(false)) {
                continue;
            }
            if (everywhere.isEmpty() || !item.isKnown()) {
                items.addRest(reason);
            } else if (isSeen.isEmpty()) {
                items.addSomewhere(item, reason);
            } else {
                items.add(item);
            }
            seen.add(item);
        }
        return items.list();
    }

    private static Json flatten(Arguments arguments) {
        Items items = new Items(arguments);
        for (Json item : arguments.list(0).items()) {
            if (item instanceof Unknown unknown) {
                items.addRest(unknown);
            } else if (item instanceof Arr list) {
                list.items().forEach(items::add);
            } else {
                throw arguments.wrong(item, "a list");
            }
        }
        return items.list();
    }

    private static Json range(Arguments arguments) {
        long start = arguments.integer(0);
        long count = arguments.integer(1);
        if (count < 0 || count > LONGEST_RANGE) {
            throw arguments.fail("makes 0 to " + LONGEST_RANGE + " numbers, not " + count);
        }
        if (start < Integer.MIN_VALUE || start + count > Integer.MAX_VALUE) {
            throw arguments.fail("goes beyond whole numbers of 32 bits");
        }
        List<Json> numbers = new ArrayList<>();
        for (long i = start; i < start + count; i++) {
            numbers.add(new Num(Long.toString(i)));
        }
        return new Arr(numbers);
    }
}
