package dev.netkb.model.reach;

import dev.netkb.model.azure.GatewayConnection;
import dev.netkb.model.azure.LocalNetworkGateway;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VirtualNetworkGateway;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What gateways in reach of a virtual network bring to its subnets (requirements C.3): prefixes that somebody configured,
 * and what may be learned by BGP and was not exported.
 *
 * @param known prefixes behind a gateway
 * @param mayLearnAll what may bring a default route and any private prefix; by its name, for people
 * @param mayLearnPrivate what may bring private prefixes only; by its name, for people
 */
record GatewayRoutes(List<AddressPrefix> known, List<String> mayLearnAll, List<String> mayLearnPrivate) {

    private static final String GATEWAYS = "microsoft.network/virtualnetworkgateways";
    private static final String CONNECTIONS = "microsoft.network/connections";
    private static final AddressPrefix EVERYTHING = AddressPrefix.parse("0.0.0.0/0");

    GatewayRoutes {
        known = List.copyOf(known);
        mayLearnAll = List.copyOf(mayLearnAll);
        mayLearnPrivate = List.copyOf(mayLearnPrivate);
    }

    static GatewayRoutes of(ResourceId vnetId, Snapshot snapshot) {
        Collector collector = new Collector(snapshot);
        collector.addHost(vnetId, true);
        for (VnetPeering peering : snapshot.peerings()) {
            ResourceId remote = peering.remoteVnetId();
            if (!peering.vnetId().equals(vnetId) || !peering.isConnected()) {
                continue;
            }
            if (!Stream.of("state", "useRemoteGateways", "remoteVnetId").allMatch(peering.provenance()::knows)) {
                collector.mayLearnAll.add(
                        "the gateway behind peering " + peering.id().name());
            } else if (peering.useRemoteGateways() && remote != null) {
                collector.addRemote(peering, remote);
            }
        }
        return new GatewayRoutes(collector.known, collector.mayLearnAll, collector.mayLearnPrivate);
    }

    private static final class Collector {

        private final Snapshot snapshot;
        private final List<AddressPrefix> known = new ArrayList<>();
        private final List<String> mayLearnAll = new ArrayList<>();
        private final List<String> mayLearnPrivate = new ArrayList<>();

        Collector(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        /** The other end must offer its gateway; where it was not exported, it is taken at the word of this end. */
        private void addRemote(VnetPeering peering, ResourceId remote) {
            boolean refused = snapshot.peerings().stream()
                    .anyMatch(back -> back.vnetId().equals(remote)
                            && peering.vnetId().equals(back.remoteVnetId())
                            && back.provenance().knows("allowGatewayTransit")
                            && !back.allowGatewayTransit());
            if (!refused) {
                addHost(remote, false);
            }
        }

        private void addHost(ResourceId host, boolean isOwn) {
            List<VirtualNetworkGateway> gateways = snapshot.facts(VirtualNetworkGateway.class).stream()
                    .filter(gateway -> host.equals(gateway.vnetId()))
                    .toList();
            gateways.forEach(this::add);
            if (hasSubnet(host, "RouteServerSubnet")) {
                mayLearnAll.add("the route server of " + host.name());
            }
            boolean listed = snapshot.coverage().has(GATEWAYS)
                    && snapshot.virtualNetwork(host).isPresent()
                    && snapshot.facts(VirtualNetworkGateway.class).stream()
                            .allMatch(gateway -> gateway.provenance().knows("subnetId"));
            boolean expected = isOwn ? hasSubnet(host, "GatewaySubnet") && !listed : !listed;
            if (gateways.isEmpty() && expected) {
                mayLearnAll.add("the gateway of " + host.name());
            }
        }

        private boolean hasSubnet(ResourceId vnetId, String name) {
            return snapshot.subnets().stream()
                    .anyMatch(subnet ->
                            subnet.vnetId().equals(vnetId) && subnet.name().equalsIgnoreCase(name));
        }

        private void add(VirtualNetworkGateway gateway) {
            known.addAll(gateway.vpnClientPrefixes());
            if (gateway.defaultSiteId() != null) {
                known.add(EVERYTHING);
            }
            boolean learns = !gateway.isVpn()
                    || !Boolean.FALSE.equals(gateway.enableBgp())
                    || !gateway.provenance().knows("defaultSiteId")
                    || !gateway.provenance().knows("vpnClientPrefixes");
            if (learns) {
                mayLearnAll.add("gateway " + gateway.name());
            }
            List<GatewayConnection> connections = snapshot.facts(GatewayConnection.class).stream()
                    .filter(connection -> gateway.id().equals(connection.gatewayId())
                            || gateway.id().equals(connection.otherGatewayId()))
                    .toList();
            connections.forEach(connection -> add(gateway, connection));
            if (!learns && connections.isEmpty() && !snapshot.coverage().has(CONNECTIONS)) {
                mayLearnPrivate.add("the connections of gateway " + gateway.name());
            }
        }

        private void add(VirtualNetworkGateway gateway, GatewayConnection connection) {
            if (connection.localNetworkGatewayId() != null) {
                Optional<LocalNetworkGateway> site =
                        snapshot.find(LocalNetworkGateway.class, connection.localNetworkGatewayId());
                site.ifPresent(there -> known.addAll(there.addressPrefixes()));
                if (site.isEmpty() || !site.get().provenance().knows("addressPrefixes")) {
                    mayLearnPrivate.add("local network gateway "
                            + connection.localNetworkGatewayId().name());
                }
            }
            ResourceId other =
                    gateway.id().equals(connection.gatewayId()) ? connection.otherGatewayId() : connection.gatewayId();
            if (other != null) {
                addNetworkBehind(other);
            }
        }

        private void addNetworkBehind(ResourceId gatewayId) {
            Optional<VirtualNetwork> vnet = snapshot.find(VirtualNetworkGateway.class, gatewayId)
                    .map(VirtualNetworkGateway::vnetId)
                    .filter(Objects::nonNull)
                    .flatMap(snapshot::virtualNetwork);
            vnet.ifPresent(there -> known.addAll(there.addressPrefixes()));
            if (vnet.isEmpty() || !vnet.get().provenance().knows("addressPrefixes")) {
                mayLearnPrivate.add("the virtual network of gateway " + gatewayId.name());
            }
        }
    }
}
