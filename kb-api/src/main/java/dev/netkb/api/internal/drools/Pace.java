package dev.netkb.api.internal.drools;

import org.jspecify.annotations.Nullable;

/**
 * Whether a rule of a folder may go on with a search. Compiled rules call it for each combination of facts that they
 * try. It is public for their sake alone.
 */
public final class Pace {

    static final String IMPORT = " import " + Pace.class.getName() + "; ";
    static final String CALL = "Pace.goesOn";

    private static final ThreadLocal<@Nullable Budget> BUDGET = new ThreadLocal<>();

    private Pace() {}

    /** Rules that this thread evaluates from here on have this budget; null for none. */
    static void set(@Nullable Budget budget) {
        if (budget == null) {
            BUDGET.remove();
        } else {
            BUDGET.set(budget);
        }
    }

    /**
     * Goes on, or throws.
     *
     * @param combined what the fact is combined with; a condition that names nothing of others would not be asked again
     * @return true
     */
    public static boolean goesOn(@Nullable Object combined, String rule) {
        Budget budget = BUDGET.get();
        if (budget != null) {
            budget.tries(rule);
        }
        return true;
    }
}
