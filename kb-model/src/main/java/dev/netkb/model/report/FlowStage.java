package dev.netkb.model.report;

import java.util.List;

/**
 * One stage that a flow passes.
 *
 * @param stage {@code adminRules}, {@code nsg}, {@code route} or {@code peerNsg}
 * @param decidedBy the rules that decide the packets that reach the stage, in the order in which they are tried
 */
public record FlowStage(String stage, Verdict verdict, List<DecidingRule> decidedBy) {
    public FlowStage {
        decidedBy = List.copyOf(decidedBy);
    }
}
