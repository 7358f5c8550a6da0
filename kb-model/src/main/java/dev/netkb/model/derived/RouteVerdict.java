package dev.netkb.model.derived;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.reach.Away;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.ResolvedRoute;
import dev.netkb.model.report.Reasons;
import dev.netkb.model.report.Verdict;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes of a required flow on its routes, whatever security groups say: where its packets go, or for an inbound
 * flow the replies.
 *
 * @param suffices whether narrower far sides pass whole and the documents say that they suffice, such as the regional tag
 *     of the location's own region
 * @param away whether packets are led to a gateway, an appliance or nowhere, whatever becomes of them there
 */
public record RouteVerdict(RequiredFlow flow, FlowDecision decision, boolean suffices, Away away) {

    /** The id of the flow's requirement. */
    public String row() {
        return flow.row().id();
    }

    /** Whether its flow leads to a DNS server. */
    public boolean isToDnsServer() {
        return flow.isToDnsServers();
    }

    /** The far side of its flow. */
    public String remote() {
        return flow.row().remote();
    }

    public Location location() {
        return flow.location();
    }

    public Verdict verdict() {
        return decision.verdict();
    }

    /**
     * Whether the location does not work without it: an outbound flow that is not optional, or the inbound flows of the
     * control plane and of clients.
     */
    public boolean isNeeded() {
        return flow.row().direction() == Direction.OUTBOUND
                ? !flow.row().optional()
                : row().equals("C-FLOW-IN-3443") || isOfClients();
    }

    /** Whether it is the flow from clients on the internet. */
    public boolean isOfClients() {
        return row().equals("C-FLOW-IN-CLIENT");
    }

    /** Public ranges that a user route leads to the internet, though the default route may lead elsewhere. */
    public List<String> rangesToInternet() {
        return decision.stages().stream()
                .flatMap(stage -> stage.parts().stream())
                .filter(part -> part.decider().allows() && part.decider() instanceof Decider.Routed)
                .map(part -> ((Decider.Routed) part.decider()).route())
                .filter(route -> route.isUserDefined()
                        && route.nextHopType() == NextHopType.INTERNET
                        && route.destination().contains("/")
                        && !route.destination().endsWith("/0"))
                .map(ResolvedRoute::destination)
                .toList();
    }

    /** Whether packets surely are lost that matter: of the internet, all; of other far sides, some. */
    public boolean isBroken() {
        return verdict() == Verdict.DENIED || !suffices && !flow.row().isRemoteInternet() && !losing().isEmpty();
    }

    /** Whether its packets surely pass, or those that suffice. */
    public boolean isPassing() {
        return verdict() == Verdict.ALLOWED || suffices;
    }

    /** Whether some of its packets surely are led away, and nobody knows that all pass nonetheless. */
    public boolean isLedAway() {
        return away == Away.SOME && !isPassing();
    }

    /** Whether it is not known whether packets are led away, and neither that all pass. */
    public boolean isPerhapsLedAway() {
        return away == Away.PERHAPS && !isPassing();
    }

    /** Whether nobody knows whether it is broken. */
    public boolean isOpen() {
        return verdict() == Verdict.UNDETERMINED && !suffices && !isBroken();
    }

    /** The routes on which packets surely are lost. */
    public List<ResolvedRoute> losing() {
        if (verdict() == Verdict.ALLOWED) {
            return List.of();
        }
        List<ResolvedRoute> known = losing(part -> part.pieces().stream().anyMatch(FlowDecision.Piece::isConcrete));
        return verdict() == Verdict.DENIED || verdict() == Verdict.PARTIAL && known.isEmpty()
                ? losing(part -> true)
                : known;
    }

    /**
     * The user routes to nowhere that surely take packets that matter. Nobody can remove a system route, and whether DNS
     * servers are reached is a requirement of its own.
     */
    public List<ResolvedRoute> nowhere() {
        return isBroken() && !isToDnsServer()
                ? losing().stream().filter(RouteVerdict::isCustomNowhere).toList()
                : List.of();
    }

    /**
     * The user routes to nowhere, or to where nobody knows, that may take packets; empty where none may, or where some
     * surely are taken to nowhere.
     */
    public List<ResolvedRoute> perhapsNowhere() {
        return isOpen() && !isToDnsServer()
                ? losing(part -> true).stream()
                        .filter(route -> isCustomNowhere(route) || isToUnknownHop(route))
                        .toList()
                : List.of();
    }

    private static boolean isToUnknownHop(ResolvedRoute route) {
        return route.isUserDefined() && route.nextHopType() == NextHopType.UNKNOWN;
    }

    private static boolean isCustomNowhere(ResolvedRoute route) {
        return route.isUserDefined() && route.nextHopType() == NextHopType.NONE;
    }

    private List<ResolvedRoute> losing(Predicate<FlowDecision.Part> which) {
        return lost().filter(which)
                .map(part -> ((Decider.Routed) part.decider()).route())
                .distinct()
                .toList();
    }

    private Stream<FlowDecision.Part> lost() {
        return decision.stages().stream()
                .flatMap(stage -> stage.parts().stream())
                .filter(part -> !part.decider().allows() && part.decider() instanceof Decider.Routed);
    }

    /** Of a broken flow, {@code lost} or {@code partly lost}. */
    public String lostWord() {
        return verdict() == Verdict.DENIED ? "lost" : "partly lost";
    }

    /** The routes on which packets surely are lost, joined. */
    public String lossText() {
        return losing().stream().map(RoutePlaces::text).collect(Collectors.joining(", "));
    }

    /** What would decide it, joined; empty where it is decided. */
    public String missingText() {
        return String.join("; ", Reasons.merged(decision.missing()));
    }

    /** Such as {@code Tcp 1433 outbound to Sql (C-FLOW-OUT-SQL)}. */
    public String text() {
        return flow.row().text() + " (" + row() + ")";
    }
}
