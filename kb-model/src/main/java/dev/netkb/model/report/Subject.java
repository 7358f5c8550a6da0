package dev.netkb.model.report;

import dev.netkb.model.value.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * What a result is about.
 *
 * @param type {@code location}, {@code subnet}, {@code nsg}, {@code routeTable}, {@code vnet}, {@code publicIp} or {@code service}
 * @param location the region, null where the subject has none
 */
public record Subject(String type, ResourceId id, @Nullable String location) {}
