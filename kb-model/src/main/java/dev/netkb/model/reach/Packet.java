package dev.netkb.model.reach;

import dev.netkb.model.value.IpAddress;
import dev.netkb.model.value.Protocol;
import java.util.Comparator;

/**
 * One packet. Both addresses are of one family; the ports of a protocol without ports are 0.
 */
public record Packet(Protocol protocol, IpAddress source, int sourcePort, IpAddress destination, int destinationPort)
        implements Comparable<Packet> {

    private static final Comparator<Packet> ORDER = Comparator.comparing(Packet::protocol)
            .thenComparingInt(Packet::destinationPort)
            .thenComparing(Packet::source)
            .thenComparing(Packet::destination)
            .thenComparingInt(Packet::sourcePort);

    /** Protocol, destination port, source, destination, source port. */
    @Override
    public int compareTo(Packet other) {
        return ORDER.compare(this, other);
    }
}
