package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision.Part;
import dev.netkb.model.reach.FlowDecision.Piece;
import dev.netkb.model.reach.ResolvedRoute;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where packets to public addresses leave the subnet of a location when no more specific route is for them.
 *
 * @param sure routes that surely decide about some of them
 * @param possible routes that decide about some of them if what was not exported is so: a gateway may have learned one
 */
public record DefaultRoute(Location location, Subnet subnet, List<ResolvedRoute> sure, List<ResolvedRoute> possible) {

    private static final Comparator<ResolvedRoute> ORDER = Comparator.comparing(ResolvedRoute::text);

    public DefaultRoute {
        sure = List.copyOf(sure);
        possible = List.copyOf(possible);
    }

    /** @param parts what reachability says of packets on default routes */
    public static DefaultRoute of(Location location, Subnet subnet, List<Part> parts) {
        List<ResolvedRoute> sure = routes(parts, true);
        return new DefaultRoute(
                location,
                subnet,
                sure,
                routes(parts, false).stream()
                        .filter(route -> !sure.contains(route))
                        .toList());
    }

    private static List<ResolvedRoute> routes(List<Part> parts, boolean sure) {
        return parts.stream()
                .filter(part -> part.decider() instanceof Decider.Routed)
                .filter(part -> part.pieces().stream().anyMatch(Piece::isConcrete) == sure)
                .map(part -> ((Decider.Routed) part.decider()).route())
                .distinct()
                .sorted(ORDER)
                .toList();
    }

    /** Whether some of them surely go to a gateway, an appliance or nowhere (forced tunnelling). */
    public boolean isForced() {
        return sure.stream().anyMatch(DefaultRoute::leadsAway);
    }

    /** Whether it is not known that all of them go to the internet, and not sure that some do not. */
    public boolean isPerhapsForced() {
        return !isForced() && possible.stream().anyMatch(DefaultRoute::leadsAway);
    }

    /** Whether some of them go to a gateway or an appliance, which may bring them on. */
    public boolean isForwarded() {
        return sure.stream().anyMatch(route -> leadsAway(route) && route.nextHopType() != NextHopType.NONE);
    }

    private static boolean leadsAway(ResolvedRoute route) {
        return route.nextHopType() == NextHopType.VIRTUAL_APPLIANCE
                || route.nextHopType() == NextHopType.VIRTUAL_NETWORK_GATEWAY
                || route.nextHopType() == NextHopType.NONE;
    }

    /** The routes that lead away, joined. */
    public String awayText() {
        List<ResolvedRoute> away = isForced() ? sure : possible;
        return away.stream()
                .filter(DefaultRoute::leadsAway)
                .map(ResolvedRoute::text)
                .collect(Collectors.joining(", "));
    }
}
