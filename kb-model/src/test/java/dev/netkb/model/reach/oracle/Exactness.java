package dev.netkb.model.reach.oracle;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.reach.Box;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.FlowDecision.Part;
import dev.netkb.model.reach.FlowDecision.Piece;
import dev.netkb.model.reach.FlowDecision.StageDecision;
import dev.netkb.model.reach.Packet;
import dev.netkb.model.reach.Reachability;
import dev.netkb.model.reach.RuleMatch;
import dev.netkb.model.reach.Stage;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.IpAddress;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.Protocol;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Holds a decision against the oracle, cell by cell. */
final class Exactness {

    private static final int MOST_EXPLAINED = 20;

    private final World world;
    private final Reachability reachability;
    private final FlowDecision decision;
    private final PacketOracle oracle;
    private final ElementaryCells cells;
    private final List<OraclePacket> packets;
    private final Map<BigInteger, IpAddress> addresses = new HashMap<>();

    private Exactness(World world) {
        this.world = world;
        this.oracle = new PacketOracle(world.snapshot(), world.tagData(), Assumption.NOTHING_IS_OPEN);
        this.cells = ElementaryCells.of(world, oracle);
        this.packets = cells.packets();
        this.reachability = Reachability.ofGroups(world.snapshot());
        this.decision = reachability.decide(world.flow());
    }

    /**
     * What the comparison saw.
     *
     * @param disagreement the first difference in words, null where there is none
     * @param verdict by the oracle; null for a flow without packets
     */
    record Outcome(@Nullable String disagreement, @Nullable Verdict verdict, int packets) {}

    static Outcome of(World world) {
        Exactness exactness = new Exactness(world);
        Tally whole = new Tally();
        String disagreement;
        try {
            disagreement = exactness.compare(whole);
        } catch (RuntimeException e) {
            throw new IllegalStateException(world.toString(), e);
        }
        return new Outcome(
                disagreement, exactness.packets.isEmpty() ? null : whole.verdict(), exactness.packets.size());
    }

    /** How many packets pass and how many do not. */
    private static final class Tally {
        private int passed;
        private int dropped;

        void add(boolean passes) {
            if (passes) {
                passed++;
            } else {
                dropped++;
            }
        }

        boolean isEmpty() {
            return passed + dropped == 0;
        }

        Verdict verdict() {
            if (passed == 0) {
                return Verdict.DENIED;
            }
            return dropped == 0 ? Verdict.ALLOWED : Verdict.PARTIAL;
        }
    }

    private @Nullable String compare(Tally whole) {
        Tally group = new Tally();
        Tally peer = new Tally();
        Map<BigInteger, Boolean> wholeByFarSide = new HashMap<>();
        OraclePacket lowestAtGroup = null;
        OraclePacket lowestAtPeer = null;
        int explained = 0;
        for (OraclePacket packet : packets) {
            PacketOracle.Trace trace = oracle.trace(world.flow(), packet);
            whole.add(trace.passes());
            boolean inbound = world.flow().direction() == Direction.INBOUND;
            wholeByFarSide.merge(inbound ? packet.source() : packet.destination(), trace.passes(), Boolean::logicalAnd);
            group.add(trace.atGroup().allows());
            String difference = differenceAt(Stage.NSG, packet, trace.atGroup());
            if (difference == null) {
                difference = differenceAt(Stage.PEER_NSG, packet, trace.atPeer());
            }
            if (difference == null && explained++ < MOST_EXPLAINED) {
                difference = differenceOfExplanation(packet, trace.atGroup());
            }
            if (difference != null) {
                return difference;
            }
            if (!trace.atGroup().allows()) {
                lowestAtGroup = lower(lowestAtGroup, packet);
            } else if (trace.atPeer() != null) {
                peer.add(trace.atPeer().allows());
                if (!trace.atPeer().allows()) {
                    lowestAtPeer = lower(lowestAtPeer, packet);
                }
            }
        }
        if (packets.isEmpty()) {
            return decision.denied().isEmpty() && decision.witness() == null ? null : "an empty flow is denied a part";
        }
        if (decision.verdict() != whole.verdict()) {
            return "verdict is " + decision.verdict() + ", not " + whole.verdict();
        }
        if (decision.mayLetOneRemotePassWhole() != wholeByFarSide.containsValue(true)) {
            return "one far side passes whole: said " + decision.mayLetOneRemotePassWhole() + ", in truth not so";
        }
        List<FlowDecision.Piece> surelyDenied = decision.surelyDenied(false).stream()
                .flatMap(part -> part.pieces().stream())
                .toList();
        if (!surelyDenied.equals(decision.denied())) {
            return "of what is denied, only this is called sure: " + surelyDenied;
        }
        String difference = differenceOfStages(group, peer);
        if (difference == null) {
            difference = differenceOfWitness(lowestAtGroup != null ? lowestAtGroup : lowestAtPeer);
        }
        return difference == null ? differenceOfPieces() : difference;
    }

    private static OraclePacket lower(@Nullable OraclePacket lowest, OraclePacket packet) {
        return lowest == null || OraclePacket.ORDER.compare(packet, lowest) < 0 ? packet : lowest;
    }

    /** The packet must lie in exactly one piece of the stage, under its decider; in none where it does not get there. */
    private @Nullable String differenceAt(Stage stage, OraclePacket packet, @Nullable Decider expected) {
        Packet same = packet(packet);
        List<Decider> found = new ArrayList<>();
        for (StageDecision at : decision.stages()) {
            if (at.stage() != stage) {
                continue;
            }
            for (Part part : at.parts()) {
                for (Piece piece : part.pieces()) {
                    if (!piece.isConcrete()) {
                        return "a piece is symbolic: " + piece;
                    }
                    if (piece.box().contains(same)) {
                        found.add(part.decider());
                    }
                }
            }
        }
        if (expected == null ? found.isEmpty() : found.size() == 1 && same(found.get(0), expected)) {
            return null;
        }
        return stage + " of " + packet + ": decided by " + texts(found) + ", not "
                + (expected == null ? "at all" : text(expected));
    }

    /** The first rule that matches in every field is the one that decides. */
    private @Nullable String differenceOfExplanation(OraclePacket packet, Decider expected) {
        NsgRule first = reachability.explain(world.flow().subnet(), world.flow().direction(), packet(packet)).stream()
                .filter(match -> match.matched() == RuleMatch.Matched.YES)
                .map(RuleMatch::rule)
                .findFirst()
                .orElse(null);
        NsgRule deciding = expected instanceof Decider.Rule rule ? rule.rule() : null;
        return first == deciding ? null : "explain: " + packet + " is matched by " + first + ", not " + text(expected);
    }

    private static boolean same(Decider a, Decider b) {
        return a instanceof Decider.Rule x && b instanceof Decider.Rule y
                ? x.rule() == y.rule() && x.allows() == y.allows()
                : a.equals(b);
    }

    private static List<String> texts(List<Decider> deciders) {
        return deciders.stream().map(Exactness::text).toList();
    }

    private static String text(Decider decider) {
        return decider instanceof Decider.Rule rule
                ? rule.rule().nsgId().name() + " " + Rules.text(rule.rule()) + (rule.allows() ? "" : " (denies)")
                : decider.toString();
    }

    private @Nullable String differenceOfStages(Tally group, Tally peer) {
        List<Stage> stages =
                decision.stages().stream().map(StageDecision::stage).toList();
        if (!stages.equals(peer.isEmpty() ? List.of(Stage.NSG) : List.of(Stage.NSG, Stage.PEER_NSG))) {
            return "stages are " + stages + ", and " + (peer.isEmpty() ? "no" : "some") + " packet gets to the peer";
        }
        for (StageDecision at : decision.stages()) {
            Verdict expected = (at.stage() == Stage.NSG ? group : peer).verdict();
            if (at.verdict() != expected) {
                return "stage " + at.stage() + " is " + at.verdict() + ", not " + expected;
            }
        }
        return null;
    }

    private @Nullable String differenceOfWitness(@Nullable OraclePacket expected) {
        Packet witness = decision.witness();
        if (expected == null) {
            return witness == null ? null : "a witness of a flow that passes: " + witness;
        }
        if (!packet(expected).equals(witness)) {
            return "witness is " + witness + ", not " + expected;
        }
        PacketOracle.Trace trace = oracle.trace(world.flow(), expected);
        Decider decider = trace.atPeer() == null ? trace.atGroup() : trace.atPeer();
        Optional<Decider> found = decision.witnessDecider();
        return found.isPresent() && same(found.get(), decider)
                ? null
                : "witness is dropped by " + found.map(Exactness::text) + ", not " + text(decider);
    }

    /**
     * Every side of every piece must be a union of sides of cells: then pieces that hold each cell's lowest packet once
     * hold each packet of the flow once, and nothing else.
     */
    private @Nullable String differenceOfPieces() {
        for (StageDecision at : decision.stages()) {
            for (Part part : at.parts()) {
                if (part.pieces().isEmpty()) {
                    return "an empty part of " + text(part.decider());
                }
                for (Piece piece : part.pieces()) {
                    if (!isUnionOfCells(piece.box())) {
                        return "a piece at " + at.stage() + " cuts a cell or leaves the flow: " + piece.box();
                    }
                }
            }
        }
        return null;
    }

    private boolean isUnionOfCells(Box box) {
        boolean carriesPorts = box.protocols().toList().stream().anyMatch(Protocol::hasPorts);
        boolean carriesNone = box.protocols().toList().stream().anyMatch(protocol -> !protocol.hasPorts());
        Protocol some = box.protocols().lowest();
        return carriesPorts != carriesNone
                && cells.protocols().containsAll(box.protocols().toList())
                && isUnion(box.source(), cells.sources())
                && isUnion(box.destination(), cells.destinations())
                && isUnion(box.sourcePorts(), cells.sourcePorts(some))
                && isUnion(box.destinationPorts(), cells.destinationPorts(some))
                && (box.source().ipv4().isEmpty() || box.source().ipv6().isEmpty())
                && box.source().ipv4().isEmpty() == box.destination().ipv4().isEmpty()
                && box.source().ipv6().isEmpty() == box.destination().ipv6().isEmpty();
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

    private static boolean isUnion(PortSet set, List<ElementaryCells.PortCut> cuts) {
        int size = 0;
        for (ElementaryCells.PortCut cut : cuts) {
            size += set.contains(cut.lowest()) ? cut.size() : 0;
        }
        return sum(set.ranges(), range -> range.last() - range.first() + 1) == size;
    }

    private static <T> int sum(List<T> all, ToIntFunction<T> size) {
        return all.stream().mapToInt(size).sum();
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
