package dev.netkb.cli;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.render.TextStyle;
import java.io.InputStream;
import java.util.function.Supplier;

/**
 * What commands take from outside; tests put something else in its place.
 *
 * @param knowledgeBase loads the rules when they are first needed
 * @param reader reads the files of a snapshot
 * @param standardInput what {@code -} stands for
 * @param style how text for people is laid out
 * @param interactive whether a person watches standard error, so that progress may be shown
 */
record Surroundings(
        Supplier<KnowledgeBase> knowledgeBase,
        SnapshotReader reader,
        InputStream standardInput,
        TextStyle style,
        boolean interactive) {

    Surroundings withReader(SnapshotReader other) {
        return new Surroundings(knowledgeBase, other, standardInput, style, interactive);
    }

    /** @throws CliException when the rules cannot be loaded */
    KnowledgeBase rules() {
        try {
            return knowledgeBase.get();
        } catch (IllegalStateException e) {
            throw new CliException(
                    ExitStatus.NOT_LOADED,
                    "the rules could not be loaded: "
                            + (OutOfMemory.isCauseOf(e) ? OutOfMemory.MESSAGE : e.getMessage()),
                    e);
        }
    }
}
