package dev.netkb.model.change;

import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.DnsServer;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.ManagementLock;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NetworkStatus;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.azure.WorkspaceGateway;
import dev.netkb.model.derived.LocationModel;
import dev.netkb.model.derived.Unavailable;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Agreement;
import dev.netkb.model.value.ResourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two snapshots, as facts for rules. A resource is the same in both where its id is; a location
 * where its service is and its region, and the primary location of a service in any case.
 */
public final class Changes {

    private static final String SERVICES = "microsoft.apimanagement/service";
    private static final String VNETS = "microsoft.network/virtualnetworks";
    private static final String DNS_SERVERS = "dnsServers";
    private static final String LOCKS = "microsoft.authorization/locks";

    private final Snapshot before;
    private final Snapshot after;
    private final List<LocationChange> locations;

    private Changes(
            Snapshot before, List<LocationModel> modelsBefore, Snapshot after, List<LocationModel> modelsAfter) {
        this.before = before;
        this.after = after;
        this.locations = locations(byPlace(modelsBefore), byPlace(modelsAfter));
    }

    /**
     * @param modelsBefore,modelsAfter what rules derived about the locations of each snapshot
     */
    public static Changes between(
            Snapshot before, List<LocationModel> modelsBefore, Snapshot after, List<LocationModel> modelsAfter) {
        return new Changes(before, modelsBefore, after, modelsAfter);
    }

    /** Every location of both snapshots, also those that stay as they are; sorted by service and region. */
    public List<LocationChange> locations() {
        return locations;
    }

    /** All facts for rules about changes. */
    public List<Object> facts() {
        List<Object> facts = new ArrayList<>(locations);
        facts.addAll(subnets());
        facts.addAll(gateways());
        facts.addAll(dns());
        facts.addAll(locks());
        return facts;
    }

    /** Whether a snapshot was exported with services, though there may be none. */
    public static boolean hasServices(Snapshot snapshot) {
        return !snapshot.services().isEmpty() || snapshot.coverage().has(SERVICES);
    }

    /** The name under which both snapshots have a location. */
    public static String place(Location location) {
        return location.primary() ? location.serviceId().key() : location.key();
    }

    // ---- locations

    private static Map<String, LocationModel> byPlace(List<LocationModel> models) {
        return models.stream()
                .collect(Collectors.toMap(
                        model -> place(model.location()), Function.identity(), (first, second) -> first, TreeMap::new));
    }

    private List<LocationChange> locations(Map<String, LocationModel> was, Map<String, LocationModel> is) {
        AddressHolders holders = new AddressHolders(before, after);
        TreeSet<String> places = new TreeSet<>(was.keySet());
        places.addAll(is.keySet());
        // Services that were not exported are neither new nor gone.
        boolean comparable = hasServices(before) && hasServices(after);
        return places.stream()
                .filter(place -> comparable || was.containsKey(place) && is.containsKey(place))
                .map(place -> change(was.get(place), is.get(place), holders))
                .toList();
    }

    private LocationChange change(@Nullable LocationModel was, @Nullable LocationModel is, AddressHolders holders) {
        ResourceId serviceId =
                (is != null ? is : Objects.requireNonNull(was)).location().serviceId();
        LocationChange bare = new LocationChange(
                was,
                is,
                service(after, serviceId).isPresent(),
                sameInstance(serviceId),
                born(before, serviceId),
                born(after, serviceId),
                List.of(),
                holders.unsearched(),
                List.of());
        return new LocationChange(
                was,
                is,
                bare.serviceStays(),
                bare.sameInstance(),
                bare.bornBefore(),
                bare.bornAfter(),
                holders.of(bare.formerAddresses()),
                bare.unsearched(),
                unavailable(bare));
    }

    private static Optional<ApiManagementService> service(Snapshot snapshot, ResourceId id) {
        return snapshot.find(ApiManagementService.class, id);
    }

    private static @Nullable Instant born(Snapshot snapshot, ResourceId serviceId) {
        return service(snapshot, serviceId).map(ApiManagementService::createdAt).orElse(null);
    }

    private Agreement sameInstance(ResourceId serviceId) {
        ApiManagementService was = service(before, serviceId).orElse(null);
        ApiManagementService is = service(after, serviceId).orElse(null);
        if (was == null || is == null) {
            return Agreement.UNKNOWN;
        }
        if (!is.deployed()) {
            return Agreement.SAME;
        }
        Instant born = was.createdAt();
        Instant bornAfter = is.createdAt();
        if (born == null || bornAfter == null) {
            return Agreement.UNKNOWN;
        }
        return born.equals(bornAfter) ? Agreement.SAME : Agreement.DIFFERENT;
    }

    private List<Unavailable> unavailable(LocationChange change) {
        Location about = change.location();
        List<Unavailable> missing = new ArrayList<>();
        Stream.of(change.before(), change.after())
                .filter(Objects::nonNull)
                .map(LocationModel::location)
                .forEach(side -> fields(side).forEach(field -> missing.add(Unavailable.field(about, side, field))));
        if (change.isKept() && change.sameInstance() == Agreement.UNKNOWN) {
            missing.add(new Unavailable(
                    about,
                    "ApiManagementService.createdAt",
                    "when " + about.serviceId().name() + " was created is not in both exports (az apim show --ids "
                            + about.serviceId() + ")"));
        }
        if (!before.coverage().has(LOCKS) && !after.coverage().has(LOCKS)) {
            missing.add(new Unavailable(about, "ManagementLock", "no locks were exported (az lock list)"));
        }
        ResourceId vnet = about.vnetId();
        if (change.isKept() && vnet != null && vnet.equals(change.was().vnetId())) {
            for (Snapshot snapshot : List.of(before, after)) {
                network(snapshot, vnet)
                        .ifPresentOrElse(
                                network -> {
                                    if (!network.knows(DNS_SERVERS)) {
                                        missing.add(Unavailable.field(about, network, DNS_SERVERS));
                                    }
                                },
                                () -> missing.add(
                                        Unavailable.resource(about, "VirtualNetwork", vnet, "az network vnet show")));
            }
        }
        return missing.stream().distinct().toList();
    }

    private static List<String> fields(Location side) {
        List<String> fields = new ArrayList<>(side.unknownFields());
        if (side.sku() == null && !fields.contains("sku")) {
            fields.add("sku");
        }
        if (side.virtualNetworkType() == VirtualNetworkType.UNKNOWN && !fields.contains("virtualNetworkType")) {
            fields.add("virtualNetworkType");
        }
        return fields;
    }

    private static Optional<VirtualNetwork> network(Snapshot snapshot, ResourceId id) {
        return snapshot.virtualNetwork(id);
    }

    // ---- subnets

    /** What sits in the subnets of a snapshot, and which of them locations use. */
    private record Occupancy(Map<ResourceId, List<SubnetUser>> users, Set<ResourceId> used) {

        static Occupancy of(Snapshot snapshot) {
            return new Occupancy(
                    snapshot.subnetUsers().stream().collect(Collectors.groupingBy(SubnetUser::subnetId)),
                    snapshot.locations().stream()
                            .map(Location::subnetId)
                            .filter(Objects::nonNull)
                            .collect(Collectors.toSet()));
        }

        List<SubnetUser> of(ResourceId subnetId) {
            return users.getOrDefault(subnetId, List.of());
        }
    }

    /** The subnets that locations use before or after, and the others of the networks that they leave. */
    private List<SubnetChange> subnets() {
        Set<ResourceId> left = locations.stream()
                .map(LocationChange::leftVnetId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        Occupancy was = Occupancy.of(before);
        Occupancy is = Occupancy.of(after);
        TreeSet<ResourceId> ids = new TreeSet<>(was.used());
        ids.addAll(is.used());
        Stream.of(before, after)
                .flatMap(snapshot -> snapshot.subnets().stream())
                .filter(subnet -> left.contains(subnet.vnetId()))
                .forEach(subnet -> ids.add(subnet.id()));
        return ids.stream().map(id -> subnet(id, was, is)).toList();
    }

    private SubnetChange subnet(ResourceId id, Occupancy occupiedBefore, Occupancy occupiedAfter) {
        Subnet was = before.subnet(id).orElse(null);
        Subnet is = after.subnet(id).orElse(null);
        return new SubnetChange(
                id,
                id.parent().orElse(id),
                was,
                is,
                was != null || before.coverage().has(VNETS),
                is != null || after.coverage().has(VNETS),
                occupiedBefore.of(id),
                occupiedAfter.of(id),
                occupiedBefore.used().contains(id),
                occupiedAfter.used().contains(id),
                was == null || is != null ? null : movedTo(was));
    }

    /** A subnet of another subscription that has the names and blocks of one that is gone, and was not there before. */
    private @Nullable Subnet movedTo(Subnet was) {
        return after.subnets().stream()
                .filter(is -> is.id().sameSubscription(was.id()) == Agreement.DIFFERENT
                        && is.name().equalsIgnoreCase(was.name())
                        && is.vnetId().name().equalsIgnoreCase(was.vnetId().name())
                        && is.prefixes().equals(was.prefixes())
                        && before.subnet(is.id()).isEmpty())
                .findFirst()
                .orElse(null);
    }

    // ---- the rest

    private List<GatewayChange> gateways() {
        return before.facts(WorkspaceGateway.class).stream()
                .flatMap(was ->
                        after.find(WorkspaceGateway.class, was.id()).stream().map(is -> new GatewayChange(was, is)))
                .toList();
    }

    private List<DnsChange> dns() {
        List<DnsChange> changes = new ArrayList<>();
        for (LocationChange change : locations) {
            ResourceId vnet = change.location().vnetId();
            if (change.isKept() && vnet != null && vnet.equals(change.was().vnetId())) {
                VirtualNetwork was = network(before, vnet).orElse(null);
                VirtualNetwork is = network(after, vnet).orElse(null);
                if (was != null && is != null && was.knows(DNS_SERVERS) && is.knows(DNS_SERVERS)) {
                    changes.add(new DnsChange(
                            change.location(),
                            was,
                            is,
                            dnsServers(before, vnet),
                            dnsServers(after, vnet),
                            seen(change.location())));
                }
            }
        }
        return changes;
    }

    /** The addresses of the custom DNS servers of a virtual network, in their order. */
    public static List<String> dnsServers(Snapshot snapshot, ResourceId vnet) {
        return snapshot.dnsServers().stream()
                .filter(server -> server.vnetId().equals(vnet))
                .map(DnsServer::address)
                .map(AddressPrefix::text)
                .toList();
    }

    private @Nullable List<String> seen(Location location) {
        return after.networkStatuses().stream()
                .filter(status -> location.serviceId().equals(status.serviceId())
                        || status.serviceId() == null && after.services().size() == 1)
                .filter(status -> status.location() == null && !location.isMultiRegion()
                        || status.location() != null && status.location().equals(location.region()))
                .map(NetworkStatus::dnsServers)
                .findFirst()
                .orElse(null);
    }

    private List<StandingLock> locks() {
        boolean inAfter = after.coverage().has(LOCKS);
        return (inAfter ? after : before)
                .facts(ManagementLock.class).stream()
                        .map(lock -> new StandingLock(lock, inAfter))
                        .toList();
    }

    /** Id and type → every fact that has an id, with the rules of groups, the routes of tables and firewall rules. */
    public static Map<String, AzureFact> resources(Snapshot snapshot) {
        Map<String, AzureFact> resources = new TreeMap<>();
        Stream<?> nested = Stream.of(
                        snapshot.networkSecurityGroups().stream()
                                .map(NetworkSecurityGroup::rules)
                                .flatMap(List::stream)
                                .filter(rule -> !rule.isDefault()),
                        snapshot.routeTables().stream().map(RouteTable::routes).flatMap(List::stream),
                        snapshot.firewallRules().stream())
                .flatMap(stream -> stream);
        Stream.concat(snapshot.facts().stream(), nested)
                .filter(AzureFact.class::isInstance)
                .map(AzureFact.class::cast)
                .forEach(fact ->
                        resources.putIfAbsent(fact.factType() + " " + fact.id().key(), fact));
        return resources;
    }
}
