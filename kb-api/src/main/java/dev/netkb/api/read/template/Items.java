package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Unknown;
import java.util.ArrayList;
import java.util.List;

/** Collects the items of a list and ends the evaluation before there are too many. Not thread-safe. */
final class Items {

    private final String function;
    private final List<Json> items = new ArrayList<>();
    private long weight;

    Items(String function) {
        this.function = function;
    }

    Items(Arguments arguments) {
        this(arguments.function());
    }

    void add(Json item) {
        weight += item.weight();
        if (weight >= Functions.MOST_VALUES) {
            throw new NoValue(function + "() is not evaluated: its value would be too large");
        }
        items.add(item);
    }

    /** Any number of items that are not known may stand here. */
    void addRest(Unknown why) {
        if (items.isEmpty() || !Equality.isRest(items.get(items.size() - 1))) {
            add(why.asRest());
        }
    }

    /** An item that is surely in the list, though it is not known where. */
    void addSomewhere(Json item, Unknown why) {
        addRest(why);
        add(item);
        addRest(why);
    }

    Arr list() {
        return new Arr(items);
    }
}
