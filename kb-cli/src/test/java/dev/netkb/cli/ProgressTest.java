package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProgressTest {

    private final StringWriter err = new StringWriter();
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();

    private Progress progress(boolean quiet, boolean interactive, OptionalLong total) {
        Messages messages = new Messages(new PrintWriter(err), quiet, false, interactive);
        return new Progress(messages, "snapshots", now::get, () -> {
            asked.incrementAndGet();
            return total;
        });
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }

    /** Another thread counts. */
    private void awaitCount() throws InterruptedException {
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("netkb-count"))) {
            Thread.sleep(1);
        }
    }

    @Test
    void showsAPersonABarWithCountRateTimeLeftAndErrors() throws InterruptedException {
        Progress progress = progress(false, true, OptionalLong.of(4_000));
        for (int i = 0; i < 997; i++) {
            progress.done(true);
        }
        progress.done(false);
        passes(Duration.ofSeconds(1));
        progress.done(true);
        awaitCount();
        passes(Duration.ofSeconds(1));
        progress.done(false);

        assertThat(err.toString())
                .contains("\rnetkb: [=====               ] 1,000 of 4,000 snapshots, 500/s, 6 s left, 2 not evaluated");
        progress.end();
        assertThat(err.toString()).endsWith("\r\u001b[K").doesNotContain("\n");
        assertThat(asked).hasValue(1);
    }

    @Test
    void writesAPlainLineEveryTenSecondsWhereNobodyWatches() throws InterruptedException {
        Progress progress = progress(false, false, OptionalLong.of(7_200));
        for (int second = 1; second <= 25; second++) {
            passes(Duration.ofSeconds(1));
            progress.done(true);
            if (second == 10) {
                awaitCount();
            }
        }

        assertThat(err.toString().lines()).hasSize(2);
        assertThat(err.toString())
                .contains("netkb: 20 of 7,200 snapshots, 1.0/s, 1 h 59 min left")
                .doesNotContain("\r", "\u001b", "not evaluated");
    }

    @Test
    void shortRunsAndQuietOnesShowNothing() {
        progress(false, true, OptionalLong.of(1)).done(true);
        Progress quiet = progress(true, true, OptionalLong.of(1));
        passes(Duration.ofMinutes(1));
        quiet.done(true);

        assertThat(err.toString()).isEmpty();
    }

    @Test
    void doesWithoutTheTotalWhereItIsNotKnown() throws InterruptedException {
        Progress progress = progress(false, true, OptionalLong.empty());
        passes(Duration.ofSeconds(2));
        progress.done(true);
        awaitCount();
        passes(Duration.ofSeconds(2));
        progress.done(true);

        assertThat(err.toString()).endsWith("\rnetkb: 2 snapshots, 0.5/s");
    }

    @Test
    void neverWaitsForTheTotal() {
        CountDownLatch never = new CountDownLatch(1);
        Progress progress =
                new Progress(new Messages(new PrintWriter(err), false, false, true), "snapshots", now::get, () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return OptionalLong.empty();
                });
        passes(Duration.ofSeconds(2));
        progress.done(true);
        never.countDown();

        assertThat(err.toString()).contains("1 snapshots, 0.5/s");
    }

    /** What a run before has finished counts as finished, but says nothing of how fast this one is. */
    @Test
    void countsWhatWasFinishedBeforeButNotInTheRate() throws InterruptedException {
        Progress progress = progress(false, true, OptionalLong.of(1_000));
        progress.skipped(900);
        passes(Duration.ofSeconds(1));
        progress.done(true);
        awaitCount();
        passes(Duration.ofSeconds(1));
        progress.done(true);

        assertThat(err.toString())
                .contains("[================== ".trim())
                .contains("902 of 1,000 snapshots, 1.0/s, 1 min 38 s left");
    }
}
