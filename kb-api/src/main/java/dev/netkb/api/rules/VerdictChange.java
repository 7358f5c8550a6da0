package dev.netkb.api.rules;

import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Subject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A verdict that other rules change.
 *
 * @param before,after the results; one of them null where the rules say nothing
 * @param why what of the folders did it; empty where it is a consequence of other changes
 */
public record VerdictChange(
        @Nullable Result before, @Nullable Result after, List<RuleOrigin> why) {

    /** How a rule that says nothing is written. */
    public static final String NOTHING = "nothing";

    public VerdictChange {
        why = List.copyOf(why);
    }

    private Result either() {
        return after == null ? Objects.requireNonNull(before) : after;
    }

    public String rule() {
        return either().rule();
    }

    public String title() {
        return either().title();
    }

    public Subject subject() {
        return either().subject();
    }

    public @Nullable FlowResult flow() {
        return either().flow();
    }

    /** The outcome before, or {@value #NOTHING}. */
    public String from() {
        return before == null ? NOTHING : before.outcome().word();
    }

    /** The outcome after, or {@value #NOTHING}. */
    public String to() {
        return after == null ? NOTHING : after.outcome().word();
    }

    public @Nullable Severity severityBefore() {
        return before == null ? null : before.severity();
    }

    public @Nullable Severity severityAfter() {
        return after == null ? null : after.severity();
    }
}
