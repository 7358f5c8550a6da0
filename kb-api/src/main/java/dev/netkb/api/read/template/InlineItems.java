package dev.netkb.api.read.template;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import dev.netkb.api.read.json.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Subnets, peerings, rules and routes that stand in their parent and are deployed by themselves too. Azure puts the one
 * in the place of the other as a whole: the later one counts, and a parent that is deployed later also takes away what it
 * does not list. Without an order what only one of them would set is not known.
 */
final class InlineItems {

    /** Types whose items stand in the field of the parent that is called like the last part of the type. */
    private static final Set<String> TYPES = Set.of(
            "microsoft.network/networksecuritygroups/securityrules",
            "microsoft.network/routetables/routes",
            "microsoft.network/virtualnetworks/subnets",
            "microsoft.network/virtualnetworks/virtualnetworkpeerings");

    private final Map<String, List<Plan.Planned>> planned;

    /** @param planned by their ids in lower case; a list has more than one where they are deployed without an order */
    InlineItems(Map<String, List<Plan.Planned>> planned) {
        this.planned = planned;
    }

    void replace() {
        for (String id : List.copyOf(planned.keySet())) {
            List<Plan.Planned> same = planned.getOrDefault(id, List.of());
            if (same.size() == 1 && TYPES.contains(key(same.get(0).declared().type()))) {
                replace(id, same.get(0));
            }
        }
    }

    private void replace(String id, Plan.Planned child) {
        Declared declared = child.declared();
        String collection = declared.type().substring(declared.type().lastIndexOf('/') + 1);
        String parentId = key(Scope.idText(declared.prefix(), parent(declared.type()), parent(declared.name())));
        List<Plan.Planned> parents = planned.getOrDefault(parentId, List.of());
        if (parents.size() != 1) {
            return;
        }
        Plan.Planned parent = parents.get(0);
        Arr list = list(parent.value(), collection);
        if (list == null) {
            return;
        }
        if (parent.isSure() && DependsOn.isAfter(parent.declared(), declared)) {
            planned.put(id, List.of());
            return;
        }
        int at = indexOf(list, declared.name().substring(declared.name().lastIndexOf('/') + 1));
        if (at < 0) {
            return;
        }
        Json inline = list.items().get(at);
        if (!child.isSure()) {
            // Of the two it is not known which one is left.
            planned.put(id, List.of(child.with(Plan.unknown(child.doubt()))));
            inline = Json.NULL;
        } else if (DependsOn.isAfter(declared, parent.declared())) {
            inline = Json.NULL;
        } else {
            planned.put(id, List.of(child.with(agreed(child.value(), inline))));
            inline = agreed(inline, child.value());
        }
        planned.put(parentId, List.of(parent.with(with(parent.value(), collection, list, at, inline))));
    }

    /** The same item; what the other one does not set is not known, because nobody knows which one is the later. */
    private static Json agreed(Json item, Json other) {
        if (!(get(item, "properties") instanceof Obj own) || !(get(other, "properties") instanceof Obj others)) {
            return item;
        }
        Obj agreed = own;
        for (Obj either : List.of(own, others)) {
            for (String field : either.keys()) {
                if (isNothing(own.get(field)) != isNothing(others.get(field))) {
                    agreed = agreed.with(
                            field,
                            new Unknown("it is deployed twice, with " + field
                                    + " and without, and no dependsOn says which one is the later"));
                }
            }
        }
        return set((Obj) item, "properties", at(own, agreed));
    }

    private static boolean isNothing(@Nullable Json value) {
        return value == null || value instanceof Json.Null;
    }

    private static @Nullable Arr list(Json parent, String collection) {
        return get(parent, "properties") instanceof Obj properties && properties.get(collection) instanceof Arr list
                ? list
                : null;
    }

    private static int indexOf(Arr list, String name) {
        for (int i = 0; i < list.items().size(); i++) {
            Json own = get(list.items().get(i), "name");
            String text = own instanceof Text t ? t.value() : own instanceof Unknown u ? u.symbol() : null;
            if (name.equalsIgnoreCase(text)) {
                return i;
            }
        }
        return -1;
    }

    private static Json with(Json parent, String collection, Arr list, int at, Json item) {
        List<Json> items = new ArrayList<>(list.items());
        items.set(at, item);
        return parent instanceof Obj object && object.get("properties") instanceof Obj properties
                ? set(object, "properties", set(properties, collection, at(list, new Arr(items))))
                : parent;
    }

    private static @Nullable Json get(Json value, String key) {
        return value instanceof Obj object ? object.get(key) : null;
    }

    private static Obj set(Obj object, String key, Json value) {
        return (Obj) at(object, object.with(key, value));
    }

    /** A changed value where the former one stood. */
    private static Json at(Json former, Json changed) {
        Origin origin = former.origin();
        return origin == null ? changed : changed.from(origin);
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private static String key(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
