package dev.netkb.api.internal.drools;

import dev.netkb.api.internal.drools.compile.Fault;
import dev.netkb.api.internal.drools.compile.Refusal;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Level;
import dev.netkb.api.rules.RuleProblem.Spot;
import java.util.List;

/** What a compiler says, in words for those who write rules. */
final class CompileProblems {

    private CompileProblems() {}

    static RuleProblem ofFaults(RuleText text, List<Fault> faults) {
        return new RuleProblem("KB-E359", Level.ERROR, Spot.of(text.file(), text.line(), 0, 0), text.names().get(0), faults.toString(), null, "");
    }

    static RuleProblem ofRefusals(RuleText text, List<Refusal> refusals) {
        return new RuleProblem("KB-E358", Level.ERROR, Spot.of(text.file(), text.line(), 0, 0), text.names().get(0), refusals.toString(), null, "");
    }

    static RuleProblem ofNone(RuleText text) {
        return ofFaults(text, List.of());
    }
}
