package dev.netkb.model.azure;

import dev.netkb.model.value.Agreement;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    /** The virtual network of the subnet. */
    public @Nullable ResourceId vnetId() {
        return subnetId.parent().orElse(null);
    }

    /** Whether a link says which resource it links to, and not only the type. */
    public boolean isNamesOwner() {
        return owner.type().equals(ownerType);
    }

    /** Whether this is API Management itself. */
    public boolean isApiManagement() {
        return ownerType.startsWith("microsoft.apimanagement/");
    }

    /**
     * Whether this is an address of a service that Azure runs, such as the machines of API Management. Interfaces lie
     * in the subscription of their network; only those of the platform lie elsewhere.
     */
    public boolean isPlatformManaged() {
        return kind == Kind.IP_CONFIGURATION && owner.sameSubscription(subnetId) == Agreement.DIFFERENT;
    }

    /** Whether this is the address of a private endpoint, which is listed as an endpoint too. */
    public boolean isPrivateEndpointAddress() {
        return kind == Kind.IP_CONFIGURATION
                && id.name().toLowerCase(Locale.ROOT).startsWith("privateendpointipconfig");
    }

    /**
     * Whether it takes an address of the subnet. Links do not, and a private endpoint does so through the IP
     * configuration of its network interface, which exports list too.
     */
    public boolean takesAddress() {
        return kind == Kind.IP_CONFIGURATION;
    }
}
