package dev.netkb.cli;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a long run has come. A person who watches sees a bar that changes; elsewhere there is a line now and then. Used by
 * one thread.
 */
final class Progress {

    private static final long BAR_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int BAR = 20;

    private final Messages messages;
    private final String what;
    private final LongSupplier clock;
    private final Supplier<OptionalLong> count;
    private final long start;
    private @Nullable Total total;
    private long last;
    private long skipped;
    private long done;
    private long failed;

    /**
     * @param what is done, such as {@code snapshots}
     * @param clock nanoseconds from some time on
     * @param count how many there are, as far as that can be told; may take long, so a thread of its own asks
     */
    Progress(Messages messages, String what, LongSupplier clock, Supplier<OptionalLong> count) {
        this.messages = messages;
        this.what = what;
        this.clock = clock;
        this.count = count;
        this.start = clock.getAsLong();
        this.last = start;
    }

    /** So many are finished that this run did not have to evaluate. */
    void skipped(long finished) {
        skipped = finished;
    }

    /** @param evaluated whether it could be evaluated */
    void done(boolean evaluated) {
        done++;
        failed += evaluated ? 0 : 1;
        long now = clock.getAsLong();
        if (now - last < (messages.isWatched() ? BAR_NANOS : LINE_NANOS)) {
            return;
        }
        last = now;
        if (total == null) {
            total = new Total(count);
        }
        OptionalLong of = total.known();
        if (messages.isWatched()) {
            messages.passing(bar(of) + line(of, now));
        } else {
            messages.notice(line(of, now));
        }
    }

    void end() {
        messages.endProgress();
    }

    private String bar(OptionalLong of) {
        if (of.isEmpty()) {
            return "";
        }
        int filled = (int) Math.min(BAR, BAR * (skipped + done) / Math.max(1, of.getAsLong()));
        return "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] ";
    }

    private String line(OptionalLong of, long now) {
        double rate = done * (double) TimeUnit.SECONDS.toNanos(1) / (now - start);
        String text = count(skipped + done) + (of.isPresent() ? " of " + count(of.getAsLong()) : "") + " " + what + ", "
                + String.format(Locale.ROOT, rate < 10 ? "%.1f/s" : "%.0f/s", rate);
        if (of.isPresent()) {
            text += ", " + time((of.getAsLong() - skipped - done) / rate) + " left";
        }
        return text + (failed == 0 ? "" : ", " + count(failed) + " not evaluated");
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String time(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }

    /** Counts while the run goes on. */
    private static final class Total {
        private volatile OptionalLong known = OptionalLong.empty();

        Total(Supplier<OptionalLong> count) {
            Thread thread = new Thread(() -> known = count.get(), "netkb-count");
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((counting, e) -> {}); // then nobody knows
            thread.start();
        }

        OptionalLong known() {
            return known;
        }
    }
}
