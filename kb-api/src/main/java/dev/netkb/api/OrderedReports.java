package dev.netkb.api;

import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotInput;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.model.report.SnapshotReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
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
    private final Duration mostWaiting;

    /** Those that go through the inputs, and evaluate them. */
    private final Set<Thread> own = ConcurrentHashMap.newKeySet();

    // What follows is guarded by this.
    private final Deque<FutureTask<SnapshotReport>> waiting = new ArrayDeque<>();
    private int underWay;
    private int taken;
    private int reading;
    private boolean started;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;

    /** @param mostWaiting how long closing waits for inputs, which may be a pipe that gives nothing more */
    OrderedReports(
            Stream<? extends SnapshotInput> inputs,
            Function<SnapshotInput, SnapshotReport> evaluation,
            int threads,
            Duration mostWaiting) {
        this.mostWaiting = mostWaiting;
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
            newThread("inputs", this::goThrough).start();
            started = true;
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

    /**
     * Stops what is not under way; the inputs are closed by the thread that goes through them, or here where there is none.
     * Waits for a while until that is done and none is being read, unless it is called from within.
     */
    void close() {
        boolean unused = stop();
        if (unused) {
            inputs.close();
        } else if (!own.contains(Thread.currentThread())) {
            awaitThatNothingIsRead();
        }
    }

    /** Whether nobody had used it. */
    private synchronized boolean stop() {
        boolean unused = !started;
        started = true;
        ended |= unused;
        closed = true;
        waiting.clear();
        notifyAll();
        return unused;
    }

    private synchronized void awaitThatNothingIsRead() {
        long end = System.nanoTime() + mostWaiting.toNanos();
        try {
            while (!ended || reading > 0) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    private synchronized void submit(@Nullable SnapshotInput input, Executor executor) {
        awaitUntil(
                () -> closed || underWay < threads * SNAPSHOTS_A_THREAD && waiting.size() < threads * REPORTS_A_THREAD);
        if (closed) {
            throw new Closed();
        }
        taken++;
        SnapshotInput numbered = new Numbered(taken, input);
        FutureTask<SnapshotReport> task = new FutureTask<>(() -> evaluate(numbered));
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
            stop(); // without waiting: what is interrupted has to come to an end
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
    private Thread newThread(String purpose, Runnable task) {
        ThreadFactory factory = Executors.defaultThreadFactory();
        Thread thread = factory.newThread(task);
        thread.setName("netkb-" + purpose);
        thread.setDaemon(true);
        own.add(thread);
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

    private synchronized void reads(int more) {
        reading += more;
        notifyAll();
    }

    /** An input that has a name in any case, and is not there no more than it cannot be read. */
    private final class Numbered implements SnapshotInput {

        private final int number;
        private final @Nullable SnapshotInput input;

        Numbered(int number, @Nullable SnapshotInput input) {
            this.number = number;
            this.input = input;
        }

        @Override
        public String name() {
            try {
                return Objects.requireNonNull(Objects.requireNonNull(input).name());
            } catch (RuntimeException | StackOverflowError e) {
                return "snapshot " + number;
            }
        }

        @Override
        public ReadResult read(SnapshotReader reader) {
            reads(1);
            try {
                return Objects.requireNonNull(input, "the inputs have a null instead of a snapshot")
                        .read(reader);
            } finally {
                reads(-1);
            }
        }
    }

    /** Ends the way through the inputs. */
    private static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Closed() {
            super("closed", null, false, false);
        }
    }
}
