package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The link of a workspace gateway to a workspace of a service
 * ({@code Microsoft.ApiManagement/gateways/configConnections}).
 *
 * @param sourceId the workspace, null where the export does not say it
 * @param hostnames the host names of this link
 */
public record WorkspaceGatewayLink(
        ResourceId id,
        ResourceId gatewayId,
        @Nullable ResourceId sourceId,
        List<String> hostnames,
        Provenance provenance)
        implements AzureFact {

    public WorkspaceGatewayLink {
        hostnames = List.copyOf(hostnames);
    }

    /** The service of the workspace, null where the export does not say the workspace. */
    public @Nullable ResourceId serviceId() {
        return sourceId == null ? null : sourceId.parent().orElse(sourceId);
    }
}
