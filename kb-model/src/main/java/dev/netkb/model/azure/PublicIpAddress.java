package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A public IP address resource. A field is null where the export does not say it.
 *
 * @param sku {@code Basic}, {@code Standard} or {@code StandardV2}
 * @param version {@code IPv4} or {@code IPv6}
 * @param routingPreference the value of the ip tag {@code RoutingPreference}, such as {@code Internet}
 */
public record PublicIpAddress(
        ResourceId id,
        String name,
        @Nullable Region location,
        @Nullable String sku,
        @Nullable String version,
        @Nullable String ipAddress,
        @Nullable String domainNameLabel,
        List<String> zones,
        @Nullable String routingPreference,
        Provenance provenance)
        implements AzureFact {

    public PublicIpAddress {
        zones = List.copyOf(zones);
    }
}
