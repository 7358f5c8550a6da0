package dev.netkb.model.derived;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.FeatureInUse.Feature;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a required flow.
 *
 * @param decision the parts, the witness; null where the subnet is not known
 * @param missing what would decide an undetermined flow
 * @param coveredBy for a flow that does not pass whole, narrower remotes that pass whole and that suffice, such as the regional tags of
 *     the location's own and primary region; empty where none do
 * @param missingForCoverage what would decide whether such narrower remotes pass; empty where that is known
 */
public record FlowVerdict(
        RequiredFlow flow,
        Verdict verdict,
        @Nullable FlowDecision decision,
        List<String> missing,
        List<String> coveredBy,
        List<String> missingForCoverage) {

    private static final String TAG_DATA = "the addresses of service tag ";

    public FlowVerdict {
        missing = List.copyOf(missing);
        coveredBy = List.copyOf(coveredBy);
        missingForCoverage = List.copyOf(missingForCoverage);
    }

    public Applicable applicable() {
        return flow.applicable();
    }

    public Severity severity() {
        return flow.row().requirement().severity();
    }

    public boolean isBroken() {
        return verdict == Verdict.DENIED || verdict == Verdict.PARTIAL;
    }

    public boolean isCovered() {
        return !coveredBy.isEmpty();
    }

    /** Whether narrower remotes pass and the documents say that they suffice. */
    public boolean isAccepted() {
        return isCovered() && (isRegional() || isAlternative());
    }

    public boolean isRegional() {
        return flow.row().regional();
    }

    public boolean isAlternative() {
        return flow.row().accepts() != null;
    }

    /** Whether narrower remotes would suffice, but nobody knows whether they pass. */
    public boolean isPerhapsAccepted() {
        return !missingForCoverage.isEmpty() && (isRegional() || isAlternative());
    }

    public boolean isOptional() {
        return flow.row().optional();
    }

    public boolean isRemoteInternet() {
        return flow.row().isRemoteInternet();
    }

    /** The feature that needs the flow here, null where none does: a single machine shares its counters with nobody. */
    public @Nullable Feature feature() {
        Feature feature = flow.row().feature();
        boolean alone = Integer.valueOf(1).equals(flow.location().units());
        return feature == Feature.RATE_LIMIT && alone ? null : feature;
    }

    public ResourceId serviceId() {
        return flow.location().serviceId();
    }

    /** The name of a default rule that lets a part pass, null where none does. */
    public @Nullable String defaultRule() {
        return decision == null ? null : decision.defaultRule();
    }

    /** The narrower remotes that pass, joined. */
    public String coveredByText() {
        return String.join(" and ", coveredBy);
    }

    /** What is missing, joined; tags without data in one phrase. */
    public String missingText() {
        return joined(missing);
    }

    /** What would decide whether narrower remotes pass, joined in the same way. */
    public String missingForCoverageText() {
        return joined(missingForCoverage);
    }

    private static String joined(List<String> missing) {
        String tags = missing.stream()
                .filter(text -> text.startsWith(TAG_DATA))
                .map(text -> text.substring(TAG_DATA.length()))
                .collect(Collectors.joining(", "));
        List<String> others =
                missing.stream().filter(text -> !text.startsWith(TAG_DATA)).toList();
        if (tags.isEmpty()) {
            return String.join("; ", others);
        }
        String data = "the addresses of service tags " + tags + " (--service-tags FILE)";
        return others.isEmpty() ? data : data + "; " + String.join("; ", others);
    }

    /** Such as {@code Tcp 1433 outbound to Sql}. */
    public String text() {
        FlowRequirement row = flow.row();
        String toward = row.direction() == Direction.INBOUND ? " inbound from " : " outbound to ";
        return row.protocols() + " " + row.destinationPorts() + toward + row.remoteInWords();
    }

    /** Such as {@code Tcp 1433 outbound to Sql is denied by nsg-apim/deny-all (priority 200)}. */
    public String message() {
        String word = verdict == Verdict.PARTIAL ? " is partly denied" : " is " + verdict.word();
        String by = deniedBy();
        return text() + word + (by.isEmpty() ? "" : " by " + by);
    }

    private String deniedBy() {
        if (decision == null) {
            return "";
        }
        return decision.stages().stream()
                .flatMap(stage -> stage.parts().stream())
                .map(FlowDecision.Part::decider)
                .filter(decider -> !decider.allows())
                .map(FlowVerdict::describe)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String describe(Decider decider) {
        if (decider instanceof Decider.Rule rule) {
            NsgRule nsgRule = rule.rule();
            String kind = nsgRule.isDefault() ? "default rule, priority " : "priority ";
            return nsgRule.nsgId().name() + "/" + nsgRule.name() + " (" + kind + nsgRule.priority() + ")";
        }
        if (decider instanceof Decider.NoNsg) {
            return "the missing network security group";
        }
        return decider.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
