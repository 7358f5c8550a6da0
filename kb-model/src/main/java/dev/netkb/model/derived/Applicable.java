package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;

/**
 * A requirement that a location has to meet. Rules that decide a requirement start from this fact.
 *
 * @param certain false where the export leaves open whether the location has to meet it; whatever rules find then, it is
 *     undetermined, unless they find that it does not concern the location anyway
 */
public record Applicable(Requirement requirement, LocationModel located, boolean certain) {

    /** That the location surely has to meet. */
    public Applicable(Requirement requirement, LocationModel located) {
        this(requirement, located, true);
    }

    /** That the location may have to meet. */
    public static Applicable perhaps(Requirement requirement, LocationModel located) {
        return new Applicable(requirement, located, false);
    }

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
