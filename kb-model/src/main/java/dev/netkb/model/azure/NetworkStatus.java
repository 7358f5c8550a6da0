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

    /**
     * One dependency.
     *
     * @param status {@code initializing}, {@code success} or {@code failure}
     * @param error what went wrong, in Azure's words
     * @param lastUpdated when it was last looked at
     * @param lastStatusChange since when it has its status
     * @param resourceType what kind of dependency it is, such as {@code BlobStorage}
     * @param optional false where the instance cannot do its work without it; null where the export does not say it
     */
    public record ConnectivityStatus(
            String name,
            String status,
            @Nullable String error,
            @Nullable Instant lastUpdated,
            @Nullable Instant lastStatusChange,
            @Nullable String resourceType,
            @Nullable Boolean optional,
            Provenance provenance) {}
}
