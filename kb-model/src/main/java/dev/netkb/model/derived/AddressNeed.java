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

    private static final int PREMIUM_UNITS = 31;
    private static final int PREMIUM_V2_UNITS = 30;
    private static final int ADDRESSES_A_UNIT = 2;

    /** Of a location with a subnet. */
    public static AddressNeed of(LocationModel located, ResourceId subnetId) {
        Location location = located.location();
        if (located.model() == NetworkModel.UNKNOWN) {
            return new AddressNeed(location, subnetId, located.missing(), 0, 0, 0);
        }
        boolean internal = location.virtualNetworkType() == VirtualNetworkType.INTERNAL;
        int balancer = internal || located.model() == NetworkModel.V2_INJECTION ? 1 : 0;
        if (location.hasSku("Developer")) {
            return new AddressNeed(location, subnetId, "", 1 + balancer, 1 + balancer, 1);
        }
        Integer units = location.units();
        int now = units == null ? 0 : ADDRESSES_A_UNIT * units + balancer;
        int mostUnits = Math.max(units == null ? 0 : units, limit(location));
        int most = mostUnits == 0 ? 0 : ADDRESSES_A_UNIT * mostUnits + balancer;
        String missing = units != null
                ? ""
                : "the number of units of " + location.serviceId().name() + " in " + location.regionName()
                        + " is not known" + howToKnow(location);
        return new AddressNeed(location, subnetId, missing, now, most, mostUnits);
    }

    private static String howToKnow(Location location) {
        if (location.deployed()) {
            return " (az apim show, field sku.capacity)";
        }
        String reason = location.provenance().unknown().get("units");
        return reason == null ? "" : ": " + reason;
    }

    /** The limit of the tiers whose limit the documents say, else 0. */
    private static int limit(Location location) {
        if (location.hasSku("Premium")) {
            return PREMIUM_UNITS;
        }
        return location.hasSku("PremiumV2") ? PREMIUM_V2_UNITS : 0;
    }
}
