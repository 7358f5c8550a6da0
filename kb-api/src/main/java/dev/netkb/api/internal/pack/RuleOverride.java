package dev.netkb.api.internal.pack;

import dev.netkb.model.derived.Applicability;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.report.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What a folder changes of a requirement that stands elsewhere: {@code overrides} of its {@code pack.yaml}.
 *
 * @param id the requirement
 * @param enabled false where it is switched off for the locations of {@code where}
 * @param severity the severity instead of its own, null where that stays; with {@code enabled} it holds everywhere
 * @param where the locations for which it is switched off; {@link Applicability#ANY} for all
 */
public record RuleOverride(
        String id, boolean enabled, @Nullable Severity severity, Applicability where) {

    /** A requirement as it stands after the change. */
    public Requirement of(Requirement requirement) {
        Requirement changed = severity == null ? requirement : requirement.withSeverity(severity);
        return enabled ? changed : changed.except(where);
    }

    /** Whether the requirement is switched off altogether. */
    public boolean switchesOff() {
        return !enabled && where.equals(Applicability.ANY);
    }
}
