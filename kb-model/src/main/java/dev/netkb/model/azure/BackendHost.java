package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;

/**
 * A host that a service calls: the {@code serviceUrl} of an API or the {@code url} of a backend.
 *
 * @param id the API or backend that names it
 * @param host in lower case; a name or an address
 * @param port the port of the URL, or that of its scheme
 */
public record BackendHost(ResourceId id, ResourceId serviceId, String host, int port, String url, Provenance provenance)
        implements AzureFact {}
