package dev.netkb.model.reach;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.Protocol;
import inet.ipaddr.IPAddress;
import java.util.Comparator;

/**
 * One packet. Both addresses are single addresses of one family; the ports of a protocol without ports are 0.
 */
public record Packet(
        Protocol protocol, AddressPrefix source, int sourcePort, AddressPrefix destination, int destinationPort)
        implements Comparable<Packet> {

    private static final Comparator<Packet> ORDER = Comparator.comparing(Packet::protocol)
            .thenComparingInt(Packet::destinationPort)
            .thenComparing(p -> p.source.addresses().lowest(), Packet::compare)
            .thenComparing(p -> p.destination.addresses().lowest(), Packet::compare)
            .thenComparingInt(Packet::sourcePort);

    /** Protocol, destination port, source, destination, source port. */
    @Override
    public int compareTo(Packet other) {
        return ORDER.compare(this, other);
    }

    static AddressPrefix address(IPAddress address) {
        return new AddressPrefix(address.toCanonicalString(), AddressSet.of(address), address.getBitCount());
    }

    /** IPv4 before IPv6, then by number. */
    private static int compare(IPAddress a, IPAddress b) {
        if (a.isIPv4() != b.isIPv4()) {
            return a.isIPv4() ? -1 : 1;
        }
        return a.getValue().compareTo(b.getValue());
    }
}
