package dev.netkb.api.read.template;

import java.util.function.Function;
import java.util.function.Supplier;

/** How much all templates of a snapshot may cost, so that none can take the time or the stack of others. Not thread-safe. */
final class Effort {

    /** Values and calls; published templates need some ten thousand. */
    static final int MOST_STEPS = 2_000_000;

    /** Values inside values, parameters that need variables, and so on. */
    static final int DEEPEST = 400;

    private int steps;
    private int depth;

    /** The value of one more step, or of {@code otherwise} where that is too many or too deep. */
    <T> T step(Supplier<T> value, Function<String, T> otherwise) {
        if (depth >= DEEPEST) {
            return otherwise.apply("nested too deeply to be evaluated");
        }
        if (steps >= MOST_STEPS) {
            return otherwise.apply("the templates need more than " + MOST_STEPS + " steps");
        }
        steps++;
        depth++;
        try {
            return value.get();
        } finally {
            depth--;
        }
    }

    boolean isExhausted() {
        return steps >= MOST_STEPS;
    }
}
