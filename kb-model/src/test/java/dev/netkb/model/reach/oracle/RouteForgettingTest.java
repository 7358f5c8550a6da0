package dev.netkb.model.reach.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.netkb.model.reach.Box;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.FlowDecision.Piece;
import dev.netkb.model.reach.Packet;
import dev.netkb.model.reach.Reachability;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.IpAddress;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** What is said of routes and rules that were exported in part is true of all of them. */
class RouteForgettingTest {

    private static final long PEERING = -7623936394019293577L;

    @Property(tries = 4_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void missingRoutesNeverChangeAVerdict(@ForAll("seeds") long seed) {
        isTrue(seed, RoutedWorldGenerator::orderly);
    }

    @Property(tries = 2_500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void missingAdminRulesGroupsAndFirewallsNeverChangeAVerdict(@ForAll("seeds") long seed) {
        isTrue(seed, RoutedWorldGenerator::orderlyRuled);
    }

    /** Drawn once: the group of a peer was taken for certain although nobody knew whether the peering is in effect. */
    @Example
    void whetherAPeeringIsInEffectMayNotBeKnown() {
        World complete = RoutedWorldGenerator.orderlyRuled(new Draw(new Random(PEERING)));
        assertThat(difference(complete, forget(PEERING, complete))).isNull();
    }

    private static void isTrue(long seed, Function<Draw, World> generator) {
        World complete = generator.apply(new Draw(new Random(seed)));
        World forgetful = forget(seed, complete);
        String difference = difference(complete, forgetful);
        if (difference != null) {
            String kind = difference.substring(0, 7);
            // What Azure reported depends on everything else.
            World smallest = complete.shrink(w -> w.snapshot().effectiveRoutes().isEmpty()
                    && WorldGenerator.isOrderly(w.tagData())
                    && String.valueOf(difference(w, forget(seed, w))).startsWith(kind));
            World unsaid = forget(seed, smallest);
            fail(difference(smallest, unsaid) + "\n" + smallest + "\nwas exported as\n" + unsaid);
        }
        Verdict verdict =
                Reachability.of(forgetful.snapshot()).decide(forgetful.flow()).verdict();
        Statistics.label("verdict").collect(verdict);
        Statistics.label("verdict").coverage(coverage -> {
            for (Verdict each : Verdict.values()) {
                coverage.check(each).percentage(share -> share > 2);
            }
        });
    }

    private static World forget(long seed, World world) {
        return RouteForgetting.of(new Draw(new Random(seed + 1)), world);
    }

    private static @Nullable String difference(World complete, World forgetful) {
        Walk walk = new Walk(complete);
        List<OraclePacket> packets = walk.cells(complete).packets();
        if (packets.isEmpty()) {
            return null;
        }
        FlowDecision decision = Reachability.of(forgetful.snapshot()).decide(forgetful.flow());
        List<FlowDecision.Part> surelyDenied =
                decision.surelyDenied(forgetful.snapshot().serviceTags().isEmpty());
        List<Box> boxes = surelyDenied.stream()
                .flatMap(part -> part.pieces().stream())
                .filter(Piece::isConcrete)
                .map(Piece::box)
                .toList();
        Walk.Tally tally = new Walk.Tally();
        Map<BigInteger, Boolean> wholeByFarSide = new HashMap<>();
        for (OraclePacket packet : packets) {
            Walk.Fate fate = walk.of(packet).fate();
            tally.add(fate);
            Packet same = packet(packet);
            if (fate != Walk.Fate.DROPS && boxes.stream().anyMatch(box -> box.contains(same))) {
                return "surely denied is said of " + packet + ", which " + fate;
            }
            wholeByFarSide.merge(
                    packet.remote(complete.flow().direction()), fate == Walk.Fate.PASSES, Boolean::logicalAnd);
        }
        Verdict truth = tally.verdict();
        if (decision.verdict() != Verdict.UNDETERMINED && decision.verdict() != truth) {
            return "verdict is " + decision.verdict() + ", in truth " + truth;
        }
        if (truth == Verdict.ALLOWED && !surelyDenied.isEmpty()) {
            return "surely denied in part is said of a flow that passes: " + surelyDenied;
        }
        if (wholeByFarSide.containsValue(true) && !decision.mayLetOneRemotePassWhole()) {
            return "nobody passes whole, it is said; in truth one does";
        }
        Packet witness = decision.witness();
        if (witness == null) {
            return null;
        }
        OraclePacket dropped = new OraclePacket(
                witness.protocol(),
                Line.number(witness.source().toString()),
                witness.sourcePort(),
                Line.number(witness.destination().toString()),
                witness.destinationPort());
        Walk.Fate fate = walk.of(dropped).fate();
        return fate == Walk.Fate.DROPS ? null : "witness " + dropped + " in truth " + fate;
    }

    private static Packet packet(OraclePacket packet) {
        return new Packet(
                packet.protocol(),
                IpAddress.parse(Line.text(packet.source())),
                packet.sourcePort(),
                IpAddress.parse(Line.text(packet.destination())),
                packet.destinationPort());
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.randomValue(Random::nextLong);
    }
}
