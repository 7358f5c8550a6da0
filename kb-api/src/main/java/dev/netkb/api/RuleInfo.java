package dev.netkb.api;

import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One requirement of the catalogue.
 *
 * @param id never reused
 * @param title the state that should hold
 * @param kind {@code flow} for a row of the flow table, {@code rule} for a DRL rule, {@code modifier} for an id that
 *     changes how other ids are decided, {@code note} for one that no export decides
 * @param family the first part of the id, such as {@code C-NET}
 * @param severities the severities it can have, worst first
 * @param since,until the months in which it came into force and went out of it, {@code YYYY-MM}; null where open
 * @param models the networking models it applies to
 * @param requires the fact types it needs
 * @param replacedBy the current ids that carry the same requirement as a seed id; empty for others
 * @param reason for a note, why no export decides it and what a user can do instead; else null
 * @param description what the requirement is, in a sentence or two
 * @param remediation what cures a violation; null where nothing does
 * @param source the documents that demand it
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
        List<String> requires,
        List<String> replacedBy,
        @Nullable String reason,
        String description,
        @Nullable String remediation,
        List<Source> source) {

    public RuleInfo {
        severities = List.copyOf(severities);
        models = List.copyOf(models);
        requires = List.copyOf(requires);
        replacedBy = List.copyOf(replacedBy);
        source = List.copyOf(source);
    }
}
