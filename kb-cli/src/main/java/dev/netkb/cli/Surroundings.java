package dev.netkb.cli;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.render.TextStyle;
import dev.netkb.api.edit.LoadedRules;
import dev.netkb.api.edit.RuleCheck;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleSources;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What commands take from outside; tests put something else in its place.
 *
 * @param knowledgeBase loads rules when they are first needed
 * @param reader reads the files of a snapshot
 * @param standardInput what {@code -} stands for
 * @param style how text for people is laid out
 * @param ruleCache where compiled rules are kept when the user says nothing; null for nowhere
 * @param interactive whether a person watches standard error, so that progress may be shown
 */
record Surroundings(
        Function<RuleSources, KnowledgeBase> knowledgeBase,
        SnapshotReader reader,
        InputStream standardInput,
        TextStyle style,
        @Nullable Path ruleCache,
        boolean interactive) {

    Surroundings withReader(SnapshotReader other) {
        return new Surroundings(knowledgeBase, other, standardInput, style, ruleCache, interactive);
    }

    /** The packaged rules with folders of rules, or alone. */
    static KnowledgeBase load(RuleSources sources) {
        return sources.folders().isEmpty() ? KnowledgeBase.packaged() : KnowledgeBase.load(sources);
    }

    /**
     * @throws CliException when the packaged rules cannot be loaded
     * @throws dev.netkb.api.rules.RulesRejectedException when a folder cannot be loaded
     */
    KnowledgeBase rules(RuleSources sources) {
        return loaded(() -> knowledgeBase.apply(sources));
    }

    /** As {@link #rules}, for those who look into the folders. */
    LoadedRules folderRules(RuleSources sources) {
        return loaded(() -> LoadedRules.load(sources));
    }

    /** Everything that is wrong with folders of rules. */
    List<RuleProblem> problems(RuleSources sources) {
        return loaded(() -> RuleCheck.of(sources));
    }

    private static <T> T loaded(Supplier<T> rules) {
        try {
            return rules.get();
        } catch (IllegalStateException e) {
            throw new CliException(
                    ExitStatus.NOT_LOADED,
                    "the rules could not be loaded: "
                            + (OutOfMemory.isCauseOf(e) ? OutOfMemory.MESSAGE : e.getMessage()),
                    e);
        }
    }
}
