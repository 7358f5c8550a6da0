package dev.netkb.model.reach.oracle;

import static org.assertj.core.api.Assertions.fail;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.FlowDecision.Part;
import dev.netkb.model.reach.FlowDecision.Piece;
import dev.netkb.model.reach.FlowDecision.StageDecision;
import dev.netkb.model.reach.Packet;
import dev.netkb.model.reach.Reachability;
import dev.netkb.model.reach.Stage;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.IpAddress;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * What is said about an incomplete export is true of the complete one: whatever was left out, a verdict that is given
 * stands, a concrete piece is decided by the rule that is named, and a witness is dropped.
 */
class ForgettingTest {

    @Property(tries = 4_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void missingDataNeverChangeAVerdict(@ForAll("seeds") long seed) {
        World complete = new WorldGenerator(new Draw(new Random(seed))).orderlyWorld();
        World forgetful = Forgetting.of(new Draw(new Random(seed + 1)), complete);
        String difference = difference(complete, forgetful);
        if (difference != null) {
            String kind = difference.substring(0, 7);
            World smallest = complete.shrink(w -> WorldGenerator.isOrderly(w.tagData())
                    && text(difference(w, Forgetting.of(new Draw(new Random(seed + 1)), w)))
                            .startsWith(kind));
            World unsaid = Forgetting.of(new Draw(new Random(seed + 1)), smallest);
            fail(difference(smallest, unsaid) + "\n" + smallest + "\nwas exported as\n" + unsaid);
        }
        Statistics.collect(Reachability.ofGroups(forgetful.snapshot())
                .decide(forgetful.flow())
                .verdict());
    }

    private static String text(@Nullable String difference) {
        return difference == null ? "" : difference;
    }

    private static @Nullable String difference(World complete, World forgetful) {
        PacketOracle oracle = new PacketOracle(complete.snapshot(), complete.tagData(), Assumption.NOTHING_IS_OPEN);
        List<OraclePacket> packets = ElementaryCells.of(complete, oracle).packets();
        if (packets.isEmpty()) {
            return null;
        }
        FlowDecision decision = Reachability.ofGroups(forgetful.snapshot()).decide(forgetful.flow());
        List<Part> surelyDenied =
                decision.surelyDenied(forgetful.snapshot().serviceTags().isEmpty());
        Map<BigInteger, Boolean> wholeByFarSide = new HashMap<>();
        boolean passed = false;
        boolean dropped = false;
        Map<BigInteger, IpAddress> addresses = new HashMap<>();
        for (OraclePacket packet : packets) {
            PacketOracle.Trace trace = oracle.trace(complete.flow(), packet);
            passed |= trace.passes();
            dropped |= !trace.passes();
            boolean inbound = complete.flow().direction() == Direction.INBOUND;
            wholeByFarSide.merge(inbound ? packet.source() : packet.destination(), trace.passes(), Boolean::logicalAnd);
            Packet same = new Packet(
                    packet.protocol(),
                    addresses.computeIfAbsent(packet.source(), n -> IpAddress.parse(Line.text(n))),
                    packet.sourcePort(),
                    addresses.computeIfAbsent(packet.destination(), n -> IpAddress.parse(Line.text(n))),
                    packet.destinationPort());
            if (trace.passes() && holdConcretely(surelyDenied, same)) {
                return "passes: " + packet + " which is said to be dropped surely";
            }
            for (StageDecision at : decision.stages()) {
                for (Part part : at.parts()) {
                    Decider truth = at.stage() == Stage.NSG ? trace.atGroup() : trace.atPeer();
                    for (Piece piece : part.pieces()) {
                        if (piece.isConcrete()
                                && piece.box().contains(same)
                                && !agrees(complete, part.decider(), truth)) {
                            return at.stage() + " of " + packet + " is said to be decided by " + part.decider()
                                    + ", not " + truth;
                        }
                    }
                }
            }
        }
        Verdict truth = !dropped ? Verdict.ALLOWED : passed ? Verdict.PARTIAL : Verdict.DENIED;
        if (decision.verdict() != Verdict.UNDETERMINED && decision.verdict() != truth) {
            return "verdict is " + decision.verdict() + ", in truth " + truth;
        }
        if (!dropped && !surelyDenied.isEmpty()) {
            return "surely denied in part is said of a flow that passes: " + surelyDenied;
        }
        if (wholeByFarSide.containsValue(true) && !decision.mayLetOneRemotePassWhole()) {
            return "nobody passes whole, it is said; in truth one does";
        }
        return differenceOfWitness(complete, oracle, decision);
    }

    private static boolean holdConcretely(List<Part> parts, Packet packet) {
        return parts.stream()
                .flatMap(part -> part.pieces().stream())
                .anyMatch(piece -> piece.isConcrete() && piece.box().contains(packet));
    }

    private static @Nullable String differenceOfWitness(World complete, PacketOracle oracle, FlowDecision decision) {
        Packet witness = decision.witness();
        if (witness == null) {
            return null;
        }
        OraclePacket packet = new OraclePacket(
                witness.protocol(),
                Line.number(witness.source().toString()),
                witness.sourcePort(),
                Line.number(witness.destination().toString()),
                witness.destinationPort());
        PacketOracle.Trace trace = oracle.trace(complete.flow(), packet);
        return trace.passes() ? "witness passes: " + packet : null;
    }

    private static boolean agrees(World complete, Decider said, @Nullable Decider truth) {
        if (said instanceof Decider.Rule a && truth instanceof Decider.Rule b) {
            return a.allows() == b.allows() && b.rule().equals(Forgetting.original(complete, a.rule()));
        }
        return said.equals(truth);
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.randomValue(Random::nextLong);
    }
}
