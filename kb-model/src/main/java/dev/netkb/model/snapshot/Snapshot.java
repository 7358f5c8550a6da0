package dev.netkb.model.snapshot;

import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.DnsServer;
import dev.netkb.model.azure.EffectiveNsg;
import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.FeatureInUse;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkInterface;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NetworkStatus;
import dev.netkb.model.azure.PublicIpAddress;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Everything that one export says about a network: facts, sorted by id and without duplicates, and what the export
 * covers. Immutable.
 *
 * @param coverage which resource types the export contains
 * @param serviceTags the tag data to use, {@link ServiceTags#NONE} where there are none
 */
public record Snapshot(
        List<VirtualNetwork> virtualNetworks,
        List<Subnet> subnets,
        List<SubnetUser> subnetUsers,
        List<DnsServer> dnsServers,
        List<VnetPeering> peerings,
        List<NetworkSecurityGroup> networkSecurityGroups,
        List<RouteTable> routeTables,
        List<PublicIpAddress> publicIpAddresses,
        List<NetworkInterface> networkInterfaces,
        List<ApiManagementService> services,
        List<FeatureInUse> featuresInUse,
        List<NetworkStatus> networkStatuses,
        List<EffectiveNsg> effectiveNsgs,
        List<EffectiveRoute> effectiveRoutes,
        Coverage coverage,
        ServiceTags serviceTags) {

    public static final Snapshot EMPTY = builder().build();

    public Snapshot {
        virtualNetworks = sorted(virtualNetworks, VirtualNetwork::id);
        subnets = sorted(subnets, Subnet::id);
        subnetUsers = sorted(subnetUsers, SubnetUser::id);
        dnsServers = dnsServers.stream()
                .distinct()
                .sorted(Comparator.comparing(DnsServer::vnetId).thenComparingInt(DnsServer::order))
                .toList();
        peerings = sorted(peerings, VnetPeering::id);
        networkSecurityGroups = sorted(networkSecurityGroups, NetworkSecurityGroup::id);
        routeTables = sorted(routeTables, RouteTable::id);
        publicIpAddresses = sorted(publicIpAddresses, PublicIpAddress::id);
        networkInterfaces = sorted(networkInterfaces, NetworkInterface::id);
        services = sorted(services, ApiManagementService::id);
        featuresInUse = sorted(featuresInUse, FeatureInUse::shownBy);
        networkStatuses = List.copyOf(networkStatuses);
        effectiveNsgs = List.copyOf(effectiveNsgs);
        effectiveRoutes = List.copyOf(effectiveRoutes);
    }

    private static <T> List<T> sorted(List<T> facts, Function<T, ResourceId> id) {
        return facts.stream().distinct().sorted(Comparator.comparing(id)).toList();
    }

    public Optional<VirtualNetwork> virtualNetwork(ResourceId id) {
        return find(virtualNetworks, VirtualNetwork::id, id);
    }

    public Optional<Subnet> subnet(ResourceId id) {
        return find(subnets, Subnet::id, id);
    }

    public Optional<NetworkSecurityGroup> networkSecurityGroup(ResourceId id) {
        return find(networkSecurityGroups, NetworkSecurityGroup::id, id);
    }

    public Optional<RouteTable> routeTable(ResourceId id) {
        return find(routeTables, RouteTable::id, id);
    }

    public Optional<PublicIpAddress> publicIpAddress(ResourceId id) {
        return find(publicIpAddresses, PublicIpAddress::id, id);
    }

    /** All locations of all services. */
    public List<Location> locations() {
        return services.stream()
                .flatMap(service -> service.locations().stream())
                .toList();
    }

    /** Binary search: the lists are sorted by id. */
    private static <T> Optional<T> find(List<T> facts, Function<T, ResourceId> id, ResourceId wanted) {
        int low = 0;
        int high = facts.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = id.apply(facts.get(middle)).compareTo(wanted);
            if (order == 0) {
                return Optional.of(facts.get(middle));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    public Snapshot withServiceTags(ServiceTags tags) {
        return toBuilder().serviceTags(tags).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.virtualNetworks.addAll(virtualNetworks);
        builder.subnets.addAll(subnets);
        builder.subnetUsers.addAll(subnetUsers);
        builder.dnsServers.addAll(dnsServers);
        builder.peerings.addAll(peerings);
        builder.networkSecurityGroups.addAll(networkSecurityGroups);
        builder.routeTables.addAll(routeTables);
        builder.publicIpAddresses.addAll(publicIpAddresses);
        builder.networkInterfaces.addAll(networkInterfaces);
        builder.services.addAll(services);
        builder.featuresInUse.addAll(featuresInUse);
        builder.networkStatuses.addAll(networkStatuses);
        builder.effectiveNsgs.addAll(effectiveNsgs);
        builder.effectiveRoutes.addAll(effectiveRoutes);
        builder.resourceTypes.putAll(coverage.resourceTypes());
        builder.serviceTags = serviceTags;
        return builder;
    }

    /** Collects facts. Not thread-safe. */
    public static final class Builder {
        private final List<VirtualNetwork> virtualNetworks = new ArrayList<>();
        private final List<Subnet> subnets = new ArrayList<>();
        private final List<SubnetUser> subnetUsers = new ArrayList<>();
        private final List<DnsServer> dnsServers = new ArrayList<>();
        private final List<VnetPeering> peerings = new ArrayList<>();
        private final List<NetworkSecurityGroup> networkSecurityGroups = new ArrayList<>();
        private final List<RouteTable> routeTables = new ArrayList<>();
        private final List<PublicIpAddress> publicIpAddresses = new ArrayList<>();
        private final List<NetworkInterface> networkInterfaces = new ArrayList<>();
        private final List<ApiManagementService> services = new ArrayList<>();
        private final List<FeatureInUse> featuresInUse = new ArrayList<>();
        private final List<NetworkStatus> networkStatuses = new ArrayList<>();
        private final List<EffectiveNsg> effectiveNsgs = new ArrayList<>();
        private final List<EffectiveRoute> effectiveRoutes = new ArrayList<>();
        private final Map<String, Integer> resourceTypes = new TreeMap<>();
        private ServiceTags serviceTags = ServiceTags.NONE;

        private Builder() {}

        /** Adds a fact of any kind that a snapshot holds. */
        public Builder add(Object fact) {
            if (fact instanceof VirtualNetwork f) {
                virtualNetworks.add(f);
            } else if (fact instanceof Subnet f) {
                subnets.add(f);
            } else if (fact instanceof SubnetUser f) {
                subnetUsers.add(f);
            } else if (fact instanceof DnsServer f) {
                dnsServers.add(f);
            } else if (fact instanceof VnetPeering f) {
                peerings.add(f);
            } else if (fact instanceof NetworkSecurityGroup f) {
                networkSecurityGroups.add(f);
            } else if (fact instanceof RouteTable f) {
                routeTables.add(f);
            } else if (fact instanceof PublicIpAddress f) {
                publicIpAddresses.add(f);
            } else if (fact instanceof NetworkInterface f) {
                networkInterfaces.add(f);
            } else if (fact instanceof ApiManagementService f) {
                services.add(f);
            } else if (fact instanceof FeatureInUse f) {
                featuresInUse.add(f);
            } else if (fact instanceof NetworkStatus f) {
                networkStatuses.add(f);
            } else if (fact instanceof EffectiveNsg f) {
                effectiveNsgs.add(f);
            } else if (fact instanceof EffectiveRoute f) {
                effectiveRoutes.add(f);
            } else {
                throw new IllegalArgumentException(
                        "a snapshot holds no fact of type " + fact.getClass().getName());
            }
            return this;
        }

        /** Counts one exported resource of a type, whether or not it became a fact. */
        public Builder saw(String resourceType) {
            resourceTypes.merge(resourceType.toLowerCase(java.util.Locale.ROOT), 1, Integer::sum);
            return this;
        }

        public Builder serviceTags(ServiceTags tags) {
            this.serviceTags = tags;
            return this;
        }

        public Snapshot build() {
            return new Snapshot(
                    virtualNetworks,
                    subnets,
                    subnetUsers,
                    dnsServers,
                    peerings,
                    networkSecurityGroups,
                    routeTables,
                    publicIpAddresses,
                    networkInterfaces,
                    services,
                    featuresInUse,
                    networkStatuses,
                    effectiveNsgs,
                    effectiveRoutes,
                    new Coverage(resourceTypes),
                    serviceTags);
        }
    }
}
