package dev.netkb.model.reach.oracle;

import static org.assertj.core.api.Assertions.fail;

import dev.netkb.model.report.Verdict;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;

/** Every verdict, part and witness equals what walking the packets one by one gives. */
class ExactnessTest {

    /** How many flows there must be of each verdict, in percent: cases that are all alike would prove little. */
    private static final double LEAST_SHARE = 10;

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void everyCellOfAFlowIsDecidedAsItsPacketsAre(@ForAll("seeds") long seed) {
        World world = new WorldGenerator(new Draw(new Random(seed))).world();
        Exactness.Outcome outcome = Exactness.of(world);
        if (outcome.disagreement() != null) {
            String kind = outcome.disagreement().substring(0, 7);
            World smallest = world.shrink(w -> disagreement(w).startsWith(kind));
            fail(disagreement(smallest) + "\n" + smallest);
        }
        Statistics.label("verdict").collect(outcome.verdict() == null ? "no packets" : outcome.verdict());
        Statistics.label("cells").collect(Integer.toString(outcome.packets()).length() + " digits");
        Statistics.label("verdict").coverage(coverage -> {
            coverage.check(Verdict.ALLOWED).percentage(share -> share > LEAST_SHARE);
            coverage.check(Verdict.DENIED).percentage(share -> share > LEAST_SHARE);
            coverage.check(Verdict.PARTIAL).percentage(share -> share > LEAST_SHARE);
        });
    }

    private static String disagreement(World world) {
        String disagreement = Exactness.of(world).disagreement();
        return disagreement == null ? "" : disagreement;
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.randomValue(Random::nextLong);
    }
}
