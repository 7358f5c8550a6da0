package dev.netkb.model.value;

import java.util.Locale;
import java.util.Optional;

/** An IP protocol that a network security group can name, in the order in which witnesses are chosen. */
public enum Protocol {
    TCP("Tcp", true),
    UDP("Udp", true),
    ICMP("Icmp", false),
    ESP("Esp", false),
    AH("Ah", false);

    private final String azureName;
    private final boolean ports;

    Protocol(String azureName, boolean ports) {
        this.azureName = azureName;
        this.ports = ports;
    }

    /** The name as Azure writes it, such as {@code Tcp}. */
    public String azureName() {
        return azureName;
    }

    /** Whether packets of it carry ports. */
    public boolean hasPorts() {
        return ports;
    }

    /** Reads a protocol name in any letter case. */
    public static Optional<Protocol> tryParse(String text) {
        String wanted = text.trim().toLowerCase(Locale.ROOT);
        for (Protocol protocol : values()) {
            if (protocol.azureName.toLowerCase(Locale.ROOT).equals(wanted)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }
}
