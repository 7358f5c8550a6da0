package dev.netkb.api.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netkb.api.FileStamps;
import dev.netkb.api.FileWatch;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.RuleInfo;
import dev.netkb.api.RuleReload;
import dev.netkb.api.internal.watch.WatchingKnowledgeBase.Loaded;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RulesRejectedException;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.ServiceTags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder whose only file names the version of the rules. */
@Timeout(120)
class WatchingKnowledgeBaseTest {

    @TempDir
    Path folder;

    private final BlockingQueue<RuleReload> told = new LinkedBlockingQueue<>();
    private volatile Function<String, KnowledgeBase> loader = Version::new;
    private volatile Runnable rejected = () -> {};
    private WatchingKnowledgeBase watched;

    @BeforeEach
    void watch() throws IOException {
        Files.writeString(file(), "good 1");
        watched = new WatchingKnowledgeBase(List.of(folder), this::load);
        watched.onReload(told::add);
    }

    @AfterEach
    void close() {
        watched.close();
    }

    @Test
    void anEditIsTakenOver() throws Exception {
        Files.writeString(file(), "good 2");

        assertThat(next().accepted()).isTrue();
        assertThat(version()).isEqualTo("good 2");
        assertThat(watched.problems()).isEmpty();
    }

    @Test
    void aFileThatIsWrittenBesideAndRenamedIsTakenOver() throws Exception {
        Path beside = Files.writeString(folder.resolve(".rules.txt.swp"), "good 2");
        Files.move(beside, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertThat(next().accepted()).isTrue();
        assertThat(version()).isEqualTo("good 2");
    }

    @Test
    void aBadEditLeavesTheOldRulesInForceAndIsTold() throws Exception {
        KnowledgeBase before = watched.current();
        Files.writeString(file(), "bad");

        RuleReload reload = next();
        assertThat(reload.accepted()).isFalse();
        assertThat(reload.inForce()).isSameAs(before).isSameAs(watched.current());
        assertThat(reload.problems()).extracting(RuleProblem::code).containsExactly("KB-E310");
        assertThat(watched.problems()).isEqualTo(reload.problems());

        Files.writeString(file(), "good 3");
        assertThat(next().accepted()).isTrue();
        assertThat(watched.problems()).isEmpty();
        assertThat(version()).isEqualTo("good 3");
    }

    @Test
    void aFolderThatGoesAwayAndComesBackIsTakenOver() throws Exception {
        Files.delete(file());
        Files.delete(folder);
        assertThat(next().accepted()).isFalse();
        assertThat(version()).isEqualTo("good 1");

        Files.createDirectory(folder);
        Files.writeString(file(), "good 2");
        while (!next().accepted()) {
            // The folder may have been seen while it was empty.
        }
        assertThat(version()).isEqualTo("good 2");
    }

    @Test
    void aFileThatIsHalfWrittenIsNotTold() throws Exception {
        rejected = () -> write("good 2");
        write("bad, because it is half written");

        assertThat(version(next())).isEqualTo("good 2");
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsEditedWhileItIsReadIsReadAgain() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        loader = text -> {
            if (loads.getAndIncrement() == 0) {
                write("good 3");
            }
            return new Version(text);
        };
        write("good 2");

        assertThat(version(next())).isEqualTo("good 3");
        assertThat(told).isEmpty();
    }

    @Test
    void savingWhatIsThereAlreadyLoadsNothing() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        loader = text -> {
            loads.incrementAndGet();
            return new Version(text);
        };
        write("good 1");
        write("good 2");

        assertThat(version(next())).isEqualTo("good 2");
        assertThat(loads).hasValue(1);
    }

    @Test
    void whateverLoadingThrowsIsTold() throws Exception {
        loader = text -> {
            throw new StackOverflowError("deep");
        };
        write("good 2");

        RuleReload reload = next();
        assertThat(reload.accepted()).isFalse();
        assertThat(reload.problems()).extracting(RuleProblem::code).containsExactly("KB-E203");
        assertThat(reload.problems().get(0).message()).contains("deep");
        assertThat(version()).isEqualTo("good 1");

        loader = Version::new;
        write("good 3");
        assertThat(version(next())).isEqualTo("good 3");
    }

    @Test
    void aListenerThatThrowsKeepsNobodyFromHearing() throws Exception {
        watched.close();
        watched = new WatchingKnowledgeBase(List.of(folder), this::load);
        watched.onReload(reload -> {
            throw new IllegalStateException("a listener's fault");
        });
        watched.onReload(told::add);
        write("good 2");
        assertThat(version(next())).isEqualTo("good 2");
        write("good 3");
        assertThat(version(next())).isEqualTo("good 3");
    }

    @Test
    void theFirstRulesHaveToBeGood() throws IOException {
        Files.writeString(file(), "bad");
        assertThatThrownBy(() -> new WatchingKnowledgeBase(List.of(folder), this::load))
                .isInstanceOf(RulesRejectedException.class);
    }

    @Test
    void reloadingLoadsAtOnce() throws Exception {
        watched.close();
        write("good 2");
        assertThat(version()).isEqualTo("good 1");

        assertThat(watched.reload().accepted()).isTrue();
        assertThat(version()).isEqualTo("good 2");
        assertThat(version(next())).isEqualTo("good 2");
    }

    @Test
    void whatIsClosedTakesOverNothingAndHasNoThread() throws Exception {
        watched.close();
        watched.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("netkb-watch"));

        Files.writeString(file(), "good 2");
        assertThat(told.poll(1500, TimeUnit.MILLISECONDS)).isNull();
        assertThat(version()).isEqualTo("good 1");
        assertThat(watched.evaluate("s", Snapshot.EMPTY, Options.DEFAULT).source())
                .isEqualTo("s");
    }

    @Test
    void anEvaluationFinishesWithTheRulesWithWhichItBegan() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch exchanged = new CountDownLatch(1);
        loader = text -> new Version(text) {
            @Override
            public SnapshotReport evaluate(String source, Snapshot snapshot, Options options) {
                begun.countDown();
                awaitIt(exchanged);
                return super.evaluate(source, snapshot, options);
            }
        };
        write("good 2");
        next();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<SnapshotReport> running =
                    executor.submit(() -> watched.evaluate("s", Snapshot.EMPTY, Options.DEFAULT));
            begun.await();
            loader = Version::new;
            write("good 3");
            assertThat(version(next())).isEqualTo("good 3");
            exchanged.countDown();

            SnapshotReport report = running.get();
            assertThat(report.rules().packs().get(0).version()).isEqualTo("good 2");
            assertThat(watched.report(List.of(report), ServiceTags.NONE)
                            .rules()
                            .packs()
                            .get(0)
                            .version())
                    .isEqualTo("good 2");
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void rulesAreExchangedInOneStepUnderLoad() throws Exception {
        int threads = 4;
        AtomicInteger running = new AtomicInteger(1);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> evaluating = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                evaluating.add(executor.submit(() -> {
                    int mixed = 0;
                    while (running.get() > 0) {
                        SnapshotReport report = watched.evaluate("s", Snapshot.EMPTY, Options.DEFAULT);
                        String by = report.rules().packs().get(0).version();
                        Report whole = watched.report(List.of(report), ServiceTags.NONE);
                        if (!report.problems().get(0).message().equals("decided by " + by)
                                || !whole.rules().packs().get(0).version().equals(by)) {
                            mixed++;
                        }
                    }
                    return mixed;
                }));
            }
            for (int i = 0; i < 20; i++) {
                String wanted = "good " + (i % 2 == 0 ? "even" : "odd");
                Path beside = Files.writeString(folder.resolve(".beside"), wanted);
                Files.move(beside, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                assertThat(version(next())).isEqualTo(wanted);
            }
            running.set(0);
            for (Future<Integer> each : evaluating) {
                assertThat(each.get()).isZero();
            }
        } finally {
            running.set(0);
            executor.shutdownNow();
        }
    }

    @Test
    void aSingleFileIsWatchedByItsTime() throws Exception {
        Path file = folder.resolve("input.json");
        BlockingQueue<String> changes = new LinkedBlockingQueue<>();
        FileStamps.By by = FileStamps.By.TIME;
        try (FileWatch watch =
                new FileWatch(List.of(file), by, FileStamps.of(List.of(file), by), () -> changes.add("changed"))) {
            assertThat(watch).isNotNull();
            Files.writeString(file, "{}");
            assertThat(changes.poll(60, TimeUnit.SECONDS)).isEqualTo("changed");
            Files.writeString(file, "{ }");
            assertThat(changes.poll(60, TimeUnit.SECONDS)).isEqualTo("changed");
            Files.delete(file);
            assertThat(changes.poll(60, TimeUnit.SECONDS)).isEqualTo("changed");
        }
    }

    // ---- rules that are a version and nothing else

    private Path file() {
        return folder.resolve("rules.txt");
    }

    private void write(String text) {
        try {
            Files.writeString(file(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RuleReload next() throws InterruptedException {
        RuleReload reload = told.poll(60, TimeUnit.SECONDS);
        assertThat(reload).as("a reload").isNotNull();
        return reload;
    }

    private String version() {
        return ((Version) watched.current()).text;
    }

    private static String version(RuleReload reload) {
        return ((Version) reload.inForce()).text;
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Loaded load() {
        String text;
        try {
            text = Files.readString(file());
        } catch (IOException e) {
            text = "missing";
        }
        if (!text.startsWith("good")) {
            rejected.run();
            throw new RulesRejectedException(List.of(new RuleProblem(
                    "KB-E310",
                    RuleProblem.Level.ERROR,
                    RuleProblem.Spot.of("rules.txt"),
                    null,
                    "'" + text + "' is not good",
                    null,
                    "Write good.")));
        }
        return new Loaded(loader.apply(text), List.of());
    }

    private static class Version implements KnowledgeBase {
        private final String text;

        Version(String text) {
            this.text = text;
        }

        @Override
        public SnapshotReport evaluate(String source, Snapshot snapshot, Options options) {
            return new SnapshotReport(
                    source,
                    true,
                    true,
                    List.of(new dev.netkb.model.report.Problem(
                            "KB-N201",
                            dev.netkb.model.report.Problem.Level.NOTICE,
                            "decided by " + text,
                            dev.netkb.model.value.Place.NOWHERE,
                            "")),
                    List.of(),
                    List.of(),
                    rules());
        }

        private Report.Rules rules() {
            return new Report.Rules(1, List.of(new Report.Pack("p", text, "packaged", "")));
        }

        @Override
        public SnapshotReport evaluate(ReadResult read, Options options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public DiffReport diff(ReadResult before, ReadResult after, Options options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Report report(List<SnapshotReport> snapshots, ServiceTags serviceTags) {
            return new Report("test", Report.Rules.of(snapshots, rules()), null, snapshots);
        }

        @Override
        public List<RuleInfo> catalogue() {
            return List.of();
        }
    }
}
