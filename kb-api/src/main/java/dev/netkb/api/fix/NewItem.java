package dev.netkb.api.fix;

import dev.netkb.model.report.Result;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change of a remediation that adds an item to a resource.
 *
 * @param json the item as templates write it
 */
record NewItem(ItemList list, Map<String, Object> json) {

    /** Empty where the change adds nothing, the resource is not in the snapshot, or people have to fill something in. */
    static Optional<NewItem> of(Map<String, Object> change, Result result, Snapshot snapshot) {
        return switch (text(change, "op")) {
            case "addNsgRule" -> rule(change, snapshot);
            case "addRoute" -> route(change, result, snapshot);
            default -> Optional.empty();
        };
    }

    private static String text(Map<String, Object> change, String key) {
        return Objects.toString(change.get(key), "");
    }

    /** Without a priority it only says that others have to be moved; a rule has one protocol or all. */
    private static Optional<NewItem> rule(Map<String, Object> change, Snapshot snapshot) {
        if (!change.containsKey("priority") || text(change, "protocol").contains(",")) {
            return Optional.empty();
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String key : List.of("priority", "direction", "access", "protocol")) {
            properties.put(key, literal(change.get(key)));
        }
        for (String side : List.of("source", "destination")) {
            put(side + "AddressPrefix", side + "AddressPrefixes", change, properties);
            put(side + "PortRange", side + "PortRanges", change, properties);
        }
        return snapshot.networkSecurityGroup(ResourceId.of(text(change, "nsg")))
                .map(group -> new NewItem(ItemList.of(group), item(text(change, "name"), properties)));
    }

    private static void put(String one, String many, Map<String, Object> change, Map<String, Object> properties) {
        List<Object> values = new ArrayList<>();
        if (change.get(many) instanceof List<?> list) {
            list.forEach(value -> values.add(literal(value)));
        }
        if (values.size() == 1) {
            properties.put(one, values.get(0));
        } else {
            properties.put(many, values);
        }
    }

    /**
     * Remediations of flows give the id of the table and say where the route leads; others speak of the table of the
     * location, and lead to the internet.
     */
    private static Optional<NewItem> route(Map<String, Object> change, Result result, Snapshot snapshot) {
        String table = text(change, "routeTable");
        String prefix = text(change, change.containsKey("addressPrefix") ? "addressPrefix" : "prefix");
        String name = text(change, change.containsKey("name") ? "name" : "route");
        if (prefix.isEmpty() || prefix.contains("<") || name.isEmpty() || name.contains("<")) {
            return Optional.empty();
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("addressPrefix", literal(prefix));
        properties.put("nextHopType", change.getOrDefault("nextHopType", "Internet"));
        Optional<ResourceId> id = table.startsWith("/") ? Optional.of(ResourceId.of(table)) : tableOf(result, snapshot);
        return id.flatMap(snapshot::routeTable)
                .map(found ->
                        new NewItem(ItemList.of(found), item(name.replaceAll("[^A-Za-z0-9_.-]", "_"), properties)));
    }

    private static Optional<ResourceId> tableOf(Result result, Snapshot snapshot) {
        return snapshot.locations().stream()
                .filter(location -> location.serviceId().equals(result.subject().id())
                        && location.regionName().equals(result.subject().location()))
                .flatMap(location -> Stream.ofNullable(location.subnetId()))
                .flatMap(id -> snapshot.subnet(id).stream())
                .flatMap(subnet -> Stream.ofNullable(subnet.routeTableId()))
                .findFirst();
    }

    private static Map<String, Object> item(String name, Map<String, Object> properties) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", name);
        item.put("properties", properties);
        return item;
    }

    /** A text between brackets would be an expression. */
    private static Object literal(@Nullable Object value) {
        if (value instanceof Number) {
            return value;
        }
        String text = String.valueOf(value);
        return text.startsWith("[") && text.endsWith("]") ? "[" + text : text;
    }
}
