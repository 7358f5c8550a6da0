package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A workspace gateway of API Management ({@code Microsoft.ApiManagement/gateways}). A field is null where the export
 * does not say it.
 *
 * @param sku {@code Standard}, {@code WorkspaceGatewayStandard} or {@code WorkspaceGatewayPremium}
 * @param virtualNetworkType as exported: {@code None}, {@code External} (integration) or {@code Internal} (injection)
 * @param subnetId the subnet that it uses, null when it uses none
 * @param defaultHostname the host name that it answers to
 */
public record WorkspaceGateway(
        ResourceId id,
        String name,
        @Nullable Region location,
        @Nullable String sku,
        @Nullable Integer units,
        @Nullable String virtualNetworkType,
        @Nullable ResourceId subnetId,
        @Nullable String defaultHostname,
        @Nullable String provisioningState,
        boolean deployed,
        Provenance provenance)
        implements AzureFact {

    private static final String NETWORK_TYPE = "virtualNetworkType";

    /** Whether it uses a virtual network, or may: it has a subnet or a mode other than None. */
    public boolean isInNetwork() {
        return subnetId != null || !knows("subnetId") || mode() != VirtualNetworkType.NONE;
    }

    /** The gateway as a place whose requirements are decided as those of a location. */
    public Location place() {
        VirtualNetworkType mode =
                subnetId != null && mode() == VirtualNetworkType.NONE ? VirtualNetworkType.UNKNOWN : mode();
        return new Location(
                id,
                location,
                true,
                sku,
                units,
                List.of(),
                mode,
                subnetId,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                location,
                0,
                deployed,
                placeProvenance(mode));
    }

    private VirtualNetworkType mode() {
        if (virtualNetworkType == null) {
            return knows(NETWORK_TYPE) ? VirtualNetworkType.NONE : VirtualNetworkType.UNKNOWN;
        }
        return VirtualNetworkType.of(virtualNetworkType);
    }

    private Provenance placeProvenance(VirtualNetworkType mode) {
        Map<String, String> unknown = new TreeMap<>(provenance.unknown());
        String region = unknown.remove("location");
        if (region != null) {
            unknown.put("region", region);
        }
        if (mode == VirtualNetworkType.UNKNOWN) {
            unknown.putIfAbsent(
                    NETWORK_TYPE,
                    virtualNetworkType == null || mode() == VirtualNetworkType.NONE
                            ? "the gateway has a subnet, but the export does not say whether for injection or integration"
                            : "'" + virtualNetworkType + "' is not None, External or Internal");
        }
        return new Provenance(provenance.place(), unknown);
    }

    /** The virtual network of its subnet, null when it has no subnet. */
    public @Nullable ResourceId vnetId() {
        return subnetId == null ? null : subnetId.parent().orElse(null);
    }
}
