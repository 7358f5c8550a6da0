package dev.netkb.model.reach;

import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A route that decides where packets go.
 *
 * @param id the route of a route table, else the subnet that has the route
 * @param destination the prefix or service tag that it is for, as people read it
 * @param nextHopIps the addresses of a virtual appliance, else empty
 */
public record ResolvedRoute(
        Origin origin, ResourceId id, String destination, NextHopType nextHopType, List<AddressPrefix> nextHopIps) {

    /** Who made a route. */
    public enum Origin {
        /** Somebody wrote it into a route table. */
        USER("user route"),
        /** A virtual network gateway brought it. */
        GATEWAY("gateway route"),
        /** Azure made it. */
        SYSTEM("system route");

        private final String words;

        Origin(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public ResolvedRoute {
        nextHopIps = List.copyOf(nextHopIps);
    }

    public boolean isUserDefined() {
        return origin == Origin.USER;
    }

    /** The name of a user route; of others that of the subnet. */
    public String name() {
        return id.name();
    }

    /** Where it leads, such as {@code VirtualAppliance 10.1.0.4}. */
    public String hop() {
        return nextHopIps.isEmpty()
                ? nextHopType.azureName()
                : nextHopIps.stream()
                        .map(AddressPrefix::text)
                        .collect(Collectors.joining(", ", nextHopType.azureName() + " ", ""));
    }

    /** Such as {@code user route to-firewall (0.0.0.0/0 to VirtualAppliance 10.1.0.4)}. */
    public String text() {
        String name = isUserDefined() ? " " + id.name() : "";
        return origin.words() + name + " (" + destination + " to " + hop() + ")";
    }
}
