package dev.netkb.model.derived;

import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The routes of a table that lead public addresses to the internet, where they could name a service tag.
 *
 * @param routes in the order of their names, none twice
 */
public record FixedRoutes(RouteTable table, List<Route> routes) {

    private static final int NAMED = 5;

    public FixedRoutes {
        routes = List.copyOf(routes);
    }

    public static FixedRoutes of(RouteTable table, Collection<Route> routes) {
        return new FixedRoutes(
                table,
                routes.stream()
                        .distinct()
                        .sorted(Comparator.comparing(Route::name))
                        .toList());
    }

    public boolean isEmpty() {
        return routes.isEmpty();
    }

    /** The first of them and the number of the others, such as {@code a (192.0.2.0/24), b (198.51.100.0/24) and 7 more}. */
    public String text() {
        String first = routes.stream()
                .limit(NAMED)
                .map(route -> route.name() + " (" + route.destination().text() + ")")
                .collect(Collectors.joining(", "));
        return routes.size() > NAMED ? first + " and " + (routes.size() - NAMED) + " more" : first;
    }
}
