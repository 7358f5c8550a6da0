package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;

/**
 * Whether a subscription may use a resource provider.
 *
 * @param id the provider in its subscription, such as {@code /subscriptions/…/providers/Microsoft.Web}
 * @param namespace such as {@code Microsoft.Web}
 * @param state {@code Registered}, {@code Registering}, {@code Unregistering} or {@code NotRegistered}
 */
public record ResourceProviderRegistration(ResourceId id, String namespace, String state, Provenance provenance)
        implements AzureFact {

    /** The subscription, an empty text where the export does not say it. */
    public String subscription() {
        return id.subscription();
    }

    public boolean isRegistered() {
        return "Registered".equalsIgnoreCase(state);
    }
}
