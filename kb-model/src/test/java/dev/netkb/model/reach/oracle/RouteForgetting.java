package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.FirewallPolicy;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.FirewallRuleCollectionGroup;
import dev.netkb.model.azure.GatewayConnection;
import dev.netkb.model.azure.IpGroup;
import dev.netkb.model.azure.LocalNetworkGateway;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VirtualNetworkGateway;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes of a world with routes what an export of it may leave unsaid. */
final class RouteForgetting {

    private static final String UNSAID = "a parameter without a value";

    private final Draw draw;
    private final World world;
    private final ResourceId home;
    private final boolean gateways;
    private final boolean connections;
    private final boolean effective;
    private final Set<ResourceId> leftOut = new HashSet<>();

    private RouteForgetting(Draw draw, World world) {
        this.draw = draw;
        this.world = world;
        this.home = world.flow().subnet().vnetId();
        this.gateways = draw.chance(0.75);
        this.connections = draw.chance(0.75);
        this.effective = draw.chance(0.3);
        for (VirtualNetwork vnet : world.snapshot().virtualNetworks()) {
            if (draw.chance(vnet.id().equals(home) ? 0.1 : 0.25)) {
                leftOut.add(vnet.id());
            }
        }
    }

    static World of(Draw draw, World world) {
        return new RouteForgetting(draw, world).forgetful();
    }

    private World forgetful() {
        Snapshot.Builder facts = Snapshot.builder();
        Subnet own = world.flow().subnet();
        for (Object fact : world.snapshot().facts()) {
            Object less = less(fact);
            if (fact.equals(own)) {
                own = (Subnet) Objects.requireNonNull(less);
            }
            if (less != null) {
                facts.add(less);
            }
        }
        if (gateways) {
            facts.covers("Microsoft.Network/virtualNetworkGateways");
        }
        if (connections) {
            facts.covers("Microsoft.Network/connections");
        }
        Flow flow = world.flow();
        return World.of(
                facts,
                tagData(),
                new Flow(
                        own,
                        flow.direction(),
                        flow.protocols(),
                        flow.sourcePorts(),
                        flow.destinationPorts(),
                        flow.remote(),
                        flow.local(),
                        flow.deniedWithoutNsg()));
    }

    /** What is exported of a fact, null for nothing. */
    private @Nullable Object less(Object fact) {
        if (fact instanceof VirtualNetwork vnet) {
            boolean unsaid = draw.chance(0.05);
            return leftOut.contains(vnet.id()) ? null : unsaid ? withoutRanges(vnet) : vnet;
        }
        if (fact instanceof Subnet subnet) {
            boolean own = subnet.equals(world.flow().subnet());
            boolean gone = !subnet.vnetId().equals(home) && leftOut.contains(subnet.vnetId());
            return gone ? null : draw.chance(0.2) ? withUnknownPart(subnet, own) : subnet;
        }
        if (fact instanceof VnetPeering peering) {
            boolean gone =
                    leftOut.contains(peering.vnetId()) && !peering.vnetId().equals(home);
            return gone ? null : draw.chance(0.2) ? withUnknownPart(peering) : peering;
        }
        if (fact instanceof RouteTable table) {
            return draw.chance(0.1) ? null : draw.chance(0.2) ? withUnknownParts(table) : table;
        }
        if (fact instanceof VirtualNetworkGateway) {
            return gateways ? fact : null;
        }
        if (fact instanceof GatewayConnection) {
            return connections ? fact : null;
        }
        if (fact instanceof LocalNetworkGateway) {
            return draw.chance(0.2) ? null : fact;
        }
        if (fact instanceof EffectiveRoute) {
            return effective ? fact : null;
        }
        return lessOfRules(fact);
    }

    private @Nullable Object lessOfRules(Object fact) {
        if (fact instanceof SecurityAdminRule rule) {
            return draw.chance(0.15) ? AdminRuleGenerator.less(draw, rule) : rule;
        }
        if (fact instanceof NetworkSecurityGroup group) {
            return draw.chance(0.05) ? null : draw.chance(0.15) ? Forgetting.less(draw, world, group) : group;
        }
        if (fact instanceof AzureFirewall firewall) {
            return draw.chance(0.1) ? null : FirewallGenerator.with(firewall, less(firewall.rules()));
        }
        if (fact instanceof FirewallRuleCollectionGroup group) {
            return draw.chance(0.1) ? null : FirewallGenerator.with(group, less(group.rules()));
        }
        if (fact instanceof FirewallPolicy || fact instanceof IpGroup) {
            return draw.chance(0.1) ? null : fact;
        }
        return fact;
    }

    private List<FirewallRule> less(List<FirewallRule> rules) {
        return rules.stream()
                .map(rule -> draw.chance(0.1) ? FirewallGenerator.less(draw, rule) : rule)
                .toList();
    }

    private static VirtualNetwork withoutRanges(VirtualNetwork vnet) {
        return new VirtualNetwork(
                vnet.id(),
                vnet.name(),
                vnet.location(),
                List.of(),
                vnet.provenance().withUnknown("addressPrefixes", UNSAID));
    }

    /** What is unknown is read as what Azure takes where nothing is said. */
    private VnetPeering withUnknownPart(VnetPeering peering) {
        String unknown = draw.oneOf(
                "state",
                "remotePrefixes",
                "allowVirtualNetworkAccess",
                "allowGatewayTransit",
                "useRemoteGateways",
                "peerCompleteVnets",
                "localSubnetNames",
                "remoteSubnetNames");
        return new VnetPeering(
                peering.id(),
                peering.vnetId(),
                peering.remoteVnetId(),
                unknown.equals("state") ? null : peering.state(),
                unknown.equals("remotePrefixes") ? List.of() : peering.remotePrefixes(),
                unknown.equals("allowVirtualNetworkAccess") || peering.allowVirtualNetworkAccess(),
                peering.allowForwardedTraffic(),
                !unknown.equals("allowGatewayTransit") && peering.allowGatewayTransit(),
                !unknown.equals("useRemoteGateways") && peering.useRemoteGateways(),
                unknown.equals("peerCompleteVnets") ? null : peering.peerCompleteVnets(),
                unknown.equals("localSubnetNames") ? List.of() : peering.localSubnetNames(),
                unknown.equals("remoteSubnetNames") ? List.of() : peering.remoteSubnetNames(),
                Provenance.NONE.withUnknown(unknown, UNSAID));
    }

    private Subnet withUnknownPart(Subnet subnet, boolean own) {
        String unknown = own ? draw.oneOf("routeTableId", "serviceEndpoints") : "privateEndpointNetworkPolicies";
        return new Subnet(
                subnet.id(),
                subnet.name(),
                subnet.vnetId(),
                subnet.prefixes(),
                subnet.nsgId(),
                unknown.equals("routeTableId") ? null : subnet.routeTableId(),
                null,
                List.of(),
                unknown.equals("serviceEndpoints") ? List.of() : subnet.serviceEndpoints(),
                List.of(),
                own ? subnet.privateEndpointNetworkPolicies() : null,
                null,
                Provenance.NONE.withUnknown(unknown, UNSAID));
    }

    private RouteTable withUnknownParts(RouteTable table) {
        List<Route> routes = new ArrayList<>();
        for (Route route : table.routes()) {
            int kind = draw.number(0, 3);
            routes.add(new Route(
                    route.routeTableId(),
                    route.name(),
                    kind == 0 ? new AddressMatch.Unknown("x.x.x.x/x") : route.destination(),
                    route.nextHopType(),
                    route.nextHopIp(),
                    kind == 1 ? Provenance.NONE.withUnknown("nextHopType", UNSAID) : Provenance.NONE));
        }
        boolean unknown = draw.chance(0.5);
        return new RouteTable(
                table.id(),
                table.name(),
                null,
                unknown ? null : table.disableBgpRoutePropagation(),
                routes,
                unknown ? table.provenance().withUnknown("disableBgpRoutePropagation", UNSAID) : table.provenance());
    }

    private Map<ServiceTag, List<String>> tagData() {
        Map<ServiceTag, List<String>> data = new TreeMap<>();
        int kind = draw.number(0, 9);
        world.tagData().forEach((tag, prefixes) -> {
            if (kind < 4 || kind < 7 && draw.chance(0.6)) {
                data.put(tag, prefixes);
            }
        });
        return data;
    }
}
