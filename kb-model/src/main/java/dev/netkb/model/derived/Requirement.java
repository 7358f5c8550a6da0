package dev.netkb.model.derived;

import dev.netkb.model.report.Severity;
import java.util.Set;

/**
 * A requirement that is in force: what the metadata of a rule, or a row of a table, say about it.
 *
 * @param id its id in the catalogue
 * @param requires the facts it needs: a fact type such as {@code Subnet}, or a field such as {@code Subnet.delegations}
 */
public record Requirement(String id, Severity severity, Applicability applicability, Set<String> requires) {

    public Requirement {
        requires = Set.copyOf(requires);
    }

    /** The same requirement of other locations. */
    public Requirement of(Applicability locations) {
        return new Requirement(id, severity, locations, requires);
    }

    public boolean covers(LocationModel located) {
        return applicability.covers(located);
    }

    /**
     * Whether it cannot be decided without something.
     *
     * @param missing a fact type, or a field such as {@code Subnet.delegations}
     */
    public boolean needs(String missing) {
        if (requires.contains(missing)) {
            return true;
        }
        return missing.indexOf('.') < 0 && requires.stream().anyMatch(r -> r.startsWith(missing + "."));
    }
}
