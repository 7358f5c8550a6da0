package dev.netkb.api.internal.pack;

import dev.netkb.model.derived.FlowRequirement;

/**
 * A row of the flow table for one direction.
 *
 * @param title the state that should hold
 * @param source keys of the documents that demand it, as written
 * @param place where the row stands, such as {@code flows.csv line 12}
 */
public record FlowRow(FlowRequirement requirement, Dates dates, String title, String source, String place) {

    public String id() {
        return requirement.id();
    }

    /** The row, requiring something else. */
    public FlowRow requiring(FlowRequirement other) {
        return new FlowRow(other, dates, title, source, place);
    }

    /** As a folder of rules changes it. */
    public FlowRow with(RuleOverride override) {
        return new FlowRow(requirement.of(override.of(requirement.requirement())), dates, title, source, place);
    }
}
