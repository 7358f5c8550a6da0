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
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.IpAddress;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a decision over all stages against packets that walk through groups and routes one by one. */
final class RoutedExactness {

    private final World world;
    private final PacketOracle groups;
    private final RouteOracle routes;
    private final ElementaryCells cells;
    private final List<OraclePacket> packets;
    private final FlowDecision decision;
    private final Map<BigInteger, IpAddress> addresses = new HashMap<>();

    private RoutedExactness(World world) {
        this.world = world;
        this.groups = new PacketOracle(world.snapshot(), world.tagData(), Assumption.NOTHING_IS_OPEN);
        this.routes = new RouteOracle(world);
        this.cells = ElementaryCells.of(world, groups, routes.boundaries());
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

    /** What becomes of a packet, as far as it is known. */
    enum Fate {
        PASSES,
        DROPS,
        UNKNOWN;

        static Fate of(Set<Decider> deciders) {
            boolean passes = deciders.stream().anyMatch(Decider::allows);
            boolean drops = deciders.stream().anyMatch(decider -> !decider.allows());
            return passes && drops ? UNKNOWN : passes ? PASSES : DROPS;
        }
    }

    /** Which fates packets have. */
    static final class Tally {
        private final Set<Fate> fates = new HashSet<>();

        void add(Fate fate) {
            fates.add(fate);
        }

        Verdict verdict() {
            if (fates.equals(Set.of(Fate.PASSES))) {
                return Verdict.ALLOWED;
            }
            if (fates.equals(Set.of(Fate.DROPS))) {
                return Verdict.DENIED;
            }
            return fates.containsAll(Set.of(Fate.PASSES, Fate.DROPS)) ? Verdict.PARTIAL : Verdict.UNDETERMINED;
        }
    }

    /**
     * The way of a packet.
     *
     * @param group what decides at the subnet
     * @param routes what may decide about its way, or that of replies; empty where it does not get there
     * @param peer what decides at the other end; null where it surely does not get there, or no subnet is there
     */
    record Way(Decider group, Set<Decider> routes, @Nullable Decider peer) {

        Fate fate() {
            if (!group.allows() || peer != null && !peer.allows()) {
                return Fate.DROPS;
            }
            return Fate.of(routes);
        }
    }

    private Way way(OraclePacket packet) {
        return way(world, groups, routes, packet);
    }

    static Way way(World world, PacketOracle groups, RouteOracle routes, OraclePacket packet) {
        PacketOracle.Trace trace = groups.trace(world.flow(), packet);
        if (!trace.atGroup().allows()) {
            return new Way(trace.atGroup(), Set.of(), null);
        }
        Set<Decider> there =
                routes.at(packet.remote(world.flow().direction()), world.flow().direction());
        boolean arrives = Fate.of(there) != Fate.DROPS;
        return new Way(trace.atGroup(), there, arrives ? trace.atPeer() : null);
    }

    private @Nullable String compare(Tally whole) {
        if (packets.isEmpty()) {
            return decision.denied().isEmpty() && decision.witness() == null ? null : "an empty flow is denied a part";
        }
        boolean isPeerKnown = arePeersKnown();
        Map<Stage, Tally> stages = new EnumMap<>(Stage.class);
        Map<Stage, OraclePacket> lowest = new EnumMap<>(Stage.class);
        boolean surelyAtPeer = true;
        Map<BigInteger, Boolean> dropsByFarSide = new HashMap<>();
        Set<OraclePacket> dropped = new LinkedHashSet<>();
        for (OraclePacket packet : packets) {
            Way way = way(packet);
            whole.add(way.fate());
            String difference = differenceAt(Stage.NSG, packet, Set.of(way.group()));
            if (difference == null) {
                difference = differenceAt(Stage.ROUTE, packet, way.routes());
            }
            if (difference == null && isPeerKnown) {
                difference = differenceAt(Stage.PEER_NSG, packet, way.peer() == null ? Set.of() : Set.of(way.peer()));
            }
            if (difference != null) {
                return difference;
            }
            add(stages, lowest, Stage.NSG, packet, Set.of(way.group()), true);
            if (!way.routes().isEmpty()) {
                add(stages, lowest, Stage.ROUTE, packet, way.routes(), true);
            }
            if (way.peer() != null) {
                boolean surely = way.routes().size() == 1;
                surelyAtPeer &= surely;
                add(stages, lowest, Stage.PEER_NSG, packet, Set.of(way.peer()), surely);
            }
            dropsByFarSide.merge(packet.remote(world.flow().direction()), way.fate() == Fate.DROPS, Boolean::logicalOr);
            if (way.fate() == Fate.DROPS) {
                dropped.add(packet);
            }
        }
        if (!isPeerKnown) {
            return differenceOfStages(stages, List.of(Stage.NSG, Stage.ROUTE));
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
        String difference =
                differenceOfStages(stages, surelyAtPeer ? List.of(Stage.values()) : List.of(Stage.NSG, Stage.ROUTE));
        if (difference == null) {
            difference = differenceOfSurelyDenied(dropped);
        }
        if (difference == null) {
            difference = differenceOfWitness(lowest);
        }
        return difference == null ? differenceOfPieces() : difference;
    }

    private static void add(
            Map<Stage, Tally> stages,
            Map<Stage, OraclePacket> lowest,
            Stage stage,
            OraclePacket packet,
            Set<Decider> deciders,
            boolean surely) {
        stages.computeIfAbsent(stage, s -> new Tally()).add(Fate.of(deciders));
        if (surely && deciders.size() == 1 && Fate.of(deciders) == Fate.DROPS) {
            lowest.merge(stage, packet, (a, b) -> OraclePacket.ORDER.compare(a, b) <= 0 ? a : b);
        }
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
    private @Nullable String differenceOfSurelyDenied(Set<OraclePacket> dropped) {
        List<Box> boxes = decision.surelyDenied(false).stream()
                .flatMap(part -> part.pieces().stream())
                .filter(Piece::isConcrete)
                .map(Piece::box)
                .toList();
        for (OraclePacket packet : packets) {
            boolean said = boxes.stream().anyMatch(box -> box.contains(packet(packet)));
            if (said && !dropped.contains(packet)) {
                return "surely denied is said of " + packet + ", which may pass";
            }
            Way way = way(packet);
            boolean byOne = !way.group().allows() || way.routes().size() == 1;
            if (!said && byOne && dropped.contains(packet)) {
                return "surely denied is not said of " + packet;
            }
        }
        return null;
    }

    private @Nullable String differenceOfWitness(Map<Stage, OraclePacket> lowest) {
        OraclePacket expected = lowest.values().stream().findFirst().orElse(null);
        Packet witness = decision.witness();
        if (expected == null) {
            return witness == null ? null : "a witness where none is sure: " + witness;
        }
        if (!packet(expected).equals(witness)) {
            return "witness is " + witness + ", not " + expected;
        }
        Way way = way(expected);
        Decider decider = !way.group().allows()
                ? way.group()
                : way.peer() != null ? way.peer() : way.routes().iterator().next();
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
