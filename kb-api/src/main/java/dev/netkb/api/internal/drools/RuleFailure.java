package dev.netkb.api.internal.drools;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A rule that threw. */
final class RuleFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How the engine names the rule in the message of a failed condition. */
    private static final Pattern NAMED = Pattern.compile("\\[Rule \"(.+?)\" in ");

    /** A name with its package, or that of an exception: says nothing to those who write rules. */
    private static final Pattern OF_A_PROGRAM =
            Pattern.compile("\\b(?:[a-z_][\\w$]*\\.)+[A-Z]\\w*|\\b[A-Z]\\w*(?:Exception|Error)\\b");

    private final @Nullable String rule;

    RuleFailure(@Nullable String rule, Throwable cause) {
        super(rule == null ? "a rule failed" : "rule '" + rule + "' failed", cause);
        this.rule = rule;
    }

    /** A condition that threw. The engine names the rule in the text of the exception, if at all. */
    static RuleFailure inCondition(RuntimeException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            Matcher named = NAMED.matcher(String.valueOf(t.getMessage()));
            if (named.find()) {
                return new RuleFailure(named.group(1), e);
            }
        }
        return new RuleFailure(null, e);
    }

    /** The name of the rule, null where the engine did not tell it. */
    @Nullable
    String rule() {
        return rule;
    }

    /** Too little memory is no failure of a rule, whatever the engine wrapped it in. */
    void rethrowOutOfMemory() {
        for (Throwable t = this; t != null; t = t.getCause()) {
            if (t instanceof OutOfMemoryError lacking) {
                throw lacking;
            }
        }
    }

    /** The root cause in words, without those of the program. */
    String why() {
        Throwable root = this;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (root instanceof NullPointerException) {
            return "a value that the rule uses is missing";
        }
        if (root instanceof StackOverflowError) {
            return "the rule calls itself without end";
        }
        String message = root.getMessage() == null
                ? ""
                : root.getMessage().lines().findFirst().orElse("");
        return message.isBlank() || OF_A_PROGRAM.matcher(message).find() ? "it gives no reason" : message;
    }
}
