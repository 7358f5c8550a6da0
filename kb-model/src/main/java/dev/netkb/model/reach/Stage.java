package dev.netkb.model.reach;

/** A point on the way of a packet where rules decide, in the order of the way. */
public enum Stage {
    ADMIN_RULES("adminRules"),
    NSG("nsg"),
    ROUTE("route"),
    PEER_NSG("peerNsg");

    private final String word;

    Stage(String word) {
        this.word = word;
    }

    /** The word in reports. */
    public String word() {
        return word;
    }
}
