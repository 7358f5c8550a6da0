package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
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

    /** Whether it stands in its subnet, with a private address, rather than reaches out into it. */
    public boolean isInjected() {
        return "Internal".equalsIgnoreCase(virtualNetworkType);
    }

    /** The virtual network of its subnet, null when it has no subnet. */
    public @Nullable ResourceId vnetId() {
        return subnetId == null ? null : subnetId.parent().orElse(null);
    }
}
