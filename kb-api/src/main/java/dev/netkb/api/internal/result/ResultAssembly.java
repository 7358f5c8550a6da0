package dev.netkb.api.internal.result;

import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.Location;
import dev.netkb.model.derived.Applicable;
import dev.netkb.model.derived.Finding;
import dev.netkb.model.derived.Finding.Kind;
import dev.netkb.model.derived.FlowVerdict;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.derived.RoutePlaces;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FactRef;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Source;
import dev.netkb.model.report.Subject;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes one result of all findings of one requirement, location and flow. */
public final class ResultAssembly {

    /** What the catalogue says about a requirement. */
    public record Described(String title, @Nullable String remediation, List<Source> source) {}

    private final Remediations remediations;
    private final RoutePlaces places;
    private final UnaryOperator<Place> locate;
    private final UnaryOperator<Place> locateBefore;
    private final boolean all;

    /**
     * @param places where routes stand in the export
     * @param locate completes the places of evidence with lines
     * @param all whether passed and not applicable requirements give results too
     */
    public ResultAssembly(Remediations remediations, RoutePlaces places, UnaryOperator<Place> locate, boolean all) {
        this(remediations, places, locate, locate, all);
    }

    /**
     * For results about the change between two snapshots.
     *
     * @param locateBefore completes the places of what was seen in the earlier one
     */
    public ResultAssembly(
            Remediations remediations,
            RoutePlaces places,
            UnaryOperator<Place> locate,
            UnaryOperator<Place> locateBefore,
            boolean all) {
        this.remediations = remediations;
        this.places = places;
        this.locate = locate;
        this.locateBefore = locateBefore;
        this.all = all;
    }

    /**
     * The results of one requirement at one location.
     *
     * @param findings all findings about it
     * @param failure why its rule failed, null where it did not
     */
    public List<Result> of(
            Applicable applicable, Described described, List<Finding> findings, @Nullable String failure) {
        return results(applicable, described, findings, null, failure);
    }

    /** The results of one required flow. */
    public List<Result> ofFlow(FlowVerdict verdict, Described described, List<Finding> findings) {
        return results(verdict.applicable(), described, findings, verdict, null);
    }

    /** A requirement of which a location alone says what came of it. */
    public Result of(Outcome outcome, Requirement requirement, Location location, Described described, String message) {
        return new Result(
                requirement.id(),
                outcome,
                requirement.severity(),
                described.title(),
                message,
                subject(location, null),
                null,
                List.of(),
                List.of(),
                null,
                described.source(),
                null);
    }

    private List<Result> results(
            Applicable applicable,
            Described described,
            List<Finding> findings,
            @Nullable FlowVerdict verdict,
            @Nullable String failure) {
        List<String> reasons = messages(findings, Kind.NOT_APPLICABLE);
        if (!applicable.certain()) {
            return perhaps(applicable, described, reasons, verdict);
        }
        List<String> notes = messages(findings, Kind.NOTE);
        List<Finding> violations = sorted(findings, Kind.VIOLATED);
        if (!violations.isEmpty()) {
            return distinct(violations).stream()
                    .map(finding -> violated(finding, described, notes))
                    .toList();
        }
        List<String> missing = new ArrayList<>(reasons.isEmpty() ? messages(findings, Kind.UNDETERMINED) : List.of());
        if (failure != null) {
            missing.add("the rule failed: " + failure);
        }
        if (!missing.isEmpty()) {
            return List.of(
                    plain(applicable, described, Outcome.UNDETERMINED, String.join("; ", missing), verdict, notes));
        }
        if (!all) {
            return List.of();
        }
        if (!reasons.isEmpty()) {
            return List.of(
                    plain(applicable, described, Outcome.NOT_APPLICABLE, String.join("; ", reasons), verdict, notes));
        }
        String message = verdict == null ? described.title() : verdict.passedText();
        return List.of(plain(applicable, described, Outcome.PASSED, message, verdict, notes));
    }

    /** Of a requirement that the location may not have to meet, what rules find says only that it does not concern it. */
    private List<Result> perhaps(
            Applicable applicable, Described described, List<String> reasons, @Nullable FlowVerdict verdict) {
        Outcome outcome = reasons.isEmpty() ? Outcome.UNDETERMINED : Outcome.NOT_APPLICABLE;
        String message = reasons.isEmpty() ? applicable.located().missing() : String.join("; ", reasons);
        return all || outcome == Outcome.UNDETERMINED
                ? List.of(plain(applicable, described, outcome, message, verdict, List.of()))
                : List.of();
    }

    /** Findings of one subject and message are one. */
    private static List<Finding> distinct(List<Finding> findings) {
        Map<List<Object>, Finding> distinct = new LinkedHashMap<>();
        for (Finding finding : findings) {
            AzureFact subject = finding.subject();
            distinct.putIfAbsent(List.of(finding.message(), subject == null ? "" : subject.id()), finding);
        }
        return List.copyOf(distinct.values());
    }

    private static List<Finding> sorted(List<Finding> findings, Kind kind) {
        return findings.stream()
                .filter(finding -> finding.kind() == kind)
                .sorted(Comparator.comparing(Finding::message))
                .toList();
    }

    private static List<String> messages(List<Finding> findings, Kind kind) {
        return findings.stream()
                .filter(finding -> finding.kind() == kind)
                .map(Finding::message)
                .distinct()
                .sorted()
                .toList();
    }

    private Result violated(Finding finding, Described described, List<String> notes) {
        FlowVerdict verdict = finding.verdict();
        FlowResult flow = verdict == null ? null : located(FlowResults.of(verdict, places));
        List<Evidence> evidence = new ArrayList<>();
        finding.evidence()
                .forEach(e -> evidence.add(
                        new Evidence(e.key(), e.value(), e.fact(), locating(e).apply(e.at()))));
        if (verdict != null) {
            evidence.addAll(denying(verdict));
        }
        Remediation remediation = remediations.of(finding, described.remediation());
        Severity severity = finding.severity();
        return new Result(
                finding.rule(),
                Outcome.VIOLATED,
                severity == null ? finding.applicable().requirement().severity() : severity,
                described.title(),
                finding.message(),
                subject(finding.location(), finding.subject()),
                flow,
                evidence,
                Stream.concat(finding.notes().stream(), notes.stream()).toList(),
                remediation,
                described.source(),
                null);
    }

    private UnaryOperator<Place> locating(Evidence evidence) {
        return evidence.key().startsWith(Finding.BEFORE) ? locateBefore : locate;
    }

    private Result plain(
            Applicable applicable,
            Described described,
            Outcome outcome,
            String message,
            @Nullable FlowVerdict verdict,
            List<String> notes) {
        return new Result(
                applicable.rule(),
                outcome,
                applicable.requirement().severity(),
                described.title(),
                message,
                subject(applicable.location(), null),
                verdict == null ? null : located(FlowResults.of(verdict, places)),
                List.of(),
                notes,
                null,
                described.source(),
                null);
    }

    private static Subject subject(Location location, @Nullable AzureFact fact) {
        if (fact == null || fact instanceof Location) {
            String type = location.isWorkspaceGateway() ? "workspaceGateway" : "location";
            return new Subject(type, location.serviceId(), location.regionName());
        }
        return new Subject(SUBJECT_TYPES.apply(fact.factType()), fact.id(), location.regionName());
    }

    private static final Function<String, String> SUBJECT_TYPES = type -> switch (type) {
        case "NetworkSecurityGroup" -> "nsg";
        case "NsgRule" -> "nsgRule";
        case "RouteTable" -> "routeTable";
        case "Route" -> "route";
        case "VirtualNetwork" -> "vnet";
        case "PublicIpAddress" -> "publicIp";
        case "ApiManagementService" -> "service";
        case "VnetPeering" -> "peering";
        default -> type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    };

    /** The rules that deny, as evidence that points to them. */
    private List<Evidence> denying(FlowVerdict verdict) {
        return FlowResults.denying(verdict, places).stream()
                .map(rule -> rule.withPlaces(locate))
                .map(rule -> new Evidence("decidingRule", text(rule), reference(rule), rule.at()))
                .toList();
    }

    private static String text(DecidingRule rule) {
        if (rule.priority() == null) {
            return rule.name();
        }
        return rule.name() + " (" + (rule.isDefault() ? "default rule, " : "") + "priority " + rule.priority() + ", "
                + rule.access() + ")";
    }

    private static @Nullable FactRef reference(DecidingRule rule) {
        if (rule.id().isEmpty()) {
            return null;
        }
        ResourceId id = ResourceId.of(rule.id());
        String type = switch (rule.type()) {
            case "nsgRule" -> "NsgRule";
            case "adminRule" -> "SecurityAdminRule";
            case "firewallRule" ->
                id.type().toLowerCase(Locale.ROOT).endsWith("/rules") ? "FirewallRule" : "AzureFirewall";
            case "route", "nextHop" -> id.type().toLowerCase(Locale.ROOT).endsWith("/routes") ? "Route" : "Subnet";
            default -> "Subnet";
        };
        return new FactRef(type, id);
    }

    private FlowResult located(FlowResult flow) {
        return flow.withPlaces(locate);
    }
}
