package dev.netkb.model.derived;

import dev.netkb.model.azure.DnsServer;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.value.AddressPrefix;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The DNS servers that a location uses, compared with those that its virtual network has now. An instance uses those that
 * the network had when it was deployed, or when its network configuration was last applied.
 *
 * @param used as the network status names them, sorted
 * @param configured those of the virtual network, sorted; Azure's own where it names none
 * @param custom whether the virtual network names some
 */
public record DnsComparison(
        LocationStatus status, VirtualNetwork vnet, List<String> used, List<String> configured, boolean custom) {

    /** The address of Azure's own name resolution. */
    public static final String AZURE_DNS = "168.63.129.16";

    public DnsComparison {
        used = List.copyOf(used);
        configured = List.copyOf(configured);
    }

    public static DnsComparison of(LocationStatus status, VirtualNetwork vnet, Collection<DnsServer> servers) {
        List<String> configured =
                servers.stream().map(server -> server.address().text()).toList();
        return new DnsComparison(
                status,
                vnet,
                sorted(status.status().dnsServers()),
                sorted(configured.isEmpty() ? List.of(AZURE_DNS) : configured),
                !configured.isEmpty());
    }

    /** In one spelling, without the order: which server is asked first does not make them others. */
    private static List<String> sorted(Collection<String> servers) {
        TreeSet<String> sorted = new TreeSet<>();
        for (String server : servers) {
            sorted.add(AddressPrefix.tryParse(server.trim())
                    .map(AddressPrefix::text)
                    .orElse(server.trim()));
        }
        return List.copyOf(sorted);
    }

    public Location location() {
        return status.location();
    }

    /** Whether the network status is of the time of the snapshot, as far as it says. */
    public boolean isDecided() {
        return !status.isOutdated();
    }

    public boolean isDifferent() {
        return !used.equals(configured);
    }

    public String usedText() {
        return String.join(", ", used);
    }

    public String configuredText() {
        return String.join(", ", configured) + (custom ? "" : " (Azure's own)");
    }

    /** Such as {@code the instance uses the DNS servers 10.0.0.4, while vnet-a has 10.0.0.5 now}. */
    public String text() {
        return "the instance uses " + (used.size() == 1 ? "the DNS server " : "the DNS servers ") + usedText()
                + ", while " + vnet.name() + " has " + configuredText() + " now";
    }
}
