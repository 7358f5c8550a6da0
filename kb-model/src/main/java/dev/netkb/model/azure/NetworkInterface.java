package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network interface of a virtual machine.
 *
 * @param subnetIds the subnets of its IP configurations
 * @param nsgId the network security group on the interface itself, null when there is none
 */
public record NetworkInterface(
        ResourceId id,
        String name,
        List<ResourceId> subnetIds,
        List<AddressPrefix> privateAddresses,
        @Nullable ResourceId nsgId,
        Provenance provenance)
        implements AzureFact {

    public NetworkInterface {
        subnetIds = List.copyOf(subnetIds);
        privateAddresses = List.copyOf(privateAddresses);
    }
}
