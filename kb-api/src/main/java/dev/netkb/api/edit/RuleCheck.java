package dev.netkb.api.edit;

import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.api.rules.RulesRejectedException;
import java.time.LocalDate;
import java.util.List;

/** Says everything that is wrong with folders of rules, whether they can be loaded or not. */
public final class RuleCheck {

    private RuleCheck() {}

    /**
     * All problems of all folders, in the order of the files: those that keep a folder from being loaded and, where there
     * are none of these, what should be otherwise. File names begin with the folder as it was named.
     *
     * @param today the day on which it is asked whether a waiver holds
     * @throws IllegalStateException when the packaged rules are missing or damaged
     */
    public static List<RuleProblem> of(RuleSources sources, LocalDate today) {
        try {
            return LoadedRules.load(sources).problems(today).stream()
                    .sorted(RuleProblem.ORDER)
                    .toList();
        } catch (RulesRejectedException e) {
            return e.problems();
        }
    }
}
