package dev.netkb.model.derived;

import dev.netkb.model.report.Severity;
import java.util.HashSet;
import java.util.Set;

/**
 * A requirement that is in force: what the metadata of a rule, or a row of a table, say about it.
 *
 * @param id its id in the catalogue
 * @param requires the facts it needs: a fact type such as {@code Subnet}, or a field such as {@code Subnet.delegations}
 * @param except the locations of which it does not speak after all, because somebody switched it off for them
 */
public record Requirement(
        String id, Severity severity, Applicability applicability, Set<String> requires, Set<Applicability> except) {

    public Requirement {
        requires = Set.copyOf(requires);
        except = Set.copyOf(except);
    }

    public Requirement(String id, Severity severity, Applicability applicability, Set<String> requires) {
        this(id, severity, applicability, requires, Set.of());
    }

    /** The same requirement of other locations. */
    public Requirement of(Applicability locations) {
        return new Requirement(id, severity, locations, requires, except);
    }

    public Requirement withSeverity(Severity wanted) {
        return new Requirement(id, wanted, applicability, requires, except);
    }

    /** The same, but for some locations too. */
    public Requirement except(Applicability locations) {
        Set<Applicability> more = new HashSet<>(except);
        more.add(locations);
        return new Requirement(id, severity, applicability, requires, more);
    }

    /** Whether it is switched off altogether. */
    public boolean isOff() {
        return except.contains(Applicability.ANY);
    }

    /** Whether it would speak of a location if it were not switched off for it. */
    public boolean isSwitchedOffFor(LocationModel located) {
        return applicability.covers(located) && !covers(located);
    }

    public boolean covers(LocationModel located) {
        return applicability.covers(located) && except.stream().noneMatch(locations -> locations.covers(located));
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
