package dev.netkb.api;

import dev.netkb.api.internal.result.FlowResults;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.derived.RoutePlaces;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.Reachability;
import dev.netkb.model.reach.Stage;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.Nearest;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question about one flow: may packets get from here to there? Answered offline, over sets of packets, by the network
 * security groups of a snapshot.
 *
 * <p>A subnet without a group filters nothing, except where an API Management instance of a classic tier on platform
 * stv2 is in it: its load balancer refuses what comes in until a group lets it pass (C-NET-05).
 *
 * @param from,to a subnet id, a subnet name (also {@code vnet/subnet}), an address, a CIDR block, or a service tag; at
 *     least one of them must be, or lie in, a subnet of the snapshot
 * @param location the region that is meant where a subnet name or an address stands for several subnets; null for any
 */
public record FlowQuestion(
        String from,
        String to,
        ProtocolSet protocols,
        PortSet sourcePorts,
        PortSet destinationPorts,
        @Nullable Region location) {

    /** A question without a region. */
    public FlowQuestion(String from, String to, ProtocolSet protocols, PortSet sourcePorts, PortSet destinationPorts) {
        this(from, to, protocols, sourcePorts, destinationPorts, null);
    }

    /**
     * What becomes of the packets.
     *
     * @throws IllegalArgumentException when {@code from} or {@code to} names nothing, or more than one thing, or the
     *     snapshot has nothing in the region, or no packet can go between them because they have no address family in
     *     common; the message says what, lists candidates one a line, and how to choose
     */
    public FlowResult answer(Snapshot snapshot) {
        checkLocation(snapshot);
        FlowEnd source = FlowEnd.of(from, "from", snapshot, location);
        FlowEnd destination = FlowEnd.of(to, "to", snapshot, location);
        Subnet sourceSubnet = source.subnet("from", destination, snapshot);
        Subnet destinationSubnet = destination.subnet("to", source, snapshot);
        Optional<Subnet> unknown = Stream.of(source, destination)
                .flatMap(end -> end.withoutAddresses().stream())
                .findFirst();
        if (unknown.isPresent()) {
            return undetermined(destination, unknown.get().missingPrefixes());
        }
        if (destinationSubnet != null && isWithoutGroup(destinationSubnet)) {
            if (refusesInbound(destinationSubnet.id(), snapshot)) {
                Flow refused = flow(destinationSubnet, Direction.INBOUND, destination, source, true);
                return result(Reachability.of(snapshot).decide(refused), snapshot);
            }
            Optional<String> undecided = mayRefuseInbound(destinationSubnet, snapshot);
            if (undecided.isPresent()) {
                return undetermined(destination, undecided.get());
            }
        }
        Flow flow;
        if (sourceSubnet != null) {
            flow = flow(sourceSubnet, Direction.OUTBOUND, source, destination, false);
        } else if (destinationSubnet != null) {
            flow = flow(destinationSubnet, Direction.INBOUND, destination, source, false);
        } else {
            throw new IllegalArgumentException("neither '" + from + "' nor '" + to
                    + "' is or lies in a subnet of the snapshot; one of them must, because its rules decide");
        }
        FlowDecision decision = Reachability.of(snapshot).decide(flow);
        refuseMixture(decision, snapshot);
        return result(decision, snapshot);
    }

    private static FlowResult result(FlowDecision decision, Snapshot snapshot) {
        return FlowResults.of(decision, snapshot.serviceTags().isEmpty(), new RoutePlaces(snapshot));
    }

    private void checkLocation(Snapshot snapshot) {
        Set<Region> regions = FlowEnd.regions(snapshot);
        if (location == null || regions.contains(location)) {
            return;
        }
        List<String> names = regions.stream().map(Region::key).toList();
        List<String> nearest = Nearest.to(location.key(), names);
        throw new IllegalArgumentException("--location '" + location + "' is not a region of the snapshot; it has "
                + (names.isEmpty() ? "none" : String.join(", ", names))
                + (nearest.isEmpty() ? "" : "\n" + Nearest.advice(nearest)));
    }

    private Flow flow(Subnet subnet, Direction direction, FlowEnd near, FlowEnd far, boolean refusedWithoutGroup) {
        AddressSet local = near.local(subnet);
        Flow flow = new Flow(
                subnet, direction, protocols, sourcePorts, destinationPorts, far.remote(), local, refusedWithoutGroup);
        if (!flow.hasPackets()) {
            throw new IllegalArgumentException("no packet can go from '" + from + "' to '" + to
                    + "': one of them has only IPv4 addresses, the other only IPv6 addresses");
        }
        return flow;
    }

    // ---- what a missing group means to API Management

    private static boolean isWithoutGroup(Subnet subnet) {
        return subnet.nsgId() == null && subnet.provenance().knows("nsgId");
    }

    private static boolean refusesInbound(ResourceId subnet, Snapshot snapshot) {
        return snapshot.locations().stream()
                .anyMatch(hosted -> subnet.equals(hosted.subnetId()) && hosted.isInjectedClassic() && !hosted.isStv1());
    }

    /** What would decide whether an instance in the subnet refuses what comes in; empty where that is known. */
    private static Optional<String> mayRefuseInbound(Subnet subnet, Snapshot snapshot) {
        return snapshot.locations().stream()
                .filter(hosted -> subnet.id().equals(hosted.subnetId()) && !hosted.isStv1())
                .filter(hosted -> hosted.virtualNetworkType() == VirtualNetworkType.UNKNOWN
                        || hosted.isInjectedMode() && hosted.sku() == null)
                .findFirst()
                .map(hosted -> missing(hosted, subnet));
    }

    private static String missing(Location hosted, Subnet subnet) {
        return (hosted.sku() == null ? "the tier" : "the mode") + " of API Management "
                + hosted.serviceId().name() + ": some refuse what comes in because " + subnet.name()
                + " has no network security group (az apim show --ids " + hosted.serviceId() + ")";
    }

    private FlowResult undetermined(FlowEnd destination, String missing) {
        return new FlowResult(
                Direction.INBOUND.azureName(),
                protocols.toString(),
                destinationPorts.toTexts(),
                destination.remote().text(),
                Verdict.UNDETERMINED,
                List.of(),
                List.of(),
                null,
                List.of(missing));
    }

    /** A destination that holds more than a subnet that refuses everything has no one answer. */
    private void refuseMixture(FlowDecision decision, Snapshot snapshot) {
        decision.stages().stream()
                .filter(stage ->
                        stage.stage() == Stage.PEER_NSG && decision.flow().direction() == Direction.OUTBOUND)
                .flatMap(stage -> stage.parts().stream())
                .map(FlowDecision.Part::decider)
                .filter(Decider.NoNsg.class::isInstance)
                .map(decider -> ((Decider.NoNsg) decider).subnetId())
                .filter(subnet -> refusesInbound(subnet, snapshot))
                .findFirst()
                .ifPresent(subnet -> {
                    throw new IllegalArgumentException("--to '" + to + "' holds subnet " + subnet.name()
                            + " and more. API Management on platform stv2 refuses what comes into that subnet,"
                            + " because it has no network security group (C-NET-05). Ask about one subnet at a time.");
                });
    }
}
