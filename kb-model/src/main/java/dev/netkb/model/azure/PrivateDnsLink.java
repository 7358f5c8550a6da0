package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * A link of a private DNS zone to a virtual network that resolves names with it. A field is null where the export does
 * not say it.
 *
 * @param state {@code Completed} or {@code InProgress}
 * @param resolutionPolicy {@code Default}, or {@code NxDomainRedirect} where names that the zone lacks are asked of
 *     public DNS
 */
public record PrivateDnsLink(
        ResourceId id,
        String name,
        ResourceId zoneId,
        @Nullable ResourceId vnetId,
        @Nullable Boolean registrationEnabled,
        @Nullable String state,
        @Nullable String resolutionPolicy,
        Provenance provenance)
        implements AzureFact {

    /** Whether names are resolved through it; a planned link will be. */
    public boolean isCompleted() {
        return state == null || state.equalsIgnoreCase("Completed");
    }

    public boolean fallsBackToInternet() {
        return "NxDomainRedirect".equalsIgnoreCase(resolutionPolicy);
    }
}
