package dev.netkb.api.internal.drools;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Work that nothing can stop, on a thread of its own that is given up when it takes too long. A given up thread goes on
 * until its work ends; their number is limited.
 */
final class GivenUp {

    private static final int MOST = 16;

    /** Threads that were given up and still work. */
    private static final AtomicInteger STILL_AT_WORK = new AtomicInteger();

    private GivenUp() {}

    /** Whether so many threads were given up and still work that none should be added. */
    static boolean areTooMany() {
        return STILL_AT_WORK.get() >= MOST;
    }

    /**
     * Does the work.
     *
     * @throws TimeoutException when it was given up
     */
    static <T> T after(Duration limit, Supplier<T> work) throws TimeoutException {
        FutureTask<T> task = new FutureTask<>(work::get);
        AtomicInteger turns = new AtomicInteger();
        Thread thread = new Thread(
                () -> {
                    task.run();
                    if (turns.getAndIncrement() > 0) {
                        STILL_AT_WORK.decrementAndGet();
                    }
                },
                "netkb-evaluation");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            giveUp(turns);
            throw e;
        } catch (InterruptedException e) {
            giveUp(turns);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Of the thread and the one that waits, whoever comes second knows that the other was there. */
    private static void giveUp(AtomicInteger turns) {
        STILL_AT_WORK.incrementAndGet();
        if (turns.getAndIncrement() > 0) {
            STILL_AT_WORK.decrementAndGet();
        }
    }
}
