package dev.netkb.model.derived;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.PublicIpAddress;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.value.Agreement;
import dev.netkb.model.value.Region;
import org.jspecify.annotations.Nullable;

/**
 * A resource that a location uses, compared with the location: whether both lie in one region.
 *
 * @param resource its virtual network or its public IP address
 * @param resourceRegion null where it is not known
 */
public record Placement(
        Location location, AzureFact resource, @Nullable Region resourceRegion) {

    public static Placement of(Location location, VirtualNetwork vnet) {
        return new Placement(location, vnet, vnet.location());
    }

    public static Placement of(Location location, PublicIpAddress address) {
        return new Placement(location, address, address.location());
    }

    /**
     * Whether both lie in one region. Two that are unknown for the same expression of one template, such as
     * {@code [resourceGroup().location]}, have the same value, whatever it will be.
     */
    public Agreement region() {
        if (location.region() != null && resourceRegion != null) {
            return location.region().equals(resourceRegion) ? Agreement.SAME : Agreement.DIFFERENT;
        }
        String mine = location.provenance().unknown().get("region");
        String theirs = resource.provenance().unknown().get("location");
        boolean sameFile = location.provenance()
                .place()
                .file()
                .equals(resource.provenance().place().file());
        return mine != null && mine.equals(theirs) && sameFile && isOneValue(mine) ? Agreement.SAME : Agreement.UNKNOWN;
    }

    private static boolean isOneValue(String reason) {
        return (reason.startsWith("[") || reason.startsWith("parameter ")) && !reason.contains("copyIndex");
    }

    /** The region of the resource, or {@code unknown}. */
    public String resourceRegionName() {
        return resourceRegion == null ? "unknown" : resourceRegion.key();
    }

    /** Which of the two regions is not known, and why. */
    public String missing() {
        if (location.region() == null) {
            return "the region of " + location.serviceId().name() + " is not known" + because(location, "region");
        }
        return "the region of " + resource.id().name() + " is not known" + because(resource, "location");
    }

    private static String because(AzureFact fact, String field) {
        String reason = fact.provenance().unknown().get(field);
        return reason == null ? ": the export does not say it" : ": " + reason;
    }
}
