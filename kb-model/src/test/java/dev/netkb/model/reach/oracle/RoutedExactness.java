package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.reach.Box;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.FlowDecision.Part;
import dev.netkb.model.reach.FlowDecision.Piece;
import dev.netkb.model.reach.FlowDecision.StageDecision;
import dev.netkb.model.reach.Packet;
import dev.netkb.model.reach.Reachability;
import dev.netkb.model.reach.Stage;
import dev.netkb.model.reach.oracle.Walk.Fate;
import dev.netkb.model.reach.oracle.Walk.Tally;
import dev.netkb.model.reach.oracle.Walk.Way;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.IpAddress;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a decision over all stages against packets that walk one by one. */
final class RoutedExactness {

    private static final List<Stage> BEFORE_PEER = List.of(Stage.ADMIN_RULES, Stage.NSG, Stage.ROUTE);

    private final World world;
    private final Walk walk;
    private final ElementaryCells cells;
    private final List<OraclePacket> packets;
    private final FlowDecision decision;
    private final Map<BigInteger, IpAddress> addresses = new HashMap<>();

    private RoutedExactness(World world) {
        this.world = world;
        this.walk = new Walk(world);
        this.cells = walk.cells(world);
        this.packets = cells.packets();
        this.decision = Reachability.of(world.snapshot()).decide(world.flow());
    }

    /**
     * What the comparison saw.
     *
     * @param disagreement the first difference in words, null where there is none
     * @param verdict by the oracles; null for a flow without packets
     */
    record Outcome(@Nullable String disagreement, @Nullable Verdict verdict) {}

    static Outcome of(World world) {
        RoutedExactness exactness = new RoutedExactness(world);
        Tally whole = new Tally();
        try {
            return new Outcome(exactness.compare(whole), exactness.packets.isEmpty() ? null : whole.verdict());
        } catch (RuntimeException e) {
            throw new IllegalStateException(world.toString(), e);
        }
    }

    private @Nullable String compare(Tally whole) {
        if (packets.isEmpty()) {
            return decision.denied().isEmpty() && decision.witness() == null ? null : "an empty flow is denied a part";
        }
        boolean isPeerKnown = arePeersKnown();
        List<Stage> compared = isPeerKnown ? List.of(Stage.values()) : BEFORE_PEER;
        Map<Stage, Tally> stages = new EnumMap<>(Stage.class);
        Map<Stage, OraclePacket> lowest = new EnumMap<>(Stage.class);
        Set<Stage> unsure = EnumSet.noneOf(Stage.class);
        Map<BigInteger, Boolean> dropsByFarSide = new HashMap<>();
        Map<OraclePacket, Way> ways = new LinkedHashMap<>();
        for (OraclePacket packet : packets) {
            Way way = walk.of(packet);
            ways.put(packet, way);
            whole.add(way.fate());
            for (Stage stage : compared) {
                String difference = differenceAt(stage, packet, way.at(stage));
                if (difference != null) {
                    return difference;
                }
                if (!way.at(stage).isEmpty()) {
                    stages.computeIfAbsent(stage, s -> new Tally()).add(Fate.of(way.at(stage)));
                    if (!way.isSureUpTo(stage)) {
                        unsure.add(stage);
                    }
                }
            }
            if (way.isDroppedByOne()) {
                lowest.merge(way.dropsAt(), packet, (a, b) -> OraclePacket.ORDER.compare(a, b) <= 0 ? a : b);
            }
            dropsByFarSide.merge(packet.remote(world.flow().direction()), way.fate() == Fate.DROPS, Boolean::logicalOr);
        }
        if (!isPeerKnown) {
            return differenceOfStages(stages, compared);
        }
        if (decision.verdict() != whole.verdict()) {
            return "verdict is " + decision.verdict() + ", not " + whole.verdict();
        }
        if (decision.missing().isEmpty() == (whole.verdict() == Verdict.UNDETERMINED)) {
            return "missing is " + decision.missing() + " of a verdict " + whole.verdict();
        }
        if (dropsByFarSide.containsValue(false) && !decision.mayLetOneRemotePassWhole()) {
            return "nobody passes whole, it is said; but one may";
        }
        String difference = differenceOfStages(
                stages,
                compared.stream().filter(stage -> !unsure.contains(stage)).toList());
        if (difference == null) {
            difference = differenceOfSurelyDenied(ways);
        }
        if (difference == null) {
            difference = differenceOfWitness(lowest, ways);
        }
        return difference == null ? differenceOfPieces() : difference;
    }

    /** Whether all virtual networks were exported that packets may come to. */
    private boolean arePeersKnown() {
        Set<Object> known = new HashSet<>();
        world.snapshot().virtualNetworks().stream().map(VirtualNetwork::id).forEach(known::add);
        return known.contains(world.flow().subnet().vnetId())
                && world.snapshot().peerings().stream()
                        .map(VnetPeering::remoteVnetId)
                        .allMatch(known::contains);
    }

    /** The packet must lie in pieces of just these deciders. */
    private @Nullable String differenceAt(Stage stage, OraclePacket packet, Set<Decider> expected) {
        Packet same = packet(packet);
        Set<Decider> found = new LinkedHashSet<>();
        int concrete = 0;
        for (StageDecision at : decision.stages()) {
            for (Part part : at.stage() == stage ? at.parts() : List.<Part>of()) {
                for (Piece piece : part.pieces()) {
                    if (piece.box().contains(same)) {
                        found.add(part.decider());
                        concrete += piece.isConcrete() ? 1 : 0;
                    }
                }
            }
        }
        if (concrete > 1) {
            return stage + " of " + packet + " is decided more than once, by " + texts(found);
        }
        return found.equals(expected)
                ? null
                : stage + " of " + packet + ": decided by " + texts(found) + ", not " + texts(expected);
    }

    private static List<String> texts(Set<Decider> deciders) {
        return deciders.stream()
                .map(decider -> decider instanceof Decider.Routed routed
                        ? routed.route().text()
                                + (routed.isKnown() ? "" : " perhaps")
                                + (routed.allows() ? " passes" : " drops")
                        : decider instanceof Decider.Firewall firewall
                                ? (firewall.rule() == null
                                                ? "firewall"
                                                : firewall.rule().id()) + " " + firewall.allows()
                                : decider.toString())
                .toList();
    }

    private @Nullable String differenceOfStages(Map<Stage, Tally> tallies, List<Stage> compared) {
        for (Stage stage : compared) {
            Verdict found = decision.stages().stream()
                    .filter(at -> at.stage() == stage)
                    .map(StageDecision::verdict)
                    .findFirst()
                    .orElse(null);
            Verdict expected = tallies.containsKey(stage) ? tallies.get(stage).verdict() : null;
            if (found != expected) {
                return "stage " + stage + " is " + found + ", not " + expected;
            }
        }
        return null;
    }

    /** Pieces that are surely denied hold packets that are dropped; and all of these, where one decider drops them. */
    private @Nullable String differenceOfSurelyDenied(Map<OraclePacket, Way> ways) {
        List<Box> boxes = decision.surelyDenied(false).stream()
                .flatMap(part -> part.pieces().stream())
                .filter(Piece::isConcrete)
                .map(Piece::box)
                .toList();
        for (OraclePacket packet : packets) {
            boolean said = boxes.stream().anyMatch(box -> box.contains(packet(packet)));
            Way way = ways.get(packet);
            if (said && way.fate() != Fate.DROPS) {
                return "surely denied is said of " + packet + ", which may pass";
            }
            if (!said && way.isDroppedByOne()) {
                return "surely denied is not said of " + packet;
            }
        }
        return null;
    }

    private @Nullable String differenceOfWitness(Map<Stage, OraclePacket> lowest, Map<OraclePacket, Way> ways) {
        OraclePacket expected = lowest.values().stream().findFirst().orElse(null);
        Packet witness = decision.witness();
        if (expected == null) {
            return witness == null ? null : "a witness where none is sure: " + witness;
        }
        if (!packet(expected).equals(witness)) {
            return "witness is " + witness + ", not " + expected;
        }
        Way way = ways.get(expected);
        Decider decider = way.at(way.dropsAt()).iterator().next();
        return decision.witnessDecider().filter(decider::equals).isPresent()
                ? null
                : "witness is dropped by " + decision.witnessDecider() + ", not " + decider;
    }

    /** The far sides of pieces are unions of cells, so that the lowest packets speak for all. */
    private @Nullable String differenceOfPieces() {
        for (StageDecision at : decision.stages()) {
            for (Part part : at.parts()) {
                for (Piece piece : part.pieces()) {
                    if (!isUnion(piece.box().source(), cells.sources())
                            || !isUnion(piece.box().destination(), cells.destinations())) {
                        return "a piece at " + at.stage() + " cuts a cell or leaves the flow: " + piece.box();
                    }
                }
            }
        }
        return null;
    }

    private boolean isUnion(AddressSet set, List<ElementaryCells.Cut> cuts) {
        BigInteger size = BigInteger.ZERO;
        for (ElementaryCells.Cut cut : cuts) {
            if (set.contains(address(cut.lowest()))) {
                size = size.add(cut.size());
            }
        }
        return set.size().equals(size);
    }

    private Packet packet(OraclePacket packet) {
        return new Packet(
                packet.protocol(),
                address(packet.source()),
                packet.sourcePort(),
                address(packet.destination()),
                packet.destinationPort());
    }

    private IpAddress address(BigInteger number) {
        return addresses.computeIfAbsent(number, n -> IpAddress.parse(Line.text(n)));
    }
}
