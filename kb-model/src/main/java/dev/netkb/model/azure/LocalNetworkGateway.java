package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A local network gateway: the network at the other end of a VPN. A field is null where the export does not say it.
 *
 * @param addressPrefixes the addresses behind it
 * @param asn its autonomous system number; with one, it can announce more addresses by BGP
 */
public record LocalNetworkGateway(
        ResourceId id,
        String name,
        @Nullable Region location,
        List<AddressPrefix> addressPrefixes,
        @Nullable Long asn,
        Provenance provenance)
        implements AzureFact {

    public LocalNetworkGateway {
        addressPrefixes = List.copyOf(addressPrefixes);
    }

    /** Whether it has settings for BGP. */
    public boolean hasBgp() {
        return asn != null;
    }
}
