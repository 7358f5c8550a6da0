package dev.netkb.test;

import dev.netkb.api.rules.RuleItem;
import dev.netkb.api.rules.RuleTrace;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Remembers which rules fired and what rows decided. For one thread. */
final class Trace implements RuleTrace {

    private final Set<String> fired = new HashSet<>();
    private final Map<Row, Set<Outcome>> decided = new HashMap<>();

    private record Row(String id, String place) {}

    @Override
    public void fired(String rule) {
        fired.add(rule);
    }

    @Override
    public void decided(String place, Result result) {
        decided.computeIfAbsent(new Row(result.rule(), place), row -> EnumSet.noneOf(Outcome.class))
                .add(result.outcome());
    }

    /** What no example made a rule or row do. */
    List<String> missing(RuleItem item) {
        if (item.kind() == RuleItem.Kind.RULE) {
            return fired.contains(item.name()) ? List.of() : List.of("it never fires");
        }
        Set<Outcome> outcomes = decided.getOrDefault(new Row(item.id(), item.place()), Set.of());
        List<String> missing = new ArrayList<>();
        if (!outcomes.contains(Outcome.VIOLATED)) {
            missing.add("it is never violated");
        }
        if (!outcomes.contains(Outcome.PASSED)) {
            missing.add("it never passes");
        }
        return missing;
    }
}
