package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;

/**
 * Something that sits in a subnet: an IP configuration, a private endpoint or a link of a platform service.
 *
 * @param id its own id; a network interface can have many IP configurations in one subnet, each with an address
 * @param owner the resource that the address belongs to, such as a network interface
 * @param ownerType its resource type in lower case; for a link, the type that it names
 */
public record SubnetUser(
        ResourceId id, ResourceId subnetId, Kind kind, ResourceId owner, String ownerType, Provenance provenance)
        implements AzureFact {

    public enum Kind {
        IP_CONFIGURATION,
        PRIVATE_ENDPOINT,
        SERVICE_ASSOCIATION_LINK,
        RESOURCE_NAVIGATION_LINK
    }

    /** Whether this is API Management itself. */
    public boolean isApiManagement() {
        return ownerType.startsWith("microsoft.apimanagement/");
    }

    /**
     * Whether it takes an address of the subnet. Links do not, and a private endpoint does so through the IP
     * configuration of its network interface, which exports list too.
     */
    public boolean takesAddress() {
        return kind == Kind.IP_CONFIGURATION;
    }
}
