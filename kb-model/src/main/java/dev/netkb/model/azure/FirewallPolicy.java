package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy of Azure Firewall. Its rules stand in its rule collection groups. A field is null where the export does not
 * say it.
 *
 * @param basePolicyId the policy whose rules come before its own, null when there is none
 * @param dnsProxy whether the firewall answers DNS questions itself
 * @param dnsServers the DNS servers that it asks; empty for Azure's own
 * @param ruleCollectionGroupIds the groups that the policy has; the export may lack some of them
 */
public record FirewallPolicy(
        ResourceId id,
        String name,
        @Nullable Region location,
        @Nullable String tier,
        @Nullable ResourceId basePolicyId,
        @Nullable String threatIntelMode,
        @Nullable Boolean dnsProxy,
        List<AddressPrefix> dnsServers,
        List<ResourceId> ruleCollectionGroupIds,
        Provenance provenance)
        implements AzureFact {

    public FirewallPolicy {
        dnsServers = List.copyOf(dnsServers);
        ruleCollectionGroupIds = List.copyOf(ruleCollectionGroupIds);
    }
}
