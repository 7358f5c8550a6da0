package dev.netkb.cli;

/** Ends a command with a status and one line for the user. */
final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    CliException(ExitStatus status, String message) {
        super(message);
        this.status = status;
    }

    CliException(ExitStatus status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    ExitStatus status() {
        return status;
    }
}
