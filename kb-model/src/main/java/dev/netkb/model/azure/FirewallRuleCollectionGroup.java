package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule collection group of a firewall policy, with all its rules.
 *
 * @param policyId the policy that it belongs to
 * @param priority the lowest number is tried first; null where the export does not say it
 * @param rules in the order of their collections
 */
public record FirewallRuleCollectionGroup(
        ResourceId id,
        String name,
        ResourceId policyId,
        @Nullable Integer priority,
        List<FirewallRule> rules,
        Provenance provenance)
        implements AzureFact {

    public FirewallRuleCollectionGroup {
        rules = rules.stream().sorted(FirewallRule.ORDER).toList();
    }
}
