package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.SecurityAdminRule.Access;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random security admin rules on several virtual networks. */
final class AdminRuleGenerator {

    private static final ResourceId COLLECTION =
            ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkManagers/m"
                    + "/securityAdminConfigurations/c/ruleCollections/c");
    private static final String UNSAID = "a parameter without a value";

    private final Draw draw;
    private final WorldGenerator matches;
    private final boolean open;

    /** @param open whether something may not be known */
    AdminRuleGenerator(Draw draw, WorldGenerator matches, boolean open) {
        this.draw = draw;
        this.matches = matches;
        this.open = open;
    }

    void addTo(Snapshot.Builder facts, List<ResourceId> vnets) {
        Set<Integer> priorities = new HashSet<>();
        for (ResourceId vnet : vnets) {
            for (int i = draw.chance(0.3) ? 0 : draw.number(1, 4); i > 0; i--) {
                int priority = draw.number(1, 40);
                if (priorities.add(priority)) {
                    SecurityAdminRule rule = rule(vnet, priority);
                    facts.add(rule);
                    // One rule is often in effect on several networks.
                    if (rule.vnetId() != null && draw.chance(0.2)) {
                        facts.add(rule.on(draw.from(vnets)));
                    }
                }
            }
        }
    }

    private SecurityAdminRule rule(ResourceId vnet, int priority) {
        boolean broad = draw.chance(0.25);
        Direction direction = draw.oneOf(Direction.values());
        List<AddressMatch> any = List.of(new AddressMatch.Any());
        List<AddressMatch> near = broad || draw.chance(0.7) ? any : matches.entries();
        List<AddressMatch> far = broad ? any : new ArrayList<>(matches.entries());
        if (!broad && isOpen(0.1)) {
            far.add(new AddressMatch.Unknown("the members of a network group"));
        }
        boolean in = direction == Direction.INBOUND;
        SecurityAdminRule rule = new SecurityAdminRule(
                COLLECTION.child("rules", vnet.name() + "-" + direction.azureName() + "-" + priority),
                isOpen(0.1) ? null : vnet,
                direction.azureName() + "-" + priority,
                false,
                isOpen(0.1) ? null : Integer.valueOf(priority),
                direction,
                isOpen(0.1) ? Access.UNKNOWN : draw.oneOf(Access.ALLOW, Access.DENY, Access.ALWAYS_ALLOW),
                draw.chance(0.6) ? ProtocolSet.ALL : matches.ruleProtocols(),
                draw.chance(0.95) ? PortSet.ALL : matches.ports(1),
                draw.chance(0.5) ? PortSet.ALL : matches.ports(2),
                in ? far : near,
                in ? near : far,
                Provenance.NONE);
        return isOpen(0.1) ? withUnknown(rule, draw.oneOf("protocols", "destinationPorts")) : rule;
    }

    private boolean isOpen(double probability) {
        return open && draw.chance(probability);
    }

    private static SecurityAdminRule withUnknown(SecurityAdminRule rule, String field) {
        return with(
                rule,
                rule.vnetId(),
                rule.priority(),
                rule.access(),
                rule.sources(),
                rule.destinations(),
                rule.provenance().withUnknown(field, UNSAID));
    }

    /** The same rule, of which an export does not say something. */
    static SecurityAdminRule less(Draw draw, SecurityAdminRule rule) {
        List<AddressMatch> unknown = List.of(new AddressMatch.Unknown(UNSAID));
        int kind = draw.number(0, 5);
        return kind == 5
                ? withUnknown(rule, draw.oneOf("protocols", "destinationPorts", "sourcePorts"))
                : with(
                        rule,
                        kind == 0 ? null : rule.vnetId(),
                        kind == 1 ? null : rule.priority(),
                        kind == 2 ? Access.UNKNOWN : rule.access(),
                        kind == 3 ? unknown : rule.sources(),
                        kind == 4 ? unknown : rule.destinations(),
                        rule.provenance());
    }

    private static SecurityAdminRule with(
            SecurityAdminRule rule,
            @Nullable ResourceId vnet,
            @Nullable Integer priority,
            Access access,
            List<AddressMatch> sources,
            List<AddressMatch> destinations,
            Provenance provenance) {
        return new SecurityAdminRule(
                rule.id(),
                vnet,
                rule.name(),
                rule.isDefault(),
                priority,
                rule.direction(),
                access,
                rule.protocols(),
                rule.sourcePorts(),
                rule.destinationPorts(),
                sources,
                destinations,
                provenance);
    }
}
