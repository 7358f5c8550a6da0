package dev.netkb.model.report;

import dev.netkb.model.value.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * A location that was evaluated.
 *
 * @param model which networking model it has: {@code none}, {@code classic}, {@code v2Injection}, {@code v2Integration}
 * @param baseline the newest date of the requirements that were applied, {@code YYYY-MM}
 */
public record LocationSummary(
        ResourceId service,
        String location,
        @Nullable ResourceId subnet,
        String virtualNetworkType,
        @Nullable String platformVersion,
        @Nullable String sku,
        String model,
        String baseline) {}
