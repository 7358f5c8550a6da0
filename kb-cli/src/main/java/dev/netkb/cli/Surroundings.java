package dev.netkb.cli;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.WatchedKnowledgeBase;
import dev.netkb.api.edit.LoadedRules;
import dev.netkb.api.edit.RuleCheck;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.render.TextStyle;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleSources;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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
 * @param clock tells which day it is, where that matters
 * @param environment the environment variables
 */
record Surroundings(
        Function<RuleSources, KnowledgeBase> knowledgeBase,
        SnapshotReader reader,
        InputStream standardInput,
        TextStyle style,
        @Nullable Path ruleCache,
        boolean interactive,
        Clock clock,
        Map<String, String> environment) {

    Surroundings {
        environment = Map.copyOf(environment);
    }

    /** With the clock of this machine and no environment variables. */
    Surroundings(
            Function<RuleSources, KnowledgeBase> knowledgeBase,
            SnapshotReader reader,
            InputStream standardInput,
            TextStyle style,
            @Nullable Path ruleCache,
            boolean interactive) {
        this(knowledgeBase, reader, standardInput, style, ruleCache, interactive, Clock.systemDefaultZone(), Map.of());
    }

    Surroundings withReader(SnapshotReader other) {
        return with(knowledgeBase, other);
    }

    /** The same, but the rules of these sources are loaded no more than once. */
    Surroundings once(RuleSources sources) {
        Supplier<KnowledgeBase> first = new Supplier<>() {
            private @Nullable KnowledgeBase loaded;

            @Override
            public synchronized KnowledgeBase get() {
                if (loaded == null) {
                    loaded = knowledgeBase.apply(sources);
                }
                return loaded;
            }
        };
        return with(wanted -> wanted.equals(sources) ? first.get() : knowledgeBase.apply(wanted), reader);
    }

    /** The same with rules that are loaded already. */
    Surroundings by(KnowledgeBase rules) {
        return with(wanted -> rules, reader);
    }

    private Surroundings with(Function<RuleSources, KnowledgeBase> rules, SnapshotReader files) {
        return new Surroundings(rules, files, standardInput, style, ruleCache, interactive, clock, environment);
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

    /** As {@link #rules}; edits of the folders are taken over until it is closed. */
    WatchedKnowledgeBase watched(RuleSources sources) {
        return loaded(() -> KnowledgeBase.watching(sources));
    }

    /** As {@link #rules}, for those who look into the folders. */
    LoadedRules folderRules(RuleSources sources) {
        return loaded(() -> LoadedRules.load(sources));
    }

    /** Everything that is wrong with folders of rules. */
    List<RuleProblem> problems(RuleSources sources) {
        return loaded(() -> RuleCheck.of(sources, LocalDate.now(clock)));
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
