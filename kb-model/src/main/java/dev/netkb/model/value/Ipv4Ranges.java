package dev.netkb.model.value;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A set of IPv4 addresses as sorted, disjoint, non-adjacent ranges. Immutable.
 *
 * <p>Where nothing is cut off, the result of an operation is the very operand, so that equal sets stay one object.
 * Operations walk over the ranges of both sides in steps that double, so that a few ranges against thousands cost
 * only a few.
 */
final class Ipv4Ranges {

    /** Two ints a range, first and last address, each with its top bit flipped: signed order is address order. */
    private final int[] bounds;

    private static final int FLIP = Integer.MIN_VALUE;

    static final Ipv4Ranges EMPTY = new Ipv4Ranges(new int[0]);
    static final Ipv4Ranges ALL = new Ipv4Ranges(new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE});

    private Ipv4Ranges(int[] bounds) {
        this.bounds = bounds;
    }

    /** The addresses between two, both included, as their 32 bits. */
    static Ipv4Ranges of(int first, int last) {
        return new Ipv4Ranges(new int[] {first ^ FLIP, last ^ FLIP});
    }

    static Ipv4Ranges union(Collection<Ipv4Ranges> sets) {
        int total = 0;
        int nonEmpty = 0;
        Ipv4Ranges only = EMPTY;
        for (Ipv4Ranges set : sets) {
            if (set.bounds.length > 0 && set != only) {
                total += set.bounds.length;
                nonEmpty++;
                only = set;
            }
        }
        if (nonEmpty <= 1) {
            return only;
        }
        long[] ranges = new long[total / 2];
        int count = 0;
        Ipv4Ranges last = EMPTY;
        boolean rising = true;
        for (Ipv4Ranges set : sets) {
            if (set == last) {
                continue;
            }
            last = set;
            for (int i = 0; i < set.bounds.length; i += 2) {
                ranges[count] = (long) set.bounds[i] << 32 | Integer.toUnsignedLong(set.bounds[i + 1]);
                rising &= count == 0 || ranges[count - 1] <= ranges[count];
                count++;
            }
        }
        if (!rising) {
            Arrays.sort(ranges, 0, count);
        }
        int[] result = new int[2 * count];
        int length = 0;
        for (int i = 0; i < count; i++) {
            int first = (int) (ranges[i] >> 32);
            int end = (int) ranges[i];
            if (length > 0 && (long) first <= result[length - 1] + 1L) {
                result[length - 1] = Math.max(result[length - 1], end);
            } else {
                result[length++] = first;
                result[length++] = end;
            }
        }
        return new Ipv4Ranges(length == result.length ? result : Arrays.copyOf(result, length));
    }

    Ipv4Ranges union(Ipv4Ranges other) {
        if (this == other || other.isEmpty()) {
            return this;
        }
        return isEmpty() ? other : union(List.of(this, other));
    }

    Ipv4Ranges intersect(Ipv4Ranges other) {
        if (this == other) {
            return this;
        }
        if (apart(other)) {
            return EMPTY;
        }
        return bounds.length <= other.bounds.length ? few(this, other) : few(other, this);
    }

    /** Each range of the one that has few cuts a piece out of the one that has many. */
    private static Ipv4Ranges few(Ipv4Ranges few, Ipv4Ranges many) {
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
        return wholeA == a.length / 2 ? few : result.build();
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
        Builder result = new Builder(16);
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
        return changed ? result.build() : this;
    }

    boolean intersects(Ipv4Ranges other) {
        if (apart(other)) {
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
    public boolean equals(Object other) {
        return other instanceof Ipv4Ranges that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** Collects ranges that come in rising order and do not touch. */
    private static final class Builder {
        private int[] bounds;
        private int length;

        Builder(int capacity) {
            bounds = new int[capacity];
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

        Ipv4Ranges build() {
            return length == 0
                    ? EMPTY
                    : new Ipv4Ranges(length == bounds.length ? bounds : Arrays.copyOf(bounds, length));
        }
    }
}
