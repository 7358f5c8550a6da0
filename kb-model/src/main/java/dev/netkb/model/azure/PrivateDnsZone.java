package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * A private DNS zone.
 *
 * @param name its domain, such as {@code privatelink.azure-api.net}
 * @param linkCount how many links it has, null where the export does not say it
 * @param recordSetCount how many record sets it has, its SOA record among them, null where the export does not say it
 */
public record PrivateDnsZone(
        ResourceId id,
        String name,
        @Nullable Integer linkCount,
        @Nullable Integer recordSetCount,
        Provenance provenance)
        implements AzureFact {

    /** Whether it is a domain, letter case aside. */
    public boolean isFor(String domain) {
        return name.equalsIgnoreCase(domain);
    }
}
