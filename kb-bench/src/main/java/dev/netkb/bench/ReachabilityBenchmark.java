package dev.netkb.bench;

import dev.netkb.model.reach.Flow;
import dev.netkb.model.reach.Reachability;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.ServiceTags;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The time of verdicts, deciding parts and witness included, on one core. The marks to reach: 1.4 µs a flow for the
 * documented rules, 1.8 ms for all flows against 1,000 random rules, 0.2 ms to expand the largest tag.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ReachabilityBenchmark {

    private static final int FLOWS = 21;

    private Snapshot documented = Snapshot.EMPTY;
    private Snapshot random = Snapshot.EMPTY;
    private Reachability prepared = Reachability.ofGroups(Snapshot.EMPTY);
    private Reachability preparedRandom = Reachability.ofGroups(Snapshot.EMPTY);
    private Reachability preparedRandomTags = Reachability.ofGroups(Snapshot.EMPTY);
    private List<AddressPrefix> largestTag = List.of();

    @Setup
    public void prepare() {
        ServiceTags tags = TagData.tags();
        documented = ApimNetwork.documented(tags);
        random = ApimNetwork.random(1_000, Integer.MAX_VALUE, tags);
        prepared = Reachability.ofGroups(documented);
        preparedRandom = Reachability.ofGroups(random);
        preparedRandomTags = Reachability.ofGroups(ApimNetwork.random(1_000, 10, tags));
        largestTag = TagData.parsed("AzureCloud");
        if (ApimNetwork.FLOWS.size() != FLOWS) {
            throw new IllegalStateException("there are " + ApimNetwork.FLOWS.size() + " flows, not " + FLOWS);
        }
    }

    /** Mean of all flows, rules prepared by an earlier flow. */
    @Benchmark
    @OperationsPerInvocation(FLOWS)
    public void oneFlowOfSeventeenRules(Blackhole seen) {
        decideAll(prepared, seen);
    }

    /** One evaluation: rules are prepared anew. */
    @Benchmark
    public void allFlowsOfSeventeenRulesAnew(Blackhole seen) {
        decideAll(Reachability.ofGroups(documented), seen);
    }

    @Benchmark
    public void allFlowsOfAThousandRules(Blackhole seen) {
        decideAll(preparedRandom, seen);
    }

    /** One rule in ten names a tag of hundreds of ranges, which cuts the internet into thousands. */
    @Benchmark
    public void allFlowsOfAThousandRulesWithTags(Blackhole seen) {
        decideAll(preparedRandomTags, seen);
    }

    /** One evaluation: rules are prepared anew. */
    @Benchmark
    public void allFlowsOfAThousandRulesAnew(Blackhole seen) {
        decideAll(Reachability.ofGroups(random), seen);
    }

    /** From parsed prefixes to a set. */
    @Benchmark
    public AddressSet expandTheLargestTag() {
        return AddressSet.ofPrefixes(largestTag);
    }

    private static void decideAll(Reachability reachability, Blackhole seen) {
        for (Flow flow : ApimNetwork.FLOWS) {
            seen.consume(reachability.decide(flow));
        }
    }
}
