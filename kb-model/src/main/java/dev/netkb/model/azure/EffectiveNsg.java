package dev.netkb.model.azure;

import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Effective security rules of a network interface as Azure reported them, for one group on it or on its subnet.
 *
 * @param nsgId the group that the rules come from
 * @param networkInterfaceId,subnetId what the group is attached to; one of them is null
 * @param rules the effective rules, default rules included
 * @param expansions the addresses that Azure gave for a tag in these rules
 */
public record EffectiveNsg(
        @Nullable ResourceId nsgId,
        @Nullable ResourceId networkInterfaceId,
        @Nullable ResourceId subnetId,
        List<NsgRule> rules,
        Map<ServiceTag, AddressSet> expansions,
        Provenance provenance) {

    public EffectiveNsg {
        rules = List.copyOf(rules);
        expansions = Map.copyOf(expansions);
    }
}
