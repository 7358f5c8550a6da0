package dev.netkb.model.reach;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of packets that is a product of five sets. Addresses of both sides are of one family.
 *
 * <p>Where nothing is cut off, the sets of the result are the very objects of the operand: later steps recognise them
 * by identity, which is what makes long rule lists cheap.
 */
public record Box(
        ProtocolSet protocols,
        AddressSet source,
        PortSet sourcePorts,
        AddressSet destination,
        PortSet destinationPorts) {

    boolean isEmpty() {
        return protocols.isEmpty()
                || source.isEmpty()
                || sourcePorts.isEmpty()
                || destination.isEmpty()
                || destinationPorts.isEmpty();
    }

    /** The packets of both; null where there are none. The cheapest and most selective sides are tried first. */
    @Nullable
    Box intersect(Box other) {
        int mask = protocols.mask() & other.protocols.mask();
        if (mask == 0 || !destinationPorts.intersects(other.destinationPorts)) {
            return null;
        }
        AddressSet to = destination.intersect(other.destination);
        if (to.isEmpty()) {
            return null;
        }
        AddressSet from = source.intersect(other.source);
        if (from.isEmpty()) {
            return null;
        }
        PortSet fromPorts = sourcePorts.intersect(other.sourcePorts);
        if (fromPorts.isEmpty()) {
            return null;
        }
        PortSet toPorts = destinationPorts.intersect(other.destinationPorts);
        ProtocolSet both = mask == protocols.mask() ? protocols : new ProtocolSet(mask);
        if (both == protocols
                && from == source
                && fromPorts == sourcePorts
                && to == destination
                && toPorts == destinationPorts) {
            return this;
        }
        return new Box(both, from, fromPorts, to, toPorts);
    }

    /** Appends to {@code rest} the packets of this that are not in {@code part}, which must lie in this. */
    void minus(Box part, List<? super Box> rest) {
        if (part == this) {
            return;
        }
        Box left = this;
        if (part.protocols.mask() != protocols.mask()) {
            rest.add(new Box(protocols.minus(part.protocols), source, sourcePorts, destination, destinationPorts));
            left = new Box(part.protocols, source, sourcePorts, destination, destinationPorts);
        }
        if (part.destinationPorts != destinationPorts) {
            left.addIfAny(
                    rest,
                    new Box(
                            left.protocols,
                            source,
                            sourcePorts,
                            destination,
                            destinationPorts.minus(part.destinationPorts)));
            left = new Box(left.protocols, source, sourcePorts, destination, part.destinationPorts);
        }
        if (part.destination != destination) {
            left.addIfAny(
                    rest,
                    new Box(
                            left.protocols,
                            source,
                            sourcePorts,
                            destination.minus(part.destination),
                            left.destinationPorts));
            left = new Box(left.protocols, source, sourcePorts, part.destination, left.destinationPorts);
        }
        if (part.source != source) {
            left.addIfAny(
                    rest,
                    new Box(
                            left.protocols,
                            source.minus(part.source),
                            sourcePorts,
                            left.destination,
                            left.destinationPorts));
            left = new Box(left.protocols, part.source, sourcePorts, left.destination, left.destinationPorts);
        }
        if (part.sourcePorts != sourcePorts) {
            left.addIfAny(
                    rest,
                    new Box(
                            left.protocols,
                            left.source,
                            sourcePorts.minus(part.sourcePorts),
                            left.destination,
                            left.destinationPorts));
        }
    }

    private void addIfAny(List<? super Box> rest, Box box) {
        if (!box.isEmpty()) {
            rest.add(box);
        }
    }

    AddressSet far(Direction direction) {
        return direction == Direction.INBOUND ? source : destination;
    }

    /** The same with another far side, as seen from where the direction is meant. */
    Box withFar(Direction direction, AddressSet far) {
        if (far(direction) == far) {
            return this;
        }
        return direction == Direction.INBOUND
                ? new Box(protocols, far, sourcePorts, destination, destinationPorts)
                : new Box(protocols, source, sourcePorts, far, destinationPorts);
    }

    /** Whether a packet is in the box. */
    public boolean contains(Packet packet) {
        return protocols.contains(packet.protocol())
                && source.contains(packet.source())
                && destination.contains(packet.destination())
                && sourcePorts.contains(packet.sourcePort())
                && destinationPorts.contains(packet.destinationPort());
    }

    /** The lowest packet by protocol, destination port, source, destination, source port. */
    Packet lowest() {
        return new Packet(
                protocols.lowest(),
                source.lowest(),
                sourcePorts.lowest(),
                destination.lowest(),
                destinationPorts.lowest());
    }
}
