package dev.netkb.api.internal.drools;

import static dev.netkb.api.internal.drools.TestRules.APPLICABLE;
import static dev.netkb.api.internal.drools.TestRules.LOCATION;
import static dev.netkb.api.internal.drools.TestRules.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.rule;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Limits;
import dev.netkb.api.Options;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules that would never end are stopped, whatever it is that they do without end. */
@Timeout(120)
class LimitsTest {

    private static final Variable<Integer> FIRST = declarationOf(Integer.class, "$i");
    private static final Variable<Integer> SECOND = declarationOf(Integer.class, "$j");
    private static final Variable<Integer> THIRD = declarationOf(Integer.class, "$k");
    private static final Variable<Counter> COUNTER = declarationOf(Counter.class, "$c");

    private static final Limits WIDE = Limits.DEFAULT.withMaxTime(Duration.ofMinutes(1));

    /** Long enough for a rule to be at work on a busy machine; nothing but the time ends it. */
    private static final Limits BUSY = new Limits(100_000_000, Duration.ofMillis(500), 100_000_000);

    private static final Limits SHORT = Limits.DEFAULT.withMaxTime(Duration.ofMillis(200));

    private static final Rule INSERT_LOOP = decided(
            "X-1 inserts what makes it fire", pattern(FIRST), on(FIRST).execute((drools, i) -> drools.insert(i + 1)));

    /** A fact that changes. */
    public static final class Counter {
        private int count;

        public int getCount() {
            return count;
        }
    }

    /** The first evaluation of a JVM takes longer than some limits here, without any rule at work. */
    @BeforeAll
    static void startTheEngine() {
        assertThat(evaluate(WIDE).complete()).isTrue();
    }

    @Test
    void insertingWhatMakesItFireReachesTheLimitOfFirings() {
        SnapshotReport report = evaluate(WIDE.withMaxFirings(10_000), numbers(1), INSERT_LOOP);

        assertThat(stopped(report))
                .isEqualTo("the evaluation was stopped: rules fired more than 10,000 times, most often"
                        + " 'X-1 inserts what makes it fire'; everything that it asks is undetermined");
    }

    @Test
    void insertingWhatMakesItFireReachesTheLimitOfFacts() {
        SnapshotReport report = evaluate(WIDE.withMaxDerivedFacts(10_000), numbers(1), INSERT_LOOP);

        assertThat(stopped(report))
                .contains("rules derived more than 10,000 facts; most often fired 'X-1 inserts what makes it fire'");
    }

    @Test
    void insertingWhatMakesItFireTakesTooLong() {
        SnapshotReport report = evaluate(BUSY, numbers(1), INSERT_LOOP);

        assertThat(stopped(report)).contains("it took more than 0.5 seconds; ").contains("'X-1 inserts");
    }

    @Test
    void changingWhatMakesItFireIsStopped() {
        Rule counter = rule("rules.test", "A counter")
                .build(pattern(LOCATION), on(LOCATION).execute((drools, l) -> drools.insert(new Counter())));
        Rule loop = decided(
                "X-1 changes what makes it fire",
                pattern(COUNTER).expr(c -> c.getCount() >= 0),
                on(COUNTER).execute((drools, c) -> {
                    c.count++;
                    drools.update(c);
                }));

        assertThat(stopped(evaluate(WIDE.withMaxFirings(10_000), counter, loop)))
                .contains("fired more than 10,000 times, most often 'X-1 changes what makes it fire'");
    }

    @Test
    void aConsequenceThatInsertsWithoutEndIsStopped() {
        Rule endless = decided("X-1 never ends", pattern(LOCATION), on(LOCATION).execute((drools, location) -> {
            for (long i = 0; i >= 0; i++) {
                drools.insert(i);
            }
        }));

        assertThat(stopped(evaluate(WIDE.withMaxDerivedFacts(10_000), endless)))
                .contains("rules derived more than 10,000 facts; the last ones come from 'X-1 never ends'");
        assertThat(stopped(evaluate(BUSY, endless)))
                .contains("it took more than 0.5 seconds", "'X-1 never ends' was at work");
    }

    @Test
    void everythingJoinedWithEverythingIsStoppedBeforeItFires() {
        Rule storm = decided(
                "X-1 joins everything",
                pattern(FIRST),
                pattern(SECOND),
                pattern(THIRD),
                on(FIRST, SECOND, THIRD).execute((i, j, k) -> {}));

        assertThat(stopped(evaluate(SHORT, numbers(140), storm))).contains("it took more than 0.2 seconds");
    }

    @Test
    void moreMatchesThanMayFireAreNotKept() {
        Rule many = decided(
                "X-1 joins everything",
                pattern(FIRST),
                pattern(SECOND),
                on(FIRST, SECOND).execute((i, j) -> {}));

        assertThat(stopped(evaluate(WIDE.withMaxFirings(10_000), numbers(140), many)))
                .contains("more than 10,000 matches of rules wait to fire, the last one of 'X-1 joins everything'");
    }

    @Test
    void aSearchInVainIsGivenUp() {
        Rule search = decided(
                "X-1 searches",
                pattern(FIRST),
                pattern(SECOND),
                pattern(THIRD).expr("sum", FIRST, SECOND, (k, i, j) -> i + j + k < 0),
                on(FIRST, SECOND, THIRD).execute((i, j, k) -> {}));

        assertThat(stopped(evaluate(BUSY, numbers(3_000), search)))
                .contains("it took more than 0.5 seconds; rule 'X-1 searches' was at work");
    }

    @Test
    void aConsequenceThatNeverEndsIsGivenUpAndOthersGoOn() {
        CountDownLatch end = new CountDownLatch(1);
        Rule waits = decided("X-1 waits", pattern(LOCATION), on(LOCATION).execute(location -> end.await()));
        KnowledgeBase rules = TestRules.base(waits, holds());

        SnapshotReport stopped = evaluate(rules, SHORT);
        SnapshotReport other = rules.evaluate("other", Snapshot.EMPTY, Options.DEFAULT.withLimits(WIDE));
        end.countDown();
        SnapshotReport again = evaluate(rules, WIDE);

        assertThat(stopped(stopped)).contains("it took more than 0.2 seconds");
        assertThat(other.complete()).isTrue();
        assertThat(again.complete()).isTrue();
    }

    @Test
    void noMoreThanSixteenEvaluationsThatWereGivenUpAreAtWork() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Rule waits = decided("X-1 waits", pattern(LOCATION), on(LOCATION).execute(location -> end.await()));
        KnowledgeBase rules = TestRules.base(waits, holds());
        try {
            for (int i = 0; i < 16; i++) {
                assertThatThrownBy(() -> GivenUp.after(Duration.ofMillis(1), () -> awaited(end)))
                        .isInstanceOf(TimeoutException.class);
            }

            assertThat(stopped(evaluate(rules, WIDE))).contains("too many evaluations that were given up");
        } finally {
            end.countDown();
        }
        while (GivenUp.areTooMany()) {
            Thread.sleep(5);
        }
        assertThat(evaluate(rules, WIDE).complete()).isTrue();
    }

    @Test
    void whatIsStoppedLeavesNothingThatLooksPassed() {
        SnapshotReport report = evaluate(WIDE.withMaxFirings(10_000), numbers(1), INSERT_LOOP);

        assertThat(report.evaluated()).isTrue();
        assertThat(report.complete()).isFalse();
        assertThat(report.locations()).hasSize(1);
        assertThat(report.results())
                .extracting(result -> result.rule() + " " + result.outcome())
                .containsExactly("X-1 " + Outcome.UNDETERMINED, "X-2 " + Outcome.UNDETERMINED);
    }

    @Test
    void aLimitIsPositive() {
        assertThatThrownBy(() -> Limits.DEFAULT.withMaxFirings(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 firings");
        assertThatThrownBy(() -> Limits.DEFAULT.withMaxTime(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Rule numbers(int count) {
        return rule("rules.test", "Numbers")
                .build(
                        pattern(LOCATION),
                        on(LOCATION)
                                .execute((drools, location) ->
                                        IntStream.range(0, count).forEach(drools::insert)));
    }

    private static Rule holds() {
        return decided(
                "X-2 holds",
                pattern(APPLICABLE).expr(a -> false),
                on(APPLICABLE).execute(a -> {}));
    }

    private static SnapshotReport evaluate(Limits limits, Rule... rules) {
        List<Rule> all = new java.util.ArrayList<>(List.of(rules));
        all.add(holds());
        return evaluate(TestRules.base(all.toArray(Rule[]::new)), limits);
    }

    private static SnapshotReport evaluate(KnowledgeBase rules, Limits limits) {
        return rules.evaluate(
                "built", TestRules.snapshot(), Options.DEFAULT.withAll(true).withLimits(limits));
    }

    private static String stopped(SnapshotReport report) {
        assertThat(report.complete()).isFalse();
        return report.problems().stream()
                .filter(problem -> problem.code().equals("KB-E202"))
                .map(Problem::message)
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.toString()));
    }
}
