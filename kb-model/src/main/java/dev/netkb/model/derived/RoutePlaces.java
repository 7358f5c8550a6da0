package dev.netkb.model.derived;

import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.reach.ResolvedRoute;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FactRef;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Optional;

/**
 * Where what decides stands in an export: a route in a route table, among effective routes, else the subnet itself; a
 * rule that Azure adds, in the group to which a better one is added; a missing group, at the subnet that lacks it.
 */
public final class RoutePlaces {

    private final Snapshot snapshot;

    public RoutePlaces(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * As {@link ResolvedRoute#text()}, without a name where nobody knows that of a user route: effective routes may come
     * without names, and then the route has the id of its subnet.
     */
    public static String text(ResolvedRoute route) {
        return !route.isUserDefined() || isNamed(route)
                ? route.text()
                : route.origin().words() + " (" + route.destination() + " to " + route.hop() + ")";
    }

    private static boolean isNamed(ResolvedRoute route) {
        return route.id().segment("routes").isPresent();
    }

    /** Routes as what was seen. */
    public List<Evidence> evidence(List<ResolvedRoute> routes) {
        return routes.stream().map(this::evidence).toList();
    }

    /** A route as something that was seen. */
    public Evidence evidence(ResolvedRoute route) {
        Seen seen = seen(route);
        return new Evidence("route", text(route), seen.fact(), seen.at());
    }

    /** The fact that it is, or that has it. */
    public FactRef fact(ResolvedRoute route) {
        return seen(route).fact();
    }

    public Place place(ResolvedRoute route) {
        return seen(route).at();
    }

    public Place place(NsgRule rule) {
        Place own = rule.provenance().place();
        return own.equals(Place.NOWHERE)
                ? snapshot.networkSecurityGroup(rule.nsgId())
                        .map(group -> group.provenance().place())
                        .orElse(own)
                : own;
    }

    /** The place of a subnet. */
    public Place place(ResourceId subnet) {
        return snapshot.subnet(subnet).map(found -> found.provenance().place()).orElse(Place.NOWHERE);
    }

    /** The route of a route table that it is; empty where Azure or a gateway made it, or the table was not exported. */
    public Optional<Route> userRoute(ResolvedRoute route) {
        return table(route)
                .flatMap(table -> table.routes().stream()
                        .filter(candidate -> candidate.name().equalsIgnoreCase(route.name())
                                && candidate.id().equals(route.id()))
                        .findFirst());
    }

    /**
     * The id of the route to change where somebody wrote it: of an effective route without a name, the route of the
     * subnet's table that has its destination and leads to the same place. Empty where there is none.
     */
    public Optional<ResourceId> configured(ResolvedRoute route) {
        if (!route.isUserDefined()) {
            return Optional.empty();
        }
        if (isNamed(route)) {
            return Optional.of(route.id());
        }
        return snapshot.subnet(route.id())
                .map(Subnet::routeTableId)
                .flatMap(snapshot::routeTable)
                .flatMap(table -> table.routes().stream()
                        .filter(candidate -> leadsAlike(candidate, route))
                        .map(Route::id)
                        .findFirst());
    }

    /** The name of the {@linkplain #configured configured} route; empty where there is none. */
    public String configuredName(ResolvedRoute route) {
        return configured(route).map(ResourceId::name).orElse("");
    }

    private static boolean leadsAlike(Route candidate, ResolvedRoute route) {
        List<AddressPrefix> hops = candidate.nextHopIp() == null ? List.of() : List.of(candidate.nextHopIp());
        return candidate.destination().text().equals(route.destination())
                && candidate.nextHopType() == route.nextHopType()
                && hops.equals(route.nextHopIps());
    }

    private Optional<RouteTable> table(ResolvedRoute route) {
        return route.isUserDefined() ? route.id().parent().flatMap(snapshot::routeTable) : Optional.empty();
    }

    private record Seen(FactRef fact, Place at) {}

    private Seen seen(ResolvedRoute route) {
        return userRoute(route)
                .map(user -> new Seen(
                        new FactRef("Route", user.id()), user.provenance().place()))
                .or(() -> table(route)
                        .map(table -> new Seen(
                                new FactRef("RouteTable", table.id()),
                                table.provenance().place())))
                .or(() -> effective(route)
                        .map(effective -> new Seen(
                                new FactRef("EffectiveRoute", route.id()),
                                effective.provenance().place())))
                .or(() -> snapshot.subnet(route.id())
                        .map(subnet -> new Seen(
                                new FactRef("Subnet", subnet.id()),
                                subnet.provenance().place())))
                .orElseGet(() ->
                        new Seen(new FactRef(route.isUserDefined() ? "Route" : "Subnet", route.id()), Place.NOWHERE));
    }

    private Optional<EffectiveRoute> effective(ResolvedRoute route) {
        List<EffectiveRoute> routes = snapshot.subnet(route.id())
                .map(Subnet::id)
                .map(snapshot::effectiveRoutes)
                .orElseGet(snapshot::effectiveRoutes);
        return routes.stream()
                .filter(effective -> effective.nextHopType() == route.nextHopType()
                        && effective.nextHopIps().equals(route.nextHopIps())
                        && effective.prefixes().stream()
                                .anyMatch(prefix -> prefix.text().equals(route.destination())))
                .findFirst();
    }
}
