package dev.netkb.test;

import dev.netkb.api.rules.RuleProblem;
import org.jspecify.annotations.Nullable;

/** An example that cannot be used as it is written; the message says where, what and what to do. */
public final class ExampleException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient @Nullable RuleProblem problem;

    public ExampleException(String message) {
        super(message);
        this.problem = null;
    }

    ExampleException(String message, Throwable cause) {
        super(message, cause);
        this.problem = null;
    }

    /** A text that cannot be read; the problem knows where. */
    ExampleException(RuleProblem problem) {
        super(problem.at().text() + ": " + problem.message() + ". " + problem.hint());
        this.problem = problem;
    }

    /** The same error, said of a place. */
    ExampleException in(String place) {
        return new ExampleException(place + ": " + getMessage(), this);
    }

    /** What cannot be read, with its place; null where the text can be read and says something that cannot be used. */
    @Nullable
    RuleProblem problem() {
        return problem;
    }
}
