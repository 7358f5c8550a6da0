package dev.netkb.model.derived;

/**
 * Stands in the session once nothing more is derived about locations. A rule that sums derived facts waits for it: a sum
 * over facts that are still coming would give a result for each part of them.
 */
public record DerivationDone() {}
