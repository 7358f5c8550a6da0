package dev.netkb.api.internal.drools;

import dev.netkb.api.internal.pack.Dates;
import dev.netkb.api.internal.pack.RuleOverride;
import dev.netkb.api.internal.pack.Selectors;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.report.Severity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the metadata of a rule say about its requirement.
 *
 * @param ruleName the name of the rule: the id, a blank, the title
 * @param seedModels models of which it speaks under the seed baseline only, which knows no newer requirements
 * @param overSnapshot whether it judges one snapshot: it says nothing else, or {@code @over("snapshot, change")}
 * @param overChange whether it judges the change between two snapshots: it says {@code @over("change")} or both
 * @param remediation the key of the remediation, null where there is none
 * @param source keys of the documents, as written
 * @param formerly ids that it had before
 */
record RuleMetadata(
        String ruleName,
        boolean overSnapshot,
        boolean overChange,
        Requirement requirement,
        Set<NetworkModel> seedModels,
        Dates dates,
        String title,
        String description,
        @Nullable String remediation,
        String source,
        List<String> formerly) {

    private static final String SNAPSHOT = "snapshot";
    private static final String CHANGE = "change";

    /** The rule as the seed baseline applies it. */
    RuleMetadata inSeed() {
        return with(requirement.of(requirement.applicability().and(seedModels)));
    }

    /** The rule where it needs further fact types; one of which it names a field is there already. */
    RuleMetadata needing(Set<String> facts) {
        Set<String> all = new HashSet<>(requirement.requires());
        facts.stream().filter(fact -> !requirement.needs(fact)).forEach(all::add);
        return with(new Requirement(
                requirement.id(), requirement.severity(), requirement.applicability(), all, requirement.except()));
    }

    /** The rule as a folder of rules changes it. */
    RuleMetadata with(RuleOverride override) {
        return with(override.of(requirement));
    }

    private RuleMetadata with(Requirement other) {
        return new RuleMetadata(
                ruleName,
                overSnapshot,
                overChange,
                other,
                seedModels,
                dates,
                title,
                description,
                remediation,
                source,
                formerly);
    }

    /** The id that a rule decides, null for a rule that only derives facts. */
    static @Nullable String id(Map<String, Object> metadata) {
        return metadata.containsKey("id") ? text(metadata, "id") : null;
    }

    /** Whether the metadata describe the requirement; further rules of one id only repeat the id. */
    static boolean isComplete(Map<String, Object> metadata) {
        return metadata.containsKey("severity");
    }

    static RuleMetadata of(String ruleName, Map<String, Object> metadata) {
        String id = text(metadata, "id");
        Requirement requirement = new Requirement(
                id,
                Severity.of(text(metadata, "severity")),
                Selectors.parse(
                        text(metadata, "models"),
                        text(metadata, "platforms"),
                        text(metadata, "networkTypes"),
                        text(metadata, "tiers"),
                        text(metadata, "scope")),
                Set.copyOf(Selectors.list(text(metadata, "requires"))));
        Set<String> over = over(ruleName, text(metadata, "over"));
        String title = ruleName.startsWith(id + " ") ? ruleName.substring(id.length() + 1) : ruleName;
        String remediation = text(metadata, "remediation");
        return new RuleMetadata(
                ruleName,
                over.isEmpty() || over.contains(SNAPSHOT),
                over.contains(CHANGE),
                requirement,
                Selectors.list(text(metadata, "seedModels")).stream()
                        .map(NetworkModel::of)
                        .collect(Collectors.toUnmodifiableSet()),
                Dates.parse(text(metadata, "since"), text(metadata, "until")),
                title,
                text(metadata, "description"),
                remediation.isEmpty() ? null : remediation,
                text(metadata, "source"),
                Selectors.list(text(metadata, "formerly")).stream().sorted().toList());
    }

    private static Set<String> over(String ruleName, String text) {
        Set<String> over = Set.copyOf(Selectors.list(text));
        if (!Set.of(SNAPSHOT, CHANGE).containsAll(over)) {
            throw new IllegalArgumentException("rule '" + ruleName + "' says @over(\"" + text
                    + "\"); there is only @over(\"change\") and @over(\"snapshot, change\")");
        }
        return over;
    }

    /** Values come back from the engine with the quotes and escapes of the rule file. */
    private static String text(Map<String, Object> metadata, String key) {
        Object value = metadata.get(key);
        if (value == null) {
            return "";
        }
        String text = value.toString().trim();
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
        }
        return text;
    }
}
