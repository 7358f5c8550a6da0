package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.FlowDecision.Part;
import dev.netkb.model.reach.FlowDecision.Piece;
import dev.netkb.model.reach.ResolvedRoute;
import dev.netkb.model.reach.ResolvedRoute.Origin;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Routes of gateways, other than a default route, that take packets from the subnet of a location to Azure's own public
 * addresses: what happens when a circuit advertises the routes of one peering on another.
 *
 * @param sure routes that surely take some
 * @param possible routes to public addresses of which nobody knows whether they are Azure's
 * @param unseen gateways whose routes were not exported, by name
 */
public record CrossedRoutes(
        Location location, Subnet subnet, List<ResolvedRoute> sure, List<ResolvedRoute> possible, List<String> unseen) {

    public CrossedRoutes {
        sure = List.copyOf(sure);
        possible = List.copyOf(possible);
        unseen = List.copyOf(unseen);
    }

    /** @param toAzure what becomes on routes of packets to Azure's public addresses */
    public static CrossedRoutes of(Location location, Subnet subnet, FlowDecision toAzure, List<String> unseen) {
        List<ResolvedRoute> sure = routes(toAzure, true);
        List<ResolvedRoute> possible = routes(toAzure, false).stream()
                .filter(route -> !sure.contains(route))
                .toList();
        return new CrossedRoutes(location, subnet, sure, possible, unseen);
    }

    private static List<ResolvedRoute> routes(FlowDecision decision, boolean sure) {
        return decision.stages().stream()
                .flatMap(stage -> stage.parts().stream())
                .filter(part -> part.decider() instanceof Decider.Routed)
                .filter(part -> isSure(part) == sure)
                .map(part -> ((Decider.Routed) part.decider()).route())
                .filter(route ->
                        route.origin() == Origin.GATEWAY && !route.destination().endsWith("/0"))
                .distinct()
                .sorted(Comparator.comparing(RoutePlaces::text))
                .toList();
    }

    /** What a gateway lets pass is not known; that a packet goes to it is. */
    private static boolean isSure(Part part) {
        return part.pieces().stream().anyMatch(CrossedRoutes::isAzure);
    }

    /** Names of tags are words; those of other things that are not known are phrases. */
    private static boolean isAzure(Piece piece) {
        return piece.inside().stream().noneMatch(CrossedRoutes::isTag)
                && piece.outside().stream().noneMatch(CrossedRoutes::isTag);
    }

    private static boolean isTag(String name) {
        return name.indexOf(' ') < 0;
    }

    public boolean isCrossed() {
        return !sure.isEmpty();
    }

    /** Whether nobody knows it, because routes or the addresses of Azure are missing. */
    public boolean isOpen() {
        return sure.isEmpty() && (!possible.isEmpty() || !unseen.isEmpty());
    }

    /** The routes that surely take packets to Azure, joined. */
    public String text() {
        return texts(sure);
    }

    /** The destination of the first of them, empty where there is none. */
    public String firstDestination() {
        return sure.isEmpty() ? "" : sure.get(0).destination();
    }

    /** What would decide it. */
    public String missingText() {
        return possible.isEmpty()
                ? "the effective routes of a network interface in " + subnet.name() + ", because "
                        + String.join(", ", unseen) + " may have brought routes (az network nic"
                        + " show-effective-route-table)"
                : "the addresses of service tag AzureCloud (--service-tags FILE), which may cover " + texts(possible);
    }

    private static String texts(List<ResolvedRoute> routes) {
        return routes.stream().map(RoutePlaces::text).collect(Collectors.joining(", "));
    }
}
