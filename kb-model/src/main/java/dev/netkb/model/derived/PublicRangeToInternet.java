package dev.netkb.model.derived;

import dev.netkb.model.value.ResourceId;

/**
 * Public addresses for which a user route of a subnet has the next hop Internet, such as those of clients.
 *
 * @param range the prefix of the route
 */
public record PublicRangeToInternet(ResourceId subnetId, String range) {}
