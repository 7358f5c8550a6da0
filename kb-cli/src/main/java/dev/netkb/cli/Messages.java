package dev.netkb.cli;

import dev.netkb.api.render.Printable;
import java.io.PrintWriter;
import java.util.List;

/** Lines on standard error: notices, progress, and what went wrong. Thread-safe. */
final class Messages {

    private final PrintWriter err;
    private final boolean quiet;
    private final boolean verbose;
    private final boolean interactive;
    private boolean progressShown;

    Messages(PrintWriter err, boolean quiet, boolean verbose, boolean interactive) {
        this.err = err;
        this.quiet = quiet;
        this.verbose = verbose;
        this.interactive = interactive;
    }

    /** Something that a user must see, even with {@code --quiet}. */
    synchronized void error(String message) {
        line(message);
    }

    /** As {@link #error(String)}, with more lines below it. */
    synchronized void error(List<String> lines) {
        error(lines.get(0));
        lines.subList(1, lines.size()).forEach(line -> line("       ", line));
    }

    /** Something that a user should know. */
    synchronized void notice(String message) {
        if (!quiet) {
            line(message);
        }
    }

    /** As {@link #notice(String)}, with more lines below it. */
    synchronized void notice(List<String> lines) {
        if (!quiet) {
            error(lines);
        }
    }

    /** Something that only {@code --verbose} shows. */
    synchronized void detail(String message) {
        if (verbose) {
            line(message);
        }
    }

    /** Whether a person watches who wants to see how far a long run has come. */
    boolean isWatched() {
        return interactive && !quiet && !verbose;
    }

    /** A line that the next one replaces, whatever that is. */
    synchronized void passing(String line) {
        endProgress();
        err.print("\rnetkb: " + Printable.of(line));
        err.flush();
        progressShown = true;
    }

    /** Removes what {@link #passing} showed. */
    synchronized void endProgress() {
        if (progressShown) {
            err.print("\r\u001b[K");
            err.flush();
            progressShown = false;
        }
    }

    synchronized void trace(Throwable cause) {
        if (verbose) {
            cause.printStackTrace(err);
            err.flush();
        }
    }

    private void line(String message) {
        line("netkb: ", message);
    }

    private void line(String before, String message) {
        endProgress();
        err.println(before + Printable.of(message));
        err.flush();
    }
}
