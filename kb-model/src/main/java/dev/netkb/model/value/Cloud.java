package dev.netkb.model.value;

import java.util.Locale;
import java.util.Optional;

/** The clouds of Azure. Regions, addresses of service tags and host names are each one's own (requirements B.15). */
public enum Cloud {
    PUBLIC("the public cloud"),
    US_GOVERNMENT("Azure Government"),
    CHINA("Azure operated by 21Vianet"),
    GERMANY("Azure Germany");

    private final String words;

    Cloud(String words) {
        this.words = words;
    }

    /** As a sentence names it. */
    public String words() {
        return words;
    }

    /** The cloud that a region belongs to. */
    public static Cloud of(Region region) {
        String key = region.key();
        if (key.startsWith("usgov") || key.startsWith("usdod")) {
            return US_GOVERNMENT;
        }
        if (key.startsWith("china")) {
            return CHINA;
        }
        // The closed cloud had these two regions; germanynorth and germanywestcentral are of the public one.
        return key.equals("germanycentral") || key.equals("germanynortheast") ? GERMANY : PUBLIC;
    }

    /**
     * The cloud that a service tag file names, such as {@code Public}, {@code AzureCloud} or {@code AzureGovernment}; empty
     * where it names none that is known.
     */
    public static Optional<Cloud> named(String text) {
        String name = text.trim().toLowerCase(Locale.ROOT);
        if (name.equals("public") || name.equals("azurecloud") || name.equals("azurepublic")) {
            return Optional.of(PUBLIC);
        }
        if (name.contains("gov") || name.equals("fairfax")) {
            return Optional.of(US_GOVERNMENT);
        }
        if (name.contains("china") || name.equals("mooncake")) {
            return Optional.of(CHINA);
        }
        return name.contains("german") ? Optional.of(GERMANY) : Optional.empty();
    }
}
