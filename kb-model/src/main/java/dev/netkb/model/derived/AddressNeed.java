package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.value.ResourceId;

/**
 * How many addresses an instance takes in the subnet of a location (requirements B.5 and V2I-SIZE).
 *
 * @param subnetId the subnet
 * @param missing what would say how many it takes, which are 0 until then; empty where that is known
 * @param now addresses that it takes with its present units
 * @param most addresses that it takes with all units that its tier can have
 * @param mostUnits the units that its tier can have, or its present ones where no document says the limit of the tier
 */
public record AddressNeed(Location location, ResourceId subnetId, String missing, int now, int most, int mostUnits) {

    /** Of a location with a subnet and a tier. */
    public static AddressNeed of(LocationModel located, ResourceId subnetId, Tier tier) {
        Location location = located.location();
        boolean internal = location.virtualNetworkType() == VirtualNetworkType.INTERNAL;
        int balancer = internal || located.model() == NetworkModel.V2_INJECTION ? 1 : 0;
        Integer units = tier.mostUnits() == 1 ? Integer.valueOf(1) : location.units();
        int now = units == null ? 0 : tier.unitAddresses() * units + balancer;
        int mostUnits = Math.max(units == null ? 0 : units, tier.mostUnits());
        int most = mostUnits == 0 ? 0 : tier.unitAddresses() * mostUnits + balancer;
        String missing = units != null
                ? ""
                : "the number of units of " + location.serviceId().name() + " in " + location.regionName()
                        + " is not known" + howToKnow(location);
        return new AddressNeed(location, subnetId, missing, now, most, mostUnits);
    }

    /** Of a location with a subnet of which nobody knows how it uses it. */
    public static AddressNeed unknown(LocationModel located, ResourceId subnetId) {
        return new AddressNeed(located.location(), subnetId, located.missing(), 0, 0, 0);
    }

    private static String howToKnow(Location location) {
        if (location.deployed()) {
            return " (az apim show, field sku.capacity)";
        }
        String reason = location.provenance().unknown().get("units");
        return reason == null ? "" : ": " + reason;
    }
}
