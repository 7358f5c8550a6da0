package dev.netkb.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Port sets behave as the sets of ports that they stand for. */
class PortSetTest {

    private static final int PORTS = 65_536;

    private record Modelled(PortSet set, BitSet ports) {}

    /** Ranges near both ends and near each other, so that borders meet. */
    private static Modelled random(Random random) {
        List<PortSet> ranges = new ArrayList<>();
        BitSet ports = new BitSet();
        for (int i = random.nextInt(5); i > 0; i--) {
            int first = random.nextBoolean() ? random.nextInt(12) : PORTS - 12 + random.nextInt(12);
            int last = random.nextInt(8) == 0 ? PORTS - 1 : Math.min(PORTS - 1, first + random.nextInt(4));
            ranges.add(PortSet.of(first, last));
            ports.set(first, last + 1);
        }
        return new Modelled(PortSet.union(ranges), ports);
    }

    private static BitSet portsOf(PortSet set) {
        BitSet ports = new BitSet();
        set.ranges().forEach(range -> ports.set(range.first(), range.last() + 1));
        return ports;
    }

    @Property(tries = 4_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void operationsAreThoseOfSets(@ForAll("seeds") long seed) {
        Random random = new Random(seed);
        Modelled a = random(random);
        Modelled b = random(random);
        BitSet union = copy(a.ports);
        union.or(b.ports);
        BitSet common = copy(a.ports);
        common.and(b.ports);
        BitSet difference = copy(a.ports);
        difference.andNot(b.ports);

        assertThat(portsOf(a.set)).isEqualTo(a.ports);
        assertThat(portsOf(a.set.union(b.set))).isEqualTo(union);
        assertThat(portsOf(a.set.intersect(b.set))).isEqualTo(common);
        assertThat(portsOf(a.set.minus(b.set))).isEqualTo(difference);
        assertThat(a.set.intersects(b.set)).isEqualTo(!common.isEmpty());
        assertThat(a.set.containsAll(b.set)).isEqualTo(common.equals(b.ports));
        assertThat(a.set.isEmpty()).isEqualTo(a.ports.isEmpty());
        assertThat(a.set.isAll()).isEqualTo(a.ports.cardinality() == PORTS);
        int port = random.nextBoolean() ? random.nextInt(20) : PORTS - 1 - random.nextInt(20);
        assertThat(a.set.contains(port)).isEqualTo(a.ports.get(port));
        if (!a.ports.isEmpty()) {
            assertThat(a.set.lowest()).isEqualTo(a.ports.nextSetBit(0));
        }
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void equalSetsAreEqualHoweverTheyWereMade(@ForAll("seeds") long seed) {
        Random random = new Random(seed);
        PortSet a = random(random).set;
        PortSet b = random(random).set;

        PortSet rejoined = a.minus(b).union(a.intersect(b));
        assertThat(rejoined).isEqualTo(a).hasSameHashCodeAs(a);
        if (!a.isEmpty()) {
            assertThat(PortSet.parse(String.join(",", a.toTexts()))).isEqualTo(a);
        }
    }

    private static BitSet copy(BitSet set) {
        return (BitSet) set.clone();
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.randomValue(Random::nextLong);
    }

    @Test
    void aPortARangeAListAndAStarAreRead() {
        assertThat(PortSet.parse("443").toTexts()).containsExactly("443");
        assertThat(PortSet.parse(" 1000 - 2000 ").toTexts()).containsExactly("1000-2000");
        assertThat(PortSet.parse("80,443, 81").toTexts()).containsExactly("80-81", "443");
        assertThat(PortSet.parse("*")).isEqualTo(PortSet.ALL);
        assertThat(PortSet.parse("0-65535")).isEqualTo(PortSet.ALL);
        assertThat(PortSet.ALL.toTexts()).containsExactly("*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "80-",
                "-80",
                "99999-1",
                "443-80",
                "65536",
                "0-65536",
                "http",
                "80;443",
                "80,,443",
                "+80",
                "0x50",
                "80.0",
                "99999999999",
                "１２"
            })
    void whatIsNoPortIsRefusedWithItsText(String text) {
        assertThatThrownBy(() -> PortSet.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'");
    }

    @Test
    void anEmptySetHasNoLowestPort() {
        assertThatThrownBy(PortSet.EMPTY::lowest).isInstanceOf(IllegalStateException.class);
    }
}
