package dev.netkb.model.report;

import dev.netkb.model.value.ResourceId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The network around the subnet of a location, in short: what a picture of it shows. Its virtual network is the parent of
 * the subnet.
 *
 * @param prefixes the blocks of the subnet
 * @param nsg the network security group on the subnet, null when there is none or it is not known
 * @param routeTable the route table on the subnet, null when there is none or it is not known
 * @param nextHops where routes lead that people wrote or a gateway brought, at most {@value #MOST}
 * @param moreNextHops how many of them are not listed
 * @param dnsServers the servers that the virtual network asks; empty for those of Azure, or when they are not known
 * @param peerings the peerings of the virtual network, at most {@value #MOST}
 * @param morePeerings how many of them are not listed
 * @param serviceEndpoints service endpoints of the subnet, such as {@code Microsoft.Sql}
 * @param unknown what the snapshot does not say; of a list, it may say a part
 */
public record LocationNetwork(
        List<String> prefixes,
        @Nullable ResourceId nsg,
        @Nullable ResourceId routeTable,
        List<NextHop> nextHops,
        int moreNextHops,
        List<String> dnsServers,
        List<Peering> peerings,
        int morePeerings,
        List<String> serviceEndpoints,
        Set<Part> unknown) {

    /** Entries of a list; more of them would make no picture better. */
    public static final int MOST = 8;

    /** A part of the network that a snapshot may not say. */
    public enum Part {
        PREFIXES("prefixes"),
        NSG("nsg"),
        ROUTE_TABLE("routeTable"),
        NEXT_HOPS("nextHops"),
        DNS_SERVERS("dnsServers"),
        PEERINGS("peerings"),
        SERVICE_ENDPOINTS("serviceEndpoints");

        private final String word;

        Part(String word) {
            this.word = word;
        }

        /** The word in reports. */
        public String word() {
            return word;
        }
    }

    /**
     * Where routes lead.
     *
     * @param type in Azure's words, such as {@code VirtualAppliance}
     * @param addresses those of an appliance; empty where they are not known, and for other types
     * @param destinations prefixes and service tags of the routes, at most {@value #MOST}
     * @param moreDestinations how many of them are not listed
     * @param resource the firewall, gateway or network interface that it is; null where the snapshot does not hold it
     */
    public record NextHop(
            String type,
            List<String> addresses,
            List<String> destinations,
            int moreDestinations,
            @Nullable ResourceId resource) {

        public NextHop {
            addresses = List.copyOf(addresses);
            destinations = List.copyOf(destinations);
        }

        /** As deciding routes name it, such as {@code VirtualAppliance 10.1.0.4}. */
        public String text() {
            return addresses.isEmpty() ? type : type + " " + String.join(", ", addresses);
        }
    }

    /**
     * A peering of the virtual network.
     *
     * @param remote the virtual network at the other end, null where the snapshot does not say it
     * @param state such as {@code Connected}, null where the snapshot does not say it
     */
    public record Peering(
            ResourceId id,
            @Nullable ResourceId remote,
            @Nullable String state) {}

    public LocationNetwork {
        prefixes = List.copyOf(prefixes);
        nextHops = List.copyOf(nextHops);
        dnsServers = List.copyOf(dnsServers);
        peerings = List.copyOf(peerings);
        serviceEndpoints = List.copyOf(serviceEndpoints);
        EnumSet<Part> parts = EnumSet.noneOf(Part.class);
        parts.addAll(unknown);
        unknown = Collections.unmodifiableSet(parts);
    }

    public boolean knows(Part part) {
        return !unknown.contains(part);
    }
}
