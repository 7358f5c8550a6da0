package dev.netkb.api;

import dev.netkb.api.rules.RuleProblem;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rules that are taken over as they are edited. The edited folders are loaded beside the rules in force, which are then
 * exchanged in one step; an edit with an error leaves them in force. What began goes on with the rules with which
 * it began.
 *
 * <p>Thread-safe. Two calls may see different rules; whoever needs the same ones twice, such as for a comparison of
 * catalogue and results, asks {@link #current()} once. A report names the packs by which its snapshots were evaluated, also
 * where they have changed since, and all of them where they changed in between.
 *
 * <p>One daemon thread watches the folders until {@link #close()}; the rules in force then stay so.
 */
public interface WatchedKnowledgeBase extends KnowledgeBase, AutoCloseable {

    /** The rules in force, as something that never changes. */
    KnowledgeBase current();

    /**
     * Loads the folders now, whether anything changed or not, and tells the listeners.
     *
     * @return what came of it; never throws for what stands in the folders
     */
    RuleReload reload();

    /** What is wrong with the newest edit, so that it is not in force, or what was noticed about it; empty if nothing. */
    List<RuleProblem> problems();

    /**
     * Tells what comes of each edit from now on, on the thread that watches. What a listener throws is dropped. An edit
     * with an error is told only when the files have been left alone for a moment: editors write in steps.
     */
    void onReload(Consumer<RuleReload> listener);

    /** Stops watching. What is being loaded is finished first. */
    @Override
    void close();
}
