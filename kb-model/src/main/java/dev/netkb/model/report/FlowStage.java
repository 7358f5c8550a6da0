package dev.netkb.model.report;

import dev.netkb.model.value.Place;
import java.util.List;
import java.util.function.UnaryOperator;

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

    /** The same with other places. */
    FlowStage withPlaces(UnaryOperator<Place> places) {
        return new FlowStage(
                stage,
                verdict,
                decidedBy.stream().map(rule -> rule.withPlaces(places)).toList());
    }
}
