package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subnet ({@code Microsoft.Network/virtualNetworks/subnets}).
 *
 * @param vnetId the virtual network it lies in
 * @param prefixes its blocks; {@code addressPrefix} and {@code addressPrefixes} united
 * @param nsgId the network security group on it, null when there is none
 * @param routeTableId the route table on it, null when there is none
 * @param natGatewayId the NAT gateway on it, null when there is none
 * @param delegations services that the subnet is delegated to
 * @param serviceEndpoints service endpoints that are switched on
 * @param serviceEndpointPolicyIds service endpoint policies on it
 * @param defaultOutboundAccess null where the export does not say it
 */
public record Subnet(
        ResourceId id,
        String name,
        ResourceId vnetId,
        List<AddressPrefix> prefixes,
        @Nullable ResourceId nsgId,
        @Nullable ResourceId routeTableId,
        @Nullable ResourceId natGatewayId,
        List<SubnetDelegation> delegations,
        List<ServiceEndpoint> serviceEndpoints,
        List<ResourceId> serviceEndpointPolicyIds,
        @Nullable String privateEndpointNetworkPolicies,
        @Nullable Boolean defaultOutboundAccess,
        Provenance provenance)
        implements AzureFact {

    /** Addresses of every block that Azure keeps for itself: network, gateway, two for DNS, last (requirements C.4). */
    public static final int RESERVED_ADDRESSES = 5;

    public Subnet {
        prefixes = List.copyOf(prefixes);
        delegations = List.copyOf(delegations);
        serviceEndpoints = List.copyOf(serviceEndpoints);
        serviceEndpointPolicyIds = List.copyOf(serviceEndpointPolicyIds);
    }

    /** Its addresses of both families. */
    public AddressSet addresses() {
        return AddressSet.union(prefixes.stream().map(AddressPrefix::addresses).toList());
    }

    /** Its IPv4 addresses: the local side of every required flow. */
    public AddressSet ipv4Addresses() {
        return addresses().ipv4();
    }

    /** The longest IPv4 prefix length among its blocks, 0 when it has none. */
    public int longestPrefixLength() {
        return prefixes.stream()
                .filter(AddressPrefix::isIpv4)
                .mapToInt(AddressPrefix::length)
                .max()
                .orElse(0);
    }

    /** IPv4 addresses that resources can get: Σ (2^(32−p) − 5) over its blocks, never below 0 (requirements B.5). */
    public long usableAddresses() {
        return prefixes.stream()
                .filter(AddressPrefix::isIpv4)
                .mapToLong(p -> Math.max(0, (1L << 32 - p.length()) - RESERVED_ADDRESSES))
                .sum();
    }

    /** Its blocks, joined by a comma. */
    public String prefixNames() {
        return String.join(", ", prefixes.stream().map(AddressPrefix::text).toList());
    }

    /** What is missing where it has no IPv4 block, and why, where that is known. */
    public String missingPrefixes() {
        String reason = provenance.unknown().get("prefixes");
        return "the IPv4 address prefix of subnet " + id + (reason == null ? "" : ": " + reason);
    }

    /** The services it is delegated to, joined by a comma. */
    public String delegationNames() {
        return String.join(
                ", ", delegations.stream().map(SubnetDelegation::serviceName).toList());
    }

    /** Its service endpoints, joined by a comma. */
    public String serviceEndpointNames() {
        return String.join(
                ", ", serviceEndpoints.stream().map(ServiceEndpoint::service).toList());
    }

    /** Its service endpoints but one, joined by a blank. */
    public String serviceEndpointsWithout(String service) {
        return String.join(
                " ",
                serviceEndpoints.stream()
                        .map(ServiceEndpoint::service)
                        .filter(name -> !name.equalsIgnoreCase(service))
                        .toList());
    }

    /** Its service endpoint policies, joined by a comma. */
    public String serviceEndpointPolicyNames() {
        return String.join(
                ", ", serviceEndpointPolicyIds.stream().map(ResourceId::name).toList());
    }

    public boolean isDelegatedTo(String serviceName) {
        return delegations.stream().anyMatch(d -> d.serviceName().equalsIgnoreCase(serviceName));
    }

    /** Whether it is delegated to one of the two services that the v2 tiers use. */
    public boolean isDelegatedToWeb() {
        return isDelegatedTo("Microsoft.Web/hostingEnvironments") || isDelegatedTo("Microsoft.Web/serverFarms");
    }

    public boolean hasServiceEndpoint(String service) {
        return serviceEndpoints.stream().anyMatch(e -> e.service().equalsIgnoreCase(service));
    }
}
