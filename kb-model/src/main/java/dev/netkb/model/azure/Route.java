package dev.netkb.model.azure;

import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.Set;
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

    private static final Set<ServiceTag> ONLY_IN_RULES =
            Set.of(ServiceTag.INTERNET, ServiceTag.VIRTUAL_NETWORK, ServiceTag.AZURE_LOAD_BALANCER);

    @Override
    public ResourceId id() {
        return routeTableId.child("routes", name);
    }

    /** Whether it is known which addresses it is for. */
    public boolean isDestinationKnown() {
        return !(destination instanceof AddressMatch.Unknown);
    }

    /** Whether Azure takes no such route: it is for a tag that only rules may name. */
    public boolean isRefused() {
        return destination instanceof AddressMatch.Tag named
                && (named.tag().isPlatform() || ONLY_IN_RULES.contains(named.tag()));
    }

    /** The destination where it is an address or a block, null where it is a tag or not known. */
    public @Nullable AddressPrefix literalDestination() {
        return destination instanceof AddressMatch.Prefix prefix ? prefix.prefix() : null;
    }
}
