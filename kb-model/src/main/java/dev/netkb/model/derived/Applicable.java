package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;

/** A requirement that a location has to meet. Rules that decide a requirement start from this fact. */
public record Applicable(Requirement requirement, LocationModel located) {

    /** The id of the requirement. */
    public String rule() {
        return requirement.id();
    }

    /** Whether it cannot be decided without a fact type, or a field such as {@code Subnet.delegations}. */
    public boolean needs(String missing) {
        return requirement.needs(missing);
    }

    public Location location() {
        return located.location();
    }
}
