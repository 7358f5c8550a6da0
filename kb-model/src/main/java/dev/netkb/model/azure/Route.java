package dev.netkb.model.azure;

import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * A user-defined route.
 *
 * @param destination a prefix or a service tag
 * @param nextHopIp the address of a virtual appliance, else null
 */
public record Route(
        ResourceId routeTableId,
        String name,
        AddressMatch destination,
        NextHopType nextHopType,
        @Nullable AddressPrefix nextHopIp,
        Provenance provenance)
        implements AzureFact {

    @Override
    public ResourceId id() {
        return routeTableId.child("routes", name);
    }

    /** Whether it is known which addresses it is for. */
    public boolean isDestinationKnown() {
        return !(destination instanceof AddressMatch.Unknown);
    }
}
