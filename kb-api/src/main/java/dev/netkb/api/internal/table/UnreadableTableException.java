package dev.netkb.api.internal.table;

import dev.netkb.api.rules.RuleProblem.Spot;

/** A file that is no table, or one that is too large; it says what to do. */
public final class UnreadableTableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Spot at;
    private final boolean tooLarge;
    private final String hint;

    private UnreadableTableException(Spot at, boolean tooLarge, String message, String hint) {
        super(message);
        this.at = at;
        this.tooLarge = tooLarge;
        this.hint = hint;
    }

    static UnreadableTableException damaged(Spot at, String message, String hint) {
        return new UnreadableTableException(at, false, message, hint);
    }

    static UnreadableTableException tooLarge(Spot at, String message) {
        return new UnreadableTableException(
                at, true, message, "Keep to what rules need, or divide it into several files.");
    }

    public Spot at() {
        return at;
    }

    /** Whether it goes beyond {@link TableLimits}. */
    public boolean isTooLarge() {
        return tooLarge;
    }

    public String hint() {
        return hint;
    }
}
