package dev.netkb.model.value;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a host or of a domain, such as {@code contoso.azure-api.net}.
 *
 * @param text in lower case, without a dot at its end
 */
public record HostName(String text) {

    /**
     * Domains that no public DNS serves: RFC 6762 (.local and the names of its appendix G), RFC 8375 (home.arpa), RFC
     * 2606 (.test) and .internal, which ICANN keeps for private use.
     */
    private static final List<HostName> PRIVATE_DOMAINS = List.of(
            new HostName("local"),
            new HostName("intranet"),
            new HostName("internal"),
            new HostName("private"),
            new HostName("corp"),
            new HostName("home"),
            new HostName("lan"),
            new HostName("home.arpa"),
            new HostName("test"));

    public static HostName of(String text) {
        String name = text.trim().toLowerCase(Locale.ROOT);
        return new HostName(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    }

    /** The host of a URL; empty where it has none. */
    public static Optional<HostName> ofUrl(String url) {
        try {
            return Optional.ofNullable(new URI(url.trim()).getHost()).map(HostName::of);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether it is a domain, or a name in it. */
    public boolean isIn(HostName domain) {
        return equals(domain) || text.endsWith("." + domain.text);
    }

    /** A name below it, such as {@code portal.contoso.com}. */
    public HostName below(String labels) {
        return new HostName(labels + "." + text);
    }

    /** The domain that it lies in; empty for a single label. */
    public Optional<HostName> parent() {
        int dot = text.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(new HostName(text.substring(dot + 1)));
    }

    /** Its name as record sets of a zone are called: {@code @} for the zone itself. */
    public String relativeTo(HostName zone) {
        return equals(zone) ? "@" : text.substring(0, text.length() - zone.text.length() - 1);
    }

    /** Whether it is an address rather than a name. */
    public boolean isAddress() {
        return AddressPrefix.tryParse(text).isPresent();
    }

    /** Whether its very form says that no public DNS knows it: one label, or a domain for private use. */
    public boolean isPrivateByForm() {
        return !isAddress() && (parent().isEmpty() || PRIVATE_DOMAINS.stream().anyMatch(this::isIn));
    }

    @Override
    public String toString() {
        return text;
    }
}
