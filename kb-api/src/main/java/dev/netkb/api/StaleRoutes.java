package dev.netkb.api;

import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Effective routes that lack a route of their subnet's table: they are older than the table, or the table is a plan. */
public final class StaleRoutes {

    private StaleRoutes() {}

    /** One notice for each subnet, at the first route of its table that its effective routes lack. */
    public static List<Problem> in(Snapshot snapshot) {
        return snapshot.subnets().stream()
                .flatMap(subnet -> lacking(subnet, snapshot).map(route -> problem(subnet, route)).stream())
                .toList();
    }

    private static Optional<Route> lacking(Subnet subnet, Snapshot snapshot) {
        if (subnet.routeTableId() == null) {
            return Optional.empty();
        }
        List<EffectiveRoute> effective = snapshot.effectiveRoutes(subnet.id());
        if (effective.isEmpty()) {
            return Optional.empty();
        }
        return snapshot.routeTable(subnet.routeTableId()).map(RouteTable::routes).stream()
                .flatMap(List::stream)
                .filter(route -> route.destination() instanceof AddressMatch.Prefix && !route.isRefused())
                .filter(route -> shown(route, effective).findAny().isEmpty())
                .findFirst();
    }

    private static Stream<EffectiveRoute> shown(Route route, List<EffectiveRoute> effective) {
        return effective.stream()
                .filter(seen -> seen.source().equalsIgnoreCase("User") && seen.nextHopType() == route.nextHopType())
                .filter(seen -> seen.prefixes().stream()
                        .anyMatch(prefix -> route.destination().equals(new AddressMatch.Prefix(prefix))));
    }

    private static Problem problem(Subnet subnet, Route route) {
        return new Problem(
                "KB-N206",
                Problem.Level.WARNING,
                "the effective routes of subnet " + subnet.name() + " lack route "
                        + route.routeTableId().name() + "/"
                        + route.name() + " (" + route.destination().text() + " to "
                        + route.nextHopType().azureName()
                        + "), so they are older than the table; what they say was decided",
                route.provenance().place(),
                "Ask for the effective routes again (az network nic show-effective-route-table). To check a change that is"
                        + " only planned, leave them out: then the table decides.");
    }
}
