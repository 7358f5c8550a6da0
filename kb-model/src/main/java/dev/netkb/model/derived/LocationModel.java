package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.reach.AddressSpaces;
import dev.netkb.model.value.AddressPrefix;
import java.util.stream.Collectors;

/**
 * Which networking model and platform a location has: what selects its requirements.
 *
 * @param platform the exported platform; {@link Platform#STV2} where none was exported, the only one that new
 *     instances get
 */
public record LocationModel(Location location, NetworkModel model, Platform platform) {

    /** Addresses inside its network that lie outside the private blocks of RFC 1918, joined; empty where all lie in. */
    public String privateAddressesOutsideRfc1918() {
        return location.privateAddresses().stream()
                .filter(address -> AddressSpaces.isOutsideRfc1918(address.addresses()))
                .map(AddressPrefix::text)
                .collect(Collectors.joining(", "));
    }
}
