package dev.netkb.model.reach.oracle;

import static org.assertj.core.api.Assertions.fail;

import dev.netkb.model.report.Verdict;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/** Every route that decides, verdict, part and witness equals what looking up the addresses one by one gives. */
class RouteExactnessTest {

    @Property(tries = 6_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void everyAddressIsRoutedAsItIsLookedUp(@ForAll("seeds") long seed) {
        isExact(seed, 2, RoutedWorldGenerator::open);
    }

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void groupsAtBothEndsAndRoutesDecideAsPacketsWalk(@ForAll("seeds") long seed) {
        isExact(seed, 2, RoutedWorldGenerator::guarded);
    }

    @Property(tries = 2_500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void adminRulesGroupsRoutesAndFirewallsDecideAsPacketsWalk(@ForAll("seeds") long seed) {
        isExact(seed, 2, RoutedWorldGenerator::ruled);
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void manyRulesAndSomeRoutesDecideAsPacketsWalk(@ForAll("seeds") long seed) {
        isExact(seed, 0.5, draw -> new WorldGenerator(draw).world());
    }

    /** @param leastShare how many flows there must be of each verdict, in percent: cases that are alike prove little */
    private static void isExact(long seed, double leastShare, Function<Draw, World> generator) {
        World world = generator.apply(new Draw(new Random(seed)));
        RoutedExactness.Outcome outcome = RoutedExactness.of(world);
        if (outcome.disagreement() != null) {
            String kind = outcome.disagreement().substring(0, 7);
            World smallest = world.shrink(w -> disagreement(w).startsWith(kind));
            fail(disagreement(smallest) + "\n" + smallest);
        }
        Statistics.label("verdict").collect(outcome.verdict() == null ? "no packets" : outcome.verdict());
        Statistics.label("verdict").coverage(coverage -> {
            for (Verdict each : Verdict.values()) {
                coverage.check(each).percentage(share -> share > leastShare);
            }
        });
    }

    private static String disagreement(World world) {
        String disagreement = RoutedExactness.of(world).disagreement();
        return disagreement == null ? "" : disagreement;
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.randomValue(Random::nextLong);
    }
}
