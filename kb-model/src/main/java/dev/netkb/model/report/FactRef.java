package dev.netkb.model.report;

import dev.netkb.model.value.ResourceId;

/** A fact that a piece of evidence speaks of. */
public record FactRef(String type, ResourceId id) {}
