package dev.netkb.api.internal.pack;

import org.jspecify.annotations.Nullable;

/** A rule pack that cannot be loaded; the message says what is wrong, where, and what is allowed. */
public final class PackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PackException(String message) {
        super(message);
    }

    public PackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
