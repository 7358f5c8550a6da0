package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.Subnet;
import org.jspecify.annotations.Nullable;

/**
 * What a requirement needs the network to let through at one location.
 *
 * @param row what must get through: the row of the flow table, but for its far side where that is not the same in every
 *     network, such as a DNS server
 * @param tableRow the row of the flow table
 * @param subnet the subnet of the location, whose IPv4 addresses are the near side; null where it was not exported or
 *     the location has none
 * @param certain false where the export leaves open whether the location needs it
 */
public record RequiredFlow(
        FlowRequirement row,
        FlowRequirement tableRow,
        LocationModel located,
        @Nullable Subnet subnet,
        boolean certain) {

    /** A flow that the location surely needs. */
    public RequiredFlow(FlowRequirement row, LocationModel located, @Nullable Subnet subnet) {
        this(row, row, located, subnet, true);
    }

    /** A flow to one DNS server. */
    public static RequiredFlow toDnsServer(FlowRequirement row, LocationModel located, Subnet subnet, String server) {
        return new RequiredFlow(row.to(server), row, located, subnet, true);
    }

    /** A flow that the location may need. */
    public static RequiredFlow perhaps(FlowRequirement row, LocationModel located) {
        return new RequiredFlow(row, row, located, null, false);
    }

    public Location location() {
        return located.location();
    }

    /** Whether it leads to DNS servers. */
    public boolean isToDnsServers() {
        return tableRow.isToDnsServers();
    }

    public Applicable applicable() {
        return new Applicable(row.requirement(), located, certain);
    }
}
