package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.EffectiveNsg;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
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
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Random networks, small enough to be enumerated and crooked enough to hurt: prefixes that split tags, tags that
 * overlap, both families, lists, ranges, peers, user routes, missing groups.
 */
final class WorldGenerator {

    private static final ResourceId HOME = vnetId("home");
    private static final ResourceId PEER = vnetId("peer");
    private static final ResourceId STRANGER = vnetId("stranger");

    /** Public blocks that tags are made of; many lie in others. */
    private static final List<String> PUBLIC = List.of(
            "20.38.0.0/16",
            "20.38.0.0/20",
            "20.38.0.0/22",
            "20.38.2.0/23",
            "20.38.8.0/21",
            "20.38.12.7",
            "40.79.0.0/24",
            "40.79.0.128/25",
            "52.239.0.0/17",
            "52.239.64.0/20",
            "13.69.64.0/23",
            "2603:1000::/40",
            "2603:1000:20::/44",
            "2603:1020:5::/48");

    private static final List<String> LITERALS = List.of(
            "10.0.0.0/8",
            "10.0.0.0/16",
            "10.0.0.0/24",
            "10.0.0.0/25",
            "10.0.0.64/26",
            "10.0.0.4",
            "10.0.1.0/24",
            "10.0.1.16/28",
            "10.0.2.0/27",
            "172.16.0.0/12",
            "172.16.1.0/24",
            "192.168.0.0/16",
            "0.0.0.0/1",
            "128.0.0.0/1",
            "20.0.0.0/8",
            "20.38.4.0/22",
            "20.38.12.0/24",
            "52.239.64.1",
            "8.8.8.8",
            "168.63.129.16",
            "169.254.169.254",
            "169.254.0.0/16",
            "fd00:1::/48",
            "fd00:1:0:1::/64",
            "fd00:1:0:1::4",
            "2603:1000::/32",
            "::/0",
            "fe80::1234:5678:9abc");

    private static final List<String> ROUTES =
            List.of("10.200.0.0/16", "192.168.0.0/16", "20.38.0.0/20", "8.8.8.0/24", "fd00:9::/48", "40.79.0.4");

    private static final List<String> TAGS = List.of(
            "Storage",
            "Storage.WestEurope",
            "Storage.EastUS",
            "Sql",
            "Sql.WestEurope",
            "ApiManagement",
            "AzureMonitor",
            "AzureCloud",
            "AzureCloud.westeurope");

    /** A block of each tag that lies in none of its regions. */
    private static final Map<String, String> OF_NO_REGION = Map.of(
            "Storage", "13.69.64.0/23",
            "Sql", "52.239.64.0/20",
            "ApiManagement", "40.79.0.128/25",
            "AzureMonitor", "52.239.0.0/17",
            "AzureCloud", "13.69.64.0/23");

    private static final List<ServiceTag> COMPUTED = List.of(
            ServiceTag.VIRTUAL_NETWORK,
            ServiceTag.VIRTUAL_NETWORK,
            ServiceTag.INTERNET,
            ServiceTag.INTERNET,
            ServiceTag.AZURE_LOAD_BALANCER,
            ServiceTag.AZURE_PLATFORM_DNS,
            ServiceTag.AZURE_PLATFORM_IMDS);

    private static final List<String> PORTS =
            List.of("443", "80", "3443", "1433", "6381-6383", "6382", "53", "400-500", "0-1023", "443-1433", "65535");

    private final Draw draw;
    private boolean defaultRouteAway;
    private final List<AddressPrefix> routed = new ArrayList<>();
    private final List<AddressPrefix> peerRanges = new ArrayList<>();
    private final Map<ServiceTag, List<String>> tagData = new TreeMap<>();

    WorldGenerator(Draw draw) {
        this.draw = draw;
    }

    /** For groups whose rules may name these tags. */
    WorldGenerator(Draw draw, Map<ServiceTag, List<String>> tagData) {
        this(draw);
        this.tagData.putAll(tagData);
    }

    World world() {
        addTags();
        return worldOfTags();
    }

    /** Tags as their names promise, for other generators. */
    static Map<ServiceTag, List<String>> orderlyTags(Draw draw) {
        WorldGenerator generator = new WorldGenerator(draw);
        generator.addOrderlyTags();
        return generator.tagData;
    }

    World orderlyWorld() {
        addOrderlyTags();
        return worldOfTags();
    }

    private World worldOfTags() {
        Snapshot.Builder facts = Snapshot.builder();
        boolean dualStack = draw.chance(0.35);
        List<AddressPrefix> home = prefixes(dualStack ? "10.0.0.0/16 fd00:1::/48" : "10.0.0.0/16");
        boolean publicRange = draw.chance(0.1);
        if (publicRange) {
            home.add(AddressPrefix.parse("20.38.4.0/24"));
        }
        facts.add(new VirtualNetwork(HOME, "home", null, home, Provenance.NONE));
        ResourceId routes = draw.chance(0.4) ? addRoutes(facts) : null;
        Subnet own = subnet(HOME, "own", dualStack ? "10.0.0.0/24 fd00:1:0:1::/64" : "10.0.0.0/24", 0.12, routes);
        facts.add(own);
        List<Subnet> others = new ArrayList<>();
        if (draw.chance(0.7)) {
            others.add(subnet(HOME, "cache", dualStack ? "10.0.1.0/24 fd00:1:0:2::/64" : "10.0.1.0/24", 0.2, null));
        }
        if (publicRange || draw.chance(0.3)) {
            String prefixes = publicRange ? "10.0.2.0/27 20.38.4.128/25" : "10.0.2.0/27 10.0.3.0/24";
            others.add(subnet(HOME, "other", prefixes, 0.3, null));
        }
        if (draw.chance(0.3)) {
            addPeer(facts, others);
        }
        others.forEach(facts::add);
        if (defaultRouteAway) {
            addExpansion(facts, own, home);
        }
        addGroups(facts, own, others);
        return World.of(facts, tagData, flow(own, others));
    }

    // ---- the network

    static ResourceId vnetId(String name) {
        return ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/" + name);
    }

    static ResourceId groupId(String name) {
        return ResourceId.of(
                "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/" + name);
    }

    static List<AddressPrefix> prefixes(String texts) {
        List<AddressPrefix> prefixes = new ArrayList<>();
        for (String text : texts.split(" ", -1)) {
            prefixes.add(AddressPrefix.parse(text));
        }
        return prefixes;
    }

    private Subnet subnet(
            ResourceId vnet, String name, String prefixes, double withoutGroup, @Nullable ResourceId routes) {
        return new Subnet(
                vnet.child("subnets", name),
                name,
                vnet,
                prefixes(prefixes),
                draw.chance(withoutGroup) ? null : groupId("nsg-" + name),
                routes,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                Provenance.NONE);
    }

    /** Tags at random: what their names promise may not hold. */
    private void addTags() {
        for (String name : draw.some(3, 7, TAGS)) {
            tagData.put(ServiceTag.of(name), draw.some(1, 4, PUBLIC));
        }
    }

    /** Whether tag data keep what {@link #orderlyWorld} promises. */
    static boolean isOrderly(Map<ServiceTag, List<String>> tagData) {
        return tagData.entrySet().stream().allMatch(entry -> {
            ServiceTag whole = entry.getKey().parent().orElse(entry.getKey());
            List<String> all = tagData.getOrDefault(whole, List.of());
            return all.contains(OF_NO_REGION.get(whole.name()))
                    && all.containsAll(entry.getValue())
                    && !entry.getValue().stream().allMatch(text -> text.contains(":"));
        });
    }

    /** Tags as their names promise: none is empty, a regional one is a proper part of its tag. */
    private void addOrderlyTags() {
        for (String name : draw.some(2, 5, TAGS)) {
            ServiceTag tag = ServiceTag.of(name);
            ServiceTag whole = tag.parent().orElse(tag);
            List<String> all = new ArrayList<>(tagData.getOrDefault(whole, List.of(OF_NO_REGION.get(whole.name()))));
            List<String> some = draw.some(1, 3, PUBLIC);
            some.removeAll(OF_NO_REGION.values());
            if (some.stream().allMatch(text -> text.contains(":"))) {
                some.add("20.38.8.0/21");
            }
            all.addAll(some);
            tagData.put(whole, all);
            if (!tag.equals(whole)) {
                tagData.put(tag, some);
            }
        }
    }

    private void addPeer(Snapshot.Builder facts, List<Subnet> others) {
        boolean access = draw.chance(0.85);
        String state = draw.oneOf("Connected", "Connected", "Connected", "Initiated", null);
        List<AddressPrefix> ranges = prefixes(draw.oneOf("172.16.0.0/16", "172.16.0.0/16 10.9.0.0/24"));
        facts.add(peering(HOME, PEER, state, draw.chance(0.5) ? ranges : List.of(), access));
        if (access && !"Initiated".equals(state)) {
            peerRanges.addAll(ranges);
        }
        facts.add(new VirtualNetwork(PEER, "peer", null, ranges, Provenance.NONE));
        facts.add(peering(PEER, HOME, state, prefixes("10.0.0.0/16"), access));
        others.add(subnet(PEER, "peered", "172.16.1.0/24", 0.3, null));
        if (draw.chance(0.3)) {
            facts.add(new VirtualNetwork(STRANGER, "stranger", null, prefixes("192.168.0.0/20"), Provenance.NONE));
            others.add(subnet(STRANGER, "strange", "192.168.1.0/24", 0.3, null));
        }
    }

    private static VnetPeering peering(
            ResourceId from, ResourceId to, @Nullable String state, List<AddressPrefix> ranges, boolean access) {
        return new VnetPeering(
                from.child("virtualNetworkPeerings", to.name()),
                from,
                to,
                state,
                ranges,
                access,
                false,
                false,
                false,
                null,
                List.of(),
                List.of(),
                Provenance.NONE);
    }

    private ResourceId addRoutes(Snapshot.Builder facts) {
        ResourceId id =
                ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/routeTables/routes");
        List<Route> routes = draw.list(1, 3, () -> {
            String prefix = draw.from(ROUTES);
            NextHopType hop = draw.oneOf(
                    NextHopType.VIRTUAL_APPLIANCE,
                    NextHopType.VIRTUAL_NETWORK_GATEWAY,
                    NextHopType.INTERNET,
                    NextHopType.NONE);
            return route(id, prefix, hop);
        });
        if (draw.chance(0.2)) {
            AddressMatch tag = new AddressMatch.Tag(draw.from(List.copyOf(tagData.keySet())));
            routes.add(new Route(id, "to tag", tag, NextHopType.INTERNET, null, Provenance.NONE));
        }
        int kind = draw.number(0, 9);
        if (kind < 3) {
            routes.add(route(id, "0.0.0.0/0", draw.oneOf(NextHopType.INTERNET, NextHopType.NONE)));
        } else if (kind < 5) {
            defaultRouteAway = true;
            routes.removeIf(route -> route.destination() instanceof AddressMatch.Tag);
            routes.add(route(id, draw.oneOf("0.0.0.0/0", "0.0.0.0/1"), NextHopType.VIRTUAL_APPLIANCE));
        }
        for (Route route : routes) {
            if (route.destination() instanceof AddressMatch.Prefix p
                    && p.prefix().length() > 1) {
                routed.add(p.prefix());
            }
        }
        facts.add(new RouteTable(id, "routes", null, null, routes, Provenance.NONE));
        return id;
    }

    private static Route route(ResourceId table, String prefix, NextHopType hop) {
        AddressMatch destination = new AddressMatch.Prefix(AddressPrefix.parse(prefix));
        return new Route(table, "to " + prefix, destination, hop, null, Provenance.NONE);
    }

    /** What Azure itself made of a default route that leads away. */
    private void addExpansion(Snapshot.Builder facts, Subnet subnet, List<AddressPrefix> home) {
        List<AddressPrefix> expansion = new ArrayList<>(home);
        expansion.addAll(peerRanges);
        expansion.addAll(routed);
        expansion.addAll(prefixes("168.63.129.16"));
        if (draw.chance(0.6)) {
            expansion.addAll(prefixes(draw.oneOf("20.0.0.0/8", "10.0.0.0/8", "0.0.0.0/1")));
        }
        facts.add(new EffectiveNsg(
                subnet.nsgId(),
                null,
                subnet.id(),
                List.of(),
                Map.of(
                        ServiceTag.VIRTUAL_NETWORK,
                        AddressSet.union(
                                expansion.stream().map(AddressPrefix::addresses).toList())),
                Provenance.NONE));
    }

    // ---- the rules

    private void addGroups(Snapshot.Builder facts, Subnet own, List<Subnet> others) {
        List<Subnet> all = new ArrayList<>(others);
        all.add(own);
        for (Subnet subnet : all) {
            if (subnet.nsgId() != null) {
                facts.add(group(subnet.nsgId(), subnet == own ? 7 : 3));
            }
        }
    }

    /** A group with at most so many rules for each direction, besides a broad one and the default rules. */
    NetworkSecurityGroup group(ResourceId id, int most) {
        List<NsgRule> rules = new ArrayList<>(NsgRule.defaults(id));
        for (Direction direction : Direction.values()) {
            Set<Integer> priorities = new HashSet<>();
            for (int i = draw.number(0, most); i > 0; i--) {
                int priority = draw.number(100, 130);
                if (priorities.add(priority)) {
                    rules.add(rule(id, direction, priority));
                }
            }
            if (draw.chance(0.35)) {
                rules.add(broadDeny(id, direction));
            }
        }
        return new NetworkSecurityGroup(id, id.name(), null, rules, Provenance.NONE);
    }

    private NsgRule rule(ResourceId group, Direction direction, int priority) {
        List<AddressMatch> near = draw.chance(0.6) ? List.of(new AddressMatch.Any()) : entries();
        List<AddressMatch> far = draw.chance(0.15) ? List.of(new AddressMatch.Any()) : entries();
        boolean inbound = direction == Direction.INBOUND;
        return new NsgRule(
                group,
                direction.azureName() + "-" + priority,
                priority,
                direction,
                draw.chance(0.55) ? NsgRule.Access.ALLOW : NsgRule.Access.DENY,
                ruleProtocols(),
                draw.chance(0.85) ? PortSet.ALL : ports(2),
                draw.chance(0.35) ? PortSet.ALL : ports(3),
                inbound ? far : near,
                inbound ? near : far,
                NsgRule.Origin.CUSTOM,
                null,
                Provenance.NONE);
    }

    private NsgRule broadDeny(ResourceId group, Direction direction) {
        AddressMatch any = new AddressMatch.Any();
        AddressMatch far = draw.chance(0.5)
                ? any
                : new AddressMatch.Tag(draw.oneOf(ServiceTag.INTERNET, ServiceTag.VIRTUAL_NETWORK));
        boolean inbound = direction == Direction.INBOUND;
        return new NsgRule(
                group,
                direction.azureName() + "-deny",
                4096,
                direction,
                NsgRule.Access.DENY,
                draw.chance(0.8) ? ProtocolSet.ALL : ProtocolSet.TCP,
                PortSet.ALL,
                PortSet.ALL,
                List.of(inbound ? far : any),
                List.of(inbound ? any : far),
                NsgRule.Origin.CUSTOM,
                null,
                Provenance.NONE);
    }

    ProtocolSet ruleProtocols() {
        return draw.oneOf(
                ProtocolSet.ALL,
                ProtocolSet.ALL,
                ProtocolSet.ALL,
                ProtocolSet.TCP,
                ProtocolSet.TCP,
                ProtocolSet.TCP,
                ProtocolSet.UDP,
                ProtocolSet.of(Protocol.ICMP),
                ProtocolSet.of(draw.oneOf(Protocol.ESP, Protocol.AH)));
    }

    PortSet ports(int most) {
        return PortSet.union(
                draw.some(1, most, PORTS).stream().map(PortSet::parse).toList());
    }

    List<AddressMatch> entries() {
        return draw.list(1, draw.chance(0.7) ? 1 : 4, this::entry);
    }

    private AddressMatch entry() {
        int kind = draw.number(0, 99);
        if (kind < 35) {
            return new AddressMatch.Prefix(AddressPrefix.parse(draw.from(draw.chance(0.7) ? LITERALS : PUBLIC)));
        }
        if (kind < 65) {
            return new AddressMatch.Tag(draw.from(List.copyOf(tagData.keySet())));
        }
        if (kind < 95) {
            return new AddressMatch.Tag(draw.from(COMPUTED));
        }
        return kind < 97 ? new AddressMatch.Any() : new AddressMatch.Asg(groupId("application"));
    }

    // ---- the question

    private Flow flow(Subnet own, List<Subnet> others) {
        ProtocolSet protocols = draw.oneOf(
                ProtocolSet.TCP,
                ProtocolSet.TCP,
                ProtocolSet.TCP,
                ProtocolSet.UDP,
                ProtocolSet.WITH_PORTS,
                ProtocolSet.ALL,
                ProtocolSet.of(Protocol.ICMP),
                ProtocolSet.of(draw.oneOf(Protocol.ESP, Protocol.AH)),
                new ProtocolSet(draw.number(1, ProtocolSet.ALL.mask())));
        AddressSet local = draw.chance(0.75) ? own.ipv4Addresses() : own.addresses();
        if (draw.chance(0.1)) {
            local = AddressPrefix.parse(draw.oneOf("10.0.0.0/26", "10.0.0.4")).addresses();
        }
        return new Flow(
                own,
                draw.oneOf(Direction.values()),
                protocols,
                draw.chance(0.8) ? PortSet.ALL : ports(1),
                draw.chance(0.1) ? PortSet.ALL : ports(draw.chance(0.7) ? 1 : 3),
                remote(others),
                local,
                draw.chance(0.5));
    }

    private FlowRemote remote(List<Subnet> others) {
        int kind = draw.number(0, 99);
        if (kind < 45) {
            return new FlowRemote.Tag(draw.from(List.copyOf(tagData.keySet())));
        }
        if (kind < 65) {
            return new FlowRemote.Tag(draw.from(COMPUTED));
        }
        if (kind < 75) {
            return new FlowRemote.OwnSubnet();
        }
        AddressSet addresses;
        if (kind < 85 && !others.isEmpty()) {
            addresses = draw.from(others).addresses();
        } else {
            addresses = AddressSet.union(draw.some(1, 3, draw.chance(0.5) ? LITERALS : PUBLIC).stream()
                    .map(text -> AddressPrefix.parse(text).addresses())
                    .toList());
        }
        return new FlowRemote.Addresses(addresses, "addresses");
    }
}
