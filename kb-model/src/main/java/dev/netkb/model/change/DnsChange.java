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
 * @param former,network the network before and after
 * @param before,after addresses in their order; empty where Azure's own DNS serves
 * @param seen the servers that the network status of the later snapshot names; null where it has none
 */
public record DnsChange(
        Location location,
        VirtualNetwork former,
        VirtualNetwork network,
        List<String> before,
        List<String> after,
        @Nullable List<String> seen) {

    public DnsChange {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    public boolean isChanged() {
        return !Set.copyOf(before).equals(Set.copyOf(after));
    }

    /** Whether the servers change and the later snapshot has no status that says which ones the instance uses then. */
    public boolean isToBeApplied() {
        return isChanged() && (seen == null || seen.isEmpty());
    }

    /** Such as {@code from Azure's own DNS to 10.0.0.4, 10.0.0.5}. */
    public String inWords() {
        return "from " + words(before) + " to " + words(after);
    }

    /** The servers before, as exports list them; empty where Azure's own DNS served. */
    public String beforeText() {
        return String.join(", ", before);
    }

    /** The servers after, as exports list them; empty where Azure's own DNS serves. */
    public String afterText() {
        return String.join(", ", after);
    }

    private static String words(List<String> servers) {
        return servers.isEmpty() ? "Azure's own DNS" : String.join(", ", servers);
    }
}
