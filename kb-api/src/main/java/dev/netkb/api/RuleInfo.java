package dev.netkb.api;

import dev.netkb.api.internal.pack.Dates;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One requirement of the catalogue.
 *
 * @param id never reused
 * @param title the state that should hold
 * @param kind {@code flow} for a row of the flow table, {@code rule} for a DRL rule, {@code change} for a
 *     DRL rule that compares two snapshots, {@code modifier} for an id that changes how other ids are decided, {@code note}
 *     for one that no export decides, {@code off} for one that a folder of rules switches off
 * @param family what ids of one kind begin with: {@code C-} and the next part, such as {@code C-NET}; else the first
 *     part, such as {@code SEED}
 * @param severities the severities it can have, worst first
 * @param since,until the months in which it came into force and went out of it, {@code YYYY-MM}; null where open
 * @param models the networking models it applies to
 * @param platforms the compute platforms it speaks of, {@code stv1} and {@code stv2}; empty where it does not speak of
 *     the classic tiers, which alone have platforms
 * @param requires the fact types, or their fields, that it needs besides the location itself
 * @param exports the commands that export what it needs; empty where it decides nothing
 * @param replacedBy the current ids that carry the same requirement as a seed id; empty for others
 * @param reason for a note, why no export decides it and what a user can do instead; for what is off, what switches it
 *     off; else null
 * @param description what the requirement is, in a sentence or two
 * @param text what more is to be said, such as where documents disagree: paragraphs, and lists whose lines begin with
 *     {@code - }, with an empty line between blocks; null where the description says it all
 * @param remediation what cures a violation; null where nothing does
 * @param source the documents that demand it
 * @param formerly ids that it had before
 * @param pack the name of the pack that decides it, or changes what it says
 */
public record RuleInfo(
        String id,
        String title,
        String kind,
        String family,
        List<Severity> severities,
        @Nullable String since,
        @Nullable String until,
        List<String> models,
        List<String> platforms,
        List<String> requires,
        List<String> exports,
        List<String> replacedBy,
        @Nullable String reason,
        String description,
        @Nullable String text,
        @Nullable String remediation,
        List<Source> source,
        List<String> formerly,
        String pack) {

    public RuleInfo {
        severities = List.copyOf(severities);
        models = List.copyOf(models);
        platforms = List.copyOf(platforms);
        requires = List.copyOf(requires);
        exports = List.copyOf(exports);
        replacedBy = List.copyOf(replacedBy);
        source = List.copyOf(source);
        formerly = List.copyOf(formerly);
    }

    /** The same, switched off. */
    public RuleInfo off(String why) {
        return new RuleInfo(
                id,
                title,
                "off",
                family,
                severities,
                since,
                until,
                models,
                platforms,
                requires,
                exports,
                replacedBy,
                why,
                description,
                text,
                remediation,
                source,
                formerly,
                pack);
    }

    /**
     * Whether it is applied under a baseline. Ids that are not dated, modifiers and notes, are in force in every month.
     */
    public boolean inForce(Baseline baseline) {
        Dates dates = Dates.parse(since == null ? "" : since, until == null ? "" : until);
        return dates.inForce(baseline, id.startsWith("SEED-"), !replacedBy.isEmpty());
    }
}
