package dev.netkb.api.internal.watch;

import dev.netkb.api.FileStamps;
import dev.netkb.api.FileWatch;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.RuleInfo;
import dev.netkb.api.RuleReload;
import dev.netkb.api.WatchedKnowledgeBase;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RulesRejectedException;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.ServiceTags;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes rules over as they are edited. */
public final class WatchingKnowledgeBase implements WatchedKnowledgeBase {

    /** So long has a folder with an error to be left alone before the error is told. */
    private static final long PATIENCE_NANOS = 200_000_000;

    /** So often are folders read that change all the while, before one reading is taken as it is. */
    private static final int MOST_ATTEMPTS = 10;

    private final List<Path> folders;
    private final Supplier<Loaded> loader;
    private final List<Consumer<RuleReload>> listeners = new CopyOnWriteArrayList<>();
    private final FileWatch watch;
    private volatile Loaded inForce;
    private volatile boolean closed;

    /** How the folders were when they were last loaded; under the lock of this. */
    private FileStamps seen;

    /**
     * What came of loading.
     *
     * @param problems what was noticed, or why newer rules are not in force
     */
    public record Loaded(KnowledgeBase rules, List<RuleProblem> problems) {
        public Loaded {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Loads the rules and begins to watch.
     *
     * @param loader loads the folders as they are, or throws {@link RulesRejectedException}; used by one thread at a time
     */
    public WatchingKnowledgeBase(List<Path> folders, Supplier<Loaded> loader) {
        this.folders = List.copyOf(folders);
        this.loader = loader;
        this.seen = stamps();
        this.inForce = loader.get();
        this.watch = new FileWatch(this.folders, FileStamps.By.CONTENT, seen, this::edited);
    }

    private FileStamps stamps() {
        return FileStamps.of(folders, FileStamps.By.CONTENT);
    }

    @Override
    public synchronized RuleReload reload() {
        seen = stamps();
        return takeOver(attempt());
    }

    /** What is edited while it is read is read again, but not for ever. */
    private synchronized void edited() {
        int attempts = 0;
        for (FileStamps before = stamps(); !closed && !before.equals(seen); before = stamps()) {
            RuleReload attempt = attempt();
            if (!attempt.accepted()) {
                LockSupport.parkNanos(PATIENCE_NANOS);
            }
            attempts++;
            if (before.equals(stamps()) || attempts % MOST_ATTEMPTS == 0) {
                seen = before;
                takeOver(attempt);
            }
        }
    }

    private RuleReload attempt() {
        try {
            Loaded loaded = loader.get();
            return new RuleReload(true, loaded.rules(), loaded.problems());
        } catch (RulesRejectedException e) {
            return new RuleReload(false, current(), e.problems());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return new RuleReload(
                    false,
                    current(),
                    List.of(
                            new RuleProblem(
                                    "KB-E203",
                                    RuleProblem.Level.ERROR,
                                    RuleProblem.Spot.of(folders.get(0).toString()),
                                    null,
                                    "the edited rules could not be loaded: " + e,
                                    null,
                                    "The rules before the edit are in force. Save again; if it stays so, report the message.")));
        }
    }

    private RuleReload takeOver(RuleReload reload) {
        inForce = new Loaded(reload.inForce(), reload.problems());
        for (Consumer<RuleReload> listener : listeners) {
            try {
                listener.accept(reload);
            } catch (RuntimeException e) {
                // The others are to hear of it too.
            }
        }
        return reload;
    }

    @Override
    public KnowledgeBase current() {
        return inForce.rules();
    }

    @Override
    public List<RuleProblem> problems() {
        return inForce.problems();
    }

    @Override
    public void onReload(Consumer<RuleReload> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        closed = true;
        watch.close();
    }

    @Override
    public SnapshotReport evaluate(String source, Snapshot snapshot, Options options) {
        return current().evaluate(source, snapshot, options);
    }

    @Override
    public SnapshotReport evaluate(ReadResult read, Options options) {
        return current().evaluate(read, options);
    }

    @Override
    public DiffReport diff(ReadResult before, ReadResult after, Options options) {
        return current().diff(before, after, options);
    }

    @Override
    public Report report(List<SnapshotReport> snapshots, ServiceTags serviceTags) {
        return current().report(snapshots, serviceTags);
    }

    @Override
    public List<RuleInfo> catalogue() {
        return current().catalogue();
    }
}
