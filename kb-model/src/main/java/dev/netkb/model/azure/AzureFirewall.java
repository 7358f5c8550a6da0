package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An Azure Firewall. A field is null where the export does not say it.
 *
 * @param sku {@code AZFW_VNet} or {@code AZFW_Hub}
 * @param tier {@code Basic}, {@code Standard} or {@code Premium}
 * @param subnetId its AzureFirewallSubnet; null too in a virtual hub
 * @param privateAddresses the addresses that routes name as next hop
 * @param firewallPolicyId its policy, null when its rules stand in itself
 * @param virtualHubId the virtual hub that it stands in, null when it stands in a virtual network
 * @param threatIntelMode {@code Alert}, {@code Deny} or {@code Off}
 * @param rules the rules of a firewall without a policy; they have no group
 */
public record AzureFirewall(
        ResourceId id,
        String name,
        @Nullable Region location,
        @Nullable String sku,
        @Nullable String tier,
        @Nullable ResourceId subnetId,
        List<AddressPrefix> privateAddresses,
        @Nullable ResourceId firewallPolicyId,
        @Nullable ResourceId virtualHubId,
        @Nullable String threatIntelMode,
        List<FirewallRule> rules,
        Provenance provenance)
        implements AzureFact {

    public AzureFirewall {
        privateAddresses = List.copyOf(privateAddresses);
        rules = rules.stream().sorted(FirewallRule.ORDER).toList();
    }

    /** The virtual network that it stands in, null in a hub or where the export does not say its subnet. */
    public @Nullable ResourceId vnetId() {
        return subnetId == null ? null : subnetId.parent().orElse(null);
    }

    public boolean isInVirtualHub() {
        return virtualHubId != null || "AZFW_Hub".equalsIgnoreCase(sku);
    }

    /** Whether it is the next hop that a route names. */
    public boolean hasPrivateAddress(AddressPrefix address) {
        return privateAddresses.stream().anyMatch(mine -> mine.addresses().equals(address.addresses()));
    }
}
