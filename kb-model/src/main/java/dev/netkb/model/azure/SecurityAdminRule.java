package dev.netkb.model.azure;

import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A security admin rule of Azure Virtual Network Manager as it is in effect on a virtual network. It decides before
 * network security groups do.
 *
 * <p>What an export leaves unknown is named in {@code provenance.unknown()} ({@code access}, {@code protocols},
 * {@code sourcePorts}, {@code destinationPorts}, {@code sources}, {@code destinations}): then the rule may or may not
 * match.
 *
 * @param id as exported
 * @param vnetId null where nothing says on which virtual network it is in effect: it may be any
 * @param isDefault whether Azure wrote the rule ({@code kind} is {@code Default})
 * @param priority 1–4096, the lowest number is tried first; null where the export does not say it
 * @param sources,destinations members of a network group are not exported: such an entry may be any address
 */
public record SecurityAdminRule(
        ResourceId id,
        @Nullable ResourceId vnetId,
        String name,
        boolean isDefault,
        @Nullable Integer priority,
        Direction direction,
        Access access,
        ProtocolSet protocols,
        PortSet sourcePorts,
        PortSet destinationPorts,
        List<AddressMatch> sources,
        List<AddressMatch> destinations,
        Provenance provenance)
        implements TrafficRule {

    /** What happens to a packet that matches. */
    public enum Access {
        /** Network security groups decide. */
        ALLOW("Allow"),
        DENY("Deny"),
        /** Delivered: network security groups are not asked. */
        ALWAYS_ALLOW("AlwaysAllow"),
        /** The export does not say it. */
        UNKNOWN("Unknown");

        private final String azureName;

        Access(String azureName) {
            this.azureName = azureName;
        }

        public String azureName() {
            return azureName;
        }
    }

    public SecurityAdminRule {
        sources = List.copyOf(sources);
        destinations = List.copyOf(destinations);
    }

    /** The same rule on a virtual network. */
    public SecurityAdminRule on(ResourceId vnet) {
        return new SecurityAdminRule(
                id,
                vnet,
                name,
                isDefault,
                priority,
                direction,
                access,
                protocols,
                sourcePorts,
                destinationPorts,
                sources,
                destinations,
                provenance);
    }
}
