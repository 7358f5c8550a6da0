package dev.netkb.api;

import dev.netkb.api.rules.RuleProblem;
import java.util.List;

/**
 * What came of edited rules.
 *
 * @param accepted whether they are in force now; else those before them still are
 * @param inForce the rules that are in force now, which never change
 * @param problems what is wrong with the edit, or what was noticed about it
 */
public record RuleReload(boolean accepted, KnowledgeBase inForce, List<RuleProblem> problems) {

    public RuleReload {
        problems = List.copyOf(problems);
    }
}
