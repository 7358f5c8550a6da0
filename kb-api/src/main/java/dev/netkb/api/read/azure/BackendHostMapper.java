package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.BackendHost;
import dev.netkb.model.value.ResourceId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hosts that APIs and backends of a service lead to. */
final class BackendHostMapper implements Mapper {

    private static final String SERVICE = "microsoft.apimanagement/service";

    @Override
    public Set<String> types() {
        return Set.of(
                SERVICE + "/apis",
                SERVICE + "/backends",
                SERVICE + "/workspaces/apis",
                SERVICE + "/workspaces/backends");
    }

    @Override
    public void map(Resource resource, Facts facts) {
        Fields fields = new Fields(resource.node(), facts.problems());
        String url = fields.text("url", resource.type().endsWith("/apis") ? "serviceUrl" : "url");
        Optional<ResourceId> service = resource.id().ancestor(SERVICE);
        if (service.isEmpty() || url == null && !fields.isUnknown("url")) {
            return;
        }
        URI parsed = parse(url);
        String host = parsed == null ? null : parsed.getHost();
        if (host == null) {
            fields.unknown(
                    "host",
                    url == null
                            ? fields.provenance().unknown().getOrDefault("url", "")
                            : Problems.quote(url) + " names no host");
        }
        facts.add(
                new BackendHost(
                        resource.id(),
                        service.get(),
                        host == null ? null : bare(host),
                        parsed == null || host == null ? null : port(parsed),
                        url,
                        fields.provenance()),
                fields);
    }

    private static @Nullable URI parse(@Nullable String url) {
        try {
            return url == null ? null : new URI(url);
        } catch (URISyntaxException e) {
            // Placeholders for named values make a URL none; then the host is not known.
            return null;
        }
    }

    /** In lower case, an IPv6 address without its brackets. */
    private static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
    }

    private static @Nullable Integer port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return switch (String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> 443;
            case "http", "ws" -> 80;
            default -> null;
        };
    }
}
