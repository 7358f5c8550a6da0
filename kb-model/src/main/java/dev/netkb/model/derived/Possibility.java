package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;

/**
 * What a location may be: itself, or, where the export does not say its tier or mode, itself with one of the values that
 * they can have.
 *
 * @param location as it was exported
 * @param assumed with a tier and a mode
 * @param v2 whether that tier is one of the v2 tiers
 */
public record Possibility(Location location, Location assumed, boolean v2) {

    /** Of something that has no tier. */
    public Possibility(Location location, Location assumed) {
        this(location, assumed, false);
    }

    /** The model that a location with this tier and mode has. */
    public PossibleModel of(NetworkModel model) {
        return new PossibleModel(
                location, new LocationModel(assumed, model, Platform.of(assumed)), location.equals(assumed));
    }

    /** A model that it may have then: what else selects it is not known. */
    public PossibleModel perhaps(NetworkModel model) {
        return new PossibleModel(location, new LocationModel(assumed, model, Platform.of(assumed)), false);
    }
}
