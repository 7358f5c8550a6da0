package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkInterface;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision.Part;
import dev.netkb.model.reach.FlowDecision.Piece;
import dev.netkb.model.reach.ResolvedRoute;
import dev.netkb.model.reach.ResolvedRoute.Origin;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where packets to public addresses leave the subnet of a location when no more specific route is for them.
 *
 * @param sure routes that surely decide about some of them
 * @param possible routes that decide about some of them if what was not exported is so: a gateway may have learned one
 * @param networkInterface the id of a network interface in the subnet, or in angle brackets what to put in its place
 */
public record DefaultRoute(
        Location location,
        Subnet subnet,
        List<ResolvedRoute> sure,
        List<ResolvedRoute> possible,
        String networkInterface) {

    private static final Comparator<ResolvedRoute> ORDER = Comparator.comparing(RoutePlaces::text);

    public DefaultRoute {
        sure = List.copyOf(sure);
        possible = List.copyOf(possible);
    }

    /** @param parts what reachability says of packets on default routes */
    public static DefaultRoute of(Location location, Subnet subnet, List<Part> parts, Snapshot snapshot) {
        List<ResolvedRoute> sure = routes(parts, true);
        List<ResolvedRoute> possible = routes(parts, false).stream()
                .filter(route -> !sure.contains(route))
                .toList();
        return new DefaultRoute(location, subnet, sure, possible, networkInterface(subnet, snapshot));
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

    private static String networkInterface(Subnet subnet, Snapshot snapshot) {
        return snapshot.networkInterfaces().stream()
                .filter(nic -> nic.subnetIds().contains(subnet.id()))
                .findFirst()
                .map(NetworkInterface::id)
                .map(Object::toString)
                .orElse("'<network interface of a virtual machine in " + subnet.name() + ">'");
    }

    /** Whether some of them surely go to a gateway, an appliance or nowhere (forced tunnelling). */
    public boolean isForced() {
        return sure.stream().anyMatch(DefaultRoute::leadsAway);
    }

    /** Whether it is not known that all of them go to the internet, and not sure that some do not. */
    public boolean isPerhapsForced() {
        return !isForced() && Stream.concat(sure.stream(), possible.stream()).anyMatch(DefaultRoute::mayLeadAway);
    }

    /** Whether some of them go to a gateway or an appliance, which may bring them on. */
    public boolean isForwarded() {
        return sure.stream().anyMatch(route -> leadsAway(route) && !isLost(route));
    }

    /** Whether a gateway surely brought one of them. */
    public boolean isFromGateway() {
        return sure.stream().anyMatch(route -> route.origin() == Origin.GATEWAY);
    }

    /** Whether a gateway may have brought one of them, which was not exported. */
    public boolean isPerhapsFromGateway() {
        return possible.stream().anyMatch(route -> route.origin() == Origin.GATEWAY);
    }

    /** Whether all of them surely go to nowhere. */
    public boolean leadsNowhere() {
        return possible.isEmpty() && sure.stream().allMatch(DefaultRoute::isLost);
    }

    /** The appliances that surely get all of them; empty where others may get some. */
    public List<AddressPrefix> appliances() {
        boolean all = possible.isEmpty()
                && sure.stream()
                        .allMatch(route -> route.nextHopType() == NextHopType.VIRTUAL_APPLIANCE
                                && !route.nextHopIps().isEmpty());
        return all
                ? sure.stream()
                        .flatMap(route -> route.nextHopIps().stream())
                        .distinct()
                        .toList()
                : List.of();
    }

    /** What would decide what becomes of packets on it. */
    public String missingBeyond() {
        return isForced() ? "what " + hopText() + " lets pass" : missingText();
    }

    private static boolean leadsAway(ResolvedRoute route) {
        return route.nextHopType() == NextHopType.VIRTUAL_APPLIANCE
                || route.nextHopType() == NextHopType.VIRTUAL_NETWORK_GATEWAY
                || isLost(route);
    }

    /** Public addresses are not in the virtual network, so next hop VnetLocal loses packets to them as None does. */
    private static boolean isLost(ResolvedRoute route) {
        return route.nextHopType() == NextHopType.NONE || route.nextHopType() == NextHopType.VNET_LOCAL;
    }

    private static boolean mayLeadAway(ResolvedRoute route) {
        return leadsAway(route) || route.nextHopType() == NextHopType.UNKNOWN;
    }

    /** The routes that lead away; where none surely does, those that may. */
    public List<ResolvedRoute> away() {
        return isForced()
                ? sure.stream().filter(DefaultRoute::leadsAway).toList()
                : Stream.concat(sure.stream(), possible.stream())
                        .filter(DefaultRoute::mayLeadAway)
                        .toList();
    }

    /** Those routes, joined. */
    public String awayText() {
        return away().stream().map(RoutePlaces::text).collect(Collectors.joining(", "));
    }

    /** The name of a user route among them, to be changed; {@code default} where there is none. */
    public String routeName() {
        return away().stream()
                .filter(ResolvedRoute::isUserDefined)
                .map(ResolvedRoute::name)
                .findFirst()
                .orElse("default");
    }

    /** Where the packets go that do not go to the internet, joined, such as {@code VirtualAppliance 10.0.0.4}. */
    public String hopText() {
        return away().stream().map(ResolvedRoute::hop).distinct().collect(Collectors.joining(", "));
    }

    /**
     * The service endpoints of the subnet, and those that an instance behind such a route needs, joined by a blank. Azure SQL
     * is needed in the primary region only.
     */
    public String serviceEndpointsList() {
        Set<String> wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        subnet.serviceEndpoints().forEach(endpoint -> wanted.add(endpoint.service()));
        wanted.addAll(List.of("Microsoft.EventHub", "Microsoft.KeyVault"));
        if (location.primary()) {
            wanted.add("Microsoft.Sql");
        }
        if (!subnet.hasServiceEndpoint("Microsoft.Storage.Global")) {
            wanted.add("Microsoft.Storage");
        }
        return String.join(" ", wanted);
    }

    /** What would decide whether the default route leads away. */
    public String missingText() {
        boolean learned = isPerhapsFromGateway();
        return learned
                ? "the effective routes of a network interface in " + subnet.name()
                        + ", because a gateway may have brought a default route"
                        + " (az network nic show-effective-route-table --ids " + networkInterface + ")"
                : "the next hop of " + awayText();
    }
}
