package dev.netkb.model.azure;

import java.util.Locale;

/** The mode in which an API Management service uses a virtual network ({@code virtualNetworkType}). */
public enum VirtualNetworkType {
    NONE("None"),
    EXTERNAL("External"),
    INTERNAL("Internal"),
    /** A value that is none of the three, or one that is not known. */
    UNKNOWN("Unknown");

    private final String azureName;

    VirtualNetworkType(String azureName) {
        this.azureName = azureName;
    }

    public String azureName() {
        return azureName;
    }

    public static VirtualNetworkType of(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT)) {
            case "none", "" -> NONE;
            case "external" -> EXTERNAL;
            case "internal" -> INTERNAL;
            default -> UNKNOWN;
        };
    }
}
