package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision.Part;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FactRef;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.Provenance;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A dependency that a location does not reach, and what the configuration says of it.
 *
 * @param cause how the flows that it proves and the failure go together
 * @param flows the flows that explain it, or that should have let it through; empty where no required flow stands for it
 * @param parts what of these flows is dropped on the dependency's ports
 */
public record FailedDependency(DependencyStatus dependency, Cause cause, List<FlowVerdict> flows, List<Part> parts) {

    /** How a failure and the configuration go together. */
    public enum Cause {
        /** A required flow is denied: that is why. */
        DENIED,
        /** A part of a required flow is denied: that may be why. */
        PARTLY_DENIED,
        /** Whether the flow passes cannot be decided. */
        UNDECIDED,
        /** The flow passes: something else is in the way. */
        ALLOWED,
        /** No requirement in force stands for a dependency of this kind. */
        NO_FLOW,
        /** Nobody knows what a dependency of this kind needs. */
        UNKNOWN_KIND
    }

    private static final Comparator<FlowVerdict> ORDER = Comparator.comparing(FlowVerdict::row)
            .thenComparing(verdict -> verdict.flow().row().direction())
            .thenComparing(FlowVerdict::text);

    public FailedDependency {
        flows = List.copyOf(flows);
        parts = List.copyOf(parts);
    }

    /** Of a kind that the table does not know. */
    public static FailedDependency ofUnknownKind(DependencyStatus dependency) {
        return new FailedDependency(dependency, Cause.UNKNOWN_KIND, List.of(), List.of());
    }

    /** @param verdicts the flows at its location that it proves */
    public static FailedDependency of(
            DependencyStatus dependency, StatusMapping mapping, Collection<FlowVerdict> verdicts) {
        List<FlowVerdict> flows = verdicts.stream().distinct().sorted(ORDER).toList();
        for (Cause cause : List.of(Cause.DENIED, Cause.PARTLY_DENIED, Cause.UNDECIDED, Cause.ALLOWED)) {
            List<FlowVerdict> those = flows.stream()
                    .filter(flow -> causeOf(flow, mapping.ports()) == cause)
                    .toList();
            if (!those.isEmpty()) {
                return new FailedDependency(
                        dependency,
                        cause,
                        those,
                        those.stream()
                                .flatMap(flow -> denied(flow, mapping.ports()).stream())
                                .toList());
            }
        }
        return new FailedDependency(dependency, Cause.NO_FLOW, List.of(), List.of());
    }

    private static Cause causeOf(FlowVerdict flow, PortSet ports) {
        if (flow.isAccepted()) {
            return Cause.ALLOWED;
        }
        if (flow.verdict() == Verdict.DENIED || flow.isDeniedOn(ports)) {
            return Cause.DENIED;
        }
        if (!denied(flow, ports).isEmpty()) {
            return Cause.PARTLY_DENIED;
        }
        return flow.verdict() == Verdict.UNDETERMINED ? Cause.UNDECIDED : Cause.ALLOWED;
    }

    private static List<Part> denied(FlowVerdict flow, PortSet ports) {
        return flow.deniedParts().stream()
                .filter(part -> part.pieces().stream()
                        .anyMatch(piece ->
                                !piece.box().destinationPorts().intersect(ports).isEmpty()))
                .toList();
    }

    public Location location() {
        return dependency.location();
    }

    public boolean isNeeded() {
        return dependency.isNeeded();
    }

    public boolean isOptional() {
        return dependency.isOptional();
    }

    public boolean isOfUnknownNeed() {
        return dependency.isOfUnknownNeed();
    }

    /** Whether a required flow that is denied, in part at least, explains it. */
    public boolean isExplained() {
        return cause == Cause.DENIED || cause == Cause.PARTLY_DENIED;
    }

    /** The ids of the requirements of its flows, joined. */
    public String flowIds() {
        return flows.stream().map(FlowVerdict::row).distinct().collect(Collectors.joining(", "));
    }

    /**
     * Such as {@code SQLDatabase contoso.database.windows.net fails since …: Tcp 1433 outbound to Sql is denied by
     * nsg-apim/deny-all (priority 200) (C-FLOW-OUT-SQL)}.
     */
    public String message() {
        return dependency.text() + " fails"
                + (dependency.row().lastStatusChange() == null
                        ? ""
                        : " since " + dependency.row().lastStatusChange().truncatedTo(ChronoUnit.SECONDS))
                + switch (cause) {
                    case DENIED -> ": " + flowMessages();
                    case PARTLY_DENIED -> ", which may be because " + flowMessages();
                    case UNDECIDED ->
                        "; whether the configuration lets it through cannot be decided: "
                                + flows.stream()
                                        .map(flow -> flow.text() + " (" + flow.row() + ") is open without "
                                                + flow.missingText())
                                        .collect(Collectors.joining("; "));
                    case ALLOWED ->
                        " though the configuration lets it through: "
                                + flows.stream().map(FlowVerdict::allowedText).collect(Collectors.joining("; "))
                                + "; " + whereToLook();
                    case NO_FLOW -> "; no required flow of this location stands for it; " + whereToLook();
                    case UNKNOWN_KIND ->
                        "; which flow it needs is not known, because no kind of dependency that netkb"
                                + " knows is called " + kind() + "; " + whereToLook();
                };
    }

    private String flowMessages() {
        return flows.stream()
                .map(flow -> flow.message() + " (" + flow.row() + ")")
                .collect(Collectors.joining("; "));
    }

    private String kind() {
        String type = dependency.row().resourceType();
        return type == null || type.isBlank() ? "nothing at all" : "'" + type + "'";
    }

    private String whereToLook() {
        return dependency.isAboutItsName()
                ? "its error speaks of the name: look at the DNS servers and private DNS zones that the subnet uses"
                : "look at firewalls on the way and at the dependency itself, and at what changed at that time";
    }

    /** The row of the network status, and who drops its packets. */
    public List<Evidence> evidence(RoutePlaces places) {
        Provenance from = dependency.provenance();
        FactRef status = new FactRef(dependency.factType(), dependency.id());
        List<Evidence> seen = new ArrayList<>();
        seen.add(new Evidence(
                "status", dependency.row().status(), status, from.place().field("status")));
        String error = dependency.row().error();
        if (error != null && !error.isBlank()) {
            seen.add(new Evidence("error", error.trim(), status, from.place().field("error")));
        }
        parts.stream().map(part -> evidence(part, places)).distinct().forEach(seen::add);
        return seen;
    }

    private static Evidence evidence(Part part, RoutePlaces places) {
        String key = "decidingRule";
        if (part.decider() instanceof Decider.Rule decider) {
            NsgRule rule = decider.rule();
            return new Evidence(
                    key,
                    rule.nsgId().name() + "/" + rule.name() + " (" + (rule.isDefault() ? "default rule, " : "")
                            + "priority " + rule.priority() + ", Deny)",
                    new FactRef(rule.factType(), rule.id()),
                    places.place(rule));
        }
        if (part.decider() instanceof Decider.Routed routed) {
            return new Evidence(
                    key, RoutePlaces.text(routed.route()), places.fact(routed.route()), places.place(routed.route()));
        }
        if (part.decider() instanceof Decider.NoNsg none) {
            return new Evidence(
                    key,
                    "no network security group",
                    new FactRef("Subnet", none.subnetId()),
                    places.place(none.subnetId()));
        }
        return new Evidence(
                key, part.decider().getClass().getSimpleName().toLowerCase(Locale.ROOT), null, Place.NOWHERE);
    }
}
