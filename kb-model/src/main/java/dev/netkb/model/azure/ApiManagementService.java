package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An API Management service. A field is null where the export does not say it.
 *
 * @param virtualNetworkType as exported: {@code None}, {@code External}, {@code Internal}, or a value that is none of them
 * @param platformVersion {@code stv1}, {@code stv2}, {@code stv2.1}, {@code mtv1}, {@code undetermined}
 * @param createdAt when it was created
 * @param minApiVersion the oldest version of the management API that callers may use
 * @param deployed false where the service is only planned (a template), so that it has no addresses yet
 * @param locations the primary location first, then the additional ones
 * @param urls its own addresses by their name, such as {@code gatewayUrl} or {@code developerPortalUrl}
 */
public record ApiManagementService(
        ResourceId id,
        String name,
        @Nullable Region location,
        @Nullable String sku,
        @Nullable String virtualNetworkType,
        @Nullable String platformVersion,
        @Nullable String publicNetworkAccess,
        @Nullable String provisioningState,
        @Nullable Instant createdAt,
        @Nullable String minApiVersion,
        boolean deployed,
        List<Location> locations,
        List<HostnameConfiguration> hostnames,
        List<PrivateEndpointConnection> privateEndpointConnections,
        Map<String, String> urls,
        Map<String, String> customProperties,
        Provenance provenance)
        implements AzureFact {

    /** The names of a service's own addresses. */
    public static final List<String> URLS = List.of(
            "gatewayUrl", "gatewayRegionalUrl", "portalUrl", "developerPortalUrl", "managementApiUrl", "scmUrl");

    public ApiManagementService {
        locations = List.copyOf(locations);
        hostnames = List.copyOf(hostnames);
        privateEndpointConnections = List.copyOf(privateEndpointConnections);
        urls = Map.copyOf(urls);
        customProperties = Map.copyOf(customProperties);
    }

    /** The same with its locations seen otherwise. */
    public ApiManagementService withLocations(List<Location> seen) {
        return new ApiManagementService(
                id,
                name,
                location,
                sku,
                virtualNetworkType,
                platformVersion,
                publicNetworkAccess,
                provisioningState,
                createdAt,
                minApiVersion,
                deployed,
                seen,
                hostnames,
                privateEndpointConnections,
                urls,
                customProperties,
                provenance);
    }

    /** Whether it is only being created, so that it may have no addresses yet. */
    public boolean isBeingCreated() {
        return "Created".equalsIgnoreCase(provisioningState) || "Activating".equalsIgnoreCase(provisioningState);
    }

    private static final String NO_TRUSTED_SERVICE =
            "Microsoft.WindowsAzure.ApiManagement.Gateway.ManagedIdentity.DisableOverPrivilegedAccess";

    /** Whether its custom properties do not rule out that other services let its gateway in as a trusted service. */
    public boolean isTrustedServiceAllowed() {
        return !trustedServiceText().equalsIgnoreCase("True");
    }

    /** The value of the custom property that rules it out, or {@code not set}. */
    public String trustedServiceText() {
        return customProperties.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(NO_TRUSTED_SERVICE))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("not set");
    }

    /** Whether it was created before a day (UTC), such as {@code 2025-12-01}; false too where that is not known. */
    public boolean isCreatedBefore(String day) {
        return createdAt != null
                && createdAt.isBefore(
                        LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    public boolean isPublicAccessOff() {
        return "Disabled".equalsIgnoreCase(publicNetworkAccess);
    }

    /** A host name that the service answers to; {@code type} is {@code Proxy}, {@code DeveloperPortal}, … */
    public record HostnameConfiguration(String type, String hostName) {}

    /** A private endpoint that connects to the service. */
    public record PrivateEndpointConnection(
            @Nullable ResourceId privateEndpointId,
            List<String> groupIds,
            @Nullable String status) {
        public PrivateEndpointConnection {
            groupIds = List.copyOf(groupIds);
        }
    }
}
