package dev.netkb.api.internal.result;

import dev.netkb.api.rules.RuleOrigin;
import dev.netkb.api.rules.VerdictChange;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two lists of results about one snapshot.
 *
 * @param unchanged how many verdicts are the same
 */
public record VerdictChanges(List<VerdictChange> changes, int unchanged) {

    public VerdictChanges {
        changes = List.copyOf(changes);
    }

    /** @param why id → what did it */
    public static VerdictChanges between(
            List<Result> before, List<Result> after, Function<String, List<RuleOrigin>> why) {
        Map<Object, List<Result>> was = byPlace(before);
        Map<Object, List<Result>> is = byPlace(after);
        List<VerdictChange> changes = new ArrayList<>();
        int unchanged = 0;
        for (Object place : Stream.concat(was.keySet().stream(), is.keySet().stream())
                .distinct()
                .toList()) {
            for (Pair pair : pairs(was.getOrDefault(place, List.of()), is.getOrDefault(place, List.of()))) {
                if (pair.isSame()) {
                    unchanged += pair.says() ? 1 : 0;
                } else {
                    changes.add(pair.toChange(why));
                }
            }
        }
        changes = joined(changes);
        changes.sort(Comparator.comparing(
                (VerdictChange change) ->
                        Objects.requireNonNull(change.after() == null ? change.before() : change.after()),
                Result.ORDER));
        return new VerdictChanges(changes, unchanged);
    }

    /** A rule that spoke of one thing and now speaks of another one, such as of a subnet instead of its location, changed once. */
    private static List<VerdictChange> joined(List<VerdictChange> changes) {
        Map<Object, List<VerdictChange>> ofOneRule = changes.stream()
                .collect(Collectors.groupingBy(
                        change -> List.of(
                                change.rule(),
                                Objects.requireNonNullElse(change.subject().location(), "")),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<VerdictChange> joined = new ArrayList<>();
        for (List<VerdictChange> some : ofOneRule.values()) {
            Result gone = some.get(0).after() == null
                    ? some.get(0).before()
                    : some.get(some.size() - 1).before();
            Result come = some.get(0).after() == null
                    ? some.get(some.size() - 1).after()
                    : some.get(0).after();
            boolean one = some.size() == 2
                    && gone != null
                    && come != null
                    && some.stream().allMatch(change -> change.before() == null || change.after() == null);
            joined.addAll(
                    one ? List.of(new VerdictChange(gone, come, some.get(0).why())) : some);
        }
        return joined;
    }

    /** What later rules say that earlier ones do not, or what earlier ones said. */
    public static List<RuleOrigin> why(List<RuleOrigin> before, List<RuleOrigin> after) {
        List<RuleOrigin> added =
                after.stream().filter(origin -> !before.contains(origin)).toList();
        if (!added.isEmpty()) {
            return added;
        }
        return before.stream().filter(origin -> !after.contains(origin)).toList();
    }

    /** Rule, subject and direction: what a row keeps when its ports or its far side are edited. */
    private static Map<Object, List<Result>> byPlace(List<Result> results) {
        return results.stream()
                .collect(Collectors.groupingBy(
                        result -> List.of(
                                result.rule(),
                                result.subject().type(),
                                result.subject().id(),
                                Objects.requireNonNullElse(result.subject().location(), ""),
                                result.flow() == null ? "" : result.flow().direction()),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private static List<Pair> pairs(List<Result> before, List<Result> after) {
        List<Result> was = new ArrayList<>(before);
        List<Result> is = new ArrayList<>(after);
        List<Pair> pairs = new ArrayList<>();
        for (Result result : before) {
            is.stream()
                    .filter(other -> other.question().equals(result.question()))
                    .findFirst()
                    .ifPresent(same -> {
                        pairs.add(new Pair(result, same));
                        was.remove(result);
                        is.remove(same);
                    });
        }
        for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
            pairs.add(new Pair(i < was.size() ? was.get(i) : null, i < is.size() ? is.get(i) : null));
        }
        return pairs;
    }

    private record Pair(@Nullable Result before, @Nullable Result after) {

        /** That a rule does not apply is no more than that it says nothing. */
        private static boolean says(@Nullable Result result) {
            return result != null && result.outcome() != Outcome.NOT_APPLICABLE;
        }

        boolean says() {
            return says(before) || says(after);
        }

        boolean isSame() {
            if (!says(before) || !says(after)) {
                return says(before) == says(after);
            }
            Result was = Objects.requireNonNull(before);
            Result is = Objects.requireNonNull(after);
            return was.outcome() == is.outcome()
                    && (was.outcome() == Outcome.PASSED
                            || was.severity() == is.severity() && was.message().equals(is.message()));
        }

        VerdictChange toChange(Function<String, List<RuleOrigin>> why) {
            Result either = after == null ? Objects.requireNonNull(before) : after;
            return new VerdictChange(before, after, why.apply(either.rule()));
        }
    }
}
