package dev.netkb.api.render;

import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import java.util.List;
import java.util.Set;

/**
 * Flows that are denied only because a subnet has no network security group. The missing group is a violation of its
 * own, and to say it once is enough.
 */
final class Consequences {

    private static final Set<String> CAUSES = Set.of("C-NET-05", "V2I-NSG", "V2O-NSG", "WG-NSG");

    private Consequences() {}

    static boolean isCause(Result result) {
        return CAUSES.contains(result.rule());
    }

    static boolean isConsequence(Result result) {
        FlowResult flow = result.flow();
        if (flow == null) {
            return false;
        }
        List<DecidingRule> denying = denying(flow);
        return !denying.isEmpty()
                && denying.stream().allMatch(rule -> rule.type().equals("noNsg"));
    }

    /** The rules that drop a part of a flow, over all stages. */
    static List<DecidingRule> denying(FlowResult flow) {
        return flow.stages().stream()
                .flatMap(stage -> stage.decidedBy().stream())
                .filter(rule -> !rule.allows())
                .toList();
    }

    /** {@code 14 flows are denied too (12 errors, 2 warnings): C-FLOW-IN-MGMT (Inbound Tcp 3443 from …); …}. */
    static String inWords(List<Result> consequences) {
        int errors = (int) consequences.stream()
                .filter(r -> r.severity() == Severity.ERROR)
                .count();
        int warnings = consequences.size() - errors;
        String severities = errors == 0
                ? Words.count(warnings, "warning")
                : Words.count(errors, "error") + (warnings == 0 ? "" : ", " + Words.count(warnings, "warning"));
        List<String> flows = consequences.stream()
                .map(r -> r.flow() == null ? r.rule() : r.rule() + " (" + Words.flow(r.flow()) + ")")
                .toList();
        return Words.count(consequences.size(), "flow") + (consequences.size() == 1 ? " is" : " are") + " denied too ("
                + severities + "): " + String.join("; ", flows);
    }
}
