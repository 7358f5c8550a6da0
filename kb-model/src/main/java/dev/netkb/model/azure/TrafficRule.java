package dev.netkb.model.azure;

import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.util.List;

/** A rule that matches packets by their five-tuple: of a network security group, or of a security admin configuration. */
public interface TrafficRule extends AzureFact {

    Direction direction();

    ProtocolSet protocols();

    PortSet sourcePorts();

    PortSet destinationPorts();

    List<AddressMatch> sources();

    List<AddressMatch> destinations();
}
