package dev.netkb.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotInput;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.SnapshotReport;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BatchEvaluationTest {

    private static final int THREADS = 3;

    /** Those in memory, and the one that waits for room. */
    private static final int WINDOW = THREADS * OrderedReports.REPORTS_A_THREAD + 1;

    private final AtomicInteger pulled = new AtomicInteger();
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger mostAtWork = new AtomicInteger();
    private final Map<String, Throwable> failures = new ConcurrentHashMap<>();

    private static SnapshotInput input(int number) {
        return new SnapshotSource("s" + number, List.of());
    }

    private Stream<SnapshotInput> endless() {
        return Stream.iterate(0, n -> n + 1).map(n -> {
            pulled.incrementAndGet();
            return input(n);
        });
    }

    private Stream<SnapshotReport> reports(
            Stream<SnapshotInput> inputs, Function<ReadResult, SnapshotReport> evaluation) {
        return reports(inputs, evaluation, Duration.ofHours(1));
    }

    private Stream<SnapshotReport> reports(
            Stream<SnapshotInput> inputs, Function<ReadResult, SnapshotReport> evaluation, Duration mostWaiting) {
        BatchOptions batch = BatchOptions.of(
                        source -> new ReadResult(source.name(), null, List.of(), place -> place), THREADS)
                .withFailures(failures::put);
        return BatchEvaluation.of(
                inputs,
                read -> {
                    mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                    try {
                        return evaluation.apply(read);
                    } finally {
                        atWork.decrementAndGet();
                    }
                },
                batch,
                mostWaiting);
    }

    private static SnapshotReport report(ReadResult read) {
        return new SnapshotReport(read.source(), true, true, List.of(), List.of(), List.of());
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(n -> "s" + n).toList();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("netkb-inputs")
                        || thread.getName().equals("netkb-evaluation"))
                .count();
    }

    private static void awaitNoThreads() {
        while (threads() > 0) {
            sleep(5);
        }
    }

    @Test
    void givesReportsInTheOrderOfTheInputsWhateverTakesLonger() {
        Stream<SnapshotInput> inputs = IntStream.range(0, 200).mapToObj(BatchEvaluationTest::input);

        try (Stream<SnapshotReport> reports = reports(inputs, read -> {
            sleep(read.source().endsWith("0") ? 15 : 1);
            return report(read);
        })) {
            assertThat(reports.map(SnapshotReport::source)).containsExactlyElementsOf(names(200));
        }
        assertThat(mostAtWork).hasValueBetween(2, THREADS);
    }

    @Test
    void readsNothingBeforeItIsUsed() {
        try (Stream<SnapshotReport> reports = reports(endless(), BatchEvaluationTest::report)) {
            assertThat(reports).isNotNull();
            sleep(50);
        }
        assertThat(pulled).hasValue(0);
        assertThat(threads()).isZero();
    }

    @Test
    void takesAnEndlessSourceAndReadsNoFurtherThanTheWindow() {
        try (Stream<SnapshotReport> reports = reports(endless(), BatchEvaluationTest::report)) {
            assertThat(reports.limit(100).map(SnapshotReport::source)).containsExactlyElementsOf(names(100));
            sleep(100);
            assertThat(pulled).hasValueLessThanOrEqualTo(100 + WINDOW);
        }
        awaitNoThreads();
    }

    /** Inner streams of a flatMap are never taken into memory as a whole. */
    @Test
    void readsNoFurtherInTheLinesOfOneOfSeveralFiles() {
        Stream<SnapshotInput> files =
                Stream.of(1, 2).flatMap(file -> Stream.of(1).flatMap(folder -> endless()));

        try (Stream<SnapshotReport> reports = reports(files, BatchEvaluationTest::report)) {
            assertThat(reports.limit(10).map(SnapshotReport::source)).containsExactlyElementsOf(names(10));
            sleep(50);
            assertThat(pulled).hasValueLessThanOrEqualTo(10 + WINDOW);
        }
    }

    @Test
    void waitsForTheOneWhoTakesTheReports() {
        try (Stream<SnapshotReport> reports = reports(endless(), BatchEvaluationTest::report)) {
            Iterator<SnapshotReport> each = reports.iterator();
            for (int taken = 1; taken <= 150; taken++) {
                each.next();
                assertThat(pulled).hasValueLessThanOrEqualTo(taken + WINDOW);
            }
        }
    }

    /** One that takes long holds up the reports behind it, which must not pile up, and so must snapshots not. */
    @Test
    void keepsFewSnapshotsInMemoryWhileOneTakesLong() {
        CountDownLatch slow = new CountDownLatch(1);
        AtomicInteger evaluated = new AtomicInteger();
        try (Stream<SnapshotReport> reports = reports(endless(), read -> {
            if (read.source().equals("s0")) {
                await(slow);
            }
            evaluated.incrementAndGet();
            return report(read);
        })) {
            Thread releaser = new Thread(() -> {
                while (evaluated.get() < WINDOW - 2) {
                    sleep(5);
                }
                sleep(50);
                assertThat(pulled).hasValueLessThanOrEqualTo(WINDOW);
                slow.countDown();
            });
            releaser.start();
            assertThat(reports.findFirst().orElseThrow().source()).isEqualTo("s0");
        } finally {
            slow.countDown();
        }
    }

    @Test
    void closingEarlyStopsTheThreadsAndInterruptsNothing() {
        CountDownLatch begun = new CountDownLatch(THREADS);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger whole = new AtomicInteger();
        AtomicBoolean closed = new AtomicBoolean();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Stream<SnapshotReport> reports = reports(endless().onClose(() -> closed.set(true)), read -> {
            begun.countDown();
            await(goOn);
            whole.incrementAndGet();
            return report(read);
        });
        Thread taker = new Thread(() -> {
            try {
                reports.forEachOrdered(report -> {});
            } catch (RuntimeException e) {
                thrown.set(e);
            }
        });
        taker.start();
        await(begun);

        reports.close();
        goOn.countDown();
        awaitNoThreads();

        assertThat(whole).as("those that had begun, and no other").hasValue(THREADS);
        assertThat(closed).as("the inputs are closed").isTrue();
        assertThat(failures).isEmpty();
        join(taker);
        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whoever closes it deletes the files next. */
    @Test
    void closingWaitsUntilTheInputsAreClosed() {
        AtomicBoolean closed = new AtomicBoolean();
        Stream<SnapshotInput> inputs = endless().onClose(() -> {
            sleep(200);
            closed.set(true);
        });

        try (Stream<SnapshotReport> reports = reports(inputs, BatchEvaluationTest::report)) {
            assertThat(reports.limit(3)).hasSize(3);
        }

        assertThat(closed).isTrue();
    }

    @Test
    void closingWaitsUntilNoInputIsBeingRead() {
        CountDownLatch begun = new CountDownLatch(2);
        AtomicBoolean read = new AtomicBoolean();
        SnapshotInput slow = new SnapshotInput() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public ReadResult read(dev.netkb.api.read.SnapshotReader reader) {
                begun.countDown();
                await(begun);
                sleep(200);
                read.set(true);
                return new ReadResult("slow", null, List.of(), place -> place);
            }
        };
        Stream<SnapshotReport> reports = reports(Stream.of(input(0), slow, input(1)), BatchEvaluationTest::report);
        assertThat(reports.iterator().next().source()).isEqualTo("s0");
        begun.countDown();
        await(begun);

        reports.close();

        assertThat(read).isTrue();
    }

    /** Who is within may close it, and so may who takes a report. */
    @ParameterizedTest
    @ValueSource(strings = {"inputs", "reading", "evaluation", "taking"})
    void closesFromWithin(String where) {
        AtomicReference<Stream<SnapshotReport>> open = new AtomicReference<>();
        Runnable close = () -> open.get().close();
        SnapshotInput closing = new SnapshotInput() {
            @Override
            public String name() {
                return "closing";
            }

            @Override
            public ReadResult read(dev.netkb.api.read.SnapshotReader reader) {
                if (where.equals("reading")) {
                    close.run();
                }
                return new ReadResult("closing", null, List.of(), place -> place);
            }
        };
        Stream<SnapshotInput> inputs = endless().map(input -> {
            if (where.equals("inputs")) {
                close.run();
            }
            return closing;
        });
        open.set(reports(inputs, read -> {
            if (where.equals("evaluation")) {
                close.run();
            }
            return report(read);
        }));

        assertThatThrownBy(() -> open.get().forEachOrdered(report -> {
                    if (where.equals("taking")) {
                        close.run();
                    }
                }))
                .isInstanceOf(CancellationException.class);

        awaitNoThreads();
    }

    /** A pipe may never give anything. */
    @Test
    void closingDoesNotWaitForEver() {
        CountDownLatch more = new CountDownLatch(1);
        Stream<SnapshotInput> inputs = endless().peek(input -> {
            if (pulled.get() == 2) {
                await(more);
            }
        });
        try (Stream<SnapshotReport> reports = reports(inputs, BatchEvaluationTest::report, Duration.ofMillis(10))) {
            assertThat(reports.iterator().next().source()).isEqualTo("s0");
        } finally {
            more.countDown();
        }
        awaitNoThreads();
    }

    @Test
    void closesInputsThatNobodyUsed() {
        AtomicBoolean closed = new AtomicBoolean();

        reports(endless().onClose(() -> closed.set(true)), BatchEvaluationTest::report)
                .close();

        assertThat(closed).isTrue();
    }

    @Test
    void leavesNoThreadBehindWhenItWasUsedToItsEnd() {
        long count = reports(endless().limit(50), BatchEvaluationTest::report).count();

        assertThat(count).isEqualTo(50);
        awaitNoThreads();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneThatFailsCostsItsOwnReport(boolean reading) {
        SnapshotInput bad = new SnapshotInput() {
            @Override
            public String name() {
                return "bad";
            }

            @Override
            public ReadResult read(dev.netkb.api.read.SnapshotReader reader) {
                if (reading) {
                    throw new IllegalStateException("boom");
                }
                return new ReadResult("bad", null, List.of(), place -> place);
            }
        };
        List<SnapshotReport> all = reports(Stream.of(input(0), bad, input(1)), read -> {
                    if (read.source().equals("bad")) {
                        throw new IllegalStateException("boom");
                    }
                    return report(read);
                })
                .toList();

        assertThat(all).extracting(SnapshotReport::source).containsExactly("s0", "bad", "s1");
        assertThat(all).extracting(SnapshotReport::evaluated).containsExactly(true, false, true);
        Problem problem = all.get(1).problems().get(0);
        assertThat(problem.code()).isEqualTo(BatchEvaluation.INTERNAL_ERROR);
        assertThat(problem.message()).contains("boom");
        assertThat(failures).containsOnlyKeys("bad");
    }

    @Test
    void oneWithoutANameOrNoneAtAllCostsItsOwnReport() {
        SnapshotInput nameless = new SnapshotInput() {
            @Override
            public String name() {
                throw new IllegalStateException("no name");
            }

            @Override
            public ReadResult read(dev.netkb.api.read.SnapshotReader reader) {
                throw new IllegalStateException("boom");
            }
        };
        List<SnapshotReport> all = reports(Stream.of(input(0), nameless, null, input(1)), BatchEvaluationTest::report)
                .toList();

        assertThat(all).extracting(SnapshotReport::source).containsExactly("s0", "snapshot 2", "snapshot 3", "s1");
        assertThat(all.get(1).problems().get(0).message()).contains("boom");
        assertThat(all.get(2).problems().get(0).message()).contains("null instead of a snapshot");
        assertThat(failures).containsOnlyKeys("snapshot 2", "snapshot 3");
    }

    @Test
    void refusesAtOnceWhatIsNull() {
        BatchOptions batch = BatchOptions.DEFAULT;

        assertThatThrownBy(() -> BatchEvaluation.of(null, BatchEvaluationTest::report, batch))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("inputs");
        assertThatThrownBy(() -> BatchEvaluation.of(Stream.of(), null, batch))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("evaluation");
        assertThatThrownBy(() -> BatchEvaluation.of(Stream.of(), BatchEvaluationTest::report, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("BatchOptions.DEFAULT");
    }

    @Test
    void oneThatNeedsTooMuchMemoryIsNoDefect() {
        SnapshotReport report = reports(Stream.of(input(0)), read -> {
                    throw new IllegalStateException(new OutOfMemoryError("Java heap space"));
                })
                .findFirst()
                .orElseThrow();

        assertThat(report.evaluated()).isFalse();
        assertThat(report.problems()).extracting(Problem::code).containsExactly("KB-E102");
        assertThat(failures).isEmpty();
    }

    @Test
    void givesWhatCameBeforeAFailureOfTheInputsAndThenThrowsIt() {
        Stream<SnapshotInput> inputs = IntStream.range(0, 10).mapToObj(n -> {
            if (n == 7) {
                throw new UncheckedIOException(new java.io.IOException("the folder is gone"));
            }
            return input(n);
        });
        List<String> taken = new ArrayList<>();

        assertThatThrownBy(() -> reports(inputs, BatchEvaluationTest::report)
                        .forEachOrdered(report -> taken.add(report.source())))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the folder is gone");
        assertThat(taken).containsExactlyElementsOf(names(7));
        awaitNoThreads();
    }

    @Test
    void anErrorThatIsNoneOfASnapshotIsThrownInItsPlace() {
        List<String> taken = new ArrayList<>();

        try (Stream<SnapshotReport> reports = reports(endless(), read -> {
            if (read.source().equals("s5")) {
                throw new NoClassDefFoundError("gone");
            }
            return report(read);
        })) {
            assertThatThrownBy(() -> reports.forEachOrdered(report -> taken.add(report.source())))
                    .isInstanceOf(NoClassDefFoundError.class);
        }
        assertThat(taken).containsExactlyElementsOf(names(5));
        awaitNoThreads();
    }

    @Test
    void endsWhereTheOneWhoTakesTheReportsIsInterrupted() {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread taker = new Thread(() -> {
            try (Stream<SnapshotReport> reports = reports(endless(), read -> {
                await(goOn);
                return report(read);
            })) {
                reports.forEachOrdered(report -> {});
            } catch (RuntimeException e) {
                thrown.set(e);
                stillInterrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        taker.start();
        while (atWork.get() < THREADS) {
            sleep(1);
        }

        taker.interrupt();
        join(taker);
        goOn.countDown();

        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
        assertThat(stillInterrupted).isTrue();
        awaitNoThreads();
    }

    @Test
    void aParallelStreamGivesTheSame() {
        Stream<SnapshotInput> inputs =
                IntStream.range(0, 100).mapToObj(BatchEvaluationTest::input).parallel();

        assertThat(reports(inputs, BatchEvaluationTest::report).parallel().map(SnapshotReport::source))
                .containsExactlyElementsOf(names(100));
    }

    @Test
    void refusesToWorkWithoutThreads() {
        assertThatThrownBy(() -> BatchOptions.DEFAULT.withThreads(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads is 0 but must be 1 or more");
    }
}
