package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual network gateway. A field is null where the export does not say it.
 *
 * @param gatewayType {@code Vpn} or {@code ExpressRoute}
 * @param vpnType {@code RouteBased} or {@code PolicyBased}
 * @param subnetId its GatewaySubnet
 * @param enableBgp whether it exchanges routes by BGP
 * @param asn its autonomous system number
 * @param vpnClientPrefixes the addresses that point-to-site clients get
 * @param defaultSiteId the local network gateway that forced tunnelling sends everything to, null when there is none
 */
public record VirtualNetworkGateway(
        ResourceId id,
        String name,
        @Nullable Region location,
        @Nullable String gatewayType,
        @Nullable String vpnType,
        @Nullable ResourceId subnetId,
        @Nullable Boolean enableBgp,
        @Nullable Long asn,
        List<AddressPrefix> vpnClientPrefixes,
        @Nullable ResourceId defaultSiteId,
        Provenance provenance)
        implements AzureFact {

    public VirtualNetworkGateway {
        vpnClientPrefixes = List.copyOf(vpnClientPrefixes);
    }

    /** The virtual network that it stands in, null where the export does not say its subnet. */
    public @Nullable ResourceId vnetId() {
        return subnetId == null ? null : subnetId.parent().orElse(null);
    }

    public boolean isExpressRoute() {
        return "ExpressRoute".equalsIgnoreCase(gatewayType);
    }

    public boolean isVpn() {
        return "Vpn".equalsIgnoreCase(gatewayType);
    }
}
