package dev.netkb.model.azure;

/**
 * A delegation of a subnet to a service.
 *
 * @param serviceName such as {@code Microsoft.Web/serverFarms}
 */
public record SubnetDelegation(String name, String serviceName) {}
