package dev.netkb.api.read;

import dev.netkb.api.read.json.Json;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the members of an object; what is null and not unknown is left out. */
final class Members {
    private final List<String> keys = new ArrayList<>();
    private final List<Json> values = new ArrayList<>();

    Members value(String key, Json value) {
        keys.add(key);
        values.add(value);
        return this;
    }

    Members text(String key, String value) {
        return value(key, new Json.Text(value));
    }

    Members optional(String key, @Nullable String value) {
        return value == null ? this : text(key, value);
    }

    <T> Members list(String key, List<? extends T> items, Function<T, ? extends Json> write) {
        return items.isEmpty() ? this : whole(key, items, write);
    }

    /** As {@link #list}, but an empty list is written too. */
    <T> Members whole(String key, List<? extends T> items, Function<T, ? extends Json> write) {
        return value(key, new Json.Arr(items.stream().<Json>map(write::apply).toList()));
    }

    Members unknownOnly(String key, Provenance from, String component) {
        String reason = from.unknown().get(component);
        return reason == null ? this : value(key, new Json.Unknown(reason));
    }

    Members unknownText(String key, @Nullable String value, Provenance from, String component) {
        return value == null ? unknownOnly(key, from, component) : text(key, value);
    }

    Members unknownBool(String key, @Nullable Boolean value, Provenance from, String component) {
        return value == null ? unknownOnly(key, from, component) : value(key, new Json.Bool(value));
    }

    /** The known items and, where some are not known, one unknown item that says so. */
    Members unknownList(String key, List<? extends Json> items, Provenance from, String component) {
        String reason = from.unknown().get(component);
        List<Json> all = new ArrayList<>(items);
        if (reason != null) {
            all.add(new Json.Unknown(reason));
        }
        return value(key, new Json.Arr(all));
    }

    Members region(@Nullable Region region, Provenance from, String component) {
        return unknownText(key(component), region == null ? null : region.key(), from, component);
    }

    private static String key(String component) {
        return component.equals("region") ? "location" : component;
    }

    Members reference(String key, @Nullable ResourceId id, Provenance from, String component) {
        return nested(key, "id", id == null ? null : id.text(), from, component);
    }

    Members nested(String key, String inner, @Nullable String value, Provenance from, String component) {
        return value == null && from.knows(component)
                ? this
                : value(
                        key,
                        new Members().unknownText(inner, value, from, component).build());
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    Json build() {
        return new Json.Obj(keys, values);
    }
}
