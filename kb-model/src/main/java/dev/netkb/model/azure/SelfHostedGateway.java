package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * A self-hosted gateway that a service knows ({@code Microsoft.ApiManagement/service/gateways}).
 *
 * @param place where people say that it runs, null where they do not
 */
public record SelfHostedGateway(
        ResourceId id,
        ResourceId serviceId,
        String name,
        @Nullable String place,
        Provenance provenance) implements AzureFact {}
