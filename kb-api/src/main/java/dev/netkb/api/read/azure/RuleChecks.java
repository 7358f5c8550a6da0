package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.ProblemCode;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.value.ResourceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What must hold between the rules of one network security group: Azure takes a name and a priority only once. */
final class RuleChecks {

    private final ResourceId nsgId;
    private final boolean planned;
    private final Problems problems;
    private @Nullable String refused;

    private RuleChecks(ResourceId nsgId, boolean planned, Problems problems) {
        this.nsgId = nsgId;
        this.planned = planned;
        this.problems = problems;
    }

    /**
     * Adds a problem for every rule that cannot be beside another one.
     *
     * @param planned whether the group is not deployed yet, or its rules are not known, as in a snapshot that was made of
     *     such a plan: then Azure will refuse it, while an export that says so was changed and is rejected
     * @return why nobody knows which rules a planned group will have; empty where nothing is wrong
     */
    static Optional<String> check(ResourceId nsgId, List<Draft> rules, boolean planned, Problems problems) {
        RuleChecks checks = new RuleChecks(nsgId, planned, problems);
        checks.all(rules);
        return Optional.ofNullable(checks.refused);
    }

    private void all(List<Draft> rules) {
        Map<String, NsgRule> names = new LinkedHashMap<>();
        Map<String, NsgRule> priorities = new LinkedHashMap<>();
        for (Draft draft : rules) {
            NsgRule rule = (NsgRule) draft.fact();
            NsgRule same = names.putIfAbsent(NetworkSecurityGroupMapper.ruleKey(rule), rule);
            if (same != null) {
                duplicate(rule, same, "the name " + Problems.quote(rule.name()));
            }
            boolean isSure =
                    rule.provenance().knows("priority") && rule.provenance().knows(NsgRule.EXISTENCE);
            if (rule.isDefault() || !isSure) {
                continue;
            }
            NsgRule equal = priorities.putIfAbsent(rule.direction() + " " + rule.priority(), rule);
            if (equal != null && same == null) {
                String what = "the priority " + rule.priority() + " for "
                        + rule.direction().azureName().toLowerCase(Locale.ROOT) + " traffic";
                duplicate(rule, equal, what);
            }
        }
    }

    private void duplicate(NsgRule rule, NsgRule first, String what) {
        String both = "the rules " + Problems.quote(first.name()) + " and " + Problems.quote(rule.name()) + " of "
                + Problems.quote(nsgId.name()) + " both have " + what;
        if (planned) {
            refused = both;
            problems.add(
                    ProblemCode.REFUSED_RULE,
                    rule.provenance().place(),
                    both + ", so Azure will refuse the deployment",
                    "Give one of them another; until then what the group lets through is undetermined.");
        } else {
            problems.add(
                    ProblemCode.DUPLICATE_RULE,
                    rule.provenance().place(),
                    both,
                    "Azure allows it only once in a group, so the export was changed: give one of them another.");
        }
    }
}
