package dev.netkb.cli;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.file.SnapshotFiles.Found;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ServiceTags;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates snapshots on a bounded number of threads. Results come in the order of the inputs, whatever the threads;
 * inputs are read shortly before they are evaluated, so that only a few are in memory at a time.
 */
final class Evaluation {

    /** How many snapshots a thread may have waiting for it. */
    private static final int AHEAD = 2;

    private final Surroundings surroundings;
    private final RuleSources sources;
    private final Options options;
    private final int threads;
    private final @Nullable ServiceTags givenTags;
    private final Messages messages;

    private final List<SnapshotReport> reports = new ArrayList<>();
    private final Set<ServiceTags> usedTags = new HashSet<>();
    private final Deque<Future<Evaluated>> running = new ArrayDeque<>();
    private ExitStatus status = ExitStatus.OK;

    /** @param givenTags tag data for every snapshot, null where each has its own or none */
    Evaluation(
            Surroundings surroundings,
            RuleSources sources,
            Options options,
            int threads,
            @Nullable ServiceTags givenTags,
            Messages messages) {
        this.surroundings = surroundings;
        this.sources = sources;
        this.options = options;
        this.threads = threads;
        this.givenTags = givenTags;
        this.messages = messages;
    }

    /**
     * What came of all snapshots.
     *
     * @param status {@link ExitStatus#INTERNAL} where something failed that should not, else {@link ExitStatus#OK}
     */
    record Outcome(Report report, ExitStatus status) {}

    private record Evaluated(
            SnapshotReport report,
            ServiceTags tags,
            @Nullable Throwable failure) {}

    Outcome run(SnapshotPaths snapshots) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            // The rules come first in the queue, so no snapshot can wait for them in vain.
            Future<KnowledgeBase> rules = executor.submit(() -> surroundings.rules(sources));
            if (snapshots.many()) {
                // Among many, one that needs all memory must not take the rules of the others with it.
                get(rules);
            }
            Semaphore room = new Semaphore(threads * AHEAD);
            snapshots.all(surroundings.standardInput()).forEachOrdered(found -> submit(found, executor, rules, room));
            while (!running.isEmpty()) {
                collect(get(running.remove()));
            }
            messages.endProgress();
            return new Outcome(get(rules).report(reports, tags()), status);
        } finally {
            executor.shutdownNow();
        }
    }

    /** Waits while enough snapshots are in memory. */
    private void submit(Found found, ExecutorService executor, Future<KnowledgeBase> rules, Semaphore room) {
        room.acquireUninterruptibly();
        running.add(executor.submit(() -> {
            try {
                return evaluate(found, rules);
            } finally {
                room.release();
            }
        }));
        while (!running.isEmpty() && running.peek().isDone()) {
            collect(get(running.remove()));
        }
    }

    private Evaluated evaluate(Found found, Future<KnowledgeBase> rules) {
        ReadResult read;
        try {
            read = withGivenTags(found.read(surroundings.reader()));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return failed(found, e);
        }
        KnowledgeBase knowledgeBase = get(rules);
        ServiceTags tags =
                read.snapshot() == null ? ServiceTags.NONE : read.snapshot().serviceTags();
        try {
            return new Evaluated(knowledgeBase.evaluate(read, options), tags, null);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return failed(found, e);
        }
    }

    private ReadResult withGivenTags(ReadResult read) {
        return read.snapshot() == null || givenTags == null
                ? read
                : new ReadResult(
                        read.source(), read.snapshot().withServiceTags(givenTags), read.problems(), read.locate());
    }

    /** One snapshot must not take the others with it. */
    private static Evaluated failed(Found found, Throwable e) {
        if (OutOfMemory.isCauseOf(e)) {
            return failed(
                    found,
                    new Problem(
                            "KB-E102",
                            Problem.Level.ERROR,
                            OutOfMemory.MESSAGE,
                            Place.NOWHERE,
                            "The page of this code tells what a snapshot needs."),
                    null);
        }
        Problem problem = new Problem(
                "KB-E999",
                Problem.Level.ERROR,
                "internal error: " + e,
                Place.NOWHERE,
                "Please report it with the output of the same command with --verbose.");
        return failed(found, problem, e);
    }

    private static Evaluated failed(Found found, Problem problem, @Nullable Throwable e) {
        return new Evaluated(
                new SnapshotReport(found.name(), false, false, List.of(problem), List.of(), List.of()),
                ServiceTags.NONE,
                e);
    }

    private void collect(Evaluated evaluated) {
        SnapshotReport report = evaluated.report();
        reports.add(report);
        if (!evaluated.tags().isEmpty()) {
            usedTags.add(evaluated.tags());
        }
        if (evaluated.failure() != null) {
            status = ExitStatus.INTERNAL;
            messages.error(report.source() + ": "
                    + report.problems().get(0).message() + "; "
                    + report.problems().get(0).hint());
            messages.trace(evaluated.failure());
        } else if (report.evaluated() && !report.complete()) {
            status = ExitStatus.INTERNAL;
            messages.error(report.source() + ": a rule failed or was stopped, so results may be missing");
        }
        messages.detail(report.source() + ": " + (report.evaluated() ? "evaluated" : "rejected"));
        messages.progress(reports.size(), reports.size() == 1 ? "snapshot" : "snapshots");
    }

    /** The data that the report names: those of the command line, or the only ones that snapshots brought. */
    private ServiceTags tags() {
        if (givenTags != null) {
            return givenTags;
        }
        return usedTags.size() == 1 ? usedTags.iterator().next() : ServiceTags.NONE;
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
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
}
