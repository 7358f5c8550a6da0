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

    /** The provider that subnets of the v2 tiers and of workspace gateways are delegated to. */
    public static final String WEB = "Microsoft.Web";

    /** The id of a provider in a subscription. */
    public static ResourceId idOf(String subscription, String namespace) {
        return ResourceId.of("/subscriptions/" + subscription + "/providers/" + namespace);
    }

    /** The subscription, an empty text where the export does not say it. */
    public String subscription() {
        return id.subscription();
    }

    public boolean isRegistered() {
        return "Registered".equalsIgnoreCase(state);
    }
}
