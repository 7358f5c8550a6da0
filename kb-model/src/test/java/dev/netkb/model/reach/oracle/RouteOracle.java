package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.GatewayConnection;
import dev.netkb.model.azure.LocalNetworkGateway;
import dev.netkb.model.azure.NetworkInterface;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.PrivateEndpoint;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.ServiceEndpoint;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VirtualNetworkGateway;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.ResolvedRoute;
import dev.netkb.model.reach.ResolvedRoute.Origin;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks one address up in the routes of a subnet by hand: a plain list of prefixes, of which the longest decides.
 *
 * <p>Where something was not exported, an address has several possible deciders: a row of the list that may not be there
 * lets those behind it decide too.
 */
final class RouteOracle {

    /** The place of a row before every prefix. */
    private static final int FIRST = 1_000;

    /** The place of a row that stands for something unknown, before every prefix. */
    private static final int SECOND = 999;

    /** A prefix of /8 or longer, nobody knows how long. */
    private static final int SOME_LENGTH = -1;

    private static final Zone PLATFORM = Spans.ofTexts(List.of("168.63.129.16", "169.254.169.254"));
    private static final List<String> EVERYTHING = List.of("0.0.0.0/0", "::/0");
    private static final List<String> NOWHERE =
            List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10");

    private static final Map<String, String> SERVICES = Map.of(
            "microsoft.storage", "Storage",
            "microsoft.storage.global", "Storage",
            "microsoft.sql", "Sql",
            "microsoft.eventhub", "EventHub",
            "microsoft.keyvault", "AzureKeyVault");

    private static final Set<String> OF_A_REGION = Set.of("microsoft.storage", "microsoft.sql");

    /** Who wins among rows for one prefix: the first. */
    private enum Rank {
        PREFIX,
        TAG_OF_REGION,
        TAG,
        CLOUD_OF_REGION,
        CLOUD,
        GATEWAY,
        SYSTEM
    }

    /**
     * @param cidr the prefix that the row is for, null where that is not known
     * @param sure whether the row is there for each address of the zone, rather than for some of them
     */
    private record Row(@Nullable String cidr, Zone zone, int length, Rank rank, boolean sure, ResolvedRoute route) {

        static Row unknown(Zone zone, int length, Rank rank, ResolvedRoute route) {
            return new Row(null, zone, length, rank, false, route);
        }

        boolean isUnknownNetwork() {
            return !sure
                    && (route.nextHopType() == NextHopType.VNET_LOCAL
                            || route.nextHopType() == NextHopType.VNET_PEERING)
                    && rank == Rank.SYSTEM;
        }

        boolean isUnknownService() {
            return !sure && route.nextHopType() == NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT;
        }

        boolean isBefore(Row other) {
            if (other.length == SOME_LENGTH || length == SOME_LENGTH) {
                return length == FIRST;
            }
            return length != other.length ? length > other.length : rank.compareTo(other.rank) < 0;
        }
    }

    private final Snapshot snapshot;
    private final Map<ServiceTag, List<String>> tagData;
    private final Subnet subnet;
    private final FirewallOracle firewalls;
    private final List<Row> rows = new ArrayList<>();

    /** The virtual network and its peers as far as they are known, and the services behind endpoints. */
    private final List<Zone> near = new ArrayList<>();

    private final List<Zone> services = new ArrayList<>();

    /** Whether the table may keep the routes of gateways away. */
    private boolean mayBeKeptAway;

    RouteOracle(World world) {
        this(world, new PacketOracle(world.snapshot(), world.tagData(), Assumption.NOTHING_IS_OPEN));
    }

    /** @param addresses knows what rules of firewalls mean */
    RouteOracle(World world, PacketOracle addresses) {
        this.snapshot = world.snapshot();
        this.tagData = world.tagData();
        this.subnet = world.flow().subnet();
        this.firewalls = new FirewallOracle(world, addresses, this::isInReach);
        List<EffectiveRoute> reported = reported();
        if (!reported.isEmpty()) {
            reported.forEach(this::addReported);
            return;
        }
        addHome();
        snapshot.peerings().forEach(this::addPeer);
        if (!subnet.provenance().knows("serviceEndpoints")) {
            ResolvedRoute any = system("service endpoints", NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT);
            rows.add(Row.unknown(PacketOracle.PUBLIC, SOME_LENGTH, Rank.SYSTEM, any));
        }
        subnet.serviceEndpoints().forEach(this::addServiceEndpoint);
        snapshot.facts(PrivateEndpoint.class).forEach(this::addPrivateEndpoint);
        addTable();
        addGateways();
        addDefaults();
    }

    /** Everywhere where the fate of an address may differ from that of the one before. */
    Zone boundaries() {
        Zone all = PacketOracle.PUBLIC.or(PLATFORM);
        for (Row row : rows) {
            all = all.or(row.zone());
        }
        for (Zone zone : near) {
            all = all.or(zone);
        }
        for (Zone zone : services) {
            all = all.or(zone);
        }
        return all;
    }

    /** What may decide about a packet, or about replies to it; one decider where nothing is unknown. */
    Set<Decider> at(OraclePacket packet, Direction direction) {
        BigInteger address = packet.remote(direction);
        if (PLATFORM.holds(address)) {
            return Set.of(new Decider.Platform());
        }
        Set<Decider> deciders = new LinkedHashSet<>();
        for (boolean inNetwork : either(Row::isUnknownNetwork, address)) {
            for (boolean atService : either(Row::isUnknownService, address)) {
                for (boolean propagated : mayBeKeptAway ? List.of(true, false) : List.of(true)) {
                    addDeciders(deciders, new Place(packet, address, inNetwork, atService, propagated), direction);
                }
            }
        }
        return deciders;
    }

    /**
     * An address on the far side of a packet, and where it is thought to lie.
     *
     * @param inNetwork in a virtual network that was not exported
     * @param atService at a service of an endpoint whose addresses are not known
     * @param propagated whether routes of gateways come to the subnet
     */
    private record Place(
            OraclePacket packet, BigInteger address, boolean inNetwork, boolean atService, boolean propagated) {}

    private List<Boolean> either(Predicate<Row> unknown, BigInteger address) {
        return rows.stream().filter(unknown).anyMatch(row -> row.zone().holds(address))
                ? List.of(true, false)
                : List.of(false);
    }

    private boolean isThere(Row row, Place place) {
        if (!row.zone().holds(place.address())
                || row.isUnknownNetwork() && !place.inNetwork()
                || row.isUnknownService() && !place.atService()) {
            return false;
        }
        boolean known = holds(near, place.address()) || holds(services, place.address());
        return switch (row.rank()) {
            case GATEWAY -> place.propagated() && !known && !place.inNetwork() && !place.atService();
            case SYSTEM -> row.route().nextHopType() != NextHopType.NONE || !place.inNetwork();
            default -> true;
        };
    }

    private void addDeciders(Set<Decider> deciders, Place place, Direction direction) {
        List<Row> here = rows.stream().filter(row -> isThere(row, place)).toList();
        boolean sure = place.inNetwork()
                || place.atService()
                || here.stream().anyMatch(row -> row.sure() && row.length() == SOME_LENGTH);
        for (int i = 0; i < here.size(); i++) {
            boolean tooShort = sure && here.get(i).length() < 8 && here.get(i).length() != SOME_LENGTH;
            if (mayDecide(i, here) && !tooShort) {
                addFates(deciders, here.get(i), place, direction);
            }
        }
        if (here.stream().noneMatch(Row::sure)) {
            deciders.add(new Decider.Routed(system("any other address", NextHopType.NONE), false));
        }
    }

    /**
     * The routes as Azure would report them.
     *
     * @param learned prefixes that gateways learned, where there are gateways that learn
     */
    List<EffectiveRoute> report(Draw draw, List<String> learned) {
        boolean learns = rows.stream().anyMatch(row -> row.rank() == Rank.GATEWAY && !row.sure());
        Map<String, Row> best = new LinkedHashMap<>();
        List<Row> all = new ArrayList<>(rows);
        for (String cidr : learns ? learned : List.<String>of()) {
            all.add(new Row(cidr, zone(cidr), length(cidr), Rank.GATEWAY, true, gateway(cidr)));
        }
        boolean away = all.stream().anyMatch(row -> row.sure() && isDefaultAway(row));
        for (Row row : all) {
            boolean stays = row.route().nextHopType() == NextHopType.NONE && (!away || draw.chance(0.5));
            if (row.cidr() != null && (row.sure() || stays)) {
                best.merge(row.cidr(), row, (a, b) -> isActive(b, a) ? b : a);
            }
        }
        return all.stream()
                .filter(row -> row.cidr() != null && (row.sure() || best.containsValue(row)))
                .map(row -> reported(row, best.get(row.cidr()) == row))
                .toList();
    }

    /** Of two rows for one prefix: gateways never take the place of the network, its peers and endpoints. */
    private static boolean isActive(Row row, Row other) {
        if (row.rank() == Rank.GATEWAY && other.rank() == Rank.SYSTEM
                || row.rank() == Rank.SYSTEM && other.rank() == Rank.GATEWAY) {
            Row system = row.rank() == Rank.SYSTEM ? row : other;
            boolean giveWay = Set.of(NextHopType.INTERNET, NextHopType.NONE)
                    .contains(system.route().nextHopType());
            return giveWay == (row.rank() == Rank.GATEWAY);
        }
        return row.isBefore(other);
    }

    private static EffectiveRoute reported(Row row, boolean active) {
        boolean user = row.route().isUserDefined();
        return RoutedWorldGenerator.reported(
                user ? row.route().id().name() : null,
                user ? "User" : row.rank() == Rank.GATEWAY ? "VirtualNetworkGateway" : "Default",
                active ? "Active" : "Invalid",
                List.of(row.cidr()),
                row.route().nextHopType());
    }

    private static boolean isDefaultAway(Row row) {
        return row.length() == 0
                && Set.of(NextHopType.VIRTUAL_APPLIANCE, NextHopType.VIRTUAL_NETWORK_GATEWAY, NextHopType.UNKNOWN)
                        .contains(row.route().nextHopType());
    }

    private static boolean mayDecide(int index, List<Row> here) {
        Row row = here.get(index);
        for (int i = 0; i < here.size(); i++) {
            Row other = here.get(i);
            boolean earlier = i < index
                    && other.length() == row.length()
                    && other.length() != SOME_LENGTH
                    && other.rank() == row.rank();
            if (other.sure() && (other.isBefore(row) || earlier)) {
                return false;
            }
        }
        return true;
    }

    private void addFates(Set<Decider> deciders, Row row, Place place, Direction direction) {
        Set<Decider> byRules = direction == Direction.OUTBOUND ? atFirewall(row.route(), place.packet()) : null;
        if (byRules != null) {
            deciders.addAll(byRules);
            return;
        }
        BigInteger address = place.address();
        boolean isPublic = PacketOracle.PUBLIC.holds(address);
        boolean passes = true;
        boolean drops = true;
        switch (row.route().nextHopType()) {
            case NONE -> passes = false;
            case INTERNET -> {
                passes = isPublic;
                drops = !isPublic;
            }
            case VNET_LOCAL -> {
                passes = row.rank() == Rank.SYSTEM || holds(near, address) || place.inNetwork();
                drops = !passes;
            }
            case VNET_PEERING, VNET_GLOBAL_PEERING, VIRTUAL_NETWORK_SERVICE_ENDPOINT, INTERFACE_ENDPOINT ->
                drops = false;
            case VIRTUAL_APPLIANCE, VIRTUAL_NETWORK_GATEWAY -> {
                passes = direction == Direction.OUTBOUND || !isPublic;
                boolean brought =
                        row.rank() == Rank.GATEWAY && row.route().nextHopType() == NextHopType.VIRTUAL_NETWORK_GATEWAY;
                drops = !brought || isPublic;
            }
            case UNKNOWN -> {}
        }
        boolean known = !(passes && drops);
        if (passes) {
            deciders.add(new Decider.Routed(row.route(), true, known));
        }
        if (drops) {
            deciders.add(new Decider.Routed(row.route(), false, known));
        }
    }

    private @Nullable Set<Decider> atFirewall(ResolvedRoute route, OraclePacket packet) {
        return route.nextHopType() == NextHopType.VIRTUAL_APPLIANCE
                        && route.nextHopIps().size() == 1
                ? firewalls.at(route.nextHopIps().get(0), packet)
                : null;
    }

    private static boolean holds(List<Zone> zones, BigInteger address) {
        return zones.stream().anyMatch(zone -> zone.holds(address));
    }

    // ---- the rows

    private static Zone zone(String cidr) {
        return Spans.of(Line.cidr(cidr));
    }

    private static int length(String cidr) {
        int slash = cidr.indexOf('/');
        return slash >= 0 ? Integer.parseInt(cidr.substring(slash + 1)) : cidr.indexOf(':') >= 0 ? 128 : 32;
    }

    private void add(String cidr, Rank rank, ResolvedRoute route) {
        rows.add(new Row(cidr, zone(cidr), length(cidr), rank, true, route));
    }

    private ResolvedRoute system(String destination, NextHopType hop) {
        return new ResolvedRoute(Origin.SYSTEM, subnet.id(), destination, hop, List.of());
    }

    private ResolvedRoute gateway(String destination) {
        return new ResolvedRoute(
                Origin.GATEWAY, subnet.id(), destination, NextHopType.VIRTUAL_NETWORK_GATEWAY, List.of());
    }

    private List<EffectiveRoute> reported() {
        Set<ResourceId> interfaces = new HashSet<>();
        for (NetworkInterface nic : snapshot.networkInterfaces()) {
            if (nic.subnetIds().contains(subnet.id())) {
                interfaces.add(nic.id());
            }
        }
        List<EffectiveRoute> reported = new ArrayList<>();
        for (EffectiveRoute route : snapshot.effectiveRoutes()) {
            ResourceId nic = route.networkInterfaceId();
            if (nic == null ? snapshot.subnets().size() == 1 : interfaces.contains(nic)) {
                reported.add(route);
            }
        }
        return reported;
    }

    private void addReported(EffectiveRoute route) {
        Rank rank = route.source().equals("User")
                ? Rank.PREFIX
                : route.source().equals("VirtualNetworkGateway") ? Rank.GATEWAY : Rank.SYSTEM;
        Origin origin = rank == Rank.PREFIX ? Origin.USER : rank == Rank.GATEWAY ? Origin.GATEWAY : Origin.SYSTEM;
        ResourceId id = route.name() != null && subnet.routeTableId() != null
                ? subnet.routeTableId().child("routes", route.name())
                : subnet.id();
        for (AddressPrefix prefix : route.prefixes()) {
            String text = prefix.text();
            if (!route.state().equals("Invalid")) {
                add(text, rank, new ResolvedRoute(origin, id, text, route.nextHopType(), route.nextHopIps()));
            }
            switch (route.nextHopType()) {
                case VNET_LOCAL, VNET_PEERING, VNET_GLOBAL_PEERING -> {
                    if (rank == Rank.SYSTEM) {
                        near.add(zone(text));
                    }
                }
                case VIRTUAL_NETWORK_SERVICE_ENDPOINT -> services.add(zone(text));
                default -> {}
            }
        }
    }

    private @Nullable VirtualNetwork network(@Nullable ResourceId id) {
        for (VirtualNetwork vnet : snapshot.virtualNetworks()) {
            if (vnet.id().equals(id)) {
                return vnet;
            }
        }
        return null;
    }

    private void addHome() {
        VirtualNetwork home = network(subnet.vnetId());
        if (home == null) {
            for (AddressPrefix prefix : subnet.prefixes()) {
                Zone own = zone(prefix.text());
                near.add(own);
                rows.add(new Row(
                        null,
                        own,
                        SOME_LENGTH,
                        Rank.SYSTEM,
                        true,
                        system("virtual network " + subnet.vnetId().name(), NextHopType.VNET_LOCAL)));
            }
            addUnknownNetwork("virtual network " + subnet.vnetId().name(), NextHopType.VNET_LOCAL);
            return;
        }
        for (AddressPrefix range : home.addressPrefixes()) {
            addNear(range.text(), NextHopType.VNET_LOCAL);
        }
    }

    private void addNear(String cidr, NextHopType hop) {
        near.add(zone(cidr));
        add(cidr, Rank.SYSTEM, system(cidr, hop));
    }

    private void addUnknownNetwork(String name, NextHopType hop) {
        rows.add(Row.unknown(Zone.NOWHERE.not(), SOME_LENGTH, Rank.SYSTEM, system(name, hop)));
    }

    private boolean isPeer(VnetPeering peering) {
        return peering.vnetId().equals(subnet.vnetId())
                && (peering.state() == null || peering.state().equals("Connected"));
    }

    private void addPeer(VnetPeering peering) {
        boolean some = Boolean.FALSE.equals(peering.peerCompleteVnets());
        if (!isPeer(peering) || some && !peering.localSubnetNames().contains(subnet.name())) {
            return;
        }
        VirtualNetwork remote = network(peering.remoteVnetId());
        List<AddressPrefix> space = remote == null ? peering.remotePrefixes() : remote.addressPrefixes();
        List<AddressPrefix> ranges = new ArrayList<>(some ? List.of() : space);
        Set<String> unseen = new HashSet<>(some ? peering.remoteSubnetNames() : List.of());
        for (Subnet there : snapshot.subnets()) {
            if (some && there.vnetId().equals(peering.remoteVnetId()) && unseen.remove(there.name())) {
                ranges.addAll(there.prefixes());
            }
        }
        ranges.forEach(range -> addNear(range.text(), NextHopType.VNET_PEERING));
        if (ranges.isEmpty() || !unseen.isEmpty()) {
            // A subnet that nobody saw lies in its network.
            Zone where = space.isEmpty() ? Zone.NOWHERE.not() : Spans.ofPrefixes(space);
            ResolvedRoute route = system("peering " + peering.id().name(), NextHopType.VNET_PEERING);
            rows.add(Row.unknown(where, SOME_LENGTH, Rank.SYSTEM, route));
        }
    }

    private void addServiceEndpoint(ServiceEndpoint endpoint) {
        String service = endpoint.service().toLowerCase(Locale.ROOT);
        String name = SERVICES.get(service);
        if (name == null) {
            return;
        }
        List<String> tags = new ArrayList<>();
        boolean everywhere =
                !OF_A_REGION.contains(service) || endpoint.locations().contains(new Region("*"));
        if (everywhere) {
            tags.add(name);
        } else {
            VirtualNetwork home = network(subnet.vnetId());
            List<Region> regions = endpoint.locations();
            if (regions.isEmpty() && home != null && home.location() != null) {
                regions = List.of(home.location());
            }
            if (regions.isEmpty()) {
                rows.add(Row.unknown(
                        tagZone(ServiceTag.of(name)),
                        SOME_LENGTH,
                        Rank.SYSTEM,
                        system(name, NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT)));
            }
            regions.forEach(region -> tags.add(name + "." + region.key()));
        }
        for (String tag : tags) {
            addTag(
                    ServiceTag.of(tag),
                    Rank.SYSTEM,
                    system(tag, NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT),
                    services);
        }
    }

    private Zone tagZone(ServiceTag tag) {
        List<String> listed = tagData.get(tag);
        return listed == null ? PacketOracle.PUBLIC : Spans.ofTexts(listed);
    }

    private void addTag(ServiceTag tag, Rank rank, ResolvedRoute route, @Nullable List<Zone> kind) {
        List<String> listed = tagData.get(tag);
        if (listed == null) {
            Zone holder = tag.parent().map(this::tagZone).orElse(PacketOracle.PUBLIC);
            rows.add(Row.unknown(holder, SOME_LENGTH, rank, route));
            return;
        }
        for (String cidr : listed) {
            add(cidr, rank, route);
            if (kind != null) {
                kind.add(zone(cidr));
            }
        }
    }

    private void addPrivateEndpoint(PrivateEndpoint endpoint) {
        ResourceId home = endpoint.subnetId();
        if (home == null || !isInReach(home)) {
            return;
        }
        String policy = "unknown";
        for (Subnet there : snapshot.subnets()) {
            if (there.id().equals(home) && there.provenance().knows("privateEndpointNetworkPolicies")) {
                policy = String.valueOf(there.privateEndpointNetworkPolicies());
            }
        }
        if (policy.equals("Enabled") || policy.equals("RouteTableEnabled")) {
            return;
        }
        List<AddressPrefix> addresses = new ArrayList<>(endpoint.privateAddresses());
        endpoint.dnsConfigs().forEach(config -> addresses.addAll(config.addresses()));
        for (AddressPrefix address : addresses) {
            String text = address.text();
            ResolvedRoute route = system(text + "/" + length(text), NextHopType.INTERFACE_ENDPOINT);
            rows.add(new Row(text, zone(text), FIRST, Rank.SYSTEM, !policy.equals("unknown"), route));
        }
    }

    private boolean isInReach(ResourceId there) {
        String path = there.text().toLowerCase(Locale.ROOT);
        if (path.startsWith(subnet.vnetId().text().toLowerCase(Locale.ROOT) + "/")) {
            return true;
        }
        for (VnetPeering peering : snapshot.peerings()) {
            ResourceId remote = peering.remoteVnetId();
            boolean some = Boolean.FALSE.equals(peering.peerCompleteVnets());
            if (isPeer(peering)
                    && remote != null
                    && path.startsWith(remote.text().toLowerCase(Locale.ROOT) + "/")
                    && (!some
                            || peering.localSubnetNames().contains(subnet.name())
                                    && peering.remoteSubnetNames().contains(there.name()))) {
                return true;
            }
        }
        return false;
    }

    private void addTable() {
        ResourceId id = subnet.routeTableId();
        if (!subnet.provenance().knows("routeTableId")) {
            addUnknownTable(subnet.id());
            return;
        }
        if (id == null) {
            return;
        }
        for (RouteTable table : snapshot.routeTables()) {
            if (table.id().equals(id)) {
                table.routes().forEach(this::addRoute);
                return;
            }
        }
        addUnknownTable(id);
    }

    private void addUnknownTable(ResourceId of) {
        addAnywhere(new ResolvedRoute(
                Origin.USER, of.child("routes", "unknown"), "unknown destinations", NextHopType.UNKNOWN, List.of()));
    }

    private void addAnywhere(ResolvedRoute route) {
        rows.add(Row.unknown(Zone.NOWHERE.not(), SECOND, Rank.PREFIX, route));
    }

    private void addRoute(Route route) {
        String text = route.destination().text();
        ResolvedRoute resolved = new ResolvedRoute(
                Origin.USER,
                route.id(),
                text,
                route.provenance().knows("nextHopType") ? route.nextHopType() : NextHopType.UNKNOWN,
                route.nextHopIp() == null ? List.of() : List.of(route.nextHopIp()));
        if (route.destination() instanceof AddressMatch.Tag named) {
            boolean regional = named.tag().name().indexOf('.') > 0;
            boolean cloud = named.tag().name().startsWith("AzureCloud");
            Rank rank =
                    cloud ? (regional ? Rank.CLOUD_OF_REGION : Rank.CLOUD) : regional ? Rank.TAG_OF_REGION : Rank.TAG;
            addTag(named.tag(), rank, resolved, null);
        } else if (route.destination() instanceof AddressMatch.Prefix) {
            add(text, Rank.PREFIX, resolved);
        } else {
            addAnywhere(resolved);
        }
    }

    // ---- gateways

    private void addGateways() {
        for (RouteTable table : snapshot.routeTables()) {
            if (table.id().equals(subnet.routeTableId())) {
                if (Boolean.TRUE.equals(table.disableBgpRoutePropagation())) {
                    return;
                }
                mayBeKeptAway = !table.provenance().knows("disableBgpRoutePropagation");
            }
        }
        addGatewaysOf(subnet.vnetId(), true);
        for (VnetPeering peering : snapshot.peerings()) {
            if (isPeer(peering) && peering.useRemoteGateways() && peering.remoteVnetId() != null) {
                boolean offered = true;
                for (VnetPeering back : snapshot.peerings()) {
                    if (back.vnetId().equals(peering.remoteVnetId())
                            && subnet.vnetId().equals(back.remoteVnetId())) {
                        offered &= back.allowGatewayTransit();
                    }
                }
                if (offered) {
                    addGatewaysOf(peering.remoteVnetId(), false);
                }
            }
        }
    }

    private void addGatewaysOf(ResourceId host, boolean isHome) {
        boolean found = false;
        for (VirtualNetworkGateway gateway : snapshot.facts(VirtualNetworkGateway.class)) {
            if (host.equals(gateway.vnetId())) {
                found = true;
                addGateway(gateway);
            }
        }
        boolean gatewaySubnet = false;
        for (Subnet there : snapshot.subnets()) {
            if (there.vnetId().equals(host)) {
                gatewaySubnet |= there.name().equals("GatewaySubnet");
                if (there.name().equals("RouteServerSubnet")) {
                    mayLearn("the route server of " + host.name(), true);
                }
            }
        }
        boolean told = snapshot.coverage().has("Microsoft.Network/virtualNetworkGateways") && network(host) != null;
        if (!found && !told && (gatewaySubnet || !isHome)) {
            mayLearn("the gateway of " + host.name(), true);
        }
    }

    private void addGateway(VirtualNetworkGateway gateway) {
        addKnown(gateway.vpnClientPrefixes());
        if (gateway.defaultSiteId() != null) {
            add("0.0.0.0/0", Rank.GATEWAY, gateway("0.0.0.0/0"));
        }
        boolean speaks = !"Vpn".equals(gateway.gatewayType()) || !Boolean.FALSE.equals(gateway.enableBgp());
        if (speaks) {
            mayLearn("gateway " + gateway.name(), true);
        }
        boolean connected = false;
        for (GatewayConnection connection : snapshot.facts(GatewayConnection.class)) {
            boolean first = gateway.id().equals(connection.gatewayId());
            if (!first && !gateway.id().equals(connection.otherGatewayId())) {
                continue;
            }
            connected = true;
            if (connection.localNetworkGatewayId() != null) {
                addSite(connection.localNetworkGatewayId());
            }
            ResourceId other = first ? connection.otherGatewayId() : connection.gatewayId();
            if (other != null) {
                addNetworkOf(other);
            }
        }
        if (!speaks && !connected && !snapshot.coverage().has("Microsoft.Network/connections")) {
            mayLearn("the connections of gateway " + gateway.name(), false);
        }
    }

    private void addSite(ResourceId id) {
        for (LocalNetworkGateway site : snapshot.facts(LocalNetworkGateway.class)) {
            if (site.id().equals(id)) {
                addKnown(site.addressPrefixes());
                return;
            }
        }
        mayLearn("local network gateway " + id.name(), false);
    }

    private void addNetworkOf(ResourceId gatewayId) {
        for (VirtualNetworkGateway other : snapshot.facts(VirtualNetworkGateway.class)) {
            VirtualNetwork there = other.id().equals(gatewayId) ? network(other.vnetId()) : null;
            if (there != null) {
                addKnown(there.addressPrefixes());
                return;
            }
        }
        mayLearn("the virtual network of gateway " + gatewayId.name(), false);
    }

    private void addKnown(List<AddressPrefix> prefixes) {
        prefixes.forEach(prefix -> add(prefix.text(), Rank.GATEWAY, gateway(prefix.text())));
    }

    private void mayLearn(String by, boolean defaultRoute) {
        if (defaultRoute) {
            EVERYTHING.forEach(all -> rows.add(Row.unknown(zone(all), 0, Rank.GATEWAY, gateway(all))));
        }
        rows.add(Row.unknown(
                PacketOracle.PUBLIC.not(), SOME_LENGTH, Rank.GATEWAY, gateway("private prefixes of " + by)));
    }

    private void addDefaults() {
        boolean unsure = rows.stream().anyMatch(row -> row.isUnknownNetwork() || isDefaultAway(row));
        EVERYTHING.forEach(all -> add(all, Rank.SYSTEM, system(all, NextHopType.INTERNET)));
        for (String block : NOWHERE) {
            if (!meetsNear(block)) {
                rows.add(new Row(
                        block, zone(block), length(block), Rank.SYSTEM, !unsure, system(block, NextHopType.NONE)));
            }
        }
    }

    /** A block meets a zone of prefixes where one holds the first address of the other. */
    private boolean meetsNear(String block) {
        Span span = Line.cidr(block);
        for (Zone zone : near) {
            List<BigInteger> ends = new ArrayList<>();
            zone.addCuts(ends);
            if (zone.holds(span.first()) || span.holds(ends.get(0))) {
                return true;
            }
        }
        return false;
    }
}
