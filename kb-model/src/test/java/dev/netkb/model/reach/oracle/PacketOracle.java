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
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.reach.FlowRemote;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.Protocol;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks one packet through the groups of a snapshot by hand: rules by priority, the first match decides.
 *
 * <p>Everything is asked anew of the facts and of plain numbers; no set is ever cut.
 */
final class PacketOracle {

    private static final BigInteger PLATFORM = Line.number("168.63.129.16");
    private static final BigInteger METADATA = Line.number("169.254.169.254");
    /** What the internet does not reach: the blocks of design 4.1, and their like of IPv6 (requirements C.2). */
    private static final Spans SPECIAL_BLOCKS = Spans.ofTexts(List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.2.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/3",
            "::/128",
            "::1/128",
            "fc00::/7",
            "fe80::/10",
            "ff00::/8"));

    /** Where service tags may lie. */
    static final Zone PUBLIC =
            SPECIAL_BLOCKS.or(Spans.of(new Span(PLATFORM, PLATFORM))).not();

    private static final Spans BALANCER = Spans.ofTexts(List.of("168.63.129.16/32", "fe80::1234:5678:9abc/128"));
    private static final Set<String> DEFAULT_ROUTES =
            Set.of("0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "::/0", "::/1", "8000::/1");

    private final Snapshot snapshot;
    private final Map<ServiceTag, List<String>> tagData;
    private final Assumption assumption;
    private final Map<ResourceId, Zone> virtualNetworks = new HashMap<>();
    private final Map<String, Zone> zones = new HashMap<>();
    private final Map<ResourceId, List<NsgRule>> sortedRules = new HashMap<>();

    /** @param tagData tag → prefixes as listed; tags that are not in it are asked of the assumption */
    PacketOracle(Snapshot snapshot, Map<ServiceTag, List<String>> tagData, Assumption assumption) {
        this.snapshot = snapshot;
        this.tagData = tagData;
        this.assumption = assumption;
    }

    /**
     * What decides a packet.
     *
     * @param atGroup at the subnet of the flow
     * @param atPeer at the subnet on the other end; null where the packet does not get there or no subnet is there
     */
    record Trace(Decider atGroup, @Nullable Decider atPeer) {
        boolean passes() {
            return atGroup.allows() && (atPeer == null || atPeer.allows());
        }
    }

    Trace trace(Flow flow, OraclePacket packet) {
        boolean closed = flow.deniedWithoutNsg() && flow.direction() == Direction.INBOUND;
        Decider first = decide(flow.subnet(), flow.direction(), packet, closed);
        if (!first.allows()) {
            return new Trace(first, null);
        }
        Subnet other = subnetAt(flow.subnet(), packet.remote(flow.direction()));
        if (other == null) {
            return new Trace(first, null);
        }
        boolean closedThere = flow.deniedWithoutNsg()
                && flow.direction() == Direction.OUTBOUND
                && other.id().equals(flow.subnet().id());
        return new Trace(first, decide(other, flow.direction().opposite(), packet, closedThere));
    }

    /** The exported subnet with that address in the virtual network of a subnet or in a connected peer of it. */
    @Nullable
    Subnet subnetAt(Subnet from, BigInteger address) {
        List<ResourceId> reachable = new ArrayList<>(List.of(from.vnetId()));
        for (VnetPeering peering : snapshot.peerings()) {
            if (peering.vnetId().equals(from.vnetId()) && peering.isConnected() && peering.remoteVnetId() != null) {
                reachable.add(peering.remoteVnetId());
            }
        }
        for (Subnet subnet : snapshot.subnets()) {
            if (reachable.contains(subnet.vnetId()) && zoneOf(subnet).holds(address)) {
                return subnet;
            }
        }
        return null;
    }

    private Zone zoneOf(Subnet subnet) {
        return zones.computeIfAbsent("subnet " + subnet.id().key(), key -> Spans.ofPrefixes(subnet.prefixes()));
    }

    static boolean isPlatform(BigInteger address) {
        return address.equals(PLATFORM) || address.equals(METADATA);
    }

    /** @param closed whether nothing gets in where the subnet has no group */
    Decider decide(Subnet subnet, Direction direction, OraclePacket packet, boolean closed) {
        if (subnet.nsgId() == null) {
            return new Decider.NoNsg(subnet.id(), !closed);
        }
        boolean toPlatform = direction == Direction.OUTBOUND && isPlatform(packet.destination());
        for (NsgRule rule : rules(subnet.nsgId())) {
            if (rule.direction() == direction && matches(rule, subnet, packet, toPlatform)) {
                return new Decider.Rule(rule, rule.access() == NsgRule.Access.ALLOW);
            }
        }
        if (toPlatform) {
            return new Decider.Platform();
        }
        throw new IllegalStateException("no rule of " + subnet.nsgId() + " matches " + packet);
    }

    private List<NsgRule> rules(ResourceId nsgId) {
        return sortedRules.computeIfAbsent(
                nsgId,
                id -> snapshot.networkSecurityGroups().stream()
                        .filter(group -> group.id().equals(id))
                        .map(NetworkSecurityGroup::rules)
                        .flatMap(List::stream)
                        .sorted(Comparator.comparingInt(NsgRule::priority))
                        .toList());
    }

    /** @param toPlatform whether only rules with a tag of the platform act on the packet */
    private boolean matches(NsgRule rule, Subnet subnet, OraclePacket packet, boolean toPlatform) {
        return protocolMatches(rule, packet.protocol())
                && portsMatch(rule, packet)
                && (!toPlatform || usesPlatformTag(rule))
                && sideMatches(rule.sources(), subnet, packet.source())
                && sideMatches(rule.destinations(), subnet, packet.destination());
    }

    private static boolean usesPlatformTag(NsgRule rule) {
        return rule.destinations().stream()
                .anyMatch(
                        entry -> entry instanceof AddressMatch.Tag t && t.tag().isPlatform());
    }

    static boolean protocolMatches(NsgRule rule, Protocol protocol) {
        return rule.protocols().contains(protocol);
    }

    /** A rule that names a protocol without ports matches whatever its ports; one for every protocol only without any. */
    static boolean portsMatch(NsgRule rule, OraclePacket packet) {
        return portsMatch(rule.protocols(), rule.sourcePorts(), rule.destinationPorts(), packet);
    }

    static boolean portsMatch(ProtocolSet protocols, PortSet from, PortSet to, OraclePacket packet) {
        if (packet.protocol().hasPorts()) {
            return from.contains(packet.sourcePort()) && to.contains(packet.destinationPort());
        }
        boolean named = protocols.intersect(ProtocolSet.WITH_PORTS).isEmpty();
        return named || from.equals(PortSet.ALL) && to.equals(PortSet.ALL);
    }

    private boolean sideMatches(List<AddressMatch> entries, Subnet subnet, BigInteger address) {
        for (AddressMatch entry : entries) {
            if (zoneOf(entry, subnet).holds(address)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an address is among entries, of which some may be unknown. */
    Answer holds(List<AddressMatch> entries, Subnet subnet, BigInteger address) {
        Answer answer = Answer.NO;
        for (AddressMatch entry : entries) {
            answer = answer.or(
                    entry instanceof AddressMatch.Unknown
                            ? Answer.MAYBE
                            : Answer.of(zoneOf(entry, subnet).holds(address)));
        }
        return answer;
    }

    /** The addresses that an entry of a rule stands for on a subnet. */
    Zone zoneOf(AddressMatch entry, Subnet subnet) {
        if (entry instanceof AddressMatch.Any) {
            return Zone.NOWHERE.not();
        }
        if (entry instanceof AddressMatch.Prefix p) {
            return zones.computeIfAbsent(p.prefix().text(), text -> Spans.ofTexts(List.of(text)));
        }
        if (entry instanceof AddressMatch.Tag t) {
            return zoneOf(t.tag(), subnet);
        }
        if (entry instanceof AddressMatch.Unknown u) {
            return assumption.unknown(u.text());
        }
        return Zone.NOWHERE;
    }

    Zone zoneOf(ServiceTag tag, Subnet subnet) {
        if (tag.equals(ServiceTag.VIRTUAL_NETWORK)) {
            return virtualNetwork(subnet);
        }
        if (tag.equals(ServiceTag.INTERNET)) {
            return virtualNetwork(subnet).or(SPECIAL_BLOCKS).not();
        }
        if (tag.equals(ServiceTag.AZURE_LOAD_BALANCER)) {
            return BALANCER;
        }
        if (tag.equals(ServiceTag.AZURE_PLATFORM_DNS)) {
            return Spans.of(new Span(PLATFORM, PLATFORM));
        }
        if (tag.equals(ServiceTag.AZURE_PLATFORM_IMDS)) {
            return Spans.of(new Span(METADATA, METADATA));
        }
        List<String> listed = tagData.get(tag);
        return listed == null
                ? assumption.tag(tag)
                : zones.computeIfAbsent("tag " + tag.name(), key -> Spans.ofTexts(listed));
    }

    private Zone virtualNetwork(Subnet subnet) {
        Zone known = virtualNetworks.get(subnet.id());
        if (known == null) {
            known = computeVirtualNetwork(subnet);
            virtualNetworks.put(subnet.id(), known);
        }
        return known;
    }

    private Zone computeVirtualNetwork(Subnet subnet) {
        for (EffectiveNsg effective : snapshot.effectiveNsgs()) {
            AddressSet expansion = effective.expansions().get(ServiceTag.VIRTUAL_NETWORK);
            if (subnet.id().equals(effective.subnetId()) && expansion != null) {
                return Spans.ofSet(expansion).or(zoneOf(subnet));
            }
        }
        Zone all = Spans.of(new Span(PLATFORM, PLATFORM)).or(rangesOf(subnet.vnetId()));
        for (VnetPeering peering : snapshot.peerings()) {
            if (peering.vnetId().equals(subnet.vnetId())
                    && peering.isConnected()
                    && peering.allowVirtualNetworkAccess()) {
                all = all.or(Spans.ofPrefixes(peering.remotePrefixes()));
                if (peering.remoteVnetId() != null) {
                    all = all.or(rangesOf(peering.remoteVnetId()));
                }
            }
        }
        Zone defaultRoutesAway = Zone.NOWHERE;
        for (RouteTable table : snapshot.routeTables()) {
            if (!table.id().equals(subnet.routeTableId())) {
                continue;
            }
            for (Route route : table.routes()) {
                if (!(route.destination() instanceof AddressMatch.Prefix prefix)) {
                    all = all.or(zoneOf(route.destination(), subnet));
                    continue;
                }
                Zone covered = Spans.ofPrefixes(List.of(prefix.prefix()));
                boolean away = route.nextHopType() == NextHopType.VIRTUAL_APPLIANCE
                        || route.nextHopType() == NextHopType.VIRTUAL_NETWORK_GATEWAY;
                if (DEFAULT_ROUTES.contains(prefix.prefix().text()) && away) {
                    defaultRoutesAway = defaultRoutesAway.or(covered);
                } else if (prefix.prefix().length() > 0) {
                    all = all.or(covered);
                }
            }
        }
        if (defaultRoutesAway != Zone.NOWHERE) {
            all = all.or(defaultRoutesAway.and(assumption.unknown("default routes of " + subnet.name())));
        }
        return all;
    }

    private Zone rangesOf(ResourceId vnetId) {
        for (VirtualNetwork vnet : snapshot.virtualNetworks()) {
            if (vnet.id().equals(vnetId)) {
                return Spans.ofPrefixes(vnet.addressPrefixes());
            }
        }
        return Zone.NOWHERE;
    }

    /** The far-side addresses of a flow. */
    Zone remoteOf(Flow flow) {
        if (flow.remote() instanceof FlowRemote.Tag t) {
            return zoneOf(t.tag(), flow.subnet());
        }
        if (flow.remote() instanceof FlowRemote.Addresses a) {
            return Spans.ofSet(a.addresses());
        }
        return zoneOf(flow.subnet());
    }
}
