package dev.netkb.model.azure;

import dev.netkb.model.value.Region;
import java.util.List;

/**
 * A service endpoint that is switched on for a subnet.
 *
 * @param service such as {@code Microsoft.Storage}
 * @param locations the regions it reaches; empty where the export does not say them
 */
public record ServiceEndpoint(String service, List<Region> locations) {
    public ServiceEndpoint {
        locations = List.copyOf(locations);
    }
}
