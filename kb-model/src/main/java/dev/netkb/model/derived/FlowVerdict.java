package dev.netkb.model.derived;

import dev.netkb.model.azure.FeatureInUse.Feature;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.reach.Box;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.report.Reasons;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a required flow.
 *
 * @param decision the parts, the witness; null where the subnet is not known
 * @param surelyDenied of an undetermined flow, the parts that are dropped whatever the missing data say; else empty
 * @param missing what would decide an undetermined flow
 * @param coveredBy for a flow that does not pass whole, narrower remotes that pass whole and that suffice, such as the regional tags of
 *     the location's own and primary region; empty where none do
 * @param missingForCoverage what would decide whether such narrower remotes pass; empty where that is known
 * @param unnamed the narrower remotes that may not pass and that no rule of the subnet's group names
 */
public record FlowVerdict(
        RequiredFlow flow,
        Verdict verdict,
        @Nullable FlowDecision decision,
        List<FlowDecision.Part> surelyDenied,
        List<String> missing,
        List<String> coveredBy,
        List<String> missingForCoverage,
        List<String> unnamed) {

    private static final String TAG_DATA = "the addresses of service tag ";

    public FlowVerdict {
        surelyDenied = List.copyOf(surelyDenied);
        missing = List.copyOf(missing);
        coveredBy = List.copyOf(coveredBy);
        missingForCoverage = List.copyOf(missingForCoverage);
        unnamed = List.copyOf(unnamed);
    }

    /** Of a flow about which nothing can be said without the missing data. */
    public static FlowVerdict unknown(RequiredFlow flow, String missing) {
        return new FlowVerdict(
                flow, Verdict.UNDETERMINED, null, List.of(), List.of(missing), List.of(), List.of(), List.of());
    }

    /** The same flow, where more is known of it than its addresses tell. */
    FlowVerdict decidedAs(Verdict other, List<String> stillMissing) {
        return new FlowVerdict(flow, other, decision, List.of(), stillMissing, List.of(), List.of(), List.of());
    }

    public Applicable applicable() {
        return flow.applicable();
    }

    /** Whether it is for certain hosts of its far side only. */
    public boolean isToHosts() {
        return flow.row().isToHosts();
    }

    /** The id of the flow's requirement. */
    public String row() {
        return flow.row().id();
    }

    public Location location() {
        return flow.location();
    }

    public Severity severity() {
        return flow.row().requirement().severity();
    }

    /** The severity of a flow that may be restricted on purpose: that of its row, but no more than a warning. */
    public Severity severityOfDecision() {
        return severity() == Severity.ERROR ? Severity.WARNING : severity();
    }

    /** Whether some of its packets surely are dropped, or all. */
    public boolean isBroken() {
        return verdict == Verdict.DENIED || isDeniedInPart();
    }

    /** Whether some of its packets surely are dropped, and others pass or may pass. */
    public boolean isDeniedInPart() {
        return verdict == Verdict.PARTIAL || verdict == Verdict.UNDETERMINED && !surelyDenied.isEmpty();
    }

    /**
     * Whether nothing but far-side addresses is left out, or may be: some address still gets all of its packets through,
     * those to the whole subnet on all ports.
     */
    public boolean isSomeRemoteWhole() {
        return decision == null || decision.mayLetOneRemotePassWhole();
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

    /** Of an undetermined flow, whether regional tags may turn out to pass, though no document says that they suffice. */
    public boolean isPerhapsOnlyARisk() {
        return verdict == Verdict.UNDETERMINED && !missingForCoverage.isEmpty() && !isPerhapsAccepted();
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

    /** What would decide the requirement: the flow itself, or whether narrower remotes pass where these suffice. */
    public List<String> missingForRequirement() {
        return isPerhapsAccepted()
                ? Stream.concat(missing.stream(), missingForCoverage.stream())
                        .distinct()
                        .sorted()
                        .toList()
                : missing;
    }

    /** Such as {@code ; no rule names Storage.WestEurope}; empty where rules name all narrower remotes that suffice. */
    public String unnamedText() {
        return unnamed.isEmpty() || !isPerhapsAccepted() ? "" : "; no rule names " + String.join(" or ", unnamed);
    }

    private static String joined(List<String> missing) {
        String tags = missing.stream()
                .filter(text -> text.startsWith(TAG_DATA))
                .map(text -> text.substring(TAG_DATA.length()))
                .collect(Collectors.joining(", "));
        List<String> others = Reasons.merged(
                missing.stream().filter(text -> !text.startsWith(TAG_DATA)).toList());
        if (tags.isEmpty()) {
            return String.join("; ", others);
        }
        String data = "the addresses of service tags " + tags + " (--service-tags FILE)";
        return others.isEmpty() ? data : String.join("; ", others) + "; " + data;
    }

    /** Such as {@code Tcp 1433 outbound to Sql}. */
    public String text() {
        return flow.row().text();
    }

    /**
     * Such as {@code Tcp 1433 outbound to Sql is denied by nsg-apim/deny-all (priority 200)}. Of an undetermined flow, what
     * surely is denied and what would decide the rest.
     */
    public String message() {
        if (verdict == Verdict.UNDETERMINED && isDeniedInPart()) {
            return text() + " surely is denied in part (" + ports(surelyDenied) + sourcePorts(surelyDenied, ", ") + ")"
                    + by(surelyDenied) + "; the rest cannot be decided without " + missingText();
        }
        List<FlowDecision.Part> parts =
                decision == null ? List.of() : parts(decision).toList();
        if (verdict == Verdict.PARTIAL) {
            String only = sourcePorts(parts, "");
            return text() + " is partly denied" + (only.isEmpty() ? "" : " (" + only + ")") + by(parts);
        }
        return text() + " is " + verdict.word() + by(parts);
    }

    /** Why a requirement is met: {@link #message()} of a flow that passes whole, else what of it passes and why that is enough. */
    public String passedText() {
        if (verdict != Verdict.ALLOWED && isAccepted()) {
            return text() + " passes for " + coveredByText() + ", which is enough";
        }
        if (verdict != Verdict.ALLOWED && isToHosts()) {
            return (verdict == Verdict.PARTIAL ? "a part of " : "at least a part of ") + text()
                    + " passes, which is enough because security groups know no names: the hosts may lie in it";
        }
        return message();
    }

    private static String ports(List<FlowDecision.Part> denied) {
        PortSet ports = union(denied, Box::destinationPorts);
        boolean one = ports.ranges().size() == 1
                && ports.ranges().get(0).first() == ports.ranges().get(0).last();
        return ports.isAll() ? "every port" : (one ? "port " : "ports ") + ports;
    }

    /** Where less than all source ports of the flow are denied, these; else an empty text. */
    private String sourcePorts(List<FlowDecision.Part> parts, String before) {
        PortSet all = flow.row().sourcePorts();
        PortSet denied = union(
                parts.stream().filter(part -> !part.decider().allows()).toList(),
                box -> box.protocols().intersect(ProtocolSet.WITH_PORTS).isEmpty() ? all : box.sourcePorts());
        return denied.equals(all) ? "" : before + "only from source ports " + denied;
    }

    private static PortSet union(List<FlowDecision.Part> parts, Function<Box, PortSet> side) {
        return PortSet.union(parts.stream()
                .flatMap(part -> part.pieces().stream())
                .map(piece -> side.apply(piece.box()))
                .distinct()
                .toList());
    }

    private static String by(List<FlowDecision.Part> parts) {
        return by(parts, false);
    }

    private static String by(List<FlowDecision.Part> parts, boolean allowing) {
        String rules = parts.stream()
                .map(FlowDecision.Part::decider)
                .filter(decider -> decider.isKnown() && decider.allows() == allowing)
                .map(FlowVerdict::describe)
                .distinct()
                .collect(Collectors.joining(", "));
        return rules.isEmpty() ? "" : " by " + rules;
    }

    /** The parts that are dropped; of an undetermined flow those that surely are. */
    public List<FlowDecision.Part> deniedParts() {
        if (decision == null) {
            return List.of();
        }
        return verdict == Verdict.UNDETERMINED
                ? surelyDenied
                : parts(decision).filter(part -> !part.decider().allows()).toList();
    }

    /** Whether none of its packets to some ports gets past one of the stages, though others of it may. */
    public boolean isDeniedOn(PortSet ports) {
        return decision != null
                && !deniedParts().isEmpty()
                && decision.stages().stream()
                        .map(stage -> stage.parts().stream()
                                .filter(part -> part.isOn(ports))
                                .toList())
                        .anyMatch(parts -> !parts.isEmpty()
                                && parts.stream()
                                        .noneMatch(part -> part.decider().allows()));
    }

    /** Such as {@code Tcp 1433 outbound to Sql is allowed by nsg-apim/allow-sql (priority 200)}, or for what it passes. */
    public String allowedText() {
        if (isCovered()) {
            return text() + " passes for " + coveredByText();
        }
        List<FlowDecision.Part> groups = decision == null
                ? List.of()
                : parts(decision)
                        .filter(part -> !(part.decider() instanceof Decider.Routed))
                        .toList();
        return text() + " is allowed" + by(groups, true);
    }

    private static Stream<FlowDecision.Part> parts(FlowDecision decision) {
        return decision.stages().stream().flatMap(stage -> stage.parts().stream());
    }

    private static String describe(Decider decider) {
        if (decider instanceof Decider.Rule rule) {
            NsgRule nsgRule = rule.rule();
            String kind = nsgRule.isDefault() ? "default rule, priority " : "priority ";
            return nsgRule.nsgId().name() + "/" + nsgRule.name() + " (" + kind + nsgRule.priority() + ")";
        }
        if (decider instanceof Decider.Admin admin) {
            return "security admin rule " + admin.rule().name()
                    + (admin.rule().priority() == null
                            ? ""
                            : " (priority " + admin.rule().priority() + ")");
        }
        if (decider instanceof Decider.Firewall firewall) {
            return firewall.rule() == null
                    ? "firewall " + firewall.firewall().name() + ", of which no rule allows it"
                    : "rule " + firewall.rule().name() + " of firewall "
                            + firewall.firewall().name();
        }
        if (decider instanceof Decider.Routed routed) {
            return "the " + RoutePlaces.text(routed.route());
        }
        if (decider instanceof Decider.NoNsg) {
            return "the missing network security group";
        }
        return decider.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
