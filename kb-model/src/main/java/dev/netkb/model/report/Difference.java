package dev.netkb.model.report;

import java.util.List;

/**
 * Results of one outcome in two snapshots. Two results are the same where rule, subject, flow and severity are. Of
 * violations without a flow the texts are the same too, but for letter case, numbers and addresses: they say which of
 * several things is meant.
 *
 * @param appeared only in the later snapshot
 * @param solved only in the earlier one, and decided otherwise in the later
 * @param undecided only in the earlier one, and undetermined in the later: nobody knows whether they are solved
 * @param unchanged in both, as the later one has them
 */
public record Difference(List<Result> appeared, List<Result> solved, List<Result> undecided, List<Result> unchanged) {

    /** No results at all. */
    public static final Difference NONE = new Difference(List.of(), List.of(), List.of(), List.of());

    public Difference {
        appeared = appeared.stream().sorted(Result.ORDER).toList();
        solved = solved.stream().sorted(Result.ORDER).toList();
        undecided = undecided.stream().sorted(Result.ORDER).toList();
        unchanged = unchanged.stream().sorted(Result.ORDER).toList();
    }
}
