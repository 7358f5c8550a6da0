package dev.netkb.api.rules;

import dev.netkb.model.report.Result;

/**
 * Is told what rules and rows do while a snapshot is evaluated, so that a test can say which of them nothing made speak.
 * It must be thread-safe where snapshots are evaluated on several threads.
 */
public interface RuleTrace {

    /** Hears nothing. */
    RuleTrace NONE = new RuleTrace() {
        @Override
        public void fired(String rule) {}

        @Override
        public void decided(String place, Result result) {}
    };

    /** @param rule the name of a rule whose conditions were met */
    void fired(String rule);

    /** @param place where the row of a table stands that the result is of, as in {@link RuleItem#place()} */
    void decided(String place, Result result);
}
