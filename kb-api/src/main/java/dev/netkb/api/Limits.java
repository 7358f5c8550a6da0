package dev.netkb.api;

import java.io.Serializable;
import java.time.Duration;

/**
 * What one evaluation of one snapshot may take. One that reaches a limit is stopped: its snapshot is marked as incomplete,
 * everything it asks is undetermined, and the problem {@code KB-E202} names the rule. Others go on.
 *
 * <p>What rules of a folder do at the restricted level is stopped within twice the time. With full trust, a condition that
 * searches in vain, or a loop in a {@code then}, cannot be stopped. The evaluation is given up then, within twice the
 * time too, but its thread goes on until the search ends; when sixteen of them go on, no further evaluation with rules
 * of folders begins.
 *
 * <p>How many combinations of facts rules of folders may try depends on the memory alone: what they find on the way is kept.
 *
 * @param maxFirings how often rules may fire, and how many matches may wait to fire
 * @param maxTime how long it may take
 * @param maxDerivedFacts how many facts rules may derive
 */
public record Limits(int maxFirings, Duration maxTime, int maxDerivedFacts) implements Serializable {

    /** What a fact and the matches around it take at most, in bytes. */
    private static final long BYTES_PER_FACT = 4_000;

    /**
     * What the memory of this JVM can hold, and at most a million facts and two million firings. One service takes about 250
     * of each with the packaged rules.
     */
    public static final Limits DEFAULT = within(Runtime.getRuntime().maxMemory());

    /** @param memory in bytes */
    static Limits within(long memory) {
        int facts = (int) Math.max(100_000, Math.min(1_000_000, memory / BYTES_PER_FACT));
        return new Limits(2 * facts, Duration.ofMinutes(10), facts);
    }

    /** @throws IllegalArgumentException when a limit is not positive */
    public Limits {
        if (maxFirings <= 0 || maxDerivedFacts <= 0 || maxTime.isZero() || maxTime.isNegative()) {
            throw new IllegalArgumentException("limits have to be positive, but are " + maxFirings + " firings, "
                    + maxTime + " and " + maxDerivedFacts + " derived facts");
        }
    }

    public Limits withMaxFirings(int wanted) {
        return new Limits(wanted, maxTime, maxDerivedFacts);
    }

    public Limits withMaxTime(Duration wanted) {
        return new Limits(maxFirings, wanted, maxDerivedFacts);
    }

    public Limits withMaxDerivedFacts(int wanted) {
        return new Limits(maxFirings, maxTime, wanted);
    }
}
