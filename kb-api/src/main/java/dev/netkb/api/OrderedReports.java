package dev.netkb.api;

import dev.netkb.api.read.SnapshotInput;
import dev.netkb.model.report.SnapshotReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Spliterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns inputs into reports on several threads and gives them in the order of the inputs.
 *
 * <p>A thread of its own goes through the inputs, because only so a stream made by {@code flatMap}, such as the lines of
 * several files, is never taken into memory as a whole. It waits where enough is under way or was not taken yet.
 */
final class OrderedReports implements Spliterator<SnapshotReport> {

    /** How many snapshots may be in memory for each thread: the one it is at, and the next. */
    static final int SNAPSHOTS_A_THREAD = 2;

    /** How many reports for each thread may wait for one that takes longer. */
    static final int REPORTS_A_THREAD = 16;

    private final Stream<? extends SnapshotInput> inputs;
    private final Function<SnapshotInput, SnapshotReport> evaluation;
    private final int threads;

    // What follows is guarded by this.
    private final Deque<FutureTask<SnapshotReport>> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean started;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;

    OrderedReports(
            Stream<? extends SnapshotInput> inputs, Function<SnapshotInput, SnapshotReport> evaluation, int threads) {
        this.inputs = inputs;
        this.evaluation = evaluation;
        this.threads = threads;
    }

    @Override
    public boolean tryAdvance(Consumer<? super SnapshotReport> action) {
        FutureTask<SnapshotReport> next = next();
        if (next == null) {
            return false;
        }
        action.accept(result(next));
        return true;
    }

    /** The next one, which is done; null at the end. */
    private synchronized @Nullable FutureTask<SnapshotReport> next() {
        if (!started && !closed) {
            started = true;
            newThread("inputs", this::goThrough).start();
        }
        awaitUntil(() -> closed
                || ended && waiting.isEmpty()
                || !waiting.isEmpty() && waiting.element().isDone());
        if (closed) {
            throw new CancellationException("the stream of reports was closed");
        }
        if (waiting.isEmpty()) {
            if (failure != null) {
                throw unchecked(failure);
            }
            return null;
        }
        notifyAll();
        return waiting.remove();
    }

    /** Stops what is not under way; the inputs are closed by the thread that goes through them, or here where there is none. */
    void close() {
        boolean unused;
        synchronized (this) {
            unused = !started;
            started = true;
            closed = true;
            waiting.clear();
            notifyAll();
        }
        if (unused) {
            inputs.close();
        }
    }

    private void goThrough() {
        ExecutorService executor = Executors.newFixedThreadPool(threads, task -> newThread("evaluation", task));
        Throwable thrown = null;
        try (Stream<? extends SnapshotInput> all = inputs) {
            all.sequential().forEachOrdered(input -> submit(input, executor));
        } catch (Closed e) {
            // nobody wants the rest
        } catch (RuntimeException | Error e) {
            thrown = e;
        }
        executor.shutdown();
        end(thrown);
    }

    private synchronized void end(@Nullable Throwable thrown) {
        failure = thrown;
        ended = true;
        notifyAll();
    }

    private synchronized void submit(SnapshotInput input, Executor executor) {
        awaitUntil(
                () -> closed || underWay < threads * SNAPSHOTS_A_THREAD && waiting.size() < threads * REPORTS_A_THREAD);
        if (closed) {
            throw new Closed();
        }
        FutureTask<SnapshotReport> task = new FutureTask<>(() -> evaluate(input));
        executor.execute(() -> {
            task.run();
            done();
        });
        // Only now: one that no thread could be found for would be waited for in vain.
        waiting.add(task);
        underWay++;
    }

    private SnapshotReport evaluate(SnapshotInput input) {
        synchronized (this) {
            if (closed) {
                throw new Closed();
            }
        }
        return evaluation.apply(input);
    }

    private synchronized void done() {
        underWay--;
        notifyAll();
    }

    private synchronized void awaitUntil(BooleanSupplier condition) {
        try {
            while (!condition.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while snapshots were evaluated");
        }
    }

    private static SnapshotReport result(FutureTask<SnapshotReport> done) {
        try {
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while snapshots were evaluated");
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }

    /** One that does not keep the process alive. */
    private static Thread newThread(String purpose, Runnable task) {
        ThreadFactory threads = Executors.defaultThreadFactory();
        Thread thread = threads.newThread(task);
        thread.setName("netkb-" + purpose);
        thread.setDaemon(true);
        return thread;
    }

    /** A part of a stream would have to be held in memory. */
    @Override
    public @Nullable Spliterator<SnapshotReport> trySplit() {
        return null;
    }

    @Override
    public long estimateSize() {
        return Long.MAX_VALUE;
    }

    @Override
    public int characteristics() {
        return ORDERED | NONNULL;
    }

    /** Ends the way through the inputs. */
    private static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Closed() {
            super("closed", null, false, false);
        }
    }
}
