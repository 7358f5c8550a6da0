package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.report.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What becomes of a required flow on its routes, whatever security groups say: where its packets go, or for an inbound
 * flow the replies.
 */
public record RouteVerdict(RequiredFlow flow, FlowDecision decision) {

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

    /** Whether some packets surely are lost. */
    public boolean isBroken() {
        return verdict() == Verdict.DENIED || verdict() == Verdict.PARTIAL;
    }

    /** Whether some packets surely go nowhere: their route has the next hop None. */
    public boolean isLostToNone() {
        return !noneText().isEmpty();
    }

    /** The routes to nowhere that surely take packets of the flow, joined. */
    public String noneText() {
        return lossy().stream().filter(text -> text.contains(" to None)")).collect(Collectors.joining(", "));
    }

    /** The routes on which packets surely are lost, joined. */
    public String lossText() {
        return String.join(", ", lossy());
    }

    private List<String> lossy() {
        return decision.stages().stream()
                .flatMap(stage -> stage.parts().stream())
                .filter(part -> !part.decider().allows())
                .filter(part ->
                        verdict() == Verdict.DENIED || part.pieces().stream().anyMatch(FlowDecision.Piece::isConcrete))
                .filter(part -> part.decider() instanceof Decider.Routed)
                .map(part -> ((Decider.Routed) part.decider()).route().text())
                .distinct()
                .toList();
    }

    /** What would decide it, joined; empty where it is decided. */
    public String missingText() {
        return String.join("; ", decision.missing());
    }
}
