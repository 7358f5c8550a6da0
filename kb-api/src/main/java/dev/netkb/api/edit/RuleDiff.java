package dev.netkb.api.edit;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.accept.Acceptance;
import dev.netkb.api.internal.result.VerdictChanges;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.rules.RuleOrigin;
import dev.netkb.api.rules.VerdictChange;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.value.ServiceTags;
import java.util.List;

/**
 * Which verdicts about a corpus of snapshots other rules change.
 *
 * @param before,after the rules
 * @param snapshots what changes of each, in the order in which they were compared
 */
public record RuleDiff(Report.Rules before, Report.Rules after, List<Compared> snapshots) {

    public RuleDiff {
        snapshots = List.copyOf(snapshots);
    }

    /**
     * One snapshot.
     *
     * @param evaluated false where it was rejected; then nothing was compared
     * @param complete false where a rule failed, so that changes may be missing
     * @param changes by rule and subject
     * @param unchanged how many verdicts stay as they are
     */
    public record Compared(
            String source,
            boolean evaluated,
            boolean complete,
            List<Problem> problems,
            List<VerdictChange> changes,
            int unchanged) {
        public Compared {
            problems = List.copyOf(problems);
            changes = List.copyOf(changes);
        }
    }

    public static RuleDiff of(KnowledgeBase before, KnowledgeBase after, List<Compared> snapshots) {
        return new RuleDiff(rules(before), rules(after), snapshots);
    }

    private static Report.Rules rules(KnowledgeBase knowledgeBase) {
        return knowledgeBase.report(List.of(), ServiceTags.NONE).rules();
    }

    /**
     * Rules, and what is accepted with them: a violation that is waived is so in what is compared.
     *
     * @param accepted such as the {@link KnowledgeBase#waivers waivers} that the folders bring along
     */
    public record Side(KnowledgeBase rules, Acceptance accepted) {

        private SnapshotReport evaluate(ReadResult read, Options options) {
            return accepted.of(rules.evaluate(read, options));
        }

        private List<RuleOrigin> origins(String id) {
            return rules.origins(id);
        }
    }

    /** What changes of one snapshot. */
    public static Compared compare(ReadResult read, Side before, Side after, Options options) {
        Options all = options.withAll(true);
        SnapshotReport was = before.evaluate(read, all);
        SnapshotReport is = after.evaluate(read, all);
        if (!was.evaluated() || !is.evaluated()) {
            return new Compared(read.source(), false, false, is.problems(), List.of(), 0);
        }
        VerdictChanges changes = VerdictChanges.between(
                was.results(), is.results(), id -> VerdictChanges.why(before.origins(id), after.origins(id)));
        return new Compared(
                read.source(),
                true,
                was.complete() && is.complete(),
                List.of(),
                changes.changes(),
                changes.unchanged());
    }

    /** How many verdicts change. */
    public int changed() {
        return snapshots.stream().mapToInt(each -> each.changes().size()).sum();
    }

    public int unchanged() {
        return snapshots.stream().mapToInt(Compared::unchanged).sum();
    }

    /** How many snapshots have a verdict that changes. */
    public int affected() {
        return (int)
                snapshots.stream().filter(each -> !each.changes().isEmpty()).count();
    }
}
