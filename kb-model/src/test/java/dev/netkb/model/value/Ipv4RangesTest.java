package dev.netkb.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Sets of many ranges, few against many included, behave as sets of bits over the same points. */
class Ipv4RangesTest {

    private static final int POINTS = 1 << 10;

    /** The first point: the lowest addresses, those around the middle, where signs change, and the highest. */
    private static final int[] BASES = {0, Integer.MAX_VALUE - POINTS / 2, -POINTS};

    private record Modelled(Ipv4Ranges ranges, BitSet points) {}

    private static Modelled random(Random random, int base) {
        BitSet points = new BitSet();
        int most = 1 << random.nextInt(9);
        int longest = 1 + random.nextInt(1 << random.nextInt(8));
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            int first = random.nextInt(POINTS);
            points.set(first, Math.min(POINTS, first + 1 + random.nextInt(longest)));
        }
        List<Ipv4Ranges> ranges = new ArrayList<>();
        for (int first = points.nextSetBit(0); first >= 0; ) {
            int end = points.nextClearBit(first);
            int middle = first + random.nextInt(end - first);
            ranges.add(Ipv4Ranges.of(base + middle, base + end - 1));
            ranges.add(Ipv4Ranges.of(base + first, base + middle));
            first = points.nextSetBit(end);
        }
        if (random.nextBoolean()) {
            Collections.shuffle(ranges, random);
        }
        Ipv4Ranges.Union union = new Ipv4Ranges.Union(ranges.size());
        ranges.forEach(union::add);
        Ipv4Ranges all = union.build();
        return new Modelled(random.nextBoolean() ? all.published() : all, points);
    }

    private static BitSet pointsOf(Ipv4Ranges ranges, int base) {
        BitSet points = new BitSet();
        for (int i = 0; i < ranges.count(); i++) {
            points.set(ranges.first(i) - base, ranges.last(i) - base + 1);
        }
        return points;
    }

    private static void assertNormal(Ipv4Ranges ranges, int base) {
        BitSet points = pointsOf(ranges, base);
        int runs = 0;
        for (int first = points.nextSetBit(0); first >= 0; first = points.nextSetBit(points.nextClearBit(first))) {
            assertThat(ranges.first(runs) - base).isEqualTo(first);
            runs++;
        }
        assertThat(ranges.count()).as("no two ranges touch").isEqualTo(runs);
    }

    @Property(tries = 6_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void operationsAreThoseOfSets(@ForAll("seeds") long seed) {
        Random random = new Random(seed);
        int base = BASES[random.nextInt(BASES.length)];
        Modelled a = random(random, base);
        Modelled b = random(random, base);

        if (random.nextBoolean()) {
            a = cut(a, random, base);
        }
        if (random.nextBoolean()) {
            b = cut(b, random, base);
        }
        check(a.ranges, a.points, base);
        check(a.ranges.union(b.ranges), apply(a, b, BitSet::or), base);
        check(a.ranges.intersect(b.ranges), apply(a, b, BitSet::and), base);
        check(a.ranges.minus(b.ranges), apply(a, b, BitSet::andNot), base);
        assertThat(a.ranges.intersects(b.ranges)).isEqualTo(a.points.intersects(b.points));
        assertThat(a.ranges.containsAll(b.ranges))
                .isEqualTo(apply(b, a, BitSet::andNot).isEmpty());
        int point = random.nextInt(POINTS);
        assertThat(a.ranges.contains(base + point)).isEqualTo(a.points.get(point));
        assertThat(a.ranges.size().intValueExact()).isEqualTo(a.points.cardinality());
    }

    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatIsNotCutStaysTheSameObject(@ForAll("seeds") long seed) {
        Random random = new Random(seed);
        int base = BASES[random.nextInt(BASES.length)];
        Modelled a = random(random, base);
        Ipv4Ranges more = a.ranges.union(random(random, base).ranges);
        if (!a.ranges.isEmpty() && !more.equals(a.ranges)) {
            assertThat(a.ranges.intersect(more)).isSameAs(a.ranges);
            assertThat(more.intersect(a.ranges)).isSameAs(a.ranges);
        }
        Ipv4Ranges apart = random(random, base).ranges.minus(a.ranges);
        assertThat(a.ranges.minus(apart)).isSameAs(a.ranges);
    }

    /** Sets that are cut out of published sets know where they come from. */
    private static Modelled cut(Modelled a, Random random, int base) {
        Modelled part = random(random, base);
        return random.nextBoolean()
                ? new Modelled(a.ranges.intersect(part.ranges), apply(a, part, BitSet::and))
                : new Modelled(a.ranges.minus(part.ranges), apply(a, part, BitSet::andNot));
    }

    private interface Operation {
        void apply(BitSet a, BitSet b);
    }

    private static BitSet apply(Modelled a, Modelled b, Operation operation) {
        BitSet result = (BitSet) a.points.clone();
        operation.apply(result, b.points);
        return result;
    }

    private static void check(Ipv4Ranges ranges, BitSet points, int base) {
        assertThat(pointsOf(ranges, base)).isEqualTo(points);
        assertNormal(ranges, base);
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.randomValue(Random::nextLong);
    }
}
