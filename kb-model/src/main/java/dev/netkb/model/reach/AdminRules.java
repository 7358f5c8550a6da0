package dev.netkb.model.reach;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.SecurityAdminRule.Access;
import dev.netkb.model.reach.RuleProgram.Step;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The security admin rules in effect on a virtual network, which decide before its groups do (requirements C.7): the
 * lowest priority number first; Deny ends, AlwaysAllow ends with delivery, Allow leaves the packets to the groups.
 *
 * <p>A rule of which it is not known whether it is in effect here, or with which priority, may match or not, before all
 * others.
 */
final class AdminRules {

    private static final Comparator<SecurityAdminRule> ORDER = Comparator.comparing(
                    (SecurityAdminRule rule) -> isPlaced(rule) && rule.priority() != null ? rule.priority() : 0)
            .thenComparing(SecurityAdminRule::id);

    private AdminRules() {}

    /** The rules that are, or may be, in effect on a virtual network. */
    static List<SecurityAdminRule> of(ResourceId vnetId, Snapshot snapshot) {
        return snapshot.facts(SecurityAdminRule.class).stream()
                .filter(rule -> rule.vnetId() == null || rule.vnetId().equals(vnetId))
                .sorted(ORDER)
                .toList();
    }

    private static boolean isPlaced(SecurityAdminRule rule) {
        return rule.vnetId() != null && rule.priority() != null;
    }

    static RuleProgram program(List<SecurityAdminRule> rules, ResourceId vnetId, Direction direction, SubnetView view) {
        List<Step> steps = new ArrayList<>();
        for (SecurityAdminRule rule : rules) {
            if (rule.direction() == direction) {
                addSteps(steps, rule, view);
            }
        }
        steps.add(new Step(new Decider.NoAdminRule(vnetId), RuleProgram.everyPacket()));
        return RuleProgram.of(steps, direction);
    }

    private static void addSteps(List<Step> steps, SecurityAdminRule rule, SubnetView view) {
        List<Cell> matches = RuleProgram.matches(rule, view);
        if (!isPlaced(rule)) {
            String what = rule.vnetId() == null ? "the virtual network" : "the priority";
            matches = RuleProgram.within(matches, unknown(rule, "is in effect", what));
        }
        if (rule.access() != Access.UNKNOWN) {
            steps.add(new Step(new Decider.Admin(rule, rule.access()), matches));
            return;
        }
        Symbol denies = unknown(rule, "denies", "the access");
        Symbol delivers = unknown(rule, "always allows", "the access");
        steps.add(new Step(new Decider.Admin(rule, Access.DENY), RuleProgram.within(matches, denies)));
        steps.add(new Step(new Decider.Admin(rule, Access.ALWAYS_ALLOW), RuleProgram.within(matches, delivers)));
        steps.add(new Step(new Decider.Admin(rule, Access.ALLOW), matches));
    }

    private static Symbol unknown(SecurityAdminRule rule, String effect, String what) {
        return Symbol.ofUnknownRules(
                rule.id().key() + " " + rule.direction() + " " + effect,
                "packets that admin rule " + rule.name() + " " + effect,
                what + " of security admin rule " + rule.id());
    }
}
