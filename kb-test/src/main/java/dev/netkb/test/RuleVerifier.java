package dev.netkb.test;

import dev.netkb.api.Baseline;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks one rule on a small network, in a sentence:
 *
 * <pre>{@code
 * RuleVerifier.packaged().rule("C-NET-04").given(network)
 *         .isViolated().withSeverity(Severity.ERROR).withEvidence("delegations", "Microsoft.Web/serverFarms");
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class RuleVerifier {

    private final KnowledgeBase rules;
    private final Baseline baseline;

    private RuleVerifier(KnowledgeBase rules, Baseline baseline) {
        this.rules = rules;
        this.baseline = baseline;
    }

    /** Over the packaged rules; kb-rules must be on the class path. */
    public static RuleVerifier packaged() {
        return of(KnowledgeBase.packaged());
    }

    /** Over rules of one's own. */
    public static RuleVerifier of(KnowledgeBase rules) {
        return new RuleVerifier(rules, Baseline.AUTO);
    }

    /** With older requirements: {@code seed} or {@code YYYY-MM}. */
    public RuleVerifier baseline(String wanted) {
        return new RuleVerifier(rules, Baseline.parse(wanted));
    }

    /** @throws IllegalArgumentException when the catalogue does not hold the id */
    public Rule rule(String id) {
        if (rules.catalogue().stream().noneMatch(info -> info.id().equals(id))) {
            throw new IllegalArgumentException(
                    "no rule has the id '" + id + "': see the catalogue ('netkb rules list') for those that exist");
        }
        return new Rule(id);
    }

    /** One rule. */
    public final class Rule {
        private final String id;

        private Rule(String id) {
            this.id = id;
        }

        /** On facts that the caller built. */
        public Given given(Snapshot snapshot) {
            return new Given(id, rules.evaluate("example", snapshot, options()));
        }

        /** On a network that is read like an export, so that evidence has places. */
        public Given given(ExampleNetwork network) {
            ReadResult read = network.read("example");
            if (read.snapshot() == null) {
                throw new AssertionError("the network was rejected: " + read.problems());
            }
            return new Given(id, rules.evaluate(read, options()));
        }

        private Options options() {
            return new Options(baseline, true);
        }
    }

    /** One rule on one network. */
    public static final class Given {
        private final SnapshotReport report;
        private final String id;
        private final Map<String, List<String>> selectors;

        private Given(String id, SnapshotReport report) {
            this(id, report, Map.of());
        }

        private Given(String id, SnapshotReport report, Map<String, List<String>> selectors) {
            this.id = id;
            this.report = report;
            this.selectors = selectors;
        }

        /** Speaks of the results of one location only, such as {@code westeurope}. */
        public Given inLocation(String location) {
            return selecting("location", location);
        }

        /** Speaks of {@code Inbound} or {@code Outbound} only. */
        public Given inDirection(String direction) {
            return selecting("direction", direction);
        }

        private Given selecting(String key, String value) {
            Map<String, List<String>> more = new HashMap<>(selectors);
            more.put(key, List.of(value));
            return new Given(id, report, more);
        }

        public Verification isViolated() {
            return is(Outcome.VIOLATED);
        }

        public Verification isPassed() {
            return is(Outcome.PASSED);
        }

        public Verification isUndetermined() {
            return is(Outcome.UNDETERMINED);
        }

        public Verification isNotApplicable() {
            return is(Outcome.NOT_APPLICABLE);
        }

        /** Everything that was found, also of other rules. */
        public SnapshotReport report() {
            return report;
        }

        private Verification is(Outcome outcome) {
            return new Verification(report, new Expectation(id, outcome.word(), selectors));
        }
    }
}
