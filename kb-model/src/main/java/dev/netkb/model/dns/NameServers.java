package dev.netkb.model.dns;

import dev.netkb.model.azure.DnsServer;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The DNS servers that a virtual network asks: its own ones, else those of Azure.
 *
 * @param configured the servers that somebody set, none where Azure's are in use or where they are not known
 * @param missing what is missing to know them, and how to get it; empty where they are known
 */
public record NameServers(ResourceId vnetId, List<DnsServer> configured, String missing) {

    /** The address of Azure's own servers, which every virtual network can ask. */
    public static final String AZURE = "168.63.129.16";

    public NameServers {
        configured = List.copyOf(configured);
    }

    public boolean isKnown() {
        return missing.isEmpty();
    }

    /** Whether other servers than Azure's are asked, which answer what nobody can see in an export. */
    public boolean isCustom() {
        return configured.stream().anyMatch(server -> !isAzure(server.address()));
    }

    /** Whether Azure's servers are asked and no others. */
    public boolean isAzureProvided() {
        return isKnown() && !isCustom();
    }

    private static boolean isAzure(AddressPrefix address) {
        return address.text().equals(AZURE);
    }

    /** The addresses that are asked; empty where they are not known. */
    public List<String> addresses() {
        if (!isKnown()) {
            return List.of();
        }
        return configured.isEmpty()
                ? List.of(AZURE)
                : configured.stream()
                        .map(server -> server.address().text())
                        .distinct()
                        .toList();
    }

    /** Such as {@code 10.0.0.4, 10.0.0.5}. */
    public String text() {
        return addresses().stream().collect(Collectors.joining(", "));
    }
}
