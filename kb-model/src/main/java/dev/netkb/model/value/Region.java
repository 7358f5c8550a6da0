package dev.netkb.model.value;

import java.util.Locale;
import java.util.Map;

/**
 * An Azure region. {@code West Europe}, {@code WestEurope} and {@code westeurope} are one region.
 *
 * @param key lower case without blanks, such as {@code westeurope}
 */
public record Region(String key) implements Comparable<Region> {

    /** Service tags write some regions in their own way (requirements C.2). */
    private static final Map<String, String> TAG_SPELLINGS = Map.ofEntries(
            Map.entry("centralfrance", "francecentral"),
            Map.entry("southfrance", "francesouth"),
            Map.entry("germanywc", "germanywestcentral"),
            Map.entry("germanyn", "germanynorth"),
            Map.entry("norwaye", "norwayeast"),
            Map.entry("norwayw", "norwaywest"),
            Map.entry("switzerlandn", "switzerlandnorth"),
            Map.entry("switzerlandw", "switzerlandwest"),
            Map.entry("brazilse", "brazilsoutheast"),
            Map.entry("brazilne", "brazilnortheast"),
            Map.entry("chilec", "chilecentral"),
            Map.entry("usstagee", "eastusstg"),
            Map.entry("usstagec", "southcentralusstg"));

    /** Reads a region name in any spelling, display names and service tag spellings included. */
    public static Region of(String text) {
        String key = text.trim().toLowerCase(Locale.ROOT).replace(" ", "");
        return new Region(TAG_SPELLINGS.getOrDefault(key, key));
    }

    @Override
    public int compareTo(Region other) {
        return key.compareTo(other.key);
    }

    @Override
    public String toString() {
        return key;
    }
}
