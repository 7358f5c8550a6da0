package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import dev.netkb.api.read.json.JsonFile;
import dev.netkb.api.read.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/**
 * Values as the tests write them: JSON, where the text {@code ?} is not known, {@code ?x} is not known and has the
 * symbol {@code x}, {@code ?*} is any number of items that are not known, and the key {@code ?*} says that an object may
 * have further keys.
 */
final class Values {

    static final String REASON = "the reason";

    private Values() {}

    static Json of(String json) {
        return marked(JsonFile.parseText(json).orElseThrow(() -> new AssertionError("not JSON: " + json)));
    }

    static List<Json> listOf(String json) {
        return ((Arr) of(json)).items();
    }

    private static Json marked(Json value) {
        if (value instanceof Text text && text.value().startsWith("?")) {
            String symbol = text.value().substring(1);
            return symbol.equals("*")
                    ? new Unknown(REASON).asRest()
                    : new Unknown(REASON, symbol.isEmpty() ? null : symbol);
        }
        if (value instanceof Arr array) {
            return new Arr(array.items().stream().map(Values::marked).toList());
        }
        if (value instanceof Obj object) {
            List<String> keys = new ArrayList<>();
            List<Json> values = new ArrayList<>();
            Unknown rest = null;
            for (int i = 0; i < object.size(); i++) {
                if (object.keys().get(i).equals("?*")) {
                    rest = new Unknown(REASON);
                } else {
                    keys.add(object.keys().get(i));
                    values.add(marked(object.value(i)));
                }
            }
            return new Obj(keys, values).withRest(rest);
        }
        return value;
    }

    /** The value as {@link #of} reads it, whatever the reasons are. */
    static String write(Json value) {
        return JsonText.compact(unmarked(value), 10_000_000).orElseThrow();
    }

    private static Json unmarked(Json value) {
        if (value instanceof Unknown unknown) {
            return new Text(unknown.rest() ? "?*" : unknown.symbol() == null ? "?" : "?" + unknown.symbol());
        }
        if (value instanceof Arr array) {
            return new Arr(array.items().stream().map(Values::unmarked).toList());
        }
        if (value instanceof Obj object) {
            List<String> keys = new ArrayList<>(object.keys());
            List<Json> values = new ArrayList<>();
            for (int i = 0; i < object.size(); i++) {
                values.add(unmarked(object.value(i)));
            }
            if (object.rest() != null) {
                keys.add("?*");
                values.add(Json.NULL);
            }
            return new Obj(keys, values);
        }
        return value;
    }
}
