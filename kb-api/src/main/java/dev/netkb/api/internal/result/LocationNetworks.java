package dev.netkb.api.internal.result;

import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.DnsServer;
import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkInterface;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VirtualNetworkGateway;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.report.LocationNetwork;
import dev.netkb.model.report.LocationNetwork.NextHop;
import dev.netkb.model.report.LocationNetwork.Part;
import dev.netkb.model.report.LocationNetwork.Peering;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a snapshot says of the networks around locations. What it does not say is named, and never taken for "none". */
public final class LocationNetworks {

    private final Snapshot snapshot;
    private final Map<ResourceId, List<DnsServer>> dnsServers;
    private final Map<ResourceId, List<VnetPeering>> peerings;

    /** The firewall or network interface that has an address. */
    private final Map<AddressPrefix, ResourceId> holders = new HashMap<>();

    private final Map<ResourceId, ResourceId> gatewaysByVnet = new HashMap<>();

    private LocationNetworks(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.dnsServers = snapshot.dnsServers().stream().collect(Collectors.groupingBy(DnsServer::vnetId));
        this.peerings = snapshot.peerings().stream().collect(Collectors.groupingBy(VnetPeering::vnetId));
        for (NetworkInterface each : snapshot.networkInterfaces()) {
            each.privateAddresses().forEach(address -> holders.merge(address, each.id(), LocationNetworks::first));
        }
        Map<AddressPrefix, ResourceId> firewalls = new HashMap<>();
        for (AzureFirewall each : snapshot.facts(AzureFirewall.class)) {
            each.privateAddresses().forEach(address -> firewalls.merge(address, each.id(), LocationNetworks::first));
        }
        holders.putAll(firewalls);
        for (VirtualNetworkGateway each : snapshot.facts(VirtualNetworkGateway.class)) {
            if (each.vnetId() != null) {
                gatewaysByVnet.merge(each.vnetId(), each.id(), LocationNetworks::first);
            }
        }
    }

    public static LocationNetworks of(Snapshot snapshot) {
        return new LocationNetworks(snapshot);
    }

    /** Facts come in no order. */
    private static ResourceId first(ResourceId a, ResourceId b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    /** The network around a location, null where it names no subnet. */
    public @Nullable LocationNetwork around(Location location) {
        ResourceId subnetId = location.subnetId();
        if (subnetId == null) {
            return null;
        }
        Set<Part> unknown = EnumSet.noneOf(Part.class);
        Subnet subnet = snapshot.subnet(subnetId).orElse(null);
        if (subnet == null) {
            unknown.addAll(List.of(Part.PREFIXES, Part.NSG, Part.ROUTE_TABLE, Part.SERVICE_ENDPOINTS));
        } else {
            Map.of(
                            "prefixes", Part.PREFIXES,
                            "nsgId", Part.NSG,
                            "routeTableId", Part.ROUTE_TABLE,
                            "serviceEndpoints", Part.SERVICE_ENDPOINTS)
                    .forEach((field, part) -> {
                        if (!subnet.provenance().knows(field)) {
                            unknown.add(part);
                        }
                    });
        }
        ResourceId vnetId = subnet == null ? location.vnetId() : subnet.vnetId();
        VirtualNetwork vnet =
                vnetId == null ? null : snapshot.virtualNetwork(vnetId).orElse(null);
        if (vnet == null || !vnet.provenance().knows("dnsServers")) {
            unknown.add(Part.DNS_SERVERS);
        }
        if (vnet == null || !vnet.provenance().knows("peerings")) {
            unknown.add(Part.PEERINGS);
        }
        Hops hops = new Hops(vnetId);
        if (!hops.collect(subnetId, subnet)) {
            unknown.add(Part.NEXT_HOPS);
        }
        List<NextHop> nextHops = hops.list();
        List<Peering> peers = peers(vnetId);
        return new LocationNetwork(
                subnet == null
                        ? List.of()
                        : subnet.prefixes().stream().map(AddressPrefix::text).toList(),
                subnet == null ? null : subnet.nsgId(),
                subnet == null ? null : subnet.routeTableId(),
                most(nextHops),
                more(nextHops),
                servers(vnetId),
                most(peers),
                more(peers),
                subnet == null
                        ? List.of()
                        : subnet.serviceEndpoints().stream()
                                .map(endpoint -> endpoint.service())
                                .distinct()
                                .sorted()
                                .toList(),
                unknown);
    }

    private static <T> List<T> most(List<T> all) {
        return all.subList(0, Math.min(all.size(), LocationNetwork.MOST));
    }

    private static int more(List<?> all) {
        return Math.max(0, all.size() - LocationNetwork.MOST);
    }

    private List<String> servers(@Nullable ResourceId vnetId) {
        return dnsServers.getOrDefault(vnetId, List.of()).stream()
                .sorted(Comparator.comparingInt(DnsServer::order))
                .map(server -> server.address().text())
                .distinct()
                .toList();
    }

    private List<Peering> peers(@Nullable ResourceId vnetId) {
        return peerings.getOrDefault(vnetId, List.of()).stream()
                .sorted(Comparator.comparing(VnetPeering::id))
                .map(peering -> new Peering(peering.id(), peering.remoteVnetId(), peering.state()))
                .toList();
    }

    /** The next hops of a subnet, in the order of their first routes. */
    private final class Hops {

        private final @Nullable ResourceId vnetId;
        private final Map<Hop, List<String>> destinations = new LinkedHashMap<>();

        Hops(@Nullable ResourceId vnetId) {
            this.vnetId = vnetId;
        }

        private record Hop(NextHopType type, List<AddressPrefix> addresses) {}

        /**
         * Collects the routes in effect as far as Azure reported them, else those of the route table.
         *
         * @return whether all routes are known that people wrote
         */
        boolean collect(ResourceId subnetId, @Nullable Subnet subnet) {
            List<EffectiveRoute> effective = snapshot.effectiveRoutes(subnetId);
            if (!effective.isEmpty()) {
                effective.stream()
                        .filter(route -> route.state().equalsIgnoreCase("Active")
                                && !route.source().equalsIgnoreCase("Default"))
                        .forEach(route -> route.prefixes()
                                .forEach(prefix -> add(route.nextHopType(), route.nextHopIps(), prefix.text())));
                return true;
            }
            if (subnet == null || !subnet.provenance().knows("routeTableId")) {
                return false;
            }
            if (subnet.routeTableId() == null) {
                return true;
            }
            RouteTable table = snapshot.routeTable(subnet.routeTableId()).orElse(null);
            if (table == null) {
                return false;
            }
            table.routes().stream().filter(route -> !route.isRefused()).forEach(this::add);
            return table.provenance().knows("routes");
        }

        private void add(Route route) {
            add(
                    route.provenance().knows("nextHopType") ? route.nextHopType() : NextHopType.UNKNOWN,
                    Stream.ofNullable(route.nextHopIp()).toList(),
                    route.destination().text());
        }

        private void add(NextHopType type, List<AddressPrefix> addresses, String destination) {
            destinations
                    .computeIfAbsent(new Hop(type, List.copyOf(addresses)), hop -> new ArrayList<>())
                    .add(destination);
        }

        List<NextHop> list() {
            return destinations.entrySet().stream()
                    .map(entry -> {
                        Hop hop = entry.getKey();
                        List<String> all = entry.getValue().stream().distinct().toList();
                        return new NextHop(
                                hop.type().azureName(),
                                hop.addresses().stream()
                                        .map(AddressPrefix::text)
                                        .toList(),
                                most(all),
                                more(all),
                                resource(hop));
                    })
                    .toList();
        }

        private @Nullable ResourceId resource(Hop hop) {
            return switch (hop.type()) {
                case VIRTUAL_NETWORK_GATEWAY -> vnetId == null ? null : gatewaysByVnet.get(vnetId);
                case VIRTUAL_APPLIANCE ->
                    hop.addresses().size() == 1 ? holders.get(hop.addresses().get(0)) : null;
                default -> null;
            };
        }
    }
}
