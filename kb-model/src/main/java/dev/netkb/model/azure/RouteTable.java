package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route table with its routes.
 *
 * @param disableBgpRoutePropagation null where the export does not say it
 */
public record RouteTable(
        ResourceId id,
        String name,
        @Nullable Region location,
        @Nullable Boolean disableBgpRoutePropagation,
        List<Route> routes,
        Provenance provenance)
        implements AzureFact {

    public RouteTable {
        routes = List.copyOf(routes);
    }
}
