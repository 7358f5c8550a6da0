package dev.netkb.model.azure;

/** The direction of traffic, seen from the subnet. */
public enum Direction {
    INBOUND("Inbound"),
    OUTBOUND("Outbound");

    private final String azureName;

    Direction(String azureName) {
        this.azureName = azureName;
    }

    public String azureName() {
        return azureName;
    }

    public Direction opposite() {
        return this == INBOUND ? OUTBOUND : INBOUND;
    }
}
