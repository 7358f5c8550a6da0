package dev.netkb.cli;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.render.TextStyle;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What commands take from outside; tests put something else in its place.
 *
 * @param knowledgeBase loads the rules when they are first needed
 * @param reader reads the files of a snapshot
 * @param standardInput what {@code -} stands for
 * @param style how text for people is laid out
 * @param interactive whether a person watches standard error, so that progress may be shown
 * @param clock tells which day it is, where that matters
 * @param environment the environment variables
 */
record Surroundings(
        Supplier<KnowledgeBase> knowledgeBase,
        SnapshotReader reader,
        InputStream standardInput,
        TextStyle style,
        boolean interactive,
        Clock clock,
        Map<String, String> environment) {

    Surroundings {
        environment = Map.copyOf(environment);
    }

    /** With the clock of this machine and no environment variables. */
    Surroundings(
            Supplier<KnowledgeBase> knowledgeBase,
            SnapshotReader reader,
            InputStream standardInput,
            TextStyle style,
            boolean interactive) {
        this(knowledgeBase, reader, standardInput, style, interactive, Clock.systemDefaultZone(), Map.of());
    }

    Surroundings withReader(SnapshotReader other) {
        return new Surroundings(knowledgeBase, other, standardInput, style, interactive, clock, environment);
    }

    /** The same, but the rules are loaded no more than once. */
    Surroundings once() {
        Supplier<KnowledgeBase> first = new Supplier<>() {
            private @Nullable KnowledgeBase loaded;

            @Override
            public synchronized KnowledgeBase get() {
                if (loaded == null) {
                    loaded = knowledgeBase.get();
                }
                return loaded;
            }
        };
        return new Surroundings(first, reader, standardInput, style, interactive, clock, environment);
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
