package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.value.Protocol;
import dev.netkb.model.value.ProtocolSet;
import java.math.BigInteger;
import java.util.Comparator;

/** One packet; addresses are numbers on the {@link Line}, the ports of a protocol without ports are 0. */
record OraclePacket(Protocol protocol, BigInteger source, int sourcePort, BigInteger destination, int destinationPort) {

    /** The order in which witnesses are chosen within a stage. */
    static final Comparator<OraclePacket> ORDER = Comparator.comparing(OraclePacket::protocol)
            .thenComparingInt(OraclePacket::destinationPort)
            .thenComparing(OraclePacket::source)
            .thenComparing(OraclePacket::destination)
            .thenComparingInt(OraclePacket::sourcePort);

    ProtocolSet protocols() {
        return ProtocolSet.of(protocol);
    }

    BigInteger remote(Direction direction) {
        return direction == Direction.INBOUND ? source : destination;
    }

    @Override
    public String toString() {
        return protocol + " " + Line.text(source) + ":" + sourcePort + " -> " + Line.text(destination) + ":"
                + destinationPort;
    }
}
