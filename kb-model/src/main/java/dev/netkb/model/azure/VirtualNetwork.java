package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual network ({@code Microsoft.Network/virtualNetworks}). Its subnets, peerings and DNS servers are facts of
 * their own.
 *
 * @param location null where the export does not say it
 * @param addressPrefixes the address space, as blocks
 */
public record VirtualNetwork(
        ResourceId id,
        String name,
        @Nullable Region location,
        List<AddressPrefix> addressPrefixes,
        Provenance provenance)
        implements AzureFact {

    public VirtualNetwork {
        addressPrefixes = List.copyOf(addressPrefixes);
    }

    /** The address space as a set. */
    public AddressSet addressSpace() {
        return AddressSet.union(
                addressPrefixes.stream().map(AddressPrefix::addresses).toList());
    }
}
