package dev.netkb.api.internal.drools.language;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known at a place in a rule: its variables, which values are surely there, and what is demanded of them. */
final class Scope {

    /**
     * @param path what it stands for, from the fact on: {@code #1.location}; null where it is computed
     * @param pattern the number of the pattern that binds it
     */
    record Variable(Kind kind, @Nullable String path, int pattern, Token at) {}

    private final Map<String, Variable> variables = new TreeMap<>();
    private final Set<String> present = new HashSet<>();
    private final Map<String, Demands> demands = new HashMap<>();
    private int patterns;

    /** The number of patterns on this level of the rule. */
    private int here;

    Scope copy() {
        Scope copy = new Scope();
        copy.variables.putAll(variables);
        copy.present.addAll(present);
        demands.forEach((path, demand) -> copy.demands.put(path, demand.copy()));
        copy.patterns = patterns;
        copy.here = here;
        return copy;
    }

    /** For what stands inside of {@code not} and the like. */
    Scope inner() {
        Scope copy = copy();
        copy.here = 0;
        return copy;
    }

    @Nullable
    Variable variable(String name) {
        return variables.get(name);
    }

    Set<String> variableNames() {
        return variables.keySet();
    }

    void bind(String name, Variable variable) {
        variables.put(name, variable);
    }

    boolean isPresent(@Nullable String path) {
        return path != null && present.contains(path);
    }

    void present(Set<String> paths) {
        present.addAll(paths);
    }

    Demands demands(String path) {
        return demands.computeIfAbsent(path, each -> new Demands());
    }

    /** Begins a pattern; the number tells it from all others. */
    int begin(int number) {
        here++;
        patterns = number;
        return number;
    }

    boolean isFirstHere() {
        return here <= 1;
    }
}
