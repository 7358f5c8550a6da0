package dev.netkb.model.value;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The name of a service tag. Compared without letter case; the spellings that Azure's tools and documents use for one
 * tag are one tag.
 */
public final class ServiceTag implements Comparable<ServiceTag> {

    public static final ServiceTag VIRTUAL_NETWORK = new ServiceTag("VirtualNetwork");
    public static final ServiceTag INTERNET = new ServiceTag("Internet");
    public static final ServiceTag AZURE_LOAD_BALANCER = new ServiceTag("AzureLoadBalancer");
    public static final ServiceTag AZURE_PLATFORM_DNS = new ServiceTag("AzurePlatformDNS");
    public static final ServiceTag AZURE_PLATFORM_IMDS = new ServiceTag("AzurePlatformIMDS");
    public static final ServiceTag AZURE_PLATFORM_LKM = new ServiceTag("AzurePlatformLKM");

    private static final Map<String, ServiceTag> ALIASES = Map.ofEntries(
            Map.entry("virtualnetwork", VIRTUAL_NETWORK),
            Map.entry("internet", INTERNET),
            Map.entry("azureloadbalancer", AZURE_LOAD_BALANCER),
            Map.entry("azureplatformdns", AZURE_PLATFORM_DNS),
            Map.entry("azureplatformimds", AZURE_PLATFORM_IMDS),
            Map.entry("azureplatformlkm", AZURE_PLATFORM_LKM));

    private final String name;
    private final String key;

    private ServiceTag(String name) {
        this.name = name;
        String lower = name.toLowerCase(Locale.ROOT);
        int dot = lower.lastIndexOf('.');
        this.key = dot < 0
                ? lower
                : lower.substring(0, dot + 1)
                        + Region.of(lower.substring(dot + 1)).key();
    }

    /** The tag of that name; classic spellings such as {@code VIRTUAL_NETWORK} and {@code AZURE_LOADBALANCER} count. */
    public static ServiceTag of(String name) {
        String trimmed = name.trim();
        String folded = trimmed.replace("_", "").replace(" ", "").toLowerCase(Locale.ROOT);
        ServiceTag known = ALIASES.get(folded);
        return known != null ? known : new ServiceTag(trimmed.replace(" ", ""));
    }

    /** Whether a text could be the name of a tag: letters, digits, dots, underscores, blanks. */
    public static boolean isName(String text) {
        String trimmed = text.trim();
        return !trimmed.isEmpty()
                && Character.isLetter(trimmed.charAt(0))
                && trimmed.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "._- ".indexOf(c) >= 0));
    }

    public String name() {
        return name;
    }

    /** The tag without its region, such as {@code Storage} for {@code Storage.WestEurope}; empty where it has none. */
    public Optional<ServiceTag> parent() {
        int dot = name.lastIndexOf('.');
        if (dot <= 0 || !Regions.isRegion(name.substring(dot + 1))) {
            return Optional.empty();
        }
        return Optional.of(of(name.substring(0, dot)));
    }

    /** The region behind the dot, empty for a tag without one. */
    public Optional<Region> region() {
        return parent().map(parent -> Region.of(name.substring(name.lastIndexOf('.') + 1)));
    }

    /** The regional variant of this tag. */
    public ServiceTag in(Region region) {
        return of(name + "." + region.key());
    }

    /** The tags whose addresses are computed or fixed rather than listed in a tag file. */
    static Stream<ServiceTag> builtIn() {
        return ALIASES.values().stream();
    }

    /** Whether the tag's addresses are computed or fixed rather than listed in a tag file. */
    public boolean isBuiltIn() {
        return ALIASES.containsKey(key);
    }

    /** Whether rules with this tag also act on traffic to the platform's own addresses. */
    public boolean isPlatform() {
        return equals(AZURE_PLATFORM_DNS) || equals(AZURE_PLATFORM_IMDS) || equals(AZURE_PLATFORM_LKM);
    }

    @Override
    public int compareTo(ServiceTag other) {
        return key.compareTo(other.key);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServiceTag that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /**
     * Lower-case name with the region in its usual spelling: {@code AzureCloud.centralfrance} and
     * {@code AzureCloud.FranceCentral} are one tag. Equal tags have equal canonical keys.
     */
    public String canonicalKey() {
        return key;
    }

    @Override
    public String toString() {
        return name;
    }
}
