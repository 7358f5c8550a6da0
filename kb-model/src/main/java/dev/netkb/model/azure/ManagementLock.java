package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * A management lock ({@code Microsoft.Authorization/locks}).
 *
 * @param scope what it stands on: a subscription, a resource group or a resource; it holds for all below too
 * @param level {@code CanNotDelete} or {@code ReadOnly}; null where the export does not say it
 */
public record ManagementLock(
        ResourceId id,
        String name,
        ResourceId scope,
        @Nullable String level,
        Provenance provenance) implements AzureFact {

    /** Whether it holds for a resource: it stands on the resource itself or on something above it. */
    public boolean covers(ResourceId resource) {
        return resource.equals(scope) || resource.key().startsWith(scope.key() + "/");
    }
}
