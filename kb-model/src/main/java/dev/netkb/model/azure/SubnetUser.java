package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;

/**
 * Something that sits in a subnet: an IP configuration, a private endpoint or a link of a platform service.
 *
 * @param owner the resource that the address belongs to, such as a network interface
 * @param ownerType its resource type in lower case; for a link, the type that it names
 */
public record SubnetUser(ResourceId subnetId, Kind kind, ResourceId owner, String ownerType, Provenance provenance) {

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

    /** Whether it takes an address of the subnet: links do not. */
    public boolean takesAddress() {
        return kind == Kind.IP_CONFIGURATION || kind == Kind.PRIVATE_ENDPOINT;
    }
}
