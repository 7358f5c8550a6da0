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
 */
public record RequiredFlow(
        FlowRequirement row,
        LocationModel located,
        @Nullable Subnet subnet) {

    public Location location() {
        return located.location();
    }

    public Applicable applicable() {
        return new Applicable(row.requirement(), located);
    }
}
