package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;

/**
 * A private DNS zone.
 *
 * @param name its domain, such as {@code privatelink.azure-api.net}
 */
public record PrivateDnsZone(ResourceId id, String name, Provenance provenance) implements AzureFact {

    /** Whether it is a domain, letter case aside. */
    public boolean isFor(String domain) {
        return name.equalsIgnoreCase(domain);
    }
}
