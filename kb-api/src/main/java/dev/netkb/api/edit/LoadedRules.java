package dev.netkb.api.edit;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.internal.drools.FolderRules;
import dev.netkb.api.rules.RuleItem;
import dev.netkb.api.rules.RuleMutant;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.api.rules.RulesRejectedException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * Rules for those who edit them: what stands in each folder, what is noticed about it, and the same rules with one thing
 * changed. Whoever only evaluates uses {@link KnowledgeBase#load}. Not thread-safe; its knowledge bases are.
 */
public final class LoadedRules {

    private final FolderRules rules;

    private LoadedRules(FolderRules rules) {
        this.rules = rules;
    }

    /**
     * Loads the packaged rules and folders of rules.
     *
     * @throws RulesRejectedException when a folder has an error; it knows every problem of all folders
     * @throws IllegalStateException when the packaged rules are missing or damaged
     */
    public static LoadedRules load(RuleSources sources) {
        return new LoadedRules(FolderRules.load(sources));
    }

    /** The rules, as {@link KnowledgeBase#load} gives them. */
    public KnowledgeBase knowledgeBase() {
        return rules.knowledgeBase();
    }

    /**
     * What is noticed about the folders: warnings of reading them, and of looking at them as a whole.
     *
     * @param today the day on which it is asked whether a waiver holds
     */
    public List<RuleProblem> problems(LocalDate today) {
        return rules.problems(today);
    }

    /** The rules and rows of one of the folders, in the order in which they stand. */
    public List<RuleItem> items(Path folder) {
        return rules.items(folder);
    }

    /** The rules with one thing of one of the folders changed, each in its own way. */
    public List<RuleMutant> mutants(Path folder) {
        return rules.mutants(folder);
    }
}
