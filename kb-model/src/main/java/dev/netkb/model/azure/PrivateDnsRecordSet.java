package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A record set of a private DNS zone.
 *
 * @param name relative to the zone; {@code @} for the zone itself
 * @param type {@code A}, {@code AAAA} or {@code CNAME}; other types are not read
 * @param addresses of an A or AAAA record set
 * @param cname the name that a CNAME record leads to, null for the others
 */
public record PrivateDnsRecordSet(
        ResourceId id,
        ResourceId zoneId,
        String name,
        String type,
        List<AddressPrefix> addresses,
        @Nullable String cname,
        Provenance provenance)
        implements AzureFact {

    public PrivateDnsRecordSet {
        addresses = List.copyOf(addresses);
    }

    /** The full name of the host, in lower case. */
    public String fqdn() {
        String zone = zoneId.name().toLowerCase(Locale.ROOT);
        return name.equals("@") ? zone : name.toLowerCase(Locale.ROOT) + "." + zone;
    }
}
