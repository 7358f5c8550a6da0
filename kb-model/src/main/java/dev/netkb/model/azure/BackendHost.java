package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.HostName;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * A host that a service calls: the {@code serviceUrl} of an API or the {@code url} of a backend.
 *
 * @param id the API or backend that names it
 * @param host in lower case, a name or an address; null where the export does not say it
 * @param port the port of the URL or that of its scheme, null where neither says it
 * @param url as exported, null where its value is not known
 */
public record BackendHost(
        ResourceId id,
        ResourceId serviceId,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String url,
        Provenance provenance)
        implements AzureFact {

    /** The address that the host is, IPv4; null where it is a name or not known. */
    public @Nullable AddressPrefix address() {
        return host == null
                ? null
                : AddressPrefix.tryParse(host)
                        .filter(prefix -> prefix.isIpv4() && prefix.length() == 32)
                        .orElse(null);
    }

    /** Whether a workspace names it, so that the gateway of the workspace calls it and not that of the service. */
    public boolean isOfWorkspace() {
        return id.key().contains("/workspaces/");
    }

    /** The host, or why it is not known. */
    public String hostName() {
        return host == null ? id.name() + " (" + provenance.unknown().getOrDefault("host", "no host") + ")" : host;
    }

    /** The host as a name, null where the export does not say it. */
    public @Nullable HostName name() {
        return host == null ? null : HostName.of(host);
    }

    /** Whether the very form of its name says that no public DNS knows it. */
    public boolean isPrivateByForm() {
        HostName name = name();
        return name != null && name.isPrivateByForm();
    }
}
