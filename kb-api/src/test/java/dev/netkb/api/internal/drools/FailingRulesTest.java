package dev.netkb.api.internal.drools;

import static dev.netkb.api.internal.drools.TestRules.APPLICABLE;
import static dev.netkb.api.internal.drools.TestRules.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.pattern;

import dev.netkb.api.Options;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.ManagementLock;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.junit.jupiter.api.Test;

/** A rule that throws costs its own result and nothing else. */
class FailingRulesTest {

    @Test
    void aConsequenceThatThrowsLeavesItsOwnRequirementUndeterminedWithTheCause() {
        SnapshotReport report = evaluate(decided(
                "X-1 fails",
                pattern(APPLICABLE).expr(a -> a.rule().equals("X-1")),
                on(APPLICABLE).execute(a -> {
                    throw new IllegalStateException("boom");
                })));

        assertThat(result(report, "X-1").outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(result(report, "X-1").message()).isEqualTo("the rule failed: boom");
        assertThat(result(report, "X-2").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(report.complete()).isFalse();
        assertThat(report.problems())
                .anyMatch(p -> p.code().equals("KB-E201") && p.message().contains("X-1 fails"));
    }

    @Test
    void aConditionThatThrowsLeavesItsOwnRequirementUndeterminedWithTheCause() {
        SnapshotReport report = evaluate(decided(
                "X-1 fails",
                pattern(APPLICABLE).expr(a -> {
                    if (a.rule().equals("X-1")) {
                        throw new IllegalStateException("boom");
                    }
                    return false;
                }),
                on(APPLICABLE).execute(a -> {})));

        assertThat(result(report, "X-1").outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(result(report, "X-1").message()).contains("boom");
        assertThat(result(report, "X-2").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(report.complete()).isFalse();
    }

    @Test
    void anErrorOfARuleIsAFailureOfThatRule() {
        SnapshotReport report = evaluate(
                decided("X-1 fails", pattern(APPLICABLE), on(APPLICABLE).execute(a -> {
                    throw new AssertionError("boom");
                })));

        assertThat(result(report, "X-1").message()).isEqualTo("the rule failed: boom");
        assertThat(result(report, "X-2").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(report.complete()).isFalse();
    }

    @Test
    void factsAndWhatStandsInsideThemReachTheRules() {
        Variable<ManagementLock> lock = declarationOf(ManagementLock.class, "$lock");
        Variable<FirewallRule> firewallRule = declarationOf(FirewallRule.class, "$rule");
        SnapshotReport report = evaluate(decided(
                "X-1 sees",
                pattern(lock),
                pattern(firewallRule),
                on(lock, firewallRule).execute((l, r) -> {
                    throw new IllegalStateException(l.level() + " and " + r.name());
                })));

        assertThat(result(report, "X-1").message()).isEqualTo("the rule failed: CanNotDelete and kv");
    }

    private static Result result(SnapshotReport report, String rule) {
        return report.results().stream()
                .filter(r -> r.rule().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError(report.toString()));
    }

    private static SnapshotReport evaluate(Rule failing) {
        Rule passing = decided(
                "X-2 holds",
                pattern(APPLICABLE).expr(a -> false),
                on(APPLICABLE).execute(a -> {}));
        return TestRules.base(failing, passing).evaluate("built", TestRules.snapshot(), Options.DEFAULT.withAll(true));
    }
}
