package dev.netkb.model.derived;

import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.ApiManagementService.PrivateEndpointConnection;
import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.PrivateEndpoint;
import dev.netkb.model.azure.PrivateEndpoint.Connection;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private endpoint that leads to a service, as far as the export of the endpoint or else that of the service says it.
 *
 * @param location the primary location of the service: an endpoint leads to the service as a whole
 * @param endpointId null where the export of the service does not say it
 * @param groupIds the parts of the service that it leads to; empty where the export does not say them
 * @param status as exported, null where the export does not say it
 * @param fact the endpoint where it was exported, else the service
 */
public record PrivateAccess(
        Location location,
        @Nullable ResourceId endpointId,
        List<String> groupIds,
        @Nullable String status,
        AzureFact fact) {

    private static final String GATEWAY = "Gateway";

    public PrivateAccess {
        groupIds = List.copyOf(groupIds);
    }

    /** As the endpoint says it. */
    public static PrivateAccess of(Location location, PrivateEndpoint endpoint, Connection connection) {
        return new PrivateAccess(location, endpoint.id(), connection.groupIds(), connection.status(), endpoint);
    }

    /** As the service says it. */
    public static PrivateAccess of(
            Location location, ApiManagementService service, PrivateEndpointConnection connection) {
        return new PrivateAccess(
                location, connection.privateEndpointId(), connection.groupIds(), connection.status(), service);
    }

    /** The name of the endpoint, or words for it. */
    public String name() {
        return endpointId == null ? "a private endpoint" : "private endpoint " + endpointId.name();
    }

    /** The name of the endpoint as a command needs it. */
    public String endpointName() {
        return endpointId == null ? "private endpoint" : endpointId.name();
    }

    public boolean isApproved() {
        return "Approved".equalsIgnoreCase(status);
    }

    /** Whether it leads to something besides the gateway. */
    public boolean isBesideGateway() {
        return groupIds.stream().anyMatch(group -> !group.equalsIgnoreCase(GATEWAY));
    }

    /** The parts that it leads to, joined. */
    public String groupNames() {
        return String.join(", ", groupIds);
    }

    /** How the export of its fact names the connections. */
    public String field() {
        return fact instanceof PrivateEndpoint ? "privateLinkServiceConnections" : "privateEndpointConnections";
    }
}
