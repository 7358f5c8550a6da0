package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What API Management itself saw of its dependencies from one location.
 *
 * @param serviceId null where the response does not say whose it is
 */
public record NetworkStatus(
        @Nullable ResourceId serviceId,
        @Nullable Region location,
        List<String> dnsServers,
        List<ConnectivityStatus> connectivity,
        Provenance provenance) {

    public NetworkStatus {
        dnsServers = List.copyOf(dnsServers);
        connectivity = List.copyOf(connectivity);
    }

    /** Whether it may be that of a location: what it does not say of itself does not speak against it. */
    public boolean speaksOf(Location of) {
        return (serviceId == null || serviceId.equals(of.serviceId()))
                && (location == null || location.equals(of.region()));
    }

    /** One dependency: {@code status} is {@code initializing}, {@code success} or {@code failure}. */
    public record ConnectivityStatus(
            String name,
            String status,
            @Nullable String error,
            @Nullable Instant lastUpdated,
            @Nullable String resourceType,
            @Nullable Boolean optional,
            Provenance provenance) {}
}
