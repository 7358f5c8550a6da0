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

    public boolean hasSku(String name) {
        return name.equalsIgnoreCase(sku);
    }

    public boolean isIpv4() {
        return "IPv4".equalsIgnoreCase(version);
    }

    /** Whether its DNS label is a text, letter case aside. */
    public boolean hasLabel(String label) {
        return label.equalsIgnoreCase(domainNameLabel);
    }

    /** Whether it prefers the public internet over Microsoft's network on the way to clients. */
    public boolean isRoutedOverInternet() {
        return "Internet".equalsIgnoreCase(routingPreference);
    }

    /** Its zones, joined by a comma; {@code none} where it has none. */
    public String zoneNames() {
        return zones.isEmpty() ? "none" : String.join(", ", zones);
    }
}
