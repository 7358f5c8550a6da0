package dev.netkb.model.value;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of IPv4 addresses as sorted, disjoint, non-adjacent ranges. Immutable.
 *
 * <p>Where nothing is cut off, the result of an operation is the very operand, so that equal sets stay one object.
 * Operations walk over the ranges of both sides in steps that double, so that a few ranges against thousands cost
 * only a few. Two lists that are long and interleaved, as those of service tags are, cost the sum of both; a published
 * set remembers what it has in common with another, for itself and for all that is cut out of it.
 */
final class Ipv4Ranges {

    /** Two ints a range, first and last address, each with its top bit flipped: signed order is address order. */
    private final int[] bounds;

    /** The published set that this one is cut out of. */
    private final @Nullable Published origin;

    private static final int FLIP = Integer.MIN_VALUE;

    static final Ipv4Ranges EMPTY = new Ipv4Ranges(new int[0]);
    static final Ipv4Ranges ALL = new Ipv4Ranges(new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE});

    private Ipv4Ranges(int[] bounds) {
        this(bounds, null);
    }

    private Ipv4Ranges(int[] bounds, @Nullable Published origin) {
        this.bounds = bounds;
        this.origin = origin;
    }

    /** A set that many evaluations compare with others. It remembers what it has in common with other such sets. */
    private static final class Published {

        private final Ipv4Ranges whole;
        private final Map<Published, Ipv4Ranges> common = new ConcurrentHashMap<>();

        Published(int[] bounds) {
            this.whole = new Ipv4Ranges(bounds, this);
        }

        Ipv4Ranges common(Published other) {
            Ipv4Ranges known = common.get(other);
            if (known == null) {
                known = meet(whole, other.whole);
                common.put(other, known);
            }
            return known;
        }
    }

    /** The same addresses as a set that remembers what it has in common with others that do. */
    Ipv4Ranges published() {
        return new Published(bounds).whole;
    }

    /** The addresses between two, both included, as their 32 bits. */
    static Ipv4Ranges of(int first, int last) {
        return new Ipv4Ranges(new int[] {first ^ FLIP, last ^ FLIP});
    }

    Ipv4Ranges union(Ipv4Ranges other) {
        if (this == other || other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        Union both = new Union(count() + other.count());
        both.add(this);
        both.add(other);
        return both.build();
    }

    Ipv4Ranges intersect(Ipv4Ranges other) {
        if (this == other) {
            return this;
        }
        if (origin == null || other.origin == null || origin == other.origin) {
            return meet(this, other);
        }
        Ipv4Ranges common = origin.common(other.origin);
        Ipv4Ranges mine = this == origin.whole ? common : meet(common, this);
        return other == other.origin.whole ? mine : meet(mine, other);
    }

    private static Ipv4Ranges meet(Ipv4Ranges a, Ipv4Ranges b) {
        if (a.apart(b)) {
            return EMPTY;
        }
        if (a.isOneRangeOver(b)) {
            return b;
        }
        if (b.isOneRangeOver(a)) {
            return a;
        }
        return a.bounds.length <= b.bounds.length ? few(a, b) : few(b, a);
    }

    private boolean isOneRangeOver(Ipv4Ranges other) {
        int[] b = other.bounds;
        return bounds.length == 2 && bounds[0] <= b[0] && bounds[1] >= b[b.length - 1];
    }

    /** Whether the published sets that both are cut out of are known to have nothing in common. */
    private boolean isApartByOrigin(Ipv4Ranges other) {
        return origin != null
                && other.origin != null
                && origin != other.origin
                && origin.common(other.origin).isEmpty();
    }

    /** Each range of the one that has few cuts a piece out of the one that has many. */
    private static Ipv4Ranges few(Ipv4Ranges few, Ipv4Ranges many) {
        if (few.bounds.length < many.bounds.length && few.containsAll(many)) {
            return many;
        }
        int[] a = few.bounds;
        int[] b = many.bounds;
        Builder result = new Builder(16);
        int wholeA = 0;
        int wholeB = 0;
        int j = 0;
        for (int i = 0; i < a.length; i += 2) {
            int first = a[i];
            int last = a[i + 1];
            j = seek(b, j, first);
            if (j == b.length) {
                break;
            }
            if (b[j] > last) {
                continue;
            }
            int end = seek(b, j, last);
            if (end < b.length && b[end] <= last) {
                end += 2;
            }
            // The ranges of b from j to end meet this range of a; only the outer two may be cut by it.
            boolean cutFirst = b[j] < first;
            boolean cutLast = b[end - 1] > last;
            wholeB += (end - j) / 2 - (cutFirst || cutLast && end - j == 2 ? 1 : 0) - (cutLast && end - j > 2 ? 1 : 0);
            wholeA += end - j == 2 && b[j] <= first && b[end - 1] >= last ? 1 : 0;
            int at = result.length;
            result.copy(b, j, end);
            if (cutFirst) {
                result.bounds[at] = first;
            }
            if (cutLast) {
                result.bounds[result.length - 1] = last;
                end -= 2;
            }
            j = end;
        }
        if (wholeB == b.length / 2) {
            return many;
        }
        return wholeA == a.length / 2 ? few : result.build(few.origin != null ? few.origin : many.origin);
    }

    Ipv4Ranges minus(Ipv4Ranges other) {
        if (this == other) {
            return EMPTY;
        }
        if (apart(other)) {
            return this;
        }
        int[] a = bounds;
        int[] b = other.bounds;
        if (b.length == 2) {
            return minus(b[0], b[1]);
        }
        if (isApartByOrigin(other)) {
            return this;
        }
        Builder result = new Builder(a.length + 16);
        boolean changed = false;
        int i = 0;
        int j = 0;
        int first = a[0];
        while (i < a.length) {
            j = seek(b, j, first);
            if (j == b.length) {
                result.append(first, a[i + 1]);
                result.copy(a, i + 2, a.length);
                break;
            }
            if (b[j] > a[i + 1]) {
                // No range of a before the next range of b is cut.
                int end = seek(a, i + 2, b[j]);
                result.append(first, a[i + 1]);
                result.copy(a, i + 2, end);
                i = end;
                first = i < a.length ? a[i] : 0;
                continue;
            }
            changed = true;
            if (b[j] > first) {
                result.append(first, b[j] - 1);
            }
            if (b[j + 1] < a[i + 1]) {
                first = b[j + 1] + 1;
            } else {
                i += 2;
                first = i < a.length ? a[i] : 0;
            }
        }
        return changed ? result.build(origin) : this;
    }

    /** As {@link #minus(Ipv4Ranges)} of one range, which is by far the most frequent case. */
    private Ipv4Ranges minus(int first, int last) {
        int[] a = bounds;
        int start = seek(a, 0, first);
        if (start == a.length || a[start] > last) {
            return this;
        }
        int end = seek(a, start, last);
        if (end < a.length && a[end] <= last) {
            end += 2;
        }
        // The ranges from start to end meet the range; something of the outer two may be left.
        boolean leftBefore = a[start] < first;
        boolean leftBehind = a[end - 1] > last;
        int[] rest = new int[a.length - (end - start) + (leftBefore ? 2 : 0) + (leftBehind ? 2 : 0)];
        if (rest.length == 0) {
            return EMPTY;
        }
        System.arraycopy(a, 0, rest, 0, start);
        int at = start;
        if (leftBefore) {
            rest[at++] = a[start];
            rest[at++] = first - 1;
        }
        if (leftBehind) {
            rest[at++] = last + 1;
            rest[at++] = a[end - 1];
        }
        System.arraycopy(a, end, rest, at, a.length - end);
        return new Ipv4Ranges(rest, origin);
    }

    boolean intersects(Ipv4Ranges other) {
        if (this == other) {
            return !isEmpty();
        }
        if (apart(other) || isApartByOrigin(other)) {
            return false;
        }
        int[] a = bounds;
        int[] b = other.bounds;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i + 1] < b[j]) {
                i = seek(a, i + 2, b[j]);
            } else if (b[j + 1] < a[i]) {
                j = seek(b, j + 2, a[i]);
            } else {
                return true;
            }
        }
        return false;
    }

    boolean containsAll(Ipv4Ranges other) {
        if (this == other || other.isEmpty()) {
            return true;
        }
        if (apart(other)) {
            return false;
        }
        int[] a = bounds;
        int[] b = other.bounds;
        int i = 0;
        int j = 0;
        while (j < b.length) {
            i = seek(a, i, b[j]);
            if (i == a.length || a[i] > b[j] || a[i + 1] < b[j + 1]) {
                return false;
            }
            // All of b up to the end of this range is in it, but for a range that leaves it.
            j = seek(b, j + 2, a[i + 1]);
            if (j < b.length && b[j] <= a[i + 1] && b[j + 1] == a[i + 1]) {
                j += 2;
            }
        }
        return true;
    }

    boolean contains(int address) {
        int at = seek(bounds, 0, address ^ FLIP);
        return at < bounds.length && bounds[at] <= (address ^ FLIP);
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    int count() {
        return bounds.length / 2;
    }

    /** The first address of a range, as its 32 bits. */
    int first(int range) {
        return bounds[2 * range] ^ FLIP;
    }

    /** The last address of a range, as its 32 bits. */
    int last(int range) {
        return bounds[2 * range + 1] ^ FLIP;
    }

    BigInteger size() {
        long total = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            total += (long) bounds[i + 1] - bounds[i] + 1;
        }
        return BigInteger.valueOf(total);
    }

    /** Whether the spans of both have nothing in common, or one is empty. */
    private boolean apart(Ipv4Ranges other) {
        int[] a = bounds;
        int[] b = other.bounds;
        return a.length == 0 || b.length == 0 || a[a.length - 1] < b[0] || b[b.length - 1] < a[0];
    }

    /** Index, from {@code from} on, of the first range that does not end before the address. */
    private static int seek(int[] bounds, int from, int address) {
        int step = 2;
        int low = from;
        int high = from;
        while (high < bounds.length && bounds[high + 1] < address) {
            low = high + 2;
            high += step;
            step <<= 1;
        }
        high = Math.min(high, bounds.length);
        while (low < high) {
            int middle = low + (high - low >> 2 << 1);
            if (bounds[middle + 1] < address) {
                low = middle + 2;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ipv4Ranges that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** Collects sets in any order; cheapest when they come in rising order. */
    static final class Union {

        private final Builder joined;

        /** All ranges as soon as one is out of order; first address in the upper half, so that they sort as numbers. */
        private long[] unordered = {};

        private int count;
        private Ipv4Ranges only = EMPTY;
        private boolean several;

        /** @param expected about how many ranges will come */
        Union(int expected) {
            joined = new Builder(2 * expected);
        }

        void add(Ipv4Ranges set) {
            int[] bounds = set.bounds;
            if (bounds.length == 0 || set == only) {
                return;
            }
            several = only.bounds.length > 0;
            only = set;
            for (int i = 0; i < bounds.length; i += 2) {
                if (count > 0 || !joined.tryAdd(bounds[i], bounds[i + 1])) {
                    addUnordered(bounds[i], bounds[i + 1]);
                }
            }
        }

        private void addUnordered(int first, int last) {
            if (count == 0) {
                unordered = new long[joined.length + 16];
                for (int i = 0; i < joined.length; i += 2) {
                    unordered[count++] = range(joined.bounds[i], joined.bounds[i + 1]);
                }
            }
            if (count == unordered.length) {
                unordered = Arrays.copyOf(unordered, 2 * count);
            }
            unordered[count++] = range(first, last);
        }

        private static long range(int first, int last) {
            return (long) first << 32 | Integer.toUnsignedLong(last);
        }

        Ipv4Ranges build() {
            if (!several) {
                return only;
            }
            if (count == 0) {
                return joined.build(null);
            }
            Arrays.sort(unordered, 0, count);
            Builder sorted = new Builder(2 * count);
            for (int i = 0; i < count; i++) {
                sorted.tryAdd((int) (unordered[i] >> 32), (int) unordered[i]);
            }
            return sorted.build(null);
        }
    }

    /** Collects ranges that come in rising order. */
    private static final class Builder {
        private int[] bounds;
        private int length;

        Builder(int capacity) {
            bounds = new int[capacity];
        }

        /**
         * Adds a range and joins it with the last one where they touch; false, without adding it, where it begins
         * before the last one.
         */
        boolean tryAdd(int first, int last) {
            if (length > 0 && first < bounds[length - 2]) {
                return false;
            }
            if (length > 0 && first <= bounds[length - 1] + 1L) {
                bounds[length - 1] = Math.max(bounds[length - 1], last);
            } else {
                append(first, last);
            }
            return true;
        }

        void append(int first, int last) {
            reserve(2);
            bounds[length++] = first;
            bounds[length++] = last;
        }

        void copy(int[] from, int start, int end) {
            reserve(end - start);
            System.arraycopy(from, start, bounds, length, end - start);
            length += end - start;
        }

        private void reserve(int more) {
            if (length + more > bounds.length) {
                bounds = Arrays.copyOf(bounds, Math.max(2 * bounds.length, length + more));
            }
        }

        Ipv4Ranges build(@Nullable Published origin) {
            return length == 0
                    ? EMPTY
                    : new Ipv4Ranges(length == bounds.length ? bounds : Arrays.copyOf(bounds, length), origin);
        }
    }
}
