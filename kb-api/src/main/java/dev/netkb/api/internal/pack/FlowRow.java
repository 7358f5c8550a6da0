package dev.netkb.api.internal.pack;

import dev.netkb.model.derived.FlowRequirement;
import java.util.List;

/**
 * A row of the flow table for one direction.
 *
 * @param title the state that should hold
 * @param source keys of the documents that demand it, as written
 * @param place where the row stands, such as {@code flows.csv row 12}
 * @param formerly ids that it had before
 */
public record FlowRow(
        FlowRequirement requirement, Dates dates, String title, String source, String place, List<String> formerly) {

    public FlowRow {
        formerly = List.copyOf(formerly);
    }

    public FlowRow(FlowRequirement requirement, Dates dates, String title, String source, String place) {
        this(requirement, dates, title, source, place, List.of());
    }

    public String id() {
        return requirement.id();
    }

    /** The row, requiring something else. */
    public FlowRow requiring(FlowRequirement other) {
        return new FlowRow(other, dates, title, source, place);
    }

    /** As a folder of rules changes it. */
    public FlowRow with(RuleOverride override) {
        return new FlowRow(
                requirement.of(override.of(requirement.requirement())), dates, title, source, place, formerly);
    }

    /** The same row, standing elsewhere. */
    FlowRow at(String other) {
        return new FlowRow(requirement, dates, title, source, other, formerly);
    }
}
