package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.Subnet;
import org.jspecify.annotations.Nullable;

/**
 * What a requirement needs the network to let through at one location.
 *
 * @param row the row of the flow table
 * @param subnet the subnet of the location, whose IPv4 addresses are the near side; null where it was not exported or
 *     the location has none
 * @param certain false where the export leaves open whether the location needs it
 */
public record RequiredFlow(
        FlowRequirement row,
        LocationModel located,
        @Nullable Subnet subnet,
        boolean certain) {

    /** A flow that the location surely needs. */
    public RequiredFlow(FlowRequirement row, LocationModel located, @Nullable Subnet subnet) {
        this(row, located, subnet, true);
    }

    /** A flow that the location may need. */
    public static RequiredFlow perhaps(FlowRequirement row, LocationModel located) {
        return new RequiredFlow(row, located, null, false);
    }

    public Location location() {
        return located.location();
    }

    public Applicable applicable() {
        return new Applicable(row.requirement(), located, certain);
    }
}
