package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a virtual network gateway ({@code Microsoft.Network/connections}). A field is null where the export
 * does not say it.
 *
 * @param connectionType {@code IPsec}, {@code Vnet2Vnet}, {@code ExpressRoute} or {@code VPNClient}
 * @param gatewayId the gateway that has the connection ({@code virtualNetworkGateway1})
 * @param otherGatewayId the gateway at the other end of a connection between virtual networks
 *     ({@code virtualNetworkGateway2})
 * @param localNetworkGatewayId the network at the other end of a VPN ({@code localNetworkGateway2})
 * @param peerId the circuit of an ExpressRoute connection ({@code peer})
 * @param status {@code Connected}, {@code NotConnected}, {@code Connecting} or {@code Unknown}
 */
public record GatewayConnection(
        ResourceId id,
        String name,
        @Nullable String connectionType,
        @Nullable ResourceId gatewayId,
        @Nullable ResourceId otherGatewayId,
        @Nullable ResourceId localNetworkGatewayId,
        @Nullable ResourceId peerId,
        @Nullable Boolean enableBgp,
        @Nullable String status,
        Provenance provenance)
        implements AzureFact {}
