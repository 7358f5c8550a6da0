package dev.netkb.test;

/** An example that cannot be used as it is written; the message says where, what and what to do. */
public final class ExampleException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ExampleException(String message) {
        super(message);
    }

    ExampleException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same error, said of a place. */
    ExampleException in(String place) {
        return new ExampleException(place + ": " + getMessage(), this);
    }
}
