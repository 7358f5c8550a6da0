package dev.netkb.api.internal.drools;

import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.drools.model.AccumulatePattern;
import org.drools.model.Condition;
import org.drools.model.Pattern;
import org.drools.model.Rule;

/**
 * Which facts the conditions of a rule look at.
 *
 * @param all the names of their types, as {@code @requires} has them
 * @param counted those of which it matters that there are no more, because they stand in {@code not}, {@code forall} or
 *     {@code accumulate}
 */
record MatchedFacts(Set<String> all, Set<String> counted) {

    /** What is exported as a part of something else → that. */
    private static final Map<Class<?>, Class<?>> WITHIN =
            Map.of(NsgRule.class, NetworkSecurityGroup.class, Route.class, RouteTable.class);

    private static final Set<Condition.Type> COUNTING =
            Set.of(Condition.Type.NOT, Condition.Type.FORALL, Condition.Type.ACCUMULATE);

    MatchedFacts {
        all = Set.copyOf(all);
        counted = Set.copyOf(counted);
    }

    static MatchedFacts of(Rule rule) {
        Set<String> all = new TreeSet<>();
        Set<String> counted = new TreeSet<>();
        add(rule.getView(), false, all, counted);
        return new MatchedFacts(all, counted);
    }

    private static void add(Condition condition, boolean within, Set<String> all, Set<String> counted) {
        boolean counting = within || COUNTING.contains(condition.getType());
        if (condition instanceof Pattern<?> pattern) {
            Class<?> matched = pattern.getPatternVariable().getType();
            String name = WITHIN.getOrDefault(matched, matched).getSimpleName();
            all.add(name);
            if (counting) {
                counted.add(name);
            }
        }
        if (condition instanceof AccumulatePattern<?> accumulate) {
            add(accumulate.getCondition(), true, all, counted);
        }
        condition.getSubConditions().forEach(each -> add(each, counting, all, counted));
    }
}
