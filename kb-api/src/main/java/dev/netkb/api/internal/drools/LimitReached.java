package dev.netkb.api.internal.drools;

import org.jspecify.annotations.Nullable;

/** An evaluation took more than it may. The message says of what, and names the rule. */
final class LimitReached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitReached(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }

    /** What the engine may have wrapped; null where it is something else. */
    static @Nullable LimitReached in(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof LimitReached reached) {
                return reached;
            }
        }
        return null;
    }
}
