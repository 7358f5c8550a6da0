package dev.netkb.model.snapshot;

import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.BackendHost;
import dev.netkb.model.azure.DnsServer;
import dev.netkb.model.azure.EffectiveNsg;
import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.FeatureInUse;
import dev.netkb.model.azure.FirewallPolicy;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.FirewallRuleCollectionGroup;
import dev.netkb.model.azure.GatewayConnection;
import dev.netkb.model.azure.IpGroup;
import dev.netkb.model.azure.LocalNetworkGateway;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.ManagementLock;
import dev.netkb.model.azure.NetworkInterface;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NetworkStatus;
import dev.netkb.model.azure.PrivateDnsLink;
import dev.netkb.model.azure.PrivateDnsRecordSet;
import dev.netkb.model.azure.PrivateDnsZone;
import dev.netkb.model.azure.PrivateEndpoint;
import dev.netkb.model.azure.PublicIpAddress;
import dev.netkb.model.azure.ResourceProviderRegistration;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.SelfHostedGateway;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VirtualNetworkGateway;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.azure.WorkspaceGateway;
import dev.netkb.model.azure.WorkspaceGatewayLink;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one export says about a network: facts by type, sorted by id and without duplicates, and what the
 * export covers. Immutable. {@link #facts(Class)} gives the facts of a type; the other accessors give them shorter
 * names.
 */
public final class Snapshot {

    /** The types of the facts that a snapshot holds, in the order in which they are listed. */
    public static final List<Class<? extends Record>> TYPES = List.of(
            VirtualNetwork.class,
            Subnet.class,
            SubnetUser.class,
            DnsServer.class,
            VnetPeering.class,
            NetworkSecurityGroup.class,
            RouteTable.class,
            PublicIpAddress.class,
            NetworkInterface.class,
            ApiManagementService.class,
            FeatureInUse.class,
            NetworkStatus.class,
            EffectiveNsg.class,
            EffectiveRoute.class,
            VirtualNetworkGateway.class,
            LocalNetworkGateway.class,
            GatewayConnection.class,
            AzureFirewall.class,
            FirewallPolicy.class,
            FirewallRuleCollectionGroup.class,
            IpGroup.class,
            SecurityAdminRule.class,
            PrivateDnsZone.class,
            PrivateDnsRecordSet.class,
            PrivateDnsLink.class,
            PrivateEndpoint.class,
            ManagementLock.class,
            WorkspaceGateway.class,
            WorkspaceGatewayLink.class,
            SelfHostedGateway.class,
            BackendHost.class,
            ResourceProviderRegistration.class);

    public static final Snapshot EMPTY = builder().build();

    private final Map<Class<?>, List<?>> facts;
    private final Coverage coverage;
    private final ServiceTags serviceTags;

    private Snapshot(Map<Class<?>, List<?>> facts, Coverage coverage, ServiceTags serviceTags) {
        this.facts = facts;
        this.coverage = coverage;
        this.serviceTags = serviceTags;
    }

    /** All facts of a type, sorted by id. */
    @SuppressWarnings("unchecked") // the builder puts facts only under their own type
    public <T extends Record> List<T> facts(Class<T> type) {
        return (List<T>) facts.getOrDefault(type, List.of());
    }

    /** All facts of all types, in the order of {@link #TYPES}. */
    public List<Object> facts() {
        return TYPES.stream()
                .flatMap(type -> facts(type).stream())
                .map(Object.class::cast)
                .toList();
    }

    /** Which resource types the export contains. */
    public Coverage coverage() {
        return coverage;
    }

    /** The tag data to use, {@link ServiceTags#NONE} where there are none. */
    public ServiceTags serviceTags() {
        return serviceTags;
    }

    public List<VirtualNetwork> virtualNetworks() {
        return facts(VirtualNetwork.class);
    }

    public List<Subnet> subnets() {
        return facts(Subnet.class);
    }

    public List<SubnetUser> subnetUsers() {
        return facts(SubnetUser.class);
    }

    public List<DnsServer> dnsServers() {
        return facts(DnsServer.class);
    }

    public List<VnetPeering> peerings() {
        return facts(VnetPeering.class);
    }

    public List<NetworkSecurityGroup> networkSecurityGroups() {
        return facts(NetworkSecurityGroup.class);
    }

    public List<RouteTable> routeTables() {
        return facts(RouteTable.class);
    }

    public List<PublicIpAddress> publicIpAddresses() {
        return facts(PublicIpAddress.class);
    }

    public List<NetworkInterface> networkInterfaces() {
        return facts(NetworkInterface.class);
    }

    public List<ApiManagementService> services() {
        return facts(ApiManagementService.class);
    }

    public List<FeatureInUse> featuresInUse() {
        return facts(FeatureInUse.class);
    }

    public List<NetworkStatus> networkStatuses() {
        return facts(NetworkStatus.class);
    }

    public List<EffectiveNsg> effectiveNsgs() {
        return facts(EffectiveNsg.class);
    }

    public List<EffectiveRoute> effectiveRoutes() {
        return facts(EffectiveRoute.class);
    }

    /**
     * Those of network interfaces in a subnet. Routes of which the export does not say whose they are belong to the only
     * subnet, where there is but one.
     */
    public List<EffectiveRoute> effectiveRoutes(ResourceId subnetId) {
        if (effectiveRoutes().isEmpty()) {
            return List.of();
        }
        Set<ResourceId> here = networkInterfaces().stream()
                .filter(nic -> nic.subnetIds().contains(subnetId))
                .map(NetworkInterface::id)
                .collect(Collectors.toSet());
        boolean only = facts(Subnet.class).size() == 1;
        return effectiveRoutes().stream()
                .filter(route -> route.networkInterfaceId() == null ? only : here.contains(route.networkInterfaceId()))
                .toList();
    }

    /** All locations of all services. */
    public List<Location> locations() {
        return services().stream()
                .flatMap(service -> service.locations().stream())
                .toList();
    }

    /** The newest point in time that the snapshot names; it was exported then or later. Empty where it names none. */
    public Optional<Instant> newestTime() {
        Stream<@Nullable Instant> created = services().stream().map(ApiManagementService::createdAt);
        Stream<@Nullable Instant> seen = networkStatuses().stream()
                .flatMap(status -> status.connectivity().stream())
                .flatMap(row -> Stream.of(row.lastUpdated(), row.lastStatusChange()));
        return Stream.concat(created, seen).filter(Objects::nonNull).max(Comparator.naturalOrder());
    }

    /** All rules of firewalls: those of policies and those that stand in a firewall itself. */
    public List<FirewallRule> firewallRules() {
        return Stream.concat(
                        facts(AzureFirewall.class).stream().flatMap(firewall -> firewall.rules().stream()),
                        facts(FirewallRuleCollectionGroup.class).stream().flatMap(group -> group.rules().stream()))
                .toList();
    }

    public Optional<VirtualNetwork> virtualNetwork(ResourceId id) {
        return find(VirtualNetwork.class, id);
    }

    public Optional<Subnet> subnet(ResourceId id) {
        return find(Subnet.class, id);
    }

    public Optional<NetworkSecurityGroup> networkSecurityGroup(ResourceId id) {
        return find(NetworkSecurityGroup.class, id);
    }

    public Optional<RouteTable> routeTable(ResourceId id) {
        return find(RouteTable.class, id);
    }

    public Optional<PublicIpAddress> publicIpAddress(ResourceId id) {
        return find(PublicIpAddress.class, id);
    }

    /** The fact of a type that has an id. Binary search: the lists are sorted by id. */
    public <T extends Record & AzureFact> Optional<T> find(Class<T> type, ResourceId id) {
        List<T> sorted = facts(type);
        int low = 0;
        int high = sorted.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = sorted.get(middle).id().compareTo(id);
            if (order == 0) {
                return Optional.of(sorted.get(middle));
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

    /** The same with its locations seen otherwise. */
    public Snapshot withLocations(UnaryOperator<Location> seen) {
        Builder builder = new Builder();
        facts().forEach(fact -> builder.add(
                fact instanceof ApiManagementService service
                        ? service.withLocations(
                                service.locations().stream().map(seen).toList())
                        : fact));
        builder.resourceTypes.putAll(coverage.resourceTypes());
        builder.incomplete.addAll(coverage.incomplete());
        return builder.serviceTags(serviceTags).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        facts().forEach(builder::add);
        builder.resourceTypes.putAll(coverage.resourceTypes());
        builder.incomplete.addAll(coverage.incomplete());
        return builder.serviceTags(serviceTags);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Snapshot that
                && facts.equals(that.facts)
                && coverage.equals(that.coverage)
                && serviceTags.equals(that.serviceTags);
    }

    @Override
    public int hashCode() {
        return Objects.hash(facts, coverage, serviceTags);
    }

    @Override
    public String toString() {
        return facts() + " " + coverage;
    }

    /** Collects facts. Not thread-safe. */
    public static final class Builder {
        private final Map<Class<?>, List<Object>> facts = new LinkedHashMap<>();
        private final Map<String, Integer> resourceTypes = new TreeMap<>();
        private final Set<String> incomplete = new TreeSet<>();
        private ServiceTags serviceTags = ServiceTags.NONE;

        private Builder() {}

        /**
         * Adds a fact.
         *
         * @throws IllegalArgumentException when its type is none of {@link Snapshot#TYPES}
         */
        public Builder add(Object fact) {
            if (!TYPES.contains(fact.getClass())) {
                throw new IllegalArgumentException(
                        "a snapshot holds no fact of type " + fact.getClass().getName());
            }
            facts.computeIfAbsent(fact.getClass(), type -> new ArrayList<>()).add(fact);
            return this;
        }

        /** Counts one exported resource of a type, whether or not it became a fact. */
        public Builder saw(String resourceType) {
            resourceTypes.merge(resourceType.toLowerCase(Locale.ROOT), 1, Integer::sum);
            return this;
        }

        /** Says that a type was exported, even where there is no resource of it. */
        public Builder covers(String resourceType) {
            resourceTypes.putIfAbsent(resourceType.toLowerCase(Locale.ROOT), 0);
            return this;
        }

        /** Says that there are more resources of a type than were exported. */
        public Builder incomplete(String resourceType) {
            incomplete.add(resourceType.toLowerCase(Locale.ROOT));
            return this;
        }

        public Builder serviceTags(ServiceTags tags) {
            this.serviceTags = tags;
            return this;
        }

        public Snapshot build() {
            Map<Class<?>, List<?>> sorted = new LinkedHashMap<>();
            facts.forEach((type, some) -> sorted.put(type, arrange(some)));
            return new Snapshot(Map.copyOf(sorted), new Coverage(resourceTypes, incomplete), serviceTags);
        }

        /** Sorted by id and without duplicates; answers of Azure without an id stay as they were given. */
        private static List<Object> arrange(Collection<Object> facts) {
            Object first = facts.iterator().next();
            if (first instanceof AzureFact) {
                return sorted(facts, Comparator.comparing(fact -> ((AzureFact) fact).id()));
            }
            if (first instanceof DnsServer) {
                return sorted(
                        facts,
                        Comparator.comparing((Object fact) -> ((DnsServer) fact).vnetId())
                                .thenComparingInt(fact -> ((DnsServer) fact).order()));
            }
            if (first instanceof FeatureInUse) {
                return sorted(facts, Comparator.comparing(fact -> ((FeatureInUse) fact).shownBy()));
            }
            return List.copyOf(facts);
        }

        private static List<Object> sorted(Collection<Object> facts, Comparator<Object> order) {
            return facts.stream().distinct().sorted(order).toList();
        }
    }
}
