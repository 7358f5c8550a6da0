package dev.netkb.model.azure;

import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * An IP group that rules of Azure Firewall name.
 *
 * @param addresses its addresses, prefixes and ranges united
 */
public record IpGroup(
        ResourceId id, String name, @Nullable Region location, AddressSet addresses, Provenance provenance)
        implements AzureFact {}
