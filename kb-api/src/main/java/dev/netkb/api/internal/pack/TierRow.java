package dev.netkb.api.internal.pack;

import dev.netkb.model.derived.Tier;

/**
 * A row of a table of tiers.
 *
 * @param place where the row stands, such as {@code tiers.csv row 3}
 */
public record TierRow(Tier tier, String place) {}
