package dev.netkb.model.reach.oracle;

import static org.assertj.core.api.Assertions.fail;

import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.Reachability;
import dev.netkb.model.report.Verdict;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** Without tag data a flow has the verdict that every way in which the tags may lie gives, and else none. */
class MissingTagDataTest {

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theVerdictIsWhatEveryAssignmentOfTheTagsGives(@ForAll("seeds") long seed) {
        World world = new OpenWorldGenerator(new Draw(new Random(seed))).world();
        String difference = difference(world);
        if (difference != null) {
            World smallest = world.shrink(w -> difference.equals(difference(w)));
            fail(difference + "\n" + smallest);
        }
        Verdict verdict = Reachability.of(world.snapshot()).decide(world.flow()).verdict();
        Statistics.label("verdict").collect(verdict);
        Statistics.label("verdict").coverage(coverage -> {
            for (Verdict each : Verdict.values()) {
                coverage.check(each).percentage(share -> share > 10);
            }
        });
    }

    private static @Nullable String difference(World world) {
        Set<Verdict> possible = TagAssignments.verdicts(world);
        FlowDecision decision = Reachability.of(world.snapshot()).decide(world.flow());
        if (possible.isEmpty()) {
            return null;
        }
        Verdict expected = possible.size() == 1 ? possible.iterator().next() : Verdict.UNDETERMINED;
        if (decision.verdict() != expected) {
            return "verdict is " + decision.verdict() + ", but assignments give " + possible;
        }
        return decision.missing().isEmpty() == (expected == Verdict.UNDETERMINED)
                ? "missing is " + decision.missing() + " of a verdict " + expected
                : null;
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.randomValue(Random::nextLong);
    }
}
