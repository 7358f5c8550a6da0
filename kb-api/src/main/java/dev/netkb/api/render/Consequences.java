package dev.netkb.api.render;

import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Flows that are denied only because a subnet has no network security group. The missing group is a violation of its
 * own, and to say it once is enough.
 */
public final class Consequences {

    private static final Set<String> CAUSES = Set.of("C-NET-05", "V2I-NSG", "V2O-NSG", "WG-NSG");

    private Consequences() {}

    /** Whether the result says that a group is missing. */
    public static boolean isCause(Result result) {
        return CAUSES.contains(result.rule());
    }

    /** The consequences among violations, none where no violation that is told at length is their cause. */
    public static List<Result> among(List<Result> violated) {
        return violated.stream().anyMatch(r -> isCause(r) && r.severity() != Severity.INFO)
                ? violated.stream().filter(Consequences::isConsequence).toList()
                : List.of();
    }

    private static boolean isConsequence(Result result) {
        FlowResult flow = result.flow();
        if (flow == null) {
            return false;
        }
        List<DecidingRule> denying = denying(flow);
        return !denying.isEmpty()
                && denying.stream().allMatch(rule -> rule.type().equals("noNsg"));
    }

    /** The rules that surely drop a part of a flow, over all stages, if it holds packets. */
    public static List<DecidingRule> denying(FlowResult flow) {
        return flow.stages().stream()
                .flatMap(stage -> stage.decidedBy().stream())
                .filter(rule -> !rule.allows() && !rule.isUnknown())
                .toList();
    }

    /** {@code 14 flows are denied too (12 errors, 2 infos): C-FLOW-IN-3443 (Inbound Tcp 3443 from …); …}. */
    public static String inWords(List<Result> consequences) {
        List<String> severities = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            int count = (int)
                    consequences.stream().filter(r -> r.severity() == severity).count();
            if (count > 0) {
                severities.add(Words.count(count, severity.word()));
            }
        }
        List<String> flows = consequences.stream()
                .map(r -> r.flow() == null ? r.rule() : r.rule() + " (" + Words.flow(r.flow()) + ")")
                .toList();
        return Words.count(consequences.size(), "flow") + (consequences.size() == 1 ? " is" : " are") + " denied too ("
                + String.join(", ", severities) + "): " + String.join("; ", flows);
    }
}
