package dev.netkb.model.reach;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;

/**
 * The packets that are asked about: traffic between a subnet and a far side.
 *
 * @param subnet the near side's subnet: its group and its tags decide
 * @param direction seen from the subnet
 * @param sourcePorts,destinationPorts of the packets, whatever the direction; packets of a protocol without ports
 *     belong to the flow only where it is for every port, or for no protocol with ports
 * @param local the near-side addresses; a required flow takes the IPv4 addresses of the subnet
 * @param deniedWithoutNsg whether inbound traffic is refused where the subnet has no group (platform stv2)
 */
public record Flow(
        Subnet subnet,
        Direction direction,
        ProtocolSet protocols,
        PortSet sourcePorts,
        PortSet destinationPorts,
        FlowRemote remote,
        AddressSet local,
        boolean deniedWithoutNsg) {

    /** Whether both sides can have addresses of one family: a packet is IPv4 or IPv6. */
    public boolean hasPackets() {
        if (!(remote instanceof FlowRemote.Addresses there)) {
            return true;
        }
        return !local.ipv4().isEmpty() && !there.addresses().ipv4().isEmpty()
                || !local.ipv6().isEmpty() && !there.addresses().ipv6().isEmpty();
    }
}
