package dev.netkb.api.internal.drools.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the conditions of a rule demand of one value, as far as they compare it with fixed ones. */
final class Demands {

    /** How a missing value is written among the others. */
    static final String NOTHING = "null";

    private @Nullable Set<String> allowed;
    private final Set<String> excluded = new HashSet<>();
    private final List<Bound> bounds = new ArrayList<>();

    private record Bound(String operator, double value, String text) {
        boolean holds(double number) {
            return switch (operator) {
                case "<" -> number < value;
                case "<=" -> number <= value;
                case ">" -> number > value;
                default -> number >= value;
            };
        }

        boolean excludes(Bound other) {
            boolean lower = operator.startsWith(">");
            if (lower == other.operator.startsWith(">")) {
                return false;
            }
            Bound low = lower ? this : other;
            Bound high = lower ? other : this;
            return low.value > high.value
                    || low.value == high.value && (low.operator.equals(">") || high.operator.equals("<"));
        }
    }

    Demands copy() {
        Demands copy = new Demands();
        copy.allowed = allowed == null ? null : new LinkedHashSet<>(allowed);
        copy.excluded.addAll(excluded);
        copy.bounds.addAll(bounds);
        return copy;
    }

    /**
     * One of these is demanded.
     *
     * @return why that cannot be, null where it can
     */
    @Nullable
    String oneOf(Collection<String> values) {
        Set<String> before = allowed;
        Set<String> left = new LinkedHashSet<>(values);
        if (before != null) {
            left.retainAll(before);
            if (left.isEmpty()) {
                return "it has to be " + shown(before) + " already";
            }
        }
        left.removeAll(excluded);
        if (left.isEmpty()) {
            return "it must not be " + shown(new LinkedHashSet<>(values));
        }
        for (Bound bound : bounds) {
            left.removeIf(value -> value.equals(NOTHING) || isNumber(value) && !bound.holds(Double.parseDouble(value)));
            if (left.isEmpty()) {
                return "it has to be " + bound.operator() + " " + bound.text() + " already";
            }
        }
        allowed = left;
        return null;
    }

    /** As {@link #oneOf}, for what it must not be. */
    @Nullable
    String not(String value) {
        excluded.add(value);
        if (allowed != null && excluded.containsAll(allowed)) {
            return "it has to be " + shown(allowed) + " already";
        }
        return null;
    }

    /** As {@link #oneOf}, for {@code <} and the like. */
    @Nullable
    String bound(String operator, String number) {
        Bound bound = new Bound(operator, Double.parseDouble(number), number);
        for (Bound other : bounds) {
            if (bound.excludes(other)) {
                return "it has to be " + other.operator() + " " + other.text() + " already";
            }
        }
        bounds.add(bound);
        Set<String> before = allowed;
        if (before != null) {
            Set<String> left = before.stream()
                    .filter(value ->
                            !value.equals(NOTHING) && (!isNumber(value) || bound.holds(Double.parseDouble(value))))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (left.isEmpty()) {
                return "it has to be " + shown(before) + " already";
            }
            allowed = left;
        }
        return null;
    }

    private static boolean isNumber(String value) {
        return value.matches("-?[0-9]+(\\.[0-9]+)?");
    }

    private static String shown(Set<String> values) {
        return values.stream()
                .map(value -> value.equals(NOTHING) ? "missing (null)" : value)
                .collect(Collectors.joining(" or "));
    }
}
