package dev.netkb.model.reach;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.EffectiveNsg;
import dev.netkb.model.azure.NetworkInterface;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.reach.RuleMatch.Matched;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.IpAddress;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.PublishedTags;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import dev.netkb.model.value.ServiceTags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What address expressions mean, seen from one subnet: the tags {@code VirtualNetwork} and {@code Internet} differ
 * from subnet to subnet, other tags are their published addresses, or symbols where there are no data.
 *
 * <p>{@code VirtualNetwork} is the ranges of the virtual network and of connected peers, 168.63.129.16, and the
 * prefixes of the subnet's user routes longer than /0. A default route to an appliance or gateway, a peer without
 * ranges or a table that was not exported leave a part of it unknown, unless effective rules say what Azure made of it.
 */
final class SubnetView {

    private final ServiceTags tags;
    private final List<Term> virtualNetwork;
    private final List<Term> internet;
    private final AddressSet publicOutsideVirtualNetwork;
    private final Map<ServiceTag, List<Term>> resolved = new HashMap<>();

    /** Addresses that may belong to the virtual network: those of the space that lie inside the symbol. */
    private record Uncertain(AddressSet space, Symbol symbol) {}

    private SubnetView(ServiceTags tags, AddressSet known, List<Uncertain> uncertain) {
        this.tags = tags;
        this.publicOutsideVirtualNetwork = AddressSpaces.PUBLIC.minus(known);
        List<Term> network = new ArrayList<>();
        network.add(Term.of(known));
        List<Term> outside = List.of(Term.of(publicOutsideVirtualNetwork));
        for (Uncertain part : uncertain) {
            network.add(Term.inside(part.space(), part.symbol()));
            outside = outside.stream().flatMap(term -> without(term, part)).toList();
        }
        this.virtualNetwork = List.copyOf(network);
        this.internet = outside;
    }

    /** A term without the addresses that an uncertain part turns out to hold. */
    private static Stream<Term> without(Term term, Uncertain part) {
        Signature outside = Objects.requireNonNull(
                term.signature().outsideOf(part.symbol()),
                "a term outside of other symbols may be outside of one more");
        return Stream.of(
                        new Term(term.addresses().minus(part.space()), term.signature()),
                        new Term(term.addresses().intersect(part.space()), outside))
                .filter(rest -> !rest.addresses().isEmpty());
    }

    static SubnetView of(Subnet subnet, Snapshot snapshot) {
        Collector collector = new Collector(subnet, snapshot);
        return new SubnetView(snapshot.serviceTags(), collector.known(), collector.uncertain);
    }

    /** The public addresses but for those that are known to be in the virtual network. */
    AddressSet internet() {
        return publicOutsideVirtualNetwork;
    }

    /** The terms whose union is the entry; none for an unknown entry, which only its rule can tell from others. */
    List<Term> resolve(AddressMatch match) {
        if (match instanceof AddressMatch.Any) {
            return List.of(Term.of(AddressSet.ALL));
        }
        if (match instanceof AddressMatch.Prefix prefix) {
            return List.of(Term.of(prefix.prefix().addresses()));
        }
        if (match instanceof AddressMatch.Tag tag) {
            return resolve(tag.tag());
        }
        return List.of();
    }

    /** How a rule compares with a packet. */
    RuleMatch compare(NsgRule rule, Packet packet) {
        Provenance provenance = rule.provenance();
        IpAddress to = packet.destination();
        boolean exempt = rule.direction() == Direction.OUTBOUND
                && AddressSpaces.EXEMPT.contains(to)
                && !RuleProgram.namesPlatform(rule);
        return new RuleMatch(
                rule,
                provenance.knows("protocol")
                        ? Matched.of(rule.protocols().contains(packet.protocol()))
                        : Matched.UNKNOWN,
                compare(rule.sources(), packet.source()),
                provenance.knows("sourcePorts")
                        ? Matched.of(matches(rule, rule.sourcePorts(), packet, packet.sourcePort()))
                        : Matched.UNKNOWN,
                exempt ? Matched.NO : compare(rule.destinations(), to),
                provenance.knows("destinationPorts")
                        ? Matched.of(matches(rule, rule.destinationPorts(), packet, packet.destinationPort()))
                        : Matched.UNKNOWN);
    }

    private static boolean matches(NsgRule rule, PortSet ports, Packet packet, int port) {
        return packet.protocol().hasPorts()
                ? ports.contains(port)
                : ports.isAll()
                        || rule.protocols().intersect(ProtocolSet.WITH_PORTS).isEmpty();
    }

    private Matched compare(List<AddressMatch> entries, IpAddress address) {
        Matched matched = Matched.NO;
        for (AddressMatch entry : entries) {
            if (entry instanceof AddressMatch.Unknown) {
                matched = Matched.UNKNOWN;
            }
            for (Term term : resolve(entry)) {
                if (term.addresses().contains(address)) {
                    if (term.signature().isNone()) {
                        return Matched.YES;
                    }
                    matched = Matched.UNKNOWN;
                }
            }
        }
        return matched;
    }

    /** The terms whose union is the tag. */
    List<Term> resolve(ServiceTag tag) {
        return resolved.computeIfAbsent(tag, this::resolveAnew);
    }

    private List<Term> resolveAnew(ServiceTag tag) {
        if (tag.equals(ServiceTag.VIRTUAL_NETWORK)) {
            return virtualNetwork;
        }
        if (tag.equals(ServiceTag.INTERNET)) {
            return internet;
        }
        if (tag.equals(ServiceTag.AZURE_LOAD_BALANCER)) {
            return List.of(Term.of(AddressSpaces.LOAD_BALANCER));
        }
        if (tag.equals(ServiceTag.AZURE_PLATFORM_DNS)) {
            return List.of(Term.of(AddressSpaces.PLATFORM_DNS));
        }
        if (tag.equals(ServiceTag.AZURE_PLATFORM_IMDS)) {
            return List.of(Term.of(AddressSpaces.PLATFORM_METADATA));
        }
        return published(tag, tags);
    }

    /** Tags may lie anywhere in public space, in public ranges of the virtual network and its routes too. */
    private static List<Term> published(ServiceTag tag, ServiceTags tags) {
        Optional<AddressSet> listed = tags.find(tag);
        if (listed.isPresent()) {
            return List.of(Term.of(listed.get()));
        }
        AddressSet holder = tag.parent().flatMap(tags::find).orElse(AddressSpaces.PUBLIC);
        return List.of(Term.inside(holder, symbol(tag, tags)));
    }

    /**
     * A tag that the data do not list may be anything, empty included; without any data a published one surely holds
     * addresses. A name that Azure does not publish may be a slip of the finger.
     */
    private static Symbol symbol(ServiceTag tag, ServiceTags tags) {
        Symbol parent = tag.parent()
                .filter(p -> !tags.contains(p))
                .map(p -> symbol(p, tags))
                .orElse(null);
        return Symbol.tag(tag, parent, tags.isEmpty() && PublishedTags.contains(tag));
    }

    /** The addresses of a virtual network that was not exported. */
    static Symbol virtualNetwork(ResourceId id) {
        return Symbol.unknown(
                id.key(),
                "virtual network " + id.name(),
                "the virtual network " + id + " (az network vnet show --ids " + id + ")");
    }

    /** The addresses of a peer whose ranges were not exported. */
    static Symbol behind(VnetPeering peering) {
        return Symbol.unknown(
                peering.id().key(),
                "peering " + peering.id().name(),
                "the address space behind peering " + peering.id() + " (az network vnet peering show --ids "
                        + peering.id() + ")");
    }

    /** @param remote the network at its other end, if it was exported */
    static boolean isAddressSpaceKnown(VnetPeering peering, Optional<VirtualNetwork> remote) {
        return remote.map(vnet -> vnet.provenance().knows("addressPrefixes"))
                .orElse(!peering.remotePrefixes().isEmpty()
                        && peering.provenance().knows("remotePrefixes"));
    }

    /** Gathers what belongs to the virtual network of a subnet. */
    private static final class Collector {

        private final Subnet subnet;
        private final Snapshot snapshot;
        private final List<AddressSet> known = new ArrayList<>();
        private final List<Uncertain> uncertain = new ArrayList<>();

        Collector(Subnet subnet, Snapshot snapshot) {
            this.subnet = subnet;
            this.snapshot = snapshot;
            AddressSet reported = reportedByAzure();
            known.add(subnet.addresses());
            known.add(AddressSpaces.PLATFORM_DNS);
            if (reported != null) {
                known.add(reported);
            } else {
                addRanges();
                addPeers();
                addRoutes();
            }
        }

        AddressSet known() {
            return AddressSet.union(known);
        }

        private void addRanges() {
            Optional<VirtualNetwork> vnet = snapshot.virtualNetwork(subnet.vnetId());
            if (vnet.isEmpty()) {
                addSubnets(subnet.vnetId());
                uncertain.add(new Uncertain(AddressSet.ALL, virtualNetwork(subnet.vnetId())));
            } else {
                known.add(vnet.get().addressSpace());
                if (!vnet.get().provenance().knows("addressPrefixes")) {
                    addSubnets(subnet.vnetId());
                    unknown(
                            subnet.vnetId(),
                            "ranges of virtual network " + subnet.vnetId().name(),
                            "the address space of " + subnet.vnetId() + " (az network vnet show --ids "
                                    + subnet.vnetId() + ")");
                }
            }
        }

        /** Whatever its ranges are, a virtual network holds its subnets. */
        private void addSubnets(ResourceId vnetId) {
            snapshot.subnets().stream()
                    .filter(other -> other.vnetId().equals(vnetId))
                    .map(Subnet::addresses)
                    .forEach(known::add);
        }

        private void addPeers() {
            for (VnetPeering peering : snapshot.peerings()) {
                if (!peering.vnetId().equals(subnet.vnetId())
                        || !peering.isConnected()
                        || !peering.allowVirtualNetworkAccess()) {
                    continue;
                }
                Optional<VirtualNetwork> remote =
                        Optional.ofNullable(peering.remoteVnetId()).flatMap(snapshot::virtualNetwork);
                boolean isSure = Stream.of("state", "allowVirtualNetworkAccess", "remoteVnetId")
                        .allMatch(peering.provenance()::knows);
                if (isSure) {
                    known.add(remote.map(VirtualNetwork::addressSpace)
                            .orElseGet(() -> AddressSet.union(peering.remotePrefixes().stream()
                                    .map(AddressPrefix::addresses)
                                    .toList())));
                }
                if (!isSure || !isAddressSpaceKnown(peering, remote)) {
                    uncertain.add(new Uncertain(AddressSet.ALL, behind(peering)));
                }
            }
        }

        private void addRoutes() {
            if (!subnet.provenance().knows("routeTableId")) {
                unknown(
                        subnet.id(),
                        "route table of " + subnet.name(),
                        "the route table of " + subnet.id() + ": "
                                + subnet.provenance().unknown().get("routeTableId"));
                return;
            }
            if (subnet.routeTableId() == null) {
                return;
            }
            Optional<RouteTable> table = snapshot.routeTable(subnet.routeTableId());
            if (table.isEmpty()) {
                unknown(
                        subnet.routeTableId(),
                        "routes of " + subnet.routeTableId().name(),
                        "the route table " + subnet.routeTableId() + " (az network route-table show --ids "
                                + subnet.routeTableId() + ")");
                return;
            }
            if (!table.get().provenance().knows("routes")) {
                unknown(
                        subnet.routeTableId(),
                        "routes of " + table.get().name(),
                        "the routes of " + subnet.routeTableId());
            }
            for (Route route : table.get().routes()) {
                add(route);
            }
            addDefaultRoutes(table.get());
        }

        /**
         * A default route, or half of one, that leads to an appliance or gateway may or may not put all that it covers
         * into the tag.
         */
        private void addDefaultRoutes(RouteTable table) {
            AddressSet covered = AddressSet.union(table.routes().stream()
                    .filter(Collector::leadsAway)
                    .map(Route::destination)
                    .map(Collector::coveredByDefault)
                    .toList());
            if (!covered.isEmpty()) {
                Symbol symbol = Symbol.unknown(
                        subnet.id().key() + " default route",
                        "default route in VirtualNetwork of " + subnet.name(),
                        "the effective security rules of a network interface in " + subnet.name()
                                + ", because the default route of " + table.id().name()
                                + " may put all addresses into the tag VirtualNetwork"
                                + " (az network nic list-effective-nsg --ids '<network interface of a virtual machine in "
                                + subnet.name() + ">')");
                uncertain.add(new Uncertain(covered, symbol));
            }
        }

        private static AddressSet coveredByDefault(AddressMatch destination) {
            if (destination instanceof AddressMatch.Any) {
                return AddressSet.ALL_IPV4;
            }
            return destination instanceof AddressMatch.Prefix p
                            && (isDefault(p.prefix()) || isHalfOfDefault(p.prefix()))
                    ? p.prefix().addresses()
                    : AddressSet.EMPTY;
        }

        private void add(Route route) {
            if (route.destination() instanceof AddressMatch.Prefix prefix) {
                boolean half = isHalfOfDefault(prefix.prefix()) && leadsAway(route);
                if (!isDefault(prefix.prefix()) && !half) {
                    known.add(prefix.prefix().addresses());
                }
            } else if (route.destination() instanceof AddressMatch.Tag tag) {
                Optional<AddressSet> listed = snapshot.serviceTags().find(tag.tag());
                if (listed.isPresent()) {
                    known.add(listed.get());
                } else {
                    uncertain.add(new Uncertain(AddressSpaces.PUBLIC, symbol(tag.tag(), snapshot.serviceTags())));
                }
            } else if (route.destination() instanceof AddressMatch.Unknown unknown) {
                unknown(
                        route.id(),
                        "route " + route.name(),
                        "the destination " + unknown.text() + " of route " + route.id());
            }
        }

        private static boolean leadsAway(Route route) {
            return !route.provenance().knows("nextHopType")
                    || route.nextHopType() == NextHopType.VIRTUAL_APPLIANCE
                    || route.nextHopType() == NextHopType.VIRTUAL_NETWORK_GATEWAY;
        }

        private static boolean isDefault(AddressPrefix prefix) {
            return prefix.length() == 0;
        }

        private static boolean isHalfOfDefault(AddressPrefix prefix) {
            return prefix.length() == 1;
        }

        private void unknown(ResourceId about, String name, String missing) {
            uncertain.add(new Uncertain(AddressSet.ALL, Symbol.unknown(about.key(), name, missing)));
        }

        /** What Azure itself expanded the tag to, for an interface in this subnet; null where that was not exported. */
        private @Nullable AddressSet reportedByAzure() {
            for (EffectiveNsg effective : snapshot.effectiveNsgs()) {
                AddressSet expansion = effective.expansions().get(ServiceTag.VIRTUAL_NETWORK);
                if (expansion != null && isInSubnet(effective)) {
                    return expansion;
                }
            }
            return null;
        }

        private boolean isInSubnet(EffectiveNsg effective) {
            if (effective.subnetId() != null) {
                return effective.subnetId().equals(subnet.id());
            }
            return snapshot.networkInterfaces().stream()
                    .filter(nic -> nic.id().equals(effective.networkInterfaceId()))
                    .map(NetworkInterface::subnetIds)
                    .anyMatch(ids -> ids.contains(subnet.id()));
        }
    }
}
