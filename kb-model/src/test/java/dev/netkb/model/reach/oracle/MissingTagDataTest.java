package dev.netkb.model.reach.oracle;

import static org.assertj.core.api.Assertions.fail;

import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.Route;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.Reachability;
import dev.netkb.model.report.Verdict;
import java.util.List;
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
        Verdict verdict =
                Reachability.ofGroups(world.snapshot()).decide(world.flow()).verdict();
        Statistics.label("verdict").collect(verdict);
        Statistics.label("verdict").coverage(coverage -> {
            for (Verdict each : Verdict.values()) {
                coverage.check(each).percentage(share -> share > 10);
            }
        });
        collectHalves(world);
    }

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void soItIsWithSecurityAdminRulesAndFirewalls(@ForAll("seeds") long seed) {
        World world = new OpenWorldGenerator(new Draw(new Random(seed))).ruledWorld();
        String difference = differenceOfAllStages(world);
        if (difference != null) {
            World smallest = world.shrink(w -> difference.equals(differenceOfAllStages(w)));
            fail(difference + "\n" + smallest);
        }
        Verdict verdict = Reachability.of(world.snapshot()).decide(world.flow()).verdict();
        Statistics.label("verdict").collect(verdict);
        Statistics.label("verdict").coverage(coverage -> {
            for (Verdict each : Verdict.values()) {
                coverage.check(each).percentage(share -> share > 5);
            }
        });
    }

    /** Both halves of a default route are drawn with every next hop. */
    private static void collectHalves(World world) {
        List<Route> routes = world.snapshot().routeTables().stream()
                .flatMap(table -> table.routes().stream())
                .toList();
        Statistics.label("both halves").collect(routes.size() == 2);
        Statistics.label("both halves")
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 5));
        if (routes.size() == 2) {
            routes.forEach(half -> Statistics.label("next hop of a half").collect(half.nextHopType()));
        }
        Statistics.label("next hop of a half").coverage(coverage -> {
            for (NextHopType hop : NextHopType.values()) {
                coverage.check(hop).percentage(share -> share > 3);
            }
        });
    }

    /**
     * What is called surely denied in part is denied or partial in every assignment; and little of what is so in every
     * assignment is missed.
     */
    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatIsSurelyDeniedInPartIsSoInEveryAssignment(@ForAll("seeds") long seed) {
        World world = new OpenWorldGenerator(new Draw(new Random(seed))).world();
        if (saysTooMuch(world)) {
            fail("surely denied in part, but an assignment allows it all\n"
                    + world.shrink(MissingTagDataTest::saysTooMuch));
        }
        FlowDecision decision = Reachability.ofGroups(world.snapshot()).decide(world.flow());
        Set<Verdict> possible = TagAssignments.verdicts(world);
        if (decision.verdict() == Verdict.UNDETERMINED && !possible.contains(Verdict.ALLOWED)) {
            Statistics.label("is found where no assignment allows it all")
                    .collect(!decision.surelyDenied(true).isEmpty());
            Statistics.label("is found where no assignment allows it all")
                    .coverage(coverage -> coverage.check(true).percentage(share -> share > 95));
        }
    }

    private static boolean saysTooMuch(World world) {
        Set<Verdict> possible = TagAssignments.verdicts(world);
        FlowDecision decision = Reachability.ofGroups(world.snapshot()).decide(world.flow());
        return possible.contains(Verdict.ALLOWED)
                && !decision.surelyDenied(true).isEmpty();
    }

    /** Where a flow is said to leave out everybody in part, no assignment lets all packets of an address pass. */
    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void nobodyPassesWholeWhereNobodyIsSaidTo(@ForAll("seeds") long seed) {
        World world = new OpenWorldGenerator(new Draw(new Random(seed))).world();
        if (missesOne(world)) {
            fail("no far side is said to pass whole, but some may\n" + world.shrink(MissingTagDataTest::missesOne));
        }
        FlowDecision decision = Reachability.ofGroups(world.snapshot()).decide(world.flow());
        Statistics.label("may pass whole").collect(decision.verdict(), decision.mayLetOneRemotePassWhole());
    }

    private static boolean missesOne(World world) {
        FlowDecision decision = Reachability.ofGroups(world.snapshot()).decide(world.flow());
        return !decision.mayLetOneRemotePassWhole() && TagAssignments.letOnePassWhole(world);
    }

    private static @Nullable String difference(World world) {
        return difference(
                TagAssignments.verdicts(world),
                Reachability.ofGroups(world.snapshot()).decide(world.flow()));
    }

    private static @Nullable String differenceOfAllStages(World world) {
        return difference(
                TagAssignments.verdictsOfAllStages(world),
                Reachability.of(world.snapshot()).decide(world.flow()));
    }

    private static @Nullable String difference(Set<Verdict> possible, FlowDecision decision) {
        if (possible.isEmpty()) {
            return decision.remote().ipv4().isEmpty() ? null : "no assignment is tried of a flow that holds packets";
        }
        Verdict expected = possible.size() == 1 ? possible.iterator().next() : Verdict.UNDETERMINED;
        if (decision.verdict() != expected) {
            return "verdict is " + decision.verdict() + ", but assignments give " + possible;
        }
        if (possible.contains(Verdict.ALLOWED) && !decision.surelyDenied(true).isEmpty()) {
            return "surely denied in part, but an assignment allows it all";
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
