package dev.netkb.cli;

import dev.netkb.api.BatchEvaluation;
import dev.netkb.api.BatchOptions;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.fix.TemplateFixes;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotInput;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.value.ServiceTags;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Evaluates the snapshots of a command line, while its rules are being loaded where that saves time. */
final class Evaluation {

    private final Surroundings surroundings;
    private final RuleSources sources;
    private final Options options;
    private final int threads;
    private final @Nullable ServiceTags givenTags;
    private final @Nullable FixSearch fixes;
    private final Messages messages;
    private final Set<ServiceTags> usedTags = ConcurrentHashMap.newKeySet();

    /**
     * @param givenTags tag data for every snapshot, null where each has its own or none
     * @param fixes looks for fixes of what was evaluated; null where nobody wants them
     */
    Evaluation(
            Surroundings surroundings,
            RuleSources sources,
            Options options,
            int threads,
            @Nullable ServiceTags givenTags,
            @Nullable FixSearch fixes,
            Messages messages) {
        this.surroundings = surroundings;
        this.sources = sources;
        this.options = options;
        this.threads = threads;
        this.givenTags = givenTags;
        this.fixes = fixes;
        this.messages = messages;
    }

    /** Takes the reports one by one, in the order of the inputs. */
    interface Sink {
        void take(SnapshotReport report, KnowledgeBase rules);
    }

    /**
     * What a report on all snapshots names.
     *
     * @param tags the data of the command line, or the only ones that snapshots brought
     */
    record Used(KnowledgeBase rules, ServiceTags tags) {}

    /** @param many whether there can be more than one input */
    Used run(Stream<? extends SnapshotInput> inputs, boolean many, Sink sink) {
        FutureTask<KnowledgeBase> rules = new FutureTask<>(() -> surroundings.rules(sources));
        Thread loading = new Thread(rules, "netkb-rules");
        loading.setDaemon(true);
        loading.start();
        if (many) {
            // Among many, one that needs all memory must not take the rules of the others with it.
            get(rules);
        }
        BatchOptions batch = new BatchOptions(this::read, threads, (name, failure) -> messages.trace(failure));
        try (Stream<SnapshotReport> reports = BatchEvaluation.of(inputs, read -> evaluate(read, get(rules)), batch)) {
            reports.forEachOrdered(report -> sink.take(report, get(rules)));
        }
        return new Used(get(rules), tags());
    }

    private SnapshotReport evaluate(ReadResult read, KnowledgeBase rules) {
        SnapshotReport report = rules.evaluate(read, options);
        if (fixes != null) {
            fixes.search(read, report, new TemplateFixes(rules, options, this::read, FixSearch::isOnDisk));
        }
        return report;
    }

    private ReadResult read(SnapshotSource source) {
        ReadResult read = surroundings.reader().read(source);
        if (read.snapshot() == null) {
            return read;
        }
        if (givenTags != null) {
            return read.withServiceTags(givenTags);
        }
        ServiceTags own = read.snapshot().serviceTags();
        // Two are enough to know that there is no only one.
        if (!own.isEmpty() && usedTags.size() < 2) {
            usedTags.add(own);
        }
        return read;
    }

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
