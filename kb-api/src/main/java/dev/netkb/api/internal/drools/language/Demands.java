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
    private final List<Edge> edges = new ArrayList<>();

    /** How a text begins or ends. */
    private record Edge(boolean beginning, String text) {
        boolean holds(String value) {
            String whole = unquoted(value);
            return beginning ? whole.startsWith(text) : whole.endsWith(text);
        }

        boolean excludes(Edge other) {
            return beginning == other.beginning && !holds(other.text) && !other.holds(text);
        }

        String words() {
            return "has to " + (beginning ? "begin" : "end") + " with \"" + text + "\" already";
        }
    }

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
        copy.edges.addAll(edges);
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
        for (Edge edge : edges) {
            left.removeIf(value -> !edge.holds(value));
            if (left.isEmpty()) {
                return "it " + edge.words();
            }
        }
        allowed = left;
        return null;
    }

    /** As {@link #oneOf}, for how a text begins or ends. */
    @Nullable
    String edge(boolean beginning, String literal) {
        Edge edge = new Edge(beginning, unquoted(literal));
        for (Edge other : edges) {
            if (edge.excludes(other)) {
                return "it " + other.words();
            }
        }
        edges.add(edge);
        Set<String> before = allowed;
        if (before != null) {
            Set<String> left = before.stream().filter(edge::holds).collect(Collectors.toCollection(LinkedHashSet::new));
            if (left.isEmpty()) {
                return "it has to be " + shown(before) + " already";
            }
            allowed = left;
        }
        return null;
    }

    private static String unquoted(String literal) {
        return literal.length() > 1 && literal.startsWith("\"") ? literal.substring(1, literal.length() - 1) : literal;
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
