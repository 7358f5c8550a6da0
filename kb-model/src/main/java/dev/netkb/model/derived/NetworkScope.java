package dev.netkb.model.derived;

import dev.netkb.model.azure.BackendHost;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.reach.AddressSpaces;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.ResourceId;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses of a virtual network and of the networks that it is peered with.
 *
 * @param vnetId the network
 * @param addresses as far as the export says them
 * @param unknownPeers names of connected peerings whose far addresses the export does not say, sorted
 */
public record NetworkScope(ResourceId vnetId, AddressSet addresses, List<String> unknownPeers) {

    public NetworkScope {
        unknownPeers = List.copyOf(unknownPeers);
    }

    public static NetworkScope of(VirtualNetwork vnet, Collection<VnetPeering> peerings) {
        List<VnetPeering> connected = peerings.stream()
                .filter(peering -> peering.isConnected() && peering.allowVirtualNetworkAccess())
                .toList();
        Stream<AddressSet> remote = connected.stream()
                .flatMap(peering -> peering.remotePrefixes().stream())
                .map(AddressPrefix::addresses);
        return new NetworkScope(
                vnet.id(),
                AddressSet.union(
                        Stream.concat(Stream.of(vnet.addressSpace()), remote).toList()),
                connected.stream()
                        .filter(peering -> peering.remotePrefixes().isEmpty()
                                || !Stream.of("remotePrefixes", "state", "allowVirtualNetworkAccess")
                                        .allMatch(peering::knows))
                        .map(peering -> peering.id().name())
                        .sorted()
                        .toList());
    }

    /** Whether a host is a private address that is none of these; false for a name and for a public address. */
    public boolean leavesOut(BackendHost host) {
        AddressPrefix address = host.address();
        return address != null
                && !AddressSpaces.isOutsideRfc1918(address.addresses())
                && !addresses.intersects(address.addresses());
    }

    /** The peerings of which too little is known, joined. */
    public String unknownPeersText() {
        return String.join(", ", unknownPeers);
    }
}
