package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;

/**
 * Which networking model and platform a location has: what selects its requirements.
 *
 * @param platform the exported platform; {@link Platform#STV2} where none was exported, the only one that new
 *     instances get
 */
public record LocationModel(Location location, NetworkModel model, Platform platform) {}
