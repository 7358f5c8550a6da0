package dev.netkb.api.read.terraform;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object in the shape of ARM while it is put together. Each value remembers the name that it has in the plan. */
final class ArmObject {

    private final Origin origin;
    private final Map<String, Field> fields = new LinkedHashMap<>();

    /** A value, or the object that is still put together in its place. */
    private record Field(
            String segment, Json value, @Nullable ArmObject object) {

        Json build() {
            return object == null ? value : object.build();
        }
    }

    /** @param origin where the object stands in the plan */
    ArmObject(Origin origin) {
        this.origin = origin;
    }

    /** Sets a field. Objects on the way stand where this one does: Terraform does not have them. */
    void put(List<String> path, String segment, Json value) {
        owner(path).fields.put(last(path), new Field(segment, value, null));
    }

    void put(String key, Json value) {
        put(List.of(key), key, value);
    }

    /** Adds to a list. A value that is not known becomes one of its items. */
    void append(List<String> path, String segment, List<Json> more) {
        ArmObject owner = owner(path);
        Field field = owner.fields.get(last(path));
        List<Json> items = new ArrayList<>();
        if (field != null && field.build() instanceof Json.Arr array) {
            items.addAll(array.items());
        } else if (field != null && field.build() instanceof Json.Unknown unknown) {
            items.add(unknown);
        }
        items.addAll(more);
        owner.fields.put(last(path), new Field(segment, new Json.Arr(items), null));
    }

    /** An object within this one, made where there is none. */
    ArmObject object(List<String> path, String segment, Origin stands) {
        ArmObject owner = owner(path);
        Field field = owner.fields.get(last(path));
        if (field != null && field.object() != null) {
            return field.object();
        }
        ArmObject made = new ArmObject(stands);
        owner.fields.put(last(path), new Field(segment, Json.NULL, made));
        return made;
    }

    /** Whether a field has a value, known or not. */
    boolean has(List<String> path) {
        Field field = fields.get(path.get(0));
        return field != null && has(field.build(), path.subList(1, path.size()));
    }

    private static boolean has(Json value, List<String> path) {
        if (path.isEmpty() || value instanceof Json.Unknown) {
            return true;
        }
        Json next = value instanceof Json.Obj object ? object.get(path.get(0)) : null;
        return next != null && has(next, path.subList(1, path.size()));
    }

    /** Takes the fields of another object, in place of own ones with the same name. */
    void take(Json.Obj other) {
        for (int i = 0; i < other.size(); i++) {
            String key = other.keys().get(i);
            Field mine = fields.get(key);
            Json before = mine == null ? null : mine.build();
            if (before instanceof Json.Obj old && other.value(i) instanceof Json.Obj news) {
                ArmObject both = new ArmObject(news.origin() == null ? origin : news.origin());
                both.take(old);
                both.take(news);
                fields.put(key, new Field(key, Json.NULL, both));
            } else {
                fields.put(key, new Field(key, other.value(i), null));
            }
        }
    }

    Json.Obj build() {
        List<String> keys = new ArrayList<>();
        List<Json> values = new ArrayList<>();
        List<String> segments = new ArrayList<>();
        fields.forEach((key, field) -> {
            keys.add(key);
            values.add(field.build());
            segments.add(field.segment());
        });
        return new Json.Obj(keys, values, segments).from(origin);
    }

    private ArmObject owner(List<String> path) {
        ArmObject owner = this;
        for (String key : path.subList(0, path.size() - 1)) {
            owner = owner.object(List.of(key), key, origin);
        }
        return owner;
    }

    private static String last(List<String> path) {
        return path.get(path.size() - 1);
    }
}
