package dev.netkb.model.azure;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network security group with all its rules, default rules included: readers add the default rules that an export
 * lacks.
 *
 * @param rules custom and default rules of both directions, sorted by direction and priority
 */
public record NetworkSecurityGroup(
        ResourceId id, String name, @Nullable Region location, List<NsgRule> rules, Provenance provenance)
        implements AzureFact {

    public NetworkSecurityGroup {
        rules = rules.stream().sorted(NsgRule.ORDER).toList();
    }

    /** The names of the custom rules of one direction, joined. */
    public String customRuleNames(Direction direction) {
        return rules(direction).stream()
                .filter(rule -> !rule.isDefault())
                .map(NsgRule::name)
                .collect(Collectors.joining(", "));
    }

    /** The rules of one direction, lowest priority number first. */
    public List<NsgRule> rules(Direction direction) {
        return rules.stream().filter(rule -> rule.direction() == direction).toList();
    }
}
