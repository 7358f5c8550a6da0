package dev.netkb.api;

import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotInput;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.value.Place;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads and evaluates a stream of snapshots on a bounded number of threads.
 *
 * @see KnowledgeBase#evaluateAll(Stream, Options, BatchOptions)
 */
public final class BatchEvaluation {

    /** The code of a report that says that a snapshot could not be evaluated because of a defect. */
    public static final String INTERNAL_ERROR = "KB-E999";

    private static final Duration MOST_WAITING = Duration.ofSeconds(2);

    private static final String TOO_MUCH = "KB-E102";

    private BatchEvaluation() {}

    /**
     * The reports, as {@link KnowledgeBase#evaluateAll(Stream, Options, BatchOptions)} gives them, for those who evaluate in
     * their own way, or have rules that are still being loaded.
     *
     * @param evaluation makes a report of what was read; called by several threads
     */
    public static Stream<SnapshotReport> of(
            Stream<? extends SnapshotInput> inputs,
            Function<ReadResult, SnapshotReport> evaluation,
            BatchOptions batch) {
        return of(inputs, evaluation, batch, MOST_WAITING);
    }

    /** @param mostWaiting how long closing waits for inputs that are being read */
    static Stream<SnapshotReport> of(
            Stream<? extends SnapshotInput> inputs,
            Function<ReadResult, SnapshotReport> evaluation,
            BatchOptions batch,
            Duration mostWaiting) {
        Objects.requireNonNull(inputs, "there are no inputs: null instead of a stream");
        Objects.requireNonNull(evaluation, "there is no evaluation");
        Objects.requireNonNull(batch, "there are no batch options; BatchOptions.DEFAULT are some");
        OrderedReports reports =
                new OrderedReports(inputs, input -> one(input, evaluation, batch), batch.threads(), mostWaiting);
        return StreamSupport.stream(reports, false).onClose(reports::close);
    }

    /**
     * The report of one snapshot on the calling thread, as {@link #of} makes it of each, for those who have threads of their
     * own: one that cannot be read or evaluated must not take others with it, so it costs its own report, which says why.
     */
    public static SnapshotReport one(
            SnapshotInput input, Function<ReadResult, SnapshotReport> evaluation, BatchOptions batch) {
        SnapshotReader reader = batch.reader();
        try {
            return evaluation.apply(input.read(reader));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            if (isOutOfMemory(e)) {
                return failed(
                        input,
                        TOO_MUCH,
                        "there is too little memory for it; give the JVM more, for example JAVA_TOOL_OPTIONS=-Xmx4g",
                        "The page of this code tells what a snapshot needs.");
            }
            batch.failures().accept(input.name(), e);
            return failed(
                    input,
                    INTERNAL_ERROR,
                    "internal error: " + e,
                    "Please report it with the output of the same command with --verbose.");
        }
    }

    private static boolean isOutOfMemory(Throwable thrown) {
        return Stream.iterate(thrown, e -> e != null, Throwable::getCause).anyMatch(OutOfMemoryError.class::isInstance);
    }

    private static SnapshotReport failed(SnapshotInput input, String code, String message, String hint) {
        Problem problem = new Problem(code, Problem.Level.ERROR, message, Place.NOWHERE, hint);
        return new SnapshotReport(input.name(), false, false, List.of(problem), List.of(), List.of());
    }
}
