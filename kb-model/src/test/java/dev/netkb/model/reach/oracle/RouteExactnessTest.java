package dev.netkb.model.reach.oracle;

import static org.assertj.core.api.Assertions.fail;

import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.Reachability;
import dev.netkb.model.reach.Stage;
import dev.netkb.model.report.Verdict;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
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

    /** What must decide often enough for the comparison to say something. */
    private static final List<String> KINDS = List.of(
            "adminRules Deny",
            "adminRules AlwaysAllow",
            "adminRules Allow",
            "peerNsg Deny",
            "peerNsg AlwaysAllow",
            "route NETWORK allows",
            "route NETWORK denies",
            "route APPLICATION allows",
            "route APPLICATION denies",
            "route no rule");

    @Property(tries = 6_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void everyAddressIsRoutedAsItIsLookedUp(@ForAll("seeds") long seed) {
        isExact(seed, 2, RoutedWorldGenerator::open);
    }

    @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void groupsAtBothEndsAndRoutesDecideAsPacketsWalk(@ForAll("seeds") long seed) {
        isExact(seed, 2, RoutedWorldGenerator::guarded);
    }

    @Property(tries = 2_200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void adminRulesGroupsRoutesAndFirewallsDecideAsPacketsWalk(@ForAll("seeds") long seed) {
        World world = isExact(seed, 2, RoutedWorldGenerator::ruled);
        Set<String> kinds = new TreeSet<>();
        Reachability.of(world.snapshot())
                .decide(world.flow())
                .stages()
                .forEach(stage -> stage.parts().forEach(part -> kinds.add(kind(stage.stage(), part.decider()))));
        for (String kind : KINDS) {
            Statistics.label(kind).collect(kinds.contains(kind));
            Statistics.label(kind).coverage(coverage -> coverage.check(true).percentage(share -> share > 1));
        }
    }

    private static String kind(Stage stage, Decider decider) {
        String by = "";
        if (decider instanceof Decider.Admin admin) {
            by = admin.access().azureName();
        } else if (decider instanceof Decider.Firewall firewall) {
            by = firewall.rule() == null
                    ? "no rule"
                    : firewall.rule().kind() + (firewall.allows() ? " allows" : " denies");
        }
        return stage.word() + " " + by;
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void manyRulesAndSomeRoutesDecideAsPacketsWalk(@ForAll("seeds") long seed) {
        isExact(seed, 0.5, draw -> new WorldGenerator(draw).world());
    }

    /** @param leastShare how many flows there must be of each verdict, in percent: cases that are alike prove little */
    private static World isExact(long seed, double leastShare, Function<Draw, World> generator) {
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
        return world;
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
