package dev.netkb.api;

import dev.netkb.api.accept.Waivers;
import dev.netkb.api.internal.drools.DroolsKnowledgeBase;
import dev.netkb.api.internal.drools.RuleLoader;
import dev.netkb.api.internal.pack.PackException;
import dev.netkb.api.internal.pack.RulePack;
import dev.netkb.api.internal.pack.ToolVersion;
import dev.netkb.api.internal.watch.WatchingKnowledgeBase;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotInput;
import dev.netkb.api.rules.RuleOrigin;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.api.rules.RuleTrace;
import dev.netkb.api.rules.RulesRejectedException;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.ServiceTags;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The rules, loaded once: what a network must be like for a managed service to work in it.
 *
 * <p>Immutable and thread-safe: one instance serves any number of threads. Evaluating never throws for what a snapshot
 * contains; a rule that fails makes its own result undetermined.
 */
public interface KnowledgeBase {

    /**
     * Loads the packaged rules from the class path of the calling thread, or else of this library. Nothing is compiled:
     * the rules were compiled when kb-rules was built.
     *
     * @throws IllegalStateException when kb-rules is not on the class path or is damaged; the message says what is missing
     */
    static KnowledgeBase packaged() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader own = KnowledgeBase.class.getClassLoader();
        return packaged(context != null && RulePack.isOn(context) ? context : own);
    }

    /** As {@link #packaged()}, from the class path of a class loader. */
    static KnowledgeBase packaged(ClassLoader loader) {
        try {
            return DroolsKnowledgeBase.packaged(loader, ToolVersion.text());
        } catch (PackException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /**
     * Loads the packaged rules and folders of rules that add to them.
     *
     * @throws RulesRejectedException when a folder has an error; it knows every problem of all folders
     * @throws IllegalStateException as {@link #packaged()}
     */
    static KnowledgeBase load(RuleSources sources) {
        return loader(sources).load().knowledgeBase();
    }

    /**
     * As {@link #load(RuleSources)}, of a folder of rules that is watched: edits are taken over.
     *
     * @see WatchedKnowledgeBase
     */
    static WatchedKnowledgeBase watching(Path folder) {
        return watching(RuleSources.of(folder));
    }

    /** As {@link #load(RuleSources)}; edits are taken over until it is closed. */
    static WatchedKnowledgeBase watching(RuleSources sources) {
        RuleLoader loader = loader(sources);
        return new WatchingKnowledgeBase(sources.folders(), () -> {
            RuleLoader.Loaded loaded = loader.load();
            return new WatchingKnowledgeBase.Loaded(loaded.knowledgeBase(), loaded.problems());
        });
    }

    private static RuleLoader loader(RuleSources sources) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader own = KnowledgeBase.class.getClassLoader();
        try {
            return new RuleLoader(
                    context != null && RulePack.isOn(context) ? context : own, sources, ToolVersion.text());
        } catch (PackException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Evaluates a snapshot that the caller built or read. */
    SnapshotReport evaluate(String source, Snapshot snapshot, Options options);

    /** Evaluates what a reader read; a rejected snapshot gives a report without results. */
    SnapshotReport evaluate(ReadResult read, Options options);

    /**
     * Evaluates many snapshots, with {@link BatchOptions#DEFAULT}.
     *
     * @see #evaluateAll(Stream, Options, BatchOptions)
     */
    default Stream<SnapshotReport> evaluateAll(Stream<? extends SnapshotInput> inputs, Options options) {
        return evaluateAll(inputs, options, BatchOptions.DEFAULT);
    }

    /**
     * Evaluates many snapshots: a report for each, in the order of the inputs. One that cannot be read or evaluated costs its
     * own report, which then says why, and nothing else. Nothing is read before the stream is used, and no more than a few
     * snapshots for each thread before their reports are taken, so {@code inputs} may be endless.
     *
     * <p>Close the stream, as {@code Files.lines}, unless it was used to its end: that stops the threads. Evaluations that
     * are under way are not interrupted; their reports are dropped. {@code inputs} is used and closed by a thread of its own.
     * Closing waits until that is done and none of the inputs is being read, so that their files may be deleted; but no longer
     * than two seconds, and not at all where the closing thread is interrupted or is one of those that read.
     * Where it fails, the reports of what came before are given first, then its exception is thrown. An input without a name
     * is called by its number: {@code snapshot 7}. Where the thread that
     * uses the stream is interrupted, the stream is closed and throws {@link java.util.concurrent.CancellationException}.
     *
     * @throws NullPointerException at once where an argument is null
     */
    default Stream<SnapshotReport> evaluateAll(
            Stream<? extends SnapshotInput> inputs, Options options, BatchOptions batch) {
        Objects.requireNonNull(options, "there are no options; Options.DEFAULT are some");
        return BatchEvaluation.of(inputs, read -> evaluate(read, options), batch);
    }

    /**
     * Compares two snapshots: violations that are new or solved, packets that get through anew or no more, and what the
     * change itself brings with it. Where one of the two was rejected the report has no differences.
     */
    DiffReport diff(ReadResult before, ReadResult after, Options options);

    /** As {@link #diff(ReadResult, ReadResult, Options)}, of snapshots that the caller built. */
    default DiffReport diff(Snapshot before, Snapshot after, Options options) {
        return diff(
                new ReadResult("before", before, List.of(), place -> place),
                new ReadResult("after", after, List.of(), place -> place),
                options);
    }

    /** Joins the reports of single snapshots into one. */
    Report report(List<SnapshotReport> snapshots, ServiceTags serviceTags);

    /** Everything the knowledge base knows of, sorted by id. */
    List<RuleInfo> catalogue();

    /** What folders of rules say of a requirement; empty where it is as it was packaged. */
    default List<RuleOrigin> origins(String id) {
        return List.of();
    }

    /** The same rules, which tell what they do; one without rules of its own has nothing to tell. */
    default KnowledgeBase traced(RuleTrace trace) {
        return this;
    }

    /** Every id of the catalogue → itself, and every id that a requirement had before it was renamed → its present one. */
    default Map<String, String> ids() {
        Map<String, String> ids = new TreeMap<>();
        catalogue().forEach(info -> info.formerly().forEach(former -> ids.put(former, info.id())));
        catalogue().forEach(info -> ids.put(info.id(), info.id()));
        return ids;
    }

    /** What folders of rules set; what {@link Options} say wins over it. */
    default Parameters parameters() {
        return Parameters.NONE;
    }

    /** The waivers that folders of rules bring. */
    default Waivers waivers() {
        return Waivers.NONE;
    }
}
