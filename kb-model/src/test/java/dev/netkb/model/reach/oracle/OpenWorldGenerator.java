package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.SecurityAdminRule.Access;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.reach.FlowRemote;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Random small networks without service tag data: two to four tags, a few literal prefixes, IPv4 packets. */
final class OpenWorldGenerator {

    private static final ResourceId VNET =
            ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/home");
    private static final ResourceId TABLE =
            ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/routeTables/routes");
    private static final List<String> TAGS = List.of(
            "Storage", "Storage.WestEurope", "Storage.EastUS", "Sql", "Sql.WestEurope", "ApiManagement", "AzureCloud");
    private static final List<String> LITERALS = List.of(
            "20.38.0.0/20", "20.38.4.0/22", "52.0.0.0/8", "8.8.8.0/24", "0.0.0.0/1", "10.0.0.0/8", "10.0.0.0/25");

    private final Draw draw;
    private final List<ServiceTag> tags;

    OpenWorldGenerator(Draw draw) {
        this(draw, TAGS.stream().map(ServiceTag::of).toList());
    }

    OpenWorldGenerator(Draw draw, List<ServiceTag> known) {
        this.draw = draw;
        this.tags = draw.some(2, 4, known);
    }

    World world() {
        return world(false);
    }

    /** With security admin rules; the only route of a table, if any, leads to a firewall. */
    World ruledWorld() {
        return world(true);
    }

    private World world(boolean ruled) {
        Snapshot.Builder facts = Snapshot.builder();
        facts.add(new VirtualNetwork(VNET, "home", null, List.of(AddressPrefix.parse("10.0.0.0/16")), Provenance.NONE));
        Direction direction = draw.oneOf(Direction.values());
        ResourceId routes = null;
        if (!ruled && draw.chance(0.25)) {
            routes = addRoutes(facts);
        } else if (ruled && direction == Direction.OUTBOUND && draw.chance(0.6)) {
            // Replies through a firewall are another matter.
            routes = addFirewall(facts);
        }
        ResourceId group = WorldGenerator.groupId("nsg");
        Subnet own = new Subnet(
                VNET.child("subnets", "own"),
                "own",
                VNET,
                List.of(AddressPrefix.parse("10.0.0.0/24")),
                group,
                routes,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                Provenance.NONE);
        facts.add(own);
        List<NsgRule> rules = new ArrayList<>(NsgRule.defaults(group));
        for (int i = draw.number(1, 5); i > 0; i--) {
            rules.add(rule(group, direction, 100 + i));
        }
        if (draw.chance(0.4)) {
            rules.add(rule(group, direction, 4096, List.of(new AddressMatch.Any()), draw.chance(0.3), PortSet.ALL));
        }
        facts.add(new NetworkSecurityGroup(group, "nsg", null, rules, Provenance.NONE));
        for (int i = ruled ? draw.number(1, 3) : 0; i > 0; i--) {
            facts.add(adminRule(rule(group, direction, 100 + i)));
        }
        PortSet ports = PortSet.parse(draw.oneOf("443", "443", "443", "80,443"));
        Flow flow = new Flow(own, direction, ProtocolSet.TCP, PortSet.ALL, ports, remote(), own.ipv4Addresses(), false);
        return World.of(facts, Map.of(), flow);
    }

    private ResourceId addFirewall(Snapshot.Builder facts) {
        AddressPrefix address = AddressPrefix.parse("10.0.1.4");
        Route route =
                new Route(TABLE, "out", prefix("0.0.0.0/1"), NextHopType.VIRTUAL_APPLIANCE, address, Provenance.NONE);
        facts.add(new RouteTable(TABLE, "routes", null, null, List.of(route), Provenance.NONE));
        List<NsgRule> rules = new ArrayList<>();
        for (int i = draw.number(1, 3); i > 0; i--) {
            rules.add(rule(TABLE, Direction.OUTBOUND, 100 + i));
        }
        facts.add(FirewallGenerator.withRulesLike(rules, address));
        return TABLE;
    }

    private ResourceId addRoutes(Snapshot.Builder facts) {
        List<Route> routes = draw.chance(0.4)
                ? List.of(route(TABLE, prefix("0.0.0.0/1")), route(TABLE, prefix("128.0.0.0/1")))
                : List.of(route(TABLE, destination()));
        facts.add(new RouteTable(TABLE, "routes", null, null, routes, Provenance.NONE));
        return TABLE;
    }

    private AddressMatch destination() {
        return draw.chance(0.3)
                ? new AddressMatch.Tag(draw.from(tags))
                : prefix(draw.oneOf(
                        "0.0.0.0/0", "0.0.0.0/0", "0.0.0.0/1", "20.38.0.0/20", "8.8.8.0/24", "192.168.0.0/16"));
    }

    private static AddressMatch prefix(String text) {
        return new AddressMatch.Prefix(AddressPrefix.parse(text));
    }

    private Route route(ResourceId table, AddressMatch destination) {
        NextHopType hop = draw.oneOf(NextHopType.values());
        return new Route(table, destination.text(), destination, hop, null, Provenance.NONE);
    }

    private NsgRule rule(ResourceId group, Direction direction, int priority) {
        PortSet ports = draw.chance(0.7) ? PortSet.ALL : PortSet.of(draw.oneOf(443, 80));
        return rule(
                group,
                direction,
                priority,
                draw.list(1, draw.chance(0.8) ? 1 : 3, this::entry),
                draw.chance(0.5),
                ports);
    }

    private NsgRule rule(
            ResourceId group,
            Direction direction,
            int priority,
            List<AddressMatch> far,
            boolean allows,
            PortSet ports) {
        List<AddressMatch> near = List.of(
                draw.chance(0.85)
                        ? new AddressMatch.Any()
                        : new AddressMatch.Prefix(AddressPrefix.parse("10.0.0.0/25")));
        boolean inbound = direction == Direction.INBOUND;
        return new NsgRule(
                group,
                direction.azureName() + "-" + priority,
                priority,
                direction,
                allows ? NsgRule.Access.ALLOW : NsgRule.Access.DENY,
                ProtocolSet.ALL,
                PortSet.ALL,
                ports,
                inbound ? far : near,
                inbound ? near : far,
                NsgRule.Origin.CUSTOM,
                null,
                Provenance.NONE);
    }

    private SecurityAdminRule adminRule(NsgRule like) {
        return new SecurityAdminRule(
                like.id(),
                VNET,
                like.name(),
                false,
                like.priority(),
                like.direction(),
                draw.oneOf(Access.ALLOW, Access.DENY, Access.ALWAYS_ALLOW),
                like.protocols(),
                like.sourcePorts(),
                like.destinationPorts(),
                like.sources(),
                like.destinations(),
                Provenance.NONE);
    }

    private AddressMatch entry() {
        int kind = draw.number(0, 99);
        if (kind < 65) {
            return new AddressMatch.Tag(draw.from(tags));
        }
        if (kind < 80) {
            return new AddressMatch.Prefix(AddressPrefix.parse(draw.from(LITERALS)));
        }
        if (kind < 95) {
            return new AddressMatch.Tag(
                    draw.oneOf(ServiceTag.INTERNET, ServiceTag.INTERNET, ServiceTag.VIRTUAL_NETWORK));
        }
        return new AddressMatch.Any();
    }

    private FlowRemote remote() {
        int kind = draw.number(0, 99);
        if (kind < 60) {
            return new FlowRemote.Tag(draw.from(tags));
        }
        if (kind < 80) {
            return new FlowRemote.Tag(draw.chance(0.8) ? ServiceTag.INTERNET : ServiceTag.VIRTUAL_NETWORK);
        }
        return new FlowRemote.Addresses(
                AddressSet.union(draw.some(1, 2, LITERALS).stream()
                        .map(text -> AddressPrefix.parse(text).addresses())
                        .toList()),
                "addresses");
    }
}
