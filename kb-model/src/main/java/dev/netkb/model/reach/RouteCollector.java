package dev.netkb.model.reach;

import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.NetworkInterface;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.PrivateEndpoint;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.ServiceEndpoint;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.reach.ResolvedRoute.Origin;
import dev.netkb.model.reach.RouteCandidate.Rank;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the routes of a subnet: those that Azure reported as effective for a network interface in it, else those that
 * follow from its virtual network, peerings, service endpoints, private endpoints, gateways and route table.
 */
final class RouteCollector {

    /** Service endpoint → the service tag with the same prefixes (requirements C.3, C.4). */
    private static final Map<String, ServiceTag> TAGS_OF_ENDPOINTS = Map.ofEntries(
            Map.entry("microsoft.storage", ServiceTag.of("Storage")),
            Map.entry("microsoft.storage.global", ServiceTag.of("Storage")),
            Map.entry("microsoft.sql", ServiceTag.of("Sql")),
            Map.entry("microsoft.eventhub", ServiceTag.of("EventHub")),
            Map.entry("microsoft.keyvault", ServiceTag.of("AzureKeyVault")),
            Map.entry("microsoft.servicebus", ServiceTag.of("ServiceBus")),
            Map.entry("microsoft.web", ServiceTag.of("AppService")),
            Map.entry("microsoft.azurecosmosdb", ServiceTag.of("AzureCosmosDB")),
            Map.entry("microsoft.containerregistry", ServiceTag.of("AzureContainerRegistry")),
            Map.entry("microsoft.azureactivedirectory", ServiceTag.of("AzureActiveDirectory")));

    /** Endpoints that reach their service only in the regions that they name, by default that of the network. */
    private static final Set<String> REGIONAL_ENDPOINTS = Set.of("microsoft.storage", "microsoft.sql");

    /** Private blocks that Azure routes nowhere (requirements C.3). */
    private static final List<AddressPrefix> UNROUTED = Stream.of(
                    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
            .map(AddressPrefix::parse)
            .toList();

    private static final List<AddressPrefix> DEFAULTS =
            Stream.of("0.0.0.0/0", "::/0").map(AddressPrefix::parse).toList();

    private final Subnet subnet;
    private final Snapshot snapshot;
    private final SubnetView view;
    private final List<RouteCandidate> candidates = new ArrayList<>();

    /** The virtual network and its peers: what a route of a gateway never takes. */
    private final List<Term> local = new ArrayList<>();

    private final List<Term> endpoints = new ArrayList<>();

    /** Where routes of gateways come to the subnet; null for everywhere. */
    private @Nullable Symbol propagation;

    private RouteCollector(Subnet subnet, Snapshot snapshot, SubnetView view) {
        this.subnet = subnet;
        this.snapshot = snapshot;
        this.view = view;
    }

    /** The program of a subnet's routes; what is not known about the table as a whole leaves everything open. */
    static RouteView routes(Subnet subnet, Snapshot snapshot, SubnetView view, Set<AddressPrefix> trustedAppliances) {
        RouteCollector collector = new RouteCollector(subnet, snapshot, view);
        List<EffectiveRoute> effective = snapshot.effectiveRoutes(subnet.id());
        if (effective.isEmpty()) {
            collector.addConfigured();
        } else {
            collector.addEffective(effective);
        }
        return RouteView.of(collector.candidates, collector.local, collector.new Known(trustedAppliances));
    }

    /** Appliances that somebody trusts, and firewalls that were exported. */
    private final class Known implements RouteView.Appliances {

        private final Set<AddressPrefix> trusted;

        Known(Set<AddressPrefix> trusted) {
            this.trusted = trusted;
        }

        @Override
        public boolean isTrusted(AddressPrefix address) {
            return trusted.contains(address);
        }

        @Override
        public Optional<List<RuleProgram.Step>> at(AddressPrefix address) {
            return FirewallView.at(address, RouteCollector.this::isInReach, snapshot, view);
        }

        @Override
        public Optional<String> lackingAt(AddressPrefix address) {
            return FirewallView.lackingAt(address, RouteCollector.this::isInReach, snapshot);
        }

        @Override
        public Optional<String> addressLackingOf(ResolvedRoute resolved) {
            return Optional.ofNullable(subnet.routeTableId())
                    .flatMap(snapshot::routeTable)
                    .flatMap(table -> table.routes().stream()
                            .filter(route -> route.id().equals(resolved.id()))
                            .filter(route -> !route.provenance().knows("nextHopIp"))
                            .findFirst())
                    .map(
                            route -> "which appliance " + resolved.text()
                                    + " leads to, because its address is not known: "
                                    + route.provenance().unknown().get("nextHopIp")
                                    + " (give the address, or export the route table and the appliance once they are deployed)");
        }
    }

    // ---- as Azure reported them

    private Stream<NetworkInterface> interfaces() {
        return snapshot.networkInterfaces().stream()
                .filter(nic -> nic.subnetIds().contains(subnet.id()));
    }

    /** A route is invalid where another one takes its place; it still says where the virtual network is. */
    private void addEffective(List<EffectiveRoute> routes) {
        for (EffectiveRoute route : routes) {
            AddressSet there = addresses(route.prefixes());
            if (isLocal(route.nextHopType()) && rank(route) == Rank.SYSTEM) {
                local.add(Term.of(there));
            } else if (route.nextHopType() == NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT) {
                endpoints.add(Term.of(there));
            }
        }
        for (EffectiveRoute route : routes) {
            if (route.state().equalsIgnoreCase("Invalid")) {
                continue;
            }
            Rank rank = rank(route);
            for (AddressPrefix prefix : route.prefixes()) {
                ResolvedRoute resolved = new ResolvedRoute(
                        origin(rank), id(route), prefix.text(), route.nextHopType(), route.nextHopIps());
                addPrefix(prefix, rank, resolved);
            }
        }
        ResolvedRoute none = system("any other address", NextHopType.NONE);
        candidates.add(new RouteCandidate(Term.of(AddressSet.ALL), 0, Rank.SYSTEM, none));
    }

    private static boolean isLocal(NextHopType hop) {
        return hop == NextHopType.VNET_LOCAL
                || hop == NextHopType.VNET_PEERING
                || hop == NextHopType.VNET_GLOBAL_PEERING;
    }

    private static Rank rank(EffectiveRoute route) {
        if (route.source().equalsIgnoreCase("User")) {
            return Rank.USER_PREFIX;
        }
        return route.source().equalsIgnoreCase("VirtualNetworkGateway") ? Rank.GATEWAY : Rank.SYSTEM;
    }

    private static Origin origin(Rank rank) {
        if (rank == Rank.SYSTEM) {
            return Origin.SYSTEM;
        }
        return rank == Rank.GATEWAY ? Origin.GATEWAY : Origin.USER;
    }

    private ResourceId id(EffectiveRoute route) {
        return route.name() != null && subnet.routeTableId() != null
                ? subnet.routeTableId().child("routes", route.name())
                : subnet.id();
    }

    // ---- as they were configured

    private void addConfigured() {
        addVirtualNetwork();
        addPeers();
        addServiceEndpoints();
        addPrivateEndpoints();
        addUserRoutes();
        addGatewayRoutes();
        addSystemDefaults();
    }

    /** The subnet surely lies in its virtual network, in a range that may be wider than the subnet. */
    private void addVirtualNetwork() {
        Optional<VirtualNetwork> vnet = snapshot.virtualNetwork(subnet.vnetId());
        List<AddressPrefix> ranges = vnet.map(VirtualNetwork::addressPrefixes).orElse(List.of());
        for (AddressPrefix range : ranges) {
            local.add(Term.of(range.addresses()));
            addPrefix(range, Rank.SYSTEM, system(range.text(), NextHopType.VNET_LOCAL));
        }
        ResolvedRoute unknown = system("virtual network " + subnet.vnetId().name(), NextHopType.VNET_LOCAL);
        AddressSet outside = subnet.addresses().minus(addresses(ranges));
        if (!outside.isEmpty()) {
            addNamed(Term.of(outside), Rank.SYSTEM, unknown, local);
        }
        if (vnet.isEmpty() || !vnet.get().provenance().knows("addressPrefixes")) {
            Term there = Term.inside(AddressSet.ALL, SubnetView.virtualNetwork(subnet.vnetId()));
            addNamed(there, Rank.SYSTEM, unknown, local);
        }
    }

    /** A peering brings a route for each range at its other end; which ranges these are may not be known. */
    private void addPeers() {
        peerings().forEach(peering -> {
            for (AddressPrefix range : surelyBehind(peering)) {
                local.add(Term.of(range.addresses()));
                addPrefix(range, Rank.SYSTEM, system(range.text(), NextHopType.VNET_PEERING));
            }
            if (!isAllKnownBehind(peering)) {
                addNamed(
                        Term.inside(mayBeBehind(peering), behind(peering)),
                        Rank.SYSTEM,
                        system("peering " + peering.id().name(), NextHopType.VNET_PEERING),
                        local);
            }
        });
    }

    /** The peerings that this subnet has or, where the export leaves it open, may have. */
    private Stream<VnetPeering> peerings() {
        return snapshot.peerings().stream()
                .filter(peering -> peering.vnetId().equals(subnet.vnetId())
                        && peering.isConnected()
                        && !leavesOutThisSubnet(peering));
    }

    private boolean leavesOutThisSubnet(VnetPeering peering) {
        return isOfSubnets(peering)
                && peering.provenance().knows("localSubnetNames")
                && peering.localSubnetNames().stream().noneMatch(subnet.name()::equalsIgnoreCase);
    }

    private static boolean isOfSubnets(VnetPeering peering) {
        return Boolean.FALSE.equals(peering.peerCompleteVnets());
    }

    private static boolean isSure(VnetPeering peering) {
        return Stream.of("state", "peerCompleteVnets", "remoteVnetId").allMatch(peering.provenance()::knows)
                && (!isOfSubnets(peering) || peering.provenance().knows("localSubnetNames"));
    }

    private Optional<VirtualNetwork> remote(VnetPeering peering) {
        return Optional.ofNullable(peering.remoteVnetId()).flatMap(snapshot::virtualNetwork);
    }

    private List<AddressPrefix> surelyBehind(VnetPeering peering) {
        if (!isSure(peering)) {
            return List.of();
        }
        return isOfSubnets(peering)
                ? peeredSubnets(peering)
                        .flatMap(there -> there.prefixes().stream())
                        .toList()
                : remote(peering).map(VirtualNetwork::addressPrefixes).orElse(peering.remotePrefixes());
    }

    private Stream<Subnet> peeredSubnets(VnetPeering peering) {
        return snapshot.subnets().stream()
                .filter(there -> there.vnetId().equals(peering.remoteVnetId())
                        && peering.remoteSubnetNames().stream().anyMatch(there.name()::equalsIgnoreCase));
    }

    private boolean isAllKnownBehind(VnetPeering peering) {
        if (!isSure(peering)) {
            return false;
        }
        if (!isOfSubnets(peering)) {
            return isAddressSpaceKnown(peering);
        }
        List<String> exported = peeredSubnets(peering)
                .filter(there -> there.provenance().knows("prefixes"))
                .map(there -> there.name().toLowerCase(Locale.ROOT))
                .toList();
        return peering.provenance().knows("remoteSubnetNames")
                && !exported.isEmpty()
                && peering.remoteSubnetNames().stream()
                        .allMatch(name -> exported.contains(name.toLowerCase(Locale.ROOT)));
    }

    private boolean isAddressSpaceKnown(VnetPeering peering) {
        return SubnetView.isAddressSpaceKnown(peering, remote(peering));
    }

    /** Peered subnets lie in their virtual network. */
    private AddressSet mayBeBehind(VnetPeering peering) {
        return isAddressSpaceKnown(peering)
                ? remote(peering).map(VirtualNetwork::addressSpace).orElse(addresses(peering.remotePrefixes()))
                : AddressSet.ALL;
    }

    /** What only some subnets are peered with is less than the tag VirtualNetwork may cover. */
    private static Symbol behind(VnetPeering peering) {
        return isSure(peering) && !isOfSubnets(peering)
                ? SubnetView.behind(peering)
                : Symbol.unknown(
                        peering.id().key() + " routes",
                        "routes of peering " + peering.id().name(),
                        "which ranges the peering " + peering.id()
                                + " leads to: its subnets, and those that it names at its other end"
                                + " (az network vnet peering show --ids " + peering.id()
                                + "; az network vnet show --ids "
                                + (peering.remoteVnetId() == null
                                        ? "'<the network at its other end>'"
                                        : peering.remoteVnetId())
                                + ")");
    }

    private void addServiceEndpoints() {
        if (!subnet.provenance().knows("serviceEndpoints")) {
            addUnknownServiceEndpoints();
        }
        for (ServiceEndpoint endpoint : subnet.serviceEndpoints()) {
            ServiceTag tag = TAGS_OF_ENDPOINTS.get(endpoint.service().toLowerCase(Locale.ROOT));
            if (tag == null) {
                continue;
            }
            List<ServiceTag> tags = reaches(endpoint, tag);
            for (ServiceTag there : tags) {
                addTag(there, Rank.SYSTEM, serviceEndpoint(there), endpoints);
            }
            if (tags.isEmpty()) {
                addInSomeRegion(tag);
            }
        }
    }

    private void addUnknownServiceEndpoints() {
        Symbol services = Symbol.ofUnknownRules(
                subnet.id().key() + " endpoints",
                "service endpoints of " + subnet.name(),
                "the service endpoints of " + subnet.id() + ": "
                        + subnet.provenance().unknown().get("serviceEndpoints"));
        addNamed(
                Term.inside(AddressSpaces.PUBLIC, services),
                Rank.SYSTEM,
                system("service endpoints", NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT),
                endpoints);
    }

    private ResolvedRoute serviceEndpoint(ServiceTag tag) {
        return system(tag.name(), NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT);
    }

    /** The tags whose prefixes an endpoint has; empty where its regions are not known. */
    private List<ServiceTag> reaches(ServiceEndpoint endpoint, ServiceTag tag) {
        if (!REGIONAL_ENDPOINTS.contains(endpoint.service().toLowerCase(Locale.ROOT))
                || endpoint.locations().stream().anyMatch(region -> region.key().equals("*"))) {
            return List.of(tag);
        }
        if (!endpoint.locations().isEmpty()) {
            return endpoint.locations().stream().map(tag::in).toList();
        }
        return snapshot.virtualNetwork(subnet.vnetId()).map(VirtualNetwork::location).map(tag::in).stream()
                .toList();
    }

    private void addInSomeRegion(ServiceTag tag) {
        Symbol region = Symbol.ofUnknownRules(
                subnet.id().key() + " endpoint " + tag.canonicalKey(),
                "service endpoint for " + tag + " of " + subnet.name(),
                "the regions of the service endpoint for " + tag + " of " + subnet.id()
                        + " (az network vnet subnet show --ids " + subnet.id() + ")");
        view.resolve(tag)
                .forEach(term -> addNamed(term.alsoInside(region), Rank.SYSTEM, serviceEndpoint(tag), endpoints));
    }

    /**
     * A private endpoint brings a route of its own that wins over every other one, unless the network policy of its
     * subnet puts it under the user routes (requirements C.5); then it is as reachable as its virtual network.
     */
    private void addPrivateEndpoints() {
        for (PrivateEndpoint endpoint : snapshot.facts(PrivateEndpoint.class)) {
            ResourceId home = endpoint.subnetId();
            if (home == null || !isInReach(home)) {
                continue;
            }
            Optional<Subnet> known =
                    snapshot.subnet(home).filter(there -> there.provenance().knows("privateEndpointNetworkPolicies"));
            if (known.filter(RouteCollector::obeysUserRoutes).isPresent()) {
                continue;
            }
            Stream.concat(
                            endpoint.privateAddresses().stream(),
                            endpoint.dnsConfigs().stream().flatMap(config -> config.addresses().stream()))
                    .distinct()
                    .forEach(address -> candidates.add(new RouteCandidate(
                            known.isPresent()
                                    ? Term.of(address.addresses())
                                    : Term.inside(address.addresses(), policy(home)),
                            RouteCandidate.BEFORE_ALL,
                            Rank.SYSTEM,
                            system(address.text() + "/" + address.length(), NextHopType.INTERFACE_ENDPOINT))));
        }
    }

    private static Symbol policy(ResourceId subnetId) {
        return Symbol.ofUnknownRules(
                subnetId.key() + " network policy",
                "network policy of " + subnetId.name(),
                "the private endpoint network policy of " + subnetId + " (az network vnet subnet show --ids " + subnetId
                        + ")");
    }

    private boolean isInReach(ResourceId subnetId) {
        ResourceId vnetId = subnetId.parent().orElse(subnetId);
        return vnetId.equals(subnet.vnetId())
                || peerings()
                        .anyMatch(peering -> vnetId.equals(peering.remoteVnetId())
                                && (!Boolean.FALSE.equals(peering.peerCompleteVnets())
                                        || peering.remoteSubnetNames().stream()
                                                .anyMatch(subnetId.name()::equalsIgnoreCase)));
    }

    private static boolean obeysUserRoutes(Subnet home) {
        String policies = home.privateEndpointNetworkPolicies();
        return "Enabled".equalsIgnoreCase(policies) || "RouteTableEnabled".equalsIgnoreCase(policies);
    }

    private void addUserRoutes() {
        if (!subnet.provenance().knows("routeTableId")) {
            addUnknownTable(
                    subnet.id(),
                    "the route table of " + subnet.id() + ": "
                            + subnet.provenance().unknown().get("routeTableId"));
            return;
        }
        ResourceId tableId = subnet.routeTableId();
        if (tableId == null) {
            return;
        }
        Optional<RouteTable> table = snapshot.routeTable(tableId);
        if (table.isEmpty()) {
            addUnknownTable(
                    tableId, "the route table " + tableId + " (az network route-table show --ids " + tableId + ")");
            return;
        }
        if (!table.get().provenance().knows("routes")) {
            addUnknownTable(tableId, "the routes of " + tableId);
        }
        table.get().routes().stream().filter(route -> !route.isRefused()).forEach(this::add);
    }

    /** Any address may have a route that nobody sees. */
    private void addUnknownTable(ResourceId id, String missing) {
        Symbol covered = Symbol.ofUnknownRules(id.key() + " covers", "routes of " + id.name(), missing);
        ResolvedRoute route = new ResolvedRoute(
                Origin.USER, id.child("routes", "unknown"), "unknown destinations", NextHopType.UNKNOWN, List.of());
        candidates.add(new RouteCandidate(
                Term.inside(AddressSet.ALL, covered), RouteCandidate.BEFORE_KNOWN, Rank.USER_PREFIX, route));
    }

    private void add(Route route) {
        NextHopType hop = route.provenance().knows("nextHopType") ? route.nextHopType() : NextHopType.UNKNOWN;
        ResolvedRoute resolved = new ResolvedRoute(
                Origin.USER,
                route.id(),
                route.destination().text(),
                hop,
                route.nextHopIp() == null ? List.of() : List.of(route.nextHopIp()));
        if (route.destination() instanceof AddressMatch.Prefix prefix) {
            addPrefix(prefix.prefix(), Rank.USER_PREFIX, resolved);
        } else if (route.destination() instanceof AddressMatch.Any) {
            addPrefix(DEFAULTS.get(0), Rank.USER_PREFIX, resolved);
        } else if (route.destination() instanceof AddressMatch.Tag tag) {
            addTag(tag.tag(), Rank.of(tag.tag()), resolved, null);
        } else if (route.destination() instanceof AddressMatch.Unknown unknown) {
            Symbol covered = Symbol.ofUnknownRules(
                    route.id().key(),
                    "route " + route.name(),
                    "the destination " + unknown.text() + " of route " + route.id());
            candidates.add(new RouteCandidate(
                    Term.inside(AddressSet.ALL, covered), RouteCandidate.BEFORE_KNOWN, Rank.USER_PREFIX, resolved));
        }
    }

    /** Routes of gateways give way to those of the virtual network, its peers and service endpoints. */
    private void addGatewayRoutes() {
        Optional<RouteTable> table = Optional.ofNullable(subnet.routeTableId()).flatMap(snapshot::routeTable);
        if (table.isPresent() && Boolean.TRUE.equals(table.get().disableBgpRoutePropagation())) {
            return;
        }
        propagation = table.filter(known -> !known.provenance().knows("disableBgpRoutePropagation"))
                .map(RouteCollector::propagation)
                .orElse(null);
        GatewayRoutes gateways = GatewayRoutes.of(subnet.vnetId(), snapshot);
        for (AddressPrefix prefix : gateways.known()) {
            addPrefix(prefix, Rank.GATEWAY, gateway(prefix.text()));
        }
        for (String by : gateways.mayLearnAll()) {
            Symbol learned = learned(by, "a default route");
            for (AddressPrefix everything : DEFAULTS) {
                addGateway(Term.inside(everything.addresses(), learned), 0, gateway(everything.text()));
            }
        }
        Stream.concat(gateways.mayLearnAll().stream(), gateways.mayLearnPrivate().stream())
                .forEach(by -> addGateway(
                        Term.inside(AddressSpaces.NOT_PUBLIC, learned(by, "private prefixes")),
                        RouteCandidate.UNKNOWN_LENGTH,
                        gateway("private prefixes of " + by)));
    }

    private static Symbol propagation(RouteTable table) {
        return Symbol.ofUnknownRules(
                table.id().key() + " propagation",
                "propagation of gateway routes by " + table.name(),
                "whether route table " + table.id() + " keeps routes of gateways away: "
                        + table.provenance().unknown().get("disableBgpRoutePropagation"));
    }

    private Symbol learned(String by, String what) {
        return Symbol.ofUnknownRules(
                subnet.vnetId().key() + " " + what + " " + by,
                what + " learned from " + by,
                effectiveRoutes(by + " may have brought " + what));
    }

    private String effectiveRoutes(String reason) {
        return "the effective routes of a network interface in " + subnet.name() + ", because " + reason
                + " (az network nic show-effective-route-table --ids " + aNetworkInterface() + ")";
    }

    private String aNetworkInterface() {
        return interfaces()
                .findFirst()
                .map(nic -> nic.id().text())
                .orElse("'<network interface of a virtual machine in " + subnet.name() + ">'");
    }

    private void addSystemDefaults() {
        for (AddressPrefix everything : DEFAULTS) {
            addPrefix(everything, Rank.SYSTEM, system(everything.text(), NextHopType.INTERNET));
        }
        AddressSet ranges = AddressSet.union(local.stream()
                .filter(term -> term.signature().isNone())
                .map(Term::addresses)
                .toList());
        for (AddressPrefix block : UNROUTED) {
            // A range inside a block takes the place of its route (requirements C.3).
            boolean replaced = block.addresses().intersects(ranges);
            if (!replaced) {
                addUnrouted(block);
            }
        }
    }

    /**
     * Whether the route to nowhere stays where a default route leads to a gateway or appliance is not documented; it does
     * not where a network that was not exported lies in the block.
     */
    private void addUnrouted(AddressPrefix block) {
        boolean away = candidates.stream()
                .anyMatch(candidate -> candidate.length() == 0
                        && candidate.rank() != Rank.SYSTEM
                        && mayLeadAway(candidate.route().nextHopType()));
        ResolvedRoute route = system(block.text(), NextHopType.NONE);
        List<Term> unknown =
                local.stream().filter(term -> !term.signature().isNone()).toList();
        if (!away && unknown.isEmpty()) {
            addPrefix(block, Rank.SYSTEM, route);
            return;
        }
        Symbol stays = Symbol.ofUnknownRules(
                subnet.id().key() + " " + block.text(),
                "system route for " + block.text(),
                effectiveRoutes("Azure may keep its route for " + block.text() + " to nowhere beside "
                        + (away ? "the default route" : "networks that were not exported")));
        without(List.of(Term.inside(block.addresses(), stays)), unknown)
                .forEach(term -> candidates.add(new RouteCandidate(term, block.length(), Rank.SYSTEM, route)));
    }

    private static boolean mayLeadAway(NextHopType hop) {
        return hop == NextHopType.VIRTUAL_APPLIANCE
                || hop == NextHopType.VIRTUAL_NETWORK_GATEWAY
                || hop == NextHopType.UNKNOWN;
    }

    // ---- one candidate

    private void addPrefix(AddressPrefix prefix, Rank rank, ResolvedRoute route) {
        Term there = Term.of(prefix.addresses());
        if (rank == Rank.GATEWAY) {
            addGateway(there, prefix.length(), route);
        } else {
            candidates.add(new RouteCandidate(there, prefix.length(), rank, route));
        }
    }

    private void addGateway(Term there, int length, ResolvedRoute route) {
        Term propagated = propagation == null ? there : there.alsoInside(propagation);
        without(without(List.of(propagated), local), endpoints)
                .forEach(term -> candidates.add(new RouteCandidate(term, length, Rank.GATEWAY, route)));
    }

    private static List<Term> without(List<Term> terms, List<Term> others) {
        List<Term> left = terms;
        for (Term other : others) {
            left = left.stream().flatMap(term -> without(term, other)).toList();
        }
        return left;
    }

    /** The addresses of a term that are not in another one. */
    private static Stream<Term> without(Term term, Term other) {
        AddressSet common = term.addresses().intersect(other.addresses());
        if (common.isEmpty()) {
            return Stream.of(term);
        }
        Stream<Term> outside =
                term.signature().minus(other.signature()).stream().map(signature -> new Term(common, signature));
        AddressSet rest = term.addresses().minus(common);
        return rest.isEmpty() ? outside : Stream.concat(Stream.of(new Term(rest, term.signature())), outside);
    }

    private void addNamed(Term there, Rank rank, ResolvedRoute route, List<Term> kind) {
        kind.add(there);
        candidates.add(new RouteCandidate(there, RouteCandidate.UNKNOWN_LENGTH, rank, route));
    }

    /** @param kind takes the addresses of a tag that routes of gateways must leave alone; null for none */
    private void addTag(ServiceTag tag, Rank rank, ResolvedRoute route, @Nullable List<Term> kind) {
        Map<Integer, AddressSet> listed = snapshot.serviceTags().byPrefixLength(tag);
        if (!listed.isEmpty()) {
            listed.forEach((length, addresses) -> {
                Term there = Term.of(addresses);
                candidates.add(new RouteCandidate(there, length, rank, route));
                if (kind != null) {
                    kind.add(there);
                }
            });
            return;
        }
        for (Term there : view.resolve(tag)) {
            candidates.add(new RouteCandidate(there, RouteCandidate.UNKNOWN_LENGTH, rank, route));
            if (kind != null) {
                kind.add(there);
            }
        }
    }

    private ResolvedRoute system(String destination, NextHopType hop) {
        return new ResolvedRoute(Origin.SYSTEM, subnet.id(), destination, hop, List.of());
    }

    private ResolvedRoute gateway(String destination) {
        return new ResolvedRoute(
                Origin.GATEWAY, subnet.id(), destination, NextHopType.VIRTUAL_NETWORK_GATEWAY, List.of());
    }

    private static AddressSet addresses(List<AddressPrefix> prefixes) {
        return AddressSet.union(prefixes.stream().map(AddressPrefix::addresses).toList());
    }
}
