package dev.netkb.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Address sets behave as the sets of addresses that they stand for. */
class AddressSetTest {

    /** Addresses at all borders that the representation has, in rising order within each family. */
    private static final List<String> V4 =
            points(List.of("0.0.0.0", "127.255.255.252", "255.255.255.248"), List.of(8, 8, 8));

    private static final List<String> V6 = points(
            List.of(
                    "::",
                    "::fffe:ffff:fffc",
                    "::1:0:0:0",
                    "::ffff:ffff:ffff:fffc",
                    "0:0:0:1:ffff:ffff:ffff:fffc",
                    "7fff:ffff:ffff:ffff:ffff:ffff:ffff:fffc",
                    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff8"),
            List.of(8, 4, 8, 8, 8, 8, 8));

    private static final List<String> POINTS = new ArrayList<>();
    private static final List<AddressSet> SINGLES = new ArrayList<>();

    static {
        POINTS.addAll(V4);
        POINTS.addAll(V6);
        POINTS.forEach(point -> SINGLES.add(AddressPrefix.parse(point).addresses()));
    }

    /** A set and which of the points it holds. */
    private record Modelled(AddressSet set, BitSet points) {}

    private static List<String> points(List<String> starts, List<Integer> counts) {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            IPAddress start = address(starts.get(i));
            for (int k = 0; k < counts.get(i); k++) {
                points.add(start.increment(k).toCanonicalString());
            }
        }
        return points;
    }

    private static IPAddress address(String text) {
        return new IPAddressString(text).getAddress();
    }

    private static AddressSet set(String... prefixes) {
        return AddressSet.union(List.of(prefixes).stream()
                .map(prefix -> AddressPrefix.parse(prefix).addresses())
                .toList());
    }

    private static Modelled random(Random random) {
        List<AddressSet> ranges = new ArrayList<>();
        BitSet points = new BitSet();
        for (int i = random.nextInt(6); i > 0; i--) {
            boolean v4 = random.nextBoolean();
            int base = v4 ? 0 : V4.size();
            int count = v4 ? V4.size() : V6.size();
            int first = random.nextInt(count);
            int last = random.nextBoolean()
                    ? Math.min(count - 1, first + random.nextInt(5))
                    : first + random.nextInt(count - first);
            ranges.add(
                    AddressSet.of(IpAddress.parse(POINTS.get(base + first)), IpAddress.parse(POINTS.get(base + last))));
            points.set(base + first, base + last + 1);
        }
        return new Modelled(AddressSet.union(ranges), points);
    }

    private static BitSet pointsOf(AddressSet set) {
        BitSet points = new BitSet();
        for (int i = 0; i < SINGLES.size(); i++) {
            points.set(i, set.containsAll(SINGLES.get(i)));
        }
        return points;
    }

    @Property(tries = 4_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void operationsAreThoseOfSets(@ForAll("seeds") long seed) {
        Random random = new Random(seed);
        Modelled a = random(random);
        Modelled b = random(random);
        BitSet union = copy(a.points);
        union.or(b.points);
        BitSet common = copy(a.points);
        common.and(b.points);
        BitSet difference = copy(a.points);
        difference.andNot(b.points);

        assertThat(pointsOf(a.set)).isEqualTo(a.points);
        assertThat(pointsOf(a.set.union(b.set))).isEqualTo(union);
        assertThat(pointsOf(a.set.intersect(b.set))).isEqualTo(common);
        assertThat(pointsOf(a.set.minus(b.set))).isEqualTo(difference);
        BitSet others = new BitSet();
        others.set(0, POINTS.size());
        others.andNot(a.points);
        assertThat(pointsOf(a.set.complement())).isEqualTo(others);
        assertThat(a.set.intersects(b.set)).isEqualTo(!a.set.intersect(b.set).isEmpty());
        assertThat(a.set.containsAll(b.set)).isEqualTo(b.set.minus(a.set).isEmpty());
        assertThat(a.set.isEmpty()).isEqualTo(a.points.isEmpty());
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void equalSetsAreEqualHoweverTheyWereMade(@ForAll("seeds") long seed) {
        Random random = new Random(seed);
        Modelled a = random(random);
        Modelled b = random(random);

        AddressSet rejoined = a.set.minus(b.set).union(a.set.intersect(b.set));
        assertThat(rejoined).isEqualTo(a.set).hasSameHashCodeAs(a.set);
        assertThat(a.set.complement().complement()).isEqualTo(a.set);
        assertThat(a.set.ipv4().union(a.set.ipv6())).isEqualTo(a.set);
        assertThat(rejoined.intervalCount()).isEqualTo(a.set.intervalCount());
        List<AddressSet> prefixes = new ArrayList<>(a.set.toPrefixes().stream()
                .map(prefix -> AddressPrefix.parse(prefix).addresses())
                .toList());
        Collections.shuffle(prefixes, random);
        assertThat(AddressSet.union(prefixes)).isEqualTo(a.set);
        List<AddressPrefix> unordered = prefixes.stream()
                .map(prefix -> new AddressPrefix("", prefix, 0))
                .toList();
        assertThat(AddressSet.ofPrefixes(unordered)).isEqualTo(a.set);
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void sizesAddUp(@ForAll("seeds") long seed) {
        Random random = new Random(seed);
        AddressSet a = random(random).set;
        AddressSet b = random(random).set;

        assertThat(a.union(b).size().add(a.intersect(b).size()))
                .isEqualTo(a.size().add(b.size()));
        assertThat(a.minus(b).size()).isEqualTo(a.size().subtract(a.intersect(b).size()));
        assertThat(a.size().add(a.complement().size())).isEqualTo(AddressSet.ALL.size());
        BigInteger ofPrefixes = BigInteger.ZERO;
        for (String prefix : a.toPrefixes()) {
            AddressPrefix parsed = AddressPrefix.parse(prefix);
            int bits = parsed.isIpv4() ? 32 : 128;
            ofPrefixes = ofPrefixes.add(BigInteger.ONE.shiftLeft(bits - parsed.length()));
        }
        assertThat(ofPrefixes).isEqualTo(a.size());
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void theLowestAddressIsTheFirstThatIsLeft(@ForAll("seeds") long seed) {
        Modelled a = random(new Random(seed));

        if (a.points.isEmpty()) {
            assertThatThrownBy(a.set::lowest).isInstanceOf(IllegalStateException.class);
        } else {
            // Ranges begin at points, and the points of IPv4 come first.
            assertThat(a.set.lowest().toString()).isEqualTo(POINTS.get(a.points.nextSetBit(0)));
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
    void bothFamiliesTogetherHoldEveryAddress() {
        BigInteger v4 = BigInteger.ONE.shiftLeft(32);
        BigInteger v6 = BigInteger.ONE.shiftLeft(128);

        assertThat(AddressSet.ALL_IPV4.size()).isEqualTo(v4);
        assertThat(AddressSet.ALL_IPV6.size()).isEqualTo(v6);
        assertThat(AddressSet.ALL.size()).isEqualTo(v4.add(v6));
        assertThat(AddressSet.ALL).isEqualTo(AddressSet.ALL_IPV4.union(AddressSet.ALL_IPV6));
        assertThat(set("0.0.0.0/0")).isEqualTo(AddressSet.ALL_IPV4);
        assertThat(set("::/0")).isEqualTo(AddressSet.ALL_IPV6);
    }

    @Test
    void anIpv4AddressIsNoIpv6Address() {
        AddressSet written = set("1.2.3.4");

        assertThat(AddressSet.ALL_IPV6.intersects(written)).isFalse();
        assertThat(set("::/0").minus(written)).isEqualTo(AddressSet.ALL_IPV6);
        assertThat(written.ipv6()).isEqualTo(AddressSet.EMPTY);
    }

    @Test
    void touchingBlocksOfOneFamilyAreJoined() {
        assertThat(set("10.0.0.0/25", "10.0.0.128/25").intervalCount()).isEqualTo(1);
        assertThat(set("0.0.0.0/1", "128.0.0.0/1")).isEqualTo(AddressSet.ALL_IPV4);
        assertThat(set("::/1", "8000::/1")).isEqualTo(AddressSet.ALL_IPV6);
        assertThat(set("0:0:0:1::/64", "0:0:0:2::/64").intervalCount()).isEqualTo(1);
    }

    @Test
    void theEndsOfIpv4AreNotJoinedWithTheirIpv6Neighbours() {
        AddressSet borders = set("0.0.0.0", "255.255.255.255", "::fffe:ffff:ffff", "::1:0:0:0");

        assertThat(borders.intervalCount()).isEqualTo(4);
        assertThat(borders.ipv4().toPrefixes()).containsExactly("0.0.0.0/32", "255.255.255.255/32");
        assertThat(borders.minus(AddressSet.ALL_IPV4)).isEqualTo(borders.ipv6());
    }

    @Test
    void prefixesAreTheFewestInRisingOrderIpv4First() {
        assertThat(set("fd00::/64", "10.0.0.0/24", "10.0.1.0/24", "10.0.2.1").toPrefixes())
                .containsExactly("10.0.0.0/23", "10.0.2.1/32", "fd00::/64");
        assertThat(AddressSet.EMPTY.toPrefixes()).isEmpty();
    }

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.FIRST)
    void prefixesOfARangeAreThoseOfTheLibrary(@ForAll int one, @ForAll int other) {
        boolean inOrder = Integer.compareUnsigned(one, other) <= 0;
        IpAddress first = IpAddress.v4(inOrder ? one : other);
        IpAddress last = IpAddress.v4(inOrder ? other : one);

        assertThat(AddressSet.of(first, last).toPrefixes())
                .containsExactlyElementsOf(Stream.of(first.toLibrary()
                                .spanWithRange(last.toLibrary())
                                .spanWithPrefixBlocks())
                        .map(block -> block.isPrefixed() ? block.toCanonicalString() : block + "/32")
                        .toList());
    }

    @Test
    void everyIpv6AddressIsOnePrefix() {
        assertThat(AddressSet.ALL_IPV6.toPrefixes()).containsExactly("::/0");
        assertThat(AddressSet.ALL.toPrefixes()).containsExactly("0.0.0.0/0", "::/0");
        assertThat(set("::/1").toPrefixes()).containsExactly("::/1");
    }

    @Test
    void whatIsNotCutStaysTheSameObject() {
        AddressSet set = set("10.0.0.0/24", "10.0.2.0/24");

        assertThat(set.intersect(set("10.0.0.0/8"))).isSameAs(set);
        assertThat(set.minus(set("192.168.0.0/16"))).isSameAs(set);
        assertThat(set.union(AddressSet.EMPTY)).isSameAs(set);
        assertThat(AddressSet.EMPTY.union(set)).isSameAs(set);
    }
}
