package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;

/**
 * An optional feature that the export shows to be in use, so that the flows it needs are more than advice.
 *
 * @param shownBy the exported resource that shows it, such as a cache or a logger of the service
 */
public record FeatureInUse(ResourceId serviceId, Feature feature, ResourceId shownBy, Provenance provenance) {

    /** Optional features with network requirements of their own (requirements B.3). */
    public enum Feature {
        EXTERNAL_CACHE,
        EVENT_HUB_LOGGER,
        APPLICATION_INSIGHTS,
        RATE_LIMIT,
        CREDENTIAL_MANAGER,
        ENTRA_IDENTITY_PROVIDER,
        KEY_VAULT_NAMED_VALUE,
        GIT
    }
}
