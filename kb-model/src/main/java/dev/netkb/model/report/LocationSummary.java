package dev.netkb.model.report;

import dev.netkb.model.value.ResourceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A location that was evaluated.
 *
 * @param model which networking model it has: {@code none}, {@code classic}, {@code v2Injection}, {@code v2Integration}
 * @param baseline the newest date of the requirements that were applied, {@code YYYY-MM}
 * @param network what is around its subnet; null where it has none, where that is not known, and in reports that were
 *     saved before there was such a part
 */
public record LocationSummary(
        ResourceId service,
        String location,
        @Nullable ResourceId subnet,
        String virtualNetworkType,
        @Nullable String platformVersion,
        @Nullable String sku,
        String model,
        String baseline,
        @Nullable LocationNetwork network) {

    /** Without what is around its subnet. */
    public LocationSummary(
            ResourceId service,
            String location,
            @Nullable ResourceId subnet,
            String virtualNetworkType,
            @Nullable String platformVersion,
            @Nullable String sku,
            String model,
            String baseline) {
        this(service, location, subnet, virtualNetworkType, platformVersion, sku, model, baseline, null);
    }

    /** The virtual network of its subnet; empty where it has no subnet. */
    public Optional<ResourceId> virtualNetwork() {
        return Optional.ofNullable(subnet).flatMap(ResourceId::parent);
    }
}
