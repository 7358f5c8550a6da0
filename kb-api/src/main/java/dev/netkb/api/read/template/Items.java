package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
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

    Arr list() {
        return new Arr(items);
    }
}
