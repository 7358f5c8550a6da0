package dev.netkb.test;

import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@link RuleVerifier} found out about one rule. Each method checks one thing more and fails with rule, expected,
 * actual, message and evidence.
 */
public final class Verification {

    private final SnapshotReport report;
    private final Expectation expectation;

    Verification(SnapshotReport report, Expectation expectation) {
        this.report = report;
        this.expectation = expectation;
        check();
    }

    private Verification also(String key, String text) {
        return new Verification(report, expectation.with(key, text));
    }

    public Verification withSeverity(Severity severity) {
        return also("severity", severity.word());
    }

    /** The message holds a text. */
    public Verification withMessageContaining(String text) {
        return also("message", text);
    }

    /** A note holds a text. */
    public Verification withNoteContaining(String text) {
        return also("note", text);
    }

    /** A piece of evidence of that key has a value that holds a text. */
    public Verification withEvidence(String key, String value) {
        return also("evidence." + key, value);
    }

    /** The flow's verdict: {@code allowed}, {@code denied}, {@code partial} or {@code undetermined}. */
    public Verification withVerdict(String verdict) {
        return also("verdict", verdict.toLowerCase(Locale.ROOT));
    }

    /** A rule of a network security group that denies a part of the flow. */
    public Verification deniedBy(String nsgRule) {
        return also("deniedBy", nsgRule);
    }

    /** The hint or a command of the remediation holds a text. */
    public Verification withRemediationContaining(String text) {
        return also("remediation", text);
    }

    /** No other result of any rule is violated or undetermined. */
    public void andNothingElse() {
        List<String> others = new ArrayList<>();
        for (Result result : report.results()) {
            boolean bad = result.outcome() == Outcome.VIOLATED || result.outcome() == Outcome.UNDETERMINED;
            if (bad && !expectation.selects(result)) {
                others.add(Expectation.describe(result));
            }
        }
        if (!others.isEmpty()) {
            throw new AssertionError(
                    "expected " + expectation.text() + " and nothing else, but also\n  " + String.join("\n  ", others));
        }
    }

    private void check() {
        List<String> differences = Comparison.differences(expectation, report);
        if (!differences.isEmpty()) {
            throw new AssertionError(String.join("\n", differences));
        }
    }
}
