package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;

/**
 * The model that a location has in one of the cases that its export leaves open.
 *
 * @param location as it was exported
 * @param located the location with the tier and mode of that case, and its model then
 * @param certain whether the export leaves no other case open
 */
public record PossibleModel(Location location, LocationModel located, boolean certain) {}
