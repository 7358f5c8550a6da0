package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.reach.AddressSpaces;
import dev.netkb.model.value.AddressPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Which networking model and platform a location has: what selects its requirements.
 *
 * @param platform the exported platform; {@link Platform#STV2} where none was exported, the only one that new
 *     instances get
 */
public record LocationModel(Location location, NetworkModel model, Platform platform) {

    /**
     * Which of tier, mode and delegations of the subnet, which select the requirements, are not known, and how to get them;
     * empty where all are.
     */
    public String missing() {
        List<String> fields = new ArrayList<>();
        if (location.sku() == null && !location.isWorkspaceGateway()) {
            fields.add("sku");
        }
        if (location.virtualNetworkType() == VirtualNetworkType.UNKNOWN) {
            fields.add("virtualNetworkType");
        }
        if (fields.isEmpty() && (model == NetworkModel.UNKNOWN || model == NetworkModel.WORKSPACE_UNKNOWN)) {
            return "the delegations of " + Unavailable.subnet(Objects.requireNonNull(location.subnetId()));
        }
        return fields.stream()
                .map(field -> Unavailable.field(location, location, field).missing())
                .collect(Collectors.joining("; "));
    }

    /** Addresses inside its network that lie outside the private blocks of RFC 1918, joined; empty where all lie in. */
    public String privateAddressesOutsideRfc1918() {
        return location.privateAddresses().stream()
                .filter(address -> AddressSpaces.isOutsideRfc1918(address.addresses()))
                .map(AddressPrefix::text)
                .collect(Collectors.joining(", "));
    }
}
