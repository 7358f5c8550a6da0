package dev.netkb.html;

import dev.netkb.api.render.Consequences;
import dev.netkb.model.report.Result;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Results that belong together, worst first, in the parts in which a page shows them.
 *
 * @param violated without those that only follow from a missing group
 * @param consequences flows that are denied only because a group is missing
 * @param accepted waived or known before
 */
record Findings(
        List<Finding> violated,
        List<Finding> consequences,
        List<Undecided> undecided,
        List<Finding> accepted,
        List<Finding> passed,
        List<Finding> notApplicable) {

    /** Of what is equally bad, flows first: a packet that is dropped is an outage, a zone too few is none yet. */
    static final Comparator<Result> WORST_FIRST = Comparator.<Result, Kind>comparing(Kind::of)
            .thenComparing(result -> result.flow() == null)
            .thenComparing(Result.ORDER);

    /** @param all in any order */
    static Findings of(List<Finding> all) {
        List<Finding> sorted = all.stream()
                .sorted(Comparator.comparing(Finding::result, WORST_FIRST))
                .toList();
        List<Finding> violated = of(sorted, Kind::isViolated);
        Set<Result> following = new HashSet<>(
                Consequences.among(violated.stream().map(Finding::result).toList()));
        return new Findings(
                violated.stream()
                        .filter(finding -> !following.contains(finding.result()))
                        .toList(),
                violated.stream()
                        .filter(finding -> following.contains(finding.result()))
                        .toList(),
                Undecided.of(of(sorted, kind -> kind == Kind.UNDETERMINED)),
                of(sorted, kind -> kind == Kind.WAIVED || kind == Kind.KNOWN),
                of(sorted, kind -> kind == Kind.PASSED),
                of(sorted, kind -> kind == Kind.NOT_APPLICABLE));
    }

    private static List<Finding> of(List<Finding> sorted, Predicate<Kind> wanted) {
        return sorted.stream().filter(finding -> wanted.test(finding.kind())).toList();
    }

    /** All of them, as they stand in the page. */
    Stream<Finding> stream() {
        return Stream.of(
                        violated.stream(),
                        consequences.stream(),
                        undecided.stream().flatMap(group -> group.findings().stream()),
                        accepted.stream(),
                        passed.stream(),
                        notApplicable.stream())
                .flatMap(each -> each);
    }
}
