package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A peering of a virtual network.
 *
 * @param vnetId the virtual network that has the peering
 * @param remoteVnetId the virtual network at the other end, null where the export does not say it
 * @param state {@code Initiated}, {@code Connected} or {@code Disconnected}; null in a template
 * @param remotePrefixes the address space at the other end; empty where the export does not say it
 * @param allowVirtualNetworkAccess whether the tag VirtualNetwork covers the other end
 * @param allowGatewayTransit whether the other end may use the gateway of this network
 * @param useRemoteGateways whether this network uses the gateway of the other end
 * @param peerCompleteVnets false where only some subnets are peered; null where the export does not say it
 * @param localSubnetNames,remoteSubnetNames the peered subnets where only some are
 */
public record VnetPeering(
        ResourceId id,
        ResourceId vnetId,
        @Nullable ResourceId remoteVnetId,
        @Nullable String state,
        List<AddressPrefix> remotePrefixes,
        boolean allowVirtualNetworkAccess,
        boolean allowForwardedTraffic,
        boolean allowGatewayTransit,
        boolean useRemoteGateways,
        @Nullable Boolean peerCompleteVnets,
        List<String> localSubnetNames,
        List<String> remoteSubnetNames,
        Provenance provenance)
        implements AzureFact {

    public VnetPeering {
        remotePrefixes = List.copyOf(remotePrefixes);
        localSubnetNames = List.copyOf(localSubnetNames);
        remoteSubnetNames = List.copyOf(remoteSubnetNames);
    }

    /** Connected, or planned: a template creates peerings that will connect. */
    public boolean isConnected() {
        return state == null || state.equalsIgnoreCase("Connected");
    }
}
