package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.IpGroup;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.Protocol;
import dev.netkb.model.value.ProtocolSet;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The header space of a flow, cut wherever anything that could decide begins or ends. Within a cell every packet has
 * the same fate, so its lowest packet speaks for it.
 *
 * @param protocols of the flow; those without ports only where the flow holds packets of them
 */
record ElementaryCells(
        List<Protocol> protocols,
        List<Cut> sources,
        List<Cut> destinations,
        List<PortCut> sourcePorts,
        List<PortCut> destinationPorts) {

    /** Addresses from {@code lowest} on, so many. */
    record Cut(BigInteger lowest, BigInteger size) {}

    /** Ports from {@code lowest} on, so many. */
    record PortCut(int lowest, int size) {}

    private static final PortCut NO_PORT = new PortCut(0, 1);
    private static final BigInteger LAST_V4 = Line.V6_START.subtract(BigInteger.ONE);

    static ElementaryCells of(World world, PacketOracle oracle) {
        return of(world, oracle, Zone.NOWHERE);
    }

    /** @param routes where routes cut the far side */
    static ElementaryCells of(World world, PacketOracle oracle, Zone routes) {
        Flow flow = world.flow();
        TreeSet<BigInteger> sourceCuts = new TreeSet<>();
        TreeSet<BigInteger> destinationCuts = new TreeSet<>();
        TreeSet<Integer> fromPorts = new TreeSet<>(List.of(0, 65_536));
        TreeSet<Integer> toPorts = new TreeSet<>(List.of(0, 65_536));
        addCuts(flow.sourcePorts(), fromPorts);
        addCuts(flow.destinationPorts(), toPorts);
        for (Subnet subnet : world.snapshot().subnets()) {
            for (NetworkSecurityGroup group : world.snapshot().networkSecurityGroups()) {
                if (!group.id().equals(subnet.nsgId())) {
                    continue;
                }
                for (NsgRule rule : group.rules()) {
                    rule.sources().forEach(e -> oracle.zoneOf(e, subnet).addCuts(sourceCuts));
                    rule.destinations().forEach(e -> oracle.zoneOf(e, subnet).addCuts(destinationCuts));
                    addCuts(rule.sourcePorts(), fromPorts);
                    addCuts(rule.destinationPorts(), toPorts);
                }
            }
            for (TreeSet<BigInteger> cuts : List.of(sourceCuts, destinationCuts)) {
                Spans.ofPrefixes(subnet.prefixes()).addCuts(cuts);
            }
        }
        for (SecurityAdminRule rule : world.snapshot().facts(SecurityAdminRule.class)) {
            for (Subnet subnet : world.snapshot().subnets()) {
                addCuts(rule.sources(), oracle, subnet, sourceCuts);
                addCuts(rule.destinations(), oracle, subnet, destinationCuts);
            }
            addCuts(rule.sourcePorts(), fromPorts);
            addCuts(rule.destinationPorts(), toPorts);
        }
        for (FirewallRule rule : FirewallOracle.all(world.snapshot())) {
            addCuts(rule.sources(), oracle, flow.subnet(), sourceCuts);
            addCuts(rule.destinations(), oracle, flow.subnet(), destinationCuts);
            addCuts(rule.destinationPorts(), toPorts);
        }
        for (IpGroup group : world.snapshot().facts(IpGroup.class)) {
            Spans.ofSet(group.addresses()).addCuts(sourceCuts);
            Spans.ofSet(group.addresses()).addCuts(destinationCuts);
        }
        if (!world.snapshot().facts(AzureFirewall.class).isEmpty()) {
            // Where application rules look.
            List.of(80, 443, 444, 1433).forEach(port -> addCuts(PortSet.of(port), toPorts));
        }
        Spans.ofTexts(List.of("168.63.129.16", "169.254.169.254")).addCuts(destinationCuts);
        Zone local = Spans.ofSet(flow.local());
        Zone remote = oracle.remoteOf(flow);
        boolean inbound = flow.direction() == Direction.INBOUND;
        routes.addCuts(inbound ? sourceCuts : destinationCuts);
        List<Protocol> protocols = flow.protocols().toList().stream()
                .filter(protocol -> protocol.hasPorts() || holdsPortless(flow))
                .toList();
        return new ElementaryCells(
                protocols,
                cells(inbound ? remote : local, sourceCuts),
                cells(inbound ? local : remote, destinationCuts),
                cells(flow.sourcePorts(), fromPorts),
                cells(flow.destinationPorts(), toPorts));
    }

    /** As with rules: ports say nothing to a protocol without any, but a question about some ports is not about it. */
    private static boolean holdsPortless(Flow flow) {
        return flow.protocols().intersect(ProtocolSet.WITH_PORTS).isEmpty()
                || flow.sourcePorts().isAll() && flow.destinationPorts().isAll();
    }

    private static void addCuts(
            List<AddressMatch> entries, PacketOracle oracle, Subnet subnet, TreeSet<BigInteger> cuts) {
        for (AddressMatch entry : entries) {
            if (!(entry instanceof AddressMatch.Unknown)) {
                oracle.zoneOf(entry, subnet).addCuts(cuts);
            }
        }
    }

    private static void addCuts(PortSet ports, TreeSet<Integer> cuts) {
        for (PortSet.Range range : ports.ranges()) {
            cuts.add(range.first());
            cuts.add(range.last() + 1);
        }
    }

    private static List<PortCut> cells(PortSet ports, TreeSet<Integer> cuts) {
        List<PortCut> cells = new ArrayList<>();
        for (int cut : cuts) {
            if (cut < 65_536 && ports.contains(cut)) {
                cells.add(new PortCut(cut, cuts.higher(cut) - cut));
            }
        }
        return cells;
    }

    private static List<Cut> cells(Zone zone, TreeSet<BigInteger> others) {
        TreeSet<BigInteger> cuts = new TreeSet<>(others);
        zone.addCuts(cuts);
        cuts.add(BigInteger.ZERO);
        cuts.add(Line.V6_START);
        cuts.add(Line.END);
        List<Cut> cells = new ArrayList<>();
        for (BigInteger cut : cuts) {
            if (cut.compareTo(Line.END) < 0 && zone.holds(cut)) {
                cells.add(new Cut(cut, cuts.higher(cut).subtract(cut)));
            }
        }
        return cells;
    }

    List<PortCut> sourcePorts(Protocol protocol) {
        return protocol.hasPorts() ? sourcePorts : List.of(NO_PORT);
    }

    List<PortCut> destinationPorts(Protocol protocol) {
        return protocol.hasPorts() ? destinationPorts : List.of(NO_PORT);
    }

    /** How many cells there are, those whose addresses are of two families included. */
    long count() {
        long count = 0;
        for (Protocol protocol : protocols) {
            count += (long) sources.size()
                    * destinations.size()
                    * sourcePorts(protocol).size()
                    * destinationPorts(protocol).size();
        }
        return count;
    }

    static boolean oneFamily(Cut source, Cut destination) {
        return (source.lowest().compareTo(LAST_V4) > 0) == (destination.lowest().compareTo(LAST_V4) > 0);
    }

    /** The lowest packet of every cell, in the order in which witnesses are chosen. */
    List<OraclePacket> packets() {
        List<OraclePacket> packets = new ArrayList<>();
        for (Protocol protocol : protocols) {
            for (PortCut to : destinationPorts(protocol)) {
                for (Cut source : sources) {
                    for (Cut destination : destinations) {
                        if (!oneFamily(source, destination)) {
                            continue;
                        }
                        for (PortCut from : sourcePorts(protocol)) {
                            packets.add(new OraclePacket(
                                    protocol, source.lowest(), from.lowest(), destination.lowest(), to.lowest()));
                        }
                    }
                }
            }
        }
        return packets;
    }
}
