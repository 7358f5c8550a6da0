package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.EffectiveNsg;
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
import dev.netkb.model.reach.Flow;
import dev.netkb.model.reach.FlowRemote;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.Protocol;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Random networks whose routes meet: user routes in each other, tags with equal and unequal prefixes, peers, gateways
 * at home and at peers, service and private endpoints, both families, and what Azure reported.
 */
final class RoutedWorldGenerator {

    private static final ResourceId HOME = WorldGenerator.vnetId("home");
    private static final ResourceId HUB = WorldGenerator.vnetId("hub");
    private static final ResourceId SPOKE = WorldGenerator.vnetId("spoke");
    private static final ResourceId FAR = WorldGenerator.vnetId("far");
    private static final ResourceId TABLE = network("routeTables/routes");
    private static final String APPLIANCE = "10.0.1.4";
    private static final ResourceId INTERFACE = network("networkInterfaces/nic");

    /** Published blocks; some lie in others, some are in several tags. */
    private static final List<String> PUBLISHED = List.of(
            "20.38.0.0/16",
            "20.38.0.0/20",
            "20.38.4.0/22",
            "20.38.4.0/24",
            "20.38.12.7",
            "40.79.0.0/16",
            "40.79.0.0/24",
            "40.79.0.128/25",
            "52.239.0.0/17",
            "52.239.64.0/20",
            "2603:1000::/40",
            "2603:1000:20::/44");

    private static final List<String> TAGS = List.of(
            "Storage",
            "Storage.westeurope",
            "Storage.eastus",
            "Sql",
            "Sql.westeurope",
            "EventHub",
            "AzureKeyVault",
            "ApiManagement",
            "AzureMonitor",
            "AzureCloud",
            "AzureCloud.westeurope");

    private static final List<String> DESTINATIONS = List.of(
            "0.0.0.0/0",
            "0.0.0.0/0",
            "0.0.0.0/0",
            "0.0.0.0/1",
            "128.0.0.0/1",
            "10.0.0.0/8",
            "10.0.0.0/16",
            "10.0.0.0/24",
            "10.0.1.0/24",
            "10.0.5.0/24",
            "10.0.5.4",
            "10.9.0.0/24",
            "10.200.0.0/16",
            "172.16.0.0/12",
            "172.16.0.0/16",
            "172.16.1.0/24",
            "192.168.0.0/16",
            "192.168.4.0/24",
            "100.64.0.0/10",
            "20.0.0.0/8",
            "20.38.0.0/16",
            "20.38.4.0/24",
            "20.38.12.7",
            "40.79.0.0/24",
            "16.0.0.0/5",
            "168.63.129.16",
            "169.254.169.254",
            "::/0",
            "::/1",
            "fd00:1::/48",
            "fd00:2::/48",
            "2603:1000::/40",
            "2603::/16");

    private static final List<NextHopType> HOPS = List.of(
            NextHopType.INTERNET,
            NextHopType.INTERNET,
            NextHopType.NONE,
            NextHopType.VIRTUAL_APPLIANCE,
            NextHopType.VIRTUAL_NETWORK_GATEWAY,
            NextHopType.VNET_LOCAL);

    /** What is behind gateways. */
    private static final List<String> SITES = List.of(
            "192.168.0.0/16",
            "192.168.4.0/24",
            "10.200.0.0/16",
            "10.0.1.0/24",
            "172.16.1.0/24",
            "172.20.0.0/16",
            "fd00:2::/48");

    private static final List<String> PUBLIC_SITES = List.of("20.38.4.0/24", "40.0.0.0/8");

    private static final Map<String, ServiceTag> SERVICES = new TreeMap<>(Map.of(
            "Microsoft.Storage", ServiceTag.of("Storage"),
            "Microsoft.Storage.Global", ServiceTag.of("Storage"),
            "Microsoft.Sql", ServiceTag.of("Sql"),
            "Microsoft.EventHub", ServiceTag.of("EventHub"),
            "Microsoft.KeyVault", ServiceTag.of("AzureKeyVault")));

    private enum Kind {
        /** Anything may be missing. */
        OPEN,
        /** All is known, and it is as names promise. */
        ORDERLY,
        /** All is known, and there are groups at both ends. */
        GUARDED,
        /** As guarded, with security admin rules and a firewall of which something may not be known. */
        RULED,
        /** As ruled, but all is known, and it is as names promise. */
        ORDERLY_RULED
    }

    private final Draw draw;
    private final boolean complete;
    private final boolean guarded;
    private final boolean ruled;
    private final boolean somethingOpen;
    private final boolean learning;
    private final double reported;
    private final Snapshot.Builder facts = Snapshot.builder();
    private final Map<ServiceTag, List<String>> tagData = new TreeMap<>();
    private final List<Subnet> subnets = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private boolean dualStack;
    private @Nullable Region region;

    private RoutedWorldGenerator(Draw draw, Kind kind) {
        this.draw = draw;
        this.complete = kind != Kind.OPEN;
        this.ruled = kind == Kind.RULED || kind == Kind.ORDERLY_RULED;
        this.guarded = kind == Kind.GUARDED || ruled;
        this.somethingOpen = kind == Kind.RULED && draw.chance(0.4);
        this.reported = kind == Kind.ORDERLY || kind == Kind.ORDERLY_RULED ? 0 : 0.12;
        this.learning = kind == Kind.ORDERLY && draw.chance(0.5);
    }

    /** Anything may be missing; there are no groups. */
    static World open(Draw draw) {
        return new RoutedWorldGenerator(draw, Kind.OPEN).world();
    }

    /** Everything is known, what gateways learned too; tags are as their names promise. There are no groups. */
    static World orderly(Draw draw) {
        RoutedWorldGenerator generator = new RoutedWorldGenerator(draw, Kind.ORDERLY);
        generator.tagData.putAll(WorldGenerator.orderlyTags(draw));
        World world = generator.world();
        return generator.learning ? generator.withReport(world) : world;
    }

    /** Everything is known, and there are groups at both ends. */
    static World guarded(Draw draw) {
        return new RoutedWorldGenerator(draw, Kind.GUARDED).world();
    }

    /** Groups at both ends, security admin rules, a firewall; something may not be known of the latter two. */
    static World ruled(Draw draw) {
        return new RoutedWorldGenerator(draw, Kind.RULED).world();
    }

    /** The same, but everything is known, and tags are as their names promise. */
    static World orderlyRuled(Draw draw) {
        RoutedWorldGenerator generator = new RoutedWorldGenerator(draw, Kind.ORDERLY_RULED);
        generator.tagData.putAll(WorldGenerator.orderlyTags(draw));
        return generator.world();
    }

    /** Adds the routes as Azure would report them, with some that gateways learned. */
    private World withReport(World world) {
        Snapshot.Builder all = world.snapshot().toBuilder();
        addInterface(all, world.flow().subnet());
        List<String> learned = draw.some(0, 2, SITES);
        if (draw.chance(0.4)) {
            learned.addAll(draw.oneOf(List.of("0.0.0.0/0"), List.of("::/0", "0.0.0.0/0")));
        }
        new RouteOracle(world).report(draw, learned).forEach(all::add);
        return World.of(all, world.tagData(), world.flow());
    }

    private World world() {
        if (tagData.isEmpty()) {
            addTags();
        }
        dualStack = draw.chance(0.35);
        addTable();
        List<AddressPrefix> home = home();
        Subnet own = subnet(HOME, "own", dualStack ? "10.0.0.0/24 fd00:1:0:1::/64" : "10.0.0.0/24");
        subnets.add(own);
        if (draw.chance(0.5)) {
            subnets.add(subnet(HOME, "cache", "10.0.1.0/24"));
        }
        addPeers();
        addGateways();
        addPrivateEndpoints();
        if (draw.chance(reported)) {
            addReported(own);
        }
        if (guarded) {
            addGroups(own, home);
        }
        if (ruled) {
            WorldGenerator matches = new WorldGenerator(draw, tagData);
            new AdminRuleGenerator(draw, matches, somethingOpen).addTo(facts, List.of(HOME, HUB, SPOKE));
            if (draw.chance(0.8)) {
                new FirewallGenerator(draw, matches, somethingOpen).addTo(facts, APPLIANCE);
            }
        }
        subnets.forEach(facts::add);
        return World.of(facts, tagData, flow(own));
    }

    private static ResourceId network(String rest) {
        return ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/" + rest);
    }

    // ---- the network

    private void addTags() {
        for (String name : draw.some(3, 8, TAGS)) {
            tagData.put(ServiceTag.of(name), draw.some(1, 4, PUBLISHED));
        }
    }

    private List<AddressPrefix> home() {
        String ranges = draw.oneOf(
                "10.0.0.0/16",
                "10.0.0.0/16",
                "10.0.0.0/16 10.1.0.0/24",
                "10.0.0.0/16 100.64.0.0/16",
                "10.0.0.0/8",
                "10.0.0.0/16 20.38.4.0/24");
        List<AddressPrefix> prefixes = WorldGenerator.prefixes(dualStack ? ranges + " fd00:1::/48" : ranges);
        if (complete || !draw.chance(0.07)) {
            region = complete || draw.chance(0.8) ? new Region(draw.oneOf("westeurope", "eastus")) : null;
            facts.add(new VirtualNetwork(HOME, "home", region, prefixes, Provenance.NONE));
        }
        return prefixes;
    }

    private Subnet subnet(ResourceId vnet, String name, String prefixes) {
        boolean own = name.equals("own");
        boolean unknownTable = own && !complete && draw.chance(0.04);
        return new Subnet(
                vnet.child("subnets", name),
                name,
                vnet,
                WorldGenerator.prefixes(prefixes),
                guarded && draw.chance(0.8) ? WorldGenerator.groupId("nsg-" + name) : null,
                own && !unknownTable && draw.chance(0.85) ? TABLE : null,
                null,
                List.of(),
                own ? serviceEndpoints() : List.of(),
                List.of(),
                draw.oneOf(null, "Disabled", "Enabled", "RouteTableEnabled", "NetworkSecurityGroupEnabled"),
                null,
                provenance(unknownTable ? "routeTableId" : null, "serviceEndpoints", "privateEndpointNetworkPolicies"));
    }

    /** With a field that is unknown, and maybe more. */
    private Provenance provenance(@Nullable String field, String... more) {
        List<String> unknown = new ArrayList<>();
        for (String other : more) {
            if (!complete && draw.chance(0.04)) {
                unknown.add(other);
            }
        }
        if (field != null) {
            unknown.add(field);
        }
        Provenance provenance = Provenance.NONE;
        for (String each : unknown) {
            provenance = provenance.withUnknown(each, "a parameter without a value");
        }
        return provenance;
    }

    private List<ServiceEndpoint> serviceEndpoints() {
        return draw.list(0, 3, this::serviceEndpoint).stream()
                .filter(endpoint -> !complete || isListed(endpoint))
                .toList();
    }

    /** Whether there are data of all tags that an endpoint stands for. */
    private boolean isListed(ServiceEndpoint endpoint) {
        ServiceTag tag = SERVICES.get(endpoint.service());
        List<Region> regions =
                endpoint.locations().isEmpty() && region != null ? List.of(region) : endpoint.locations();
        return tagData.containsKey(tag)
                && regions.stream().allMatch(there -> there.key().equals("*") || tagData.containsKey(tag.in(there)));
    }

    private ServiceEndpoint serviceEndpoint() {
        List<Region> regions = draw.oneOf(
                List.of(),
                List.of(new Region("*")),
                List.of(new Region("westeurope")),
                List.of(new Region("westeurope"), new Region("eastus")));
        return new ServiceEndpoint(draw.from(List.copyOf(SERVICES.keySet())), regions);
    }

    private void addTable() {
        if (!complete && draw.chance(0.04)) {
            return;
        }
        if (ruled && draw.chance(0.6)) {
            AddressMatch everywhere = new AddressMatch.Prefix(AddressPrefix.parse("0.0.0.0/0"));
            routes.add(new Route(
                    TABLE,
                    "to 0.0.0.0-0",
                    everywhere,
                    NextHopType.VIRTUAL_APPLIANCE,
                    AddressPrefix.parse(APPLIANCE),
                    Provenance.NONE));
        }
        for (String destination :
                Set.copyOf(draw.some(0, 5, DESTINATIONS)).stream().sorted().toList()) {
            routes.add(route(new AddressMatch.Prefix(AddressPrefix.parse(destination)), destination));
        }
        for (String name : draw.chance(0.5) ? draw.some(1, 3, TAGS) : List.<String>of()) {
            if (!complete || tagData.containsKey(ServiceTag.of(name))) {
                routes.add(route(new AddressMatch.Tag(ServiceTag.of(name)), name));
            }
        }
        if (!complete && draw.chance(0.05)) {
            routes.add(route(new AddressMatch.Unknown("x.x.x.x/x"), "masked"));
        }
        routes.removeIf(route -> routes.stream()
                .anyMatch(other -> other != route
                        && other.id().equals(route.id())
                        && routes.indexOf(other) < routes.indexOf(route)));
        Provenance provenance = provenance(null, "disableBgpRoutePropagation");
        Boolean keptAway = provenance.equals(Provenance.NONE) ? draw.oneOf(true, false, null) : null;
        facts.add(new RouteTable(TABLE, "routes", null, keptAway, routes, provenance));
    }

    private Route route(AddressMatch destination, String name) {
        NextHopType hop = ruled && draw.chance(0.5) ? NextHopType.VIRTUAL_APPLIANCE : draw.from(HOPS);
        return new Route(
                TABLE,
                "to " + name.replace('/', '-'),
                destination,
                hop,
                hop == NextHopType.VIRTUAL_APPLIANCE ? AddressPrefix.parse(APPLIANCE) : null,
                provenance(null, "nextHopType"));
    }

    private void addPeers() {
        if (draw.chance(0.5)) {
            addPeer(HUB, draw.oneOf("172.16.0.0/16", "172.16.0.0/16 10.9.0.0/24", "172.16.0.0/12"), "172.16.1.0/24");
        }
        if (draw.chance(0.3)) {
            addPeer(
                    SPOKE,
                    draw.oneOf("192.168.0.0/20", "192.168.0.0/16", "40.79.0.0/24 192.168.0.0/20"),
                    "192.168.1.0/24");
        }
    }

    private void addPeer(ResourceId id, String ranges, String subnet) {
        String state = draw.oneOf("Connected", "Connected", "Connected", "Initiated", null);
        boolean uses = draw.chance(0.5);
        boolean exported = complete || draw.chance(0.85);
        boolean some = draw.chance(0.15);
        String name = id.name();
        facts.add(new VnetPeering(
                HOME.child("virtualNetworkPeerings", name),
                HOME,
                id,
                state,
                draw.chance(0.5) ? WorldGenerator.prefixes(ranges) : List.of(),
                true,
                draw.chance(0.5),
                false,
                uses,
                some ? Boolean.FALSE : draw.oneOf(null, true),
                some ? draw.oneOf(List.of("own"), List.of("cache"), List.of("own", "cache")) : List.of(),
                some ? draw.oneOf(List.of("of-" + name), List.of("nothing", "of-" + name)) : List.of(),
                Provenance.NONE));
        if (complete || draw.chance(0.8)) {
            facts.add(new VnetPeering(
                    id.child("virtualNetworkPeerings", "home"),
                    id,
                    HOME,
                    state,
                    List.of(),
                    true,
                    false,
                    // Azure lets nobody use a gateway that is not offered; an export may be older than that.
                    complete && uses || draw.chance(0.7),
                    false,
                    null,
                    List.of(),
                    List.of(),
                    Provenance.NONE));
        }
        if (exported) {
            facts.add(new VirtualNetwork(id, name, null, WorldGenerator.prefixes(ranges), Provenance.NONE));
            subnets.add(subnet(id, "of-" + name, subnet));
        }
    }

    // ---- gateways

    private void addGateways() {
        if (complete || draw.chance(0.7)) {
            facts.covers("Microsoft.Network/virtualNetworkGateways");
        }
        if (complete || draw.chance(0.7)) {
            facts.covers("Microsoft.Network/connections");
        }
        if (!complete && draw.chance(0.05)) {
            subnets.add(subnet(HOME, "RouteServerSubnet", "10.0.254.0/27"));
        }
        if (draw.chance(0.35)) {
            subnets.add(subnet(HOME, "GatewaySubnet", "10.0.255.0/27"));
            addGateway("gateway-home", HOME);
        }
        boolean hub = subnets.stream().anyMatch(subnet -> subnet.vnetId().equals(HUB));
        if (hub && draw.chance(0.5)) {
            subnets.add(subnet(HUB, "GatewaySubnet", "172.16.255.0/27"));
            addGateway("gateway-hub", HUB);
        }
    }

    private void addGateway(String name, ResourceId vnet) {
        if (!complete && draw.chance(0.1)) {
            return;
        }
        ResourceId id = network("virtualNetworkGateways/" + name);
        facts.add(new VirtualNetworkGateway(
                id,
                name,
                null,
                complete && !learning ? "Vpn" : draw.oneOf("Vpn", "Vpn", "ExpressRoute", null),
                "RouteBased",
                vnet.child("subnets", "GatewaySubnet"),
                complete && !learning ? Boolean.FALSE : draw.oneOf(false, false, true, null),
                null,
                draw.chance(0.3) ? WorldGenerator.prefixes("172.20.5.0/24") : List.of(),
                draw.chance(0.1) ? network("localNetworkGateways/site-0-" + name) : null,
                Provenance.NONE));
        for (int i = draw.number(0, 2); i > 0; i--) {
            addConnection(id, "site-" + i + "-" + name);
        }
        if (draw.chance(0.15)) {
            addConnectedNetwork(id);
        }
    }

    private void addConnection(ResourceId gateway, String name) {
        ResourceId site = network("localNetworkGateways/" + name);
        if (complete || draw.chance(0.85)) {
            List<String> behind = draw.some(1, 2, SITES);
            if (!complete && draw.chance(0.2)) {
                behind.add(draw.from(PUBLIC_SITES));
            }
            facts.add(new LocalNetworkGateway(
                    site, name, null, behind.stream().map(AddressPrefix::parse).toList(), null, Provenance.NONE));
        }
        facts.add(connection("to-" + name, gateway, null, site));
    }

    private void addConnectedNetwork(ResourceId gateway) {
        ResourceId other = network("virtualNetworkGateways/far-" + gateway.name());
        boolean first = draw.chance(0.5);
        facts.add(connection("far-" + gateway.name(), first ? gateway : other, first ? other : gateway, null));
        if (complete || draw.chance(0.8)) {
            facts.add(new VirtualNetworkGateway(
                    other,
                    other.name(),
                    null,
                    "Vpn",
                    "RouteBased",
                    FAR.child("subnets", "GatewaySubnet"),
                    false,
                    null,
                    List.of(),
                    null,
                    Provenance.NONE));
            facts.add(new VirtualNetwork(
                    FAR, "far", null, WorldGenerator.prefixes("10.210.0.0/16 192.168.4.0/25"), Provenance.NONE));
        }
    }

    private static GatewayConnection connection(
            String name, ResourceId gateway, @Nullable ResourceId other, @Nullable ResourceId site) {
        return new GatewayConnection(
                network("connections/" + name),
                name,
                site == null ? "Vnet2Vnet" : "IPsec",
                gateway,
                other,
                site,
                null,
                false,
                "Connected",
                Provenance.NONE);
    }

    private void addPrivateEndpoints() {
        if (!draw.chance(0.35)) {
            return;
        }
        String ranges = dualStack ? "10.0.5.0/24 fd00:1:0:5::/64" : "10.0.5.0/24";
        subnets.add(subnet(HOME, "endpoints", ranges));
        addPrivateEndpoint("a", HOME.child("subnets", "endpoints"), "10.0.5.4");
        if (dualStack) {
            addPrivateEndpoint("b", HOME.child("subnets", "endpoints"), "fd00:1:0:5::4");
        }
        if (subnets.stream().anyMatch(subnet -> subnet.name().equals("of-hub"))) {
            addPrivateEndpoint("c", HUB.child("subnets", "of-hub"), "172.16.1.9");
        }
    }

    private void addPrivateEndpoint(String name, ResourceId subnet, String address) {
        List<AddressPrefix> addresses = WorldGenerator.prefixes(address);
        boolean chosen = draw.chance(0.5);
        facts.add(new PrivateEndpoint(
                network("privateEndpoints/" + name),
                name,
                null,
                subnet,
                List.of(),
                chosen ? List.of() : List.of(new PrivateEndpoint.DnsConfig("a.example", addresses)),
                chosen ? addresses : List.of(),
                List.of(),
                Provenance.NONE));
    }

    // ---- what Azure reported

    private void addReported(Subnet own) {
        addInterface(facts, own);
        List<String> all = new ArrayList<>(DESTINATIONS);
        all.addAll(PUBLISHED);
        for (int i = draw.number(1, 6); i > 0; i--) {
            boolean byPeople = draw.chance(0.4);
            facts.add(reported(
                    byPeople ? "written " + i : null,
                    byPeople ? "User" : draw.oneOf("Default", "Default", "VirtualNetworkGateway", "Unknown"),
                    draw.chance(0.85) ? "Active" : "Invalid",
                    draw.some(1, 3, all),
                    byPeople ? draw.from(HOPS) : draw.oneOf(NextHopType.values())));
        }
        if (draw.chance(0.8)) {
            facts.add(reported(null, "Default", "Active", List.of("0.0.0.0/0", "::/0"), NextHopType.INTERNET));
        }
    }

    static void addInterface(Snapshot.Builder facts, Subnet own) {
        facts.add(new NetworkInterface(INTERFACE, "nic", List.of(own.id()), List.of(), null, Provenance.NONE));
    }

    static EffectiveRoute reported(
            @Nullable String name, String source, String state, List<String> prefixes, NextHopType hop) {
        return new EffectiveRoute(
                INTERFACE,
                name,
                source,
                state,
                prefixes.stream().map(AddressPrefix::parse).toList(),
                hop,
                List.of(),
                null,
                Provenance.NONE);
    }

    // ---- groups and the question

    private void addGroups(Subnet own, List<AddressPrefix> home) {
        WorldGenerator groups = new WorldGenerator(draw, tagData);
        Map<ResourceId, Integer> sizes = new LinkedHashMap<>();
        subnets.forEach(subnet -> {
            if (subnet.nsgId() != null) {
                sizes.put(subnet.nsgId(), subnet == own ? 4 : 2);
            }
        });
        sizes.forEach((id, most) -> facts.add(groups.group(id, most)));
        List<AddressSet> expansion = new ArrayList<>();
        home.forEach(range -> expansion.add(range.addresses()));
        expansion.add(AddressPrefix.parse("168.63.129.16").addresses());
        if (draw.chance(0.3)) {
            expansion.add(AddressPrefix.parse(draw.oneOf("20.0.0.0/8", "172.16.0.0/12"))
                    .addresses());
        }
        facts.add(new EffectiveNsg(
                own.nsgId(),
                null,
                own.id(),
                List.of(),
                Map.of(ServiceTag.VIRTUAL_NETWORK, AddressSet.union(expansion)),
                Provenance.NONE));
    }

    private Flow flow(Subnet own) {
        boolean anyPort = ruled && draw.chance(0.04);
        return new Flow(
                own,
                ruled && draw.chance(0.3) ? Direction.OUTBOUND : draw.oneOf(Direction.values()),
                ruled ? protocols() : ProtocolSet.TCP,
                PortSet.ALL,
                anyPort ? PortSet.ALL : guarded ? port() : PortSet.of(443),
                remote(),
                dualStack && draw.chance(0.6) ? own.addresses() : own.ipv4Addresses(),
                guarded && draw.chance(0.3));
    }

    private PortSet port() {
        return draw.oneOf(PortSet.of(443), PortSet.parse("400-500"), PortSet.of(80));
    }

    private ProtocolSet protocols() {
        if (draw.chance(0.7)) {
            return ProtocolSet.TCP;
        }
        return draw.oneOf(
                ProtocolSet.UDP,
                ProtocolSet.WITH_PORTS,
                ProtocolSet.of(Protocol.ICMP),
                ProtocolSet.TCP.union(ProtocolSet.of(Protocol.ICMP)));
    }

    private FlowRemote remote() {
        if (ruled && draw.chance(0.25)) {
            List<AddressPrefix> there = draw.from(subnets).prefixes();
            return draw.oneOf(
                    new FlowRemote.OwnSubnet(),
                    new FlowRemote.Tag(ServiceTag.VIRTUAL_NETWORK),
                    new FlowRemote.Tag(ServiceTag.INTERNET),
                    new FlowRemote.Addresses(
                            AddressSet.union(
                                    there.stream().map(AddressPrefix::addresses).toList()),
                            "a subnet"));
        }
        int kind = draw.number(0, 9);
        if (kind < 3) {
            return new FlowRemote.Addresses(AddressSet.ALL, "everywhere");
        }
        if (kind < 6) {
            return new FlowRemote.Tag(draw.from(List.copyOf(tagData.keySet())));
        }
        List<String> some = draw.some(1, 3, draw.chance(0.6) ? DESTINATIONS : PUBLISHED);
        return new FlowRemote.Addresses(
                AddressSet.union(some.stream()
                        .map(text -> AddressPrefix.parse(text).addresses())
                        .toList()),
                "addresses");
    }
}
