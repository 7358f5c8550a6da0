package dev.netkb.api.fix;

import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.value.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The items of a resource that can get more of them.
 *
 * @param key what its {@code properties} call them
 * @param resource where the resource was read
 * @param items where those that somebody wrote were read
 * @param names of all of them, in lower case
 */
record ItemList(String key, Place resource, List<Place> items, Set<String> names) {

    static ItemList of(NetworkSecurityGroup group) {
        return new ItemList(
                "securityRules",
                group.provenance().place(),
                group.rules().stream()
                        .filter(rule -> !rule.isDefault())
                        .map(rule -> rule.provenance().place())
                        .toList(),
                names(group.rules().stream().map(NsgRule::name)));
    }

    static ItemList of(RouteTable table) {
        return new ItemList(
                "routes",
                table.provenance().place(),
                table.routes().stream().map(route -> route.provenance().place()).toList(),
                names(table.routes().stream().map(Route::name)));
    }

    private static Set<String> names(Stream<String> names) {
        return names.map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /** New items, each with a name that no other has. */
    List<Map<String, Object>> withFreeNames(List<Map<String, Object>> wanted) {
        Set<String> taken = new HashSet<>(names);
        List<Map<String, Object>> named = new ArrayList<>();
        for (Map<String, Object> item : wanted) {
            Map<String, Object> copy = new LinkedHashMap<>(item);
            copy.computeIfPresent("name", (key, name) -> free(name.toString(), taken));
            named.add(copy);
        }
        return named;
    }

    private static String free(String name, Set<String> taken) {
        String free = name;
        for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
            free = name + "-" + i;
        }
        return free;
    }
}
