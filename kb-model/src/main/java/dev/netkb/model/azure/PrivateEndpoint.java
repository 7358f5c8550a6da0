package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private endpoint. A field is null where the export does not say it.
 *
 * @param subnetId the subnet that its address lies in
 * @param connections what it leads to; Azure allows one
 * @param dnsConfigs names that clients ask for, with the addresses that they should get
 * @param privateAddresses addresses that were chosen for it, not those that Azure gave it
 * @param networkInterfaceIds the interfaces that hold its addresses
 */
public record PrivateEndpoint(
        ResourceId id,
        String name,
        @Nullable Region location,
        @Nullable ResourceId subnetId,
        List<Connection> connections,
        List<DnsConfig> dnsConfigs,
        List<AddressPrefix> privateAddresses,
        List<ResourceId> networkInterfaceIds,
        Provenance provenance)
        implements AzureFact {

    public PrivateEndpoint {
        connections = List.copyOf(connections);
        dnsConfigs = List.copyOf(dnsConfigs);
        privateAddresses = List.copyOf(privateAddresses);
        networkInterfaceIds = List.copyOf(networkInterfaceIds);
    }

    /**
     * The service that the endpoint leads to.
     *
     * @param serviceId {@code privateLinkServiceId}, null where the export does not say it
     * @param groupIds the parts of the service, such as {@code Gateway}
     * @param status {@code Approved}, {@code Pending}, {@code Rejected} or {@code Disconnected}
     * @param manual whether the owner of the service approves it by hand
     */
    public record Connection(
            @Nullable ResourceId serviceId,
            List<String> groupIds,
            @Nullable String status,
            boolean manual) {
        public Connection {
            groupIds = List.copyOf(groupIds);
        }
    }

    /** A name of the service and its private addresses. */
    public record DnsConfig(String fqdn, List<AddressPrefix> addresses) {
        public DnsConfig {
            addresses = List.copyOf(addresses);
        }
    }

    /** The virtual network of its subnet, null where the export does not say the subnet. */
    public @Nullable ResourceId vnetId() {
        return subnetId == null ? null : subnetId.parent().orElse(null);
    }

    /** Whether it leads to a service. */
    public boolean leadsTo(ResourceId serviceId) {
        return connections.stream().anyMatch(connection -> serviceId.equals(connection.serviceId()));
    }
}
