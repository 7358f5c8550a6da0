package dev.netkb.model.change;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.VirtualNetwork;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The custom DNS servers of the virtual network that a location stays in, before and after a change.
 *
 * @param location the location after
 * @param before,after addresses in their order; empty where Azure's own DNS serves
 * @param seen the servers that the network status of the later snapshot names; null where it has none
 */
public record DnsChange(
        Location location,
        VirtualNetwork network,
        List<String> before,
        List<String> after,
        @Nullable List<String> seen) {

    /** The address of Azure's own DNS. */
    private static final String AZURE_DNS = "168.63.129.16";

    public DnsChange {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    public boolean isChanged() {
        return !Set.copyOf(before).equals(Set.copyOf(after));
    }

    /** Whether the instance works with the new servers already. */
    public boolean isApplied() {
        return seen != null && Set.copyOf(seen).equals(Set.copyOf(after.isEmpty() ? List.of(AZURE_DNS) : after));
    }

    /** Such as {@code from Azure's own DNS to 10.0.0.4, 10.0.0.5}. */
    public String inWords() {
        return "from " + words(before) + " to " + words(after);
    }

    private static String words(List<String> servers) {
        return servers.isEmpty() ? "Azure's own DNS" : String.join(", ", servers);
    }
}
