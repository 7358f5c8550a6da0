package dev.netkb.model.value;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressSeqRange;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A finite set of IP addresses, IPv4 and IPv6, as sorted, disjoint, non-adjacent intervals.
 *
 * <p>Both families lie on one line of unsigned 128-bit numbers: an IPv6 address is its own number, an IPv4 address
 * stands in the block {@code ::ffff:0:0/96}, which no IPv6 packet carries. So one sweep serves both families, and
 * no interval ever spans the border of that block.
 *
 * <p>Immutable. Operations cost time in proportion to the number of intervals of both sides.
 */
public final class AddressSet {

    /** Four longs an interval: high and low half of the first address, high and low half of the last one. */
    private final long[] bounds;

    private static final int WIDTH = 4;
    private static final long V4_BASE = 0xFFFF_0000_0000L;
    private static final long V4_LAST = 0xFFFF_FFFF_FFFFL;

    /** No address. */
    public static final AddressSet EMPTY = new AddressSet(new long[0]);

    /** Every IPv4 address. */
    public static final AddressSet ALL_IPV4 = new AddressSet(new long[] {0, V4_BASE, 0, V4_LAST});

    /** Every IPv6 address. */
    public static final AddressSet ALL_IPV6 =
            new AddressSet(new long[] {0, 0, 0, V4_BASE - 1, 0, V4_LAST + 1, -1L, -1L});

    /** Every address of both families. */
    public static final AddressSet ALL =
            new AddressSet(new long[] {0, 0, 0, V4_BASE - 1, 0, V4_BASE, 0, V4_LAST, 0, V4_LAST + 1, -1L, -1L});

    private AddressSet(long[] bounds) {
        this.bounds = bounds;
    }

    /** The addresses of one block or range, as the IP library parsed it. */
    public static AddressSet of(IPAddress block) {
        return of(block.getLower(), block.getUpper());
    }

    /** The addresses from {@code first} to {@code last}, both of one family, both included. */
    public static AddressSet of(IPAddress first, IPAddress last) {
        if (first.isIPv4()) {
            long low = V4_BASE + Integer.toUnsignedLong(first.toIPv4().intValue());
            long high = V4_BASE + Integer.toUnsignedLong(last.toIPv4().intValue());
            return new AddressSet(new long[] {0, low, 0, high});
        }
        byte[] low = first.toIPv6().getBytes();
        byte[] high = last.toIPv6().getBytes();
        AddressSet range = new AddressSet(new long[] {half(low, 0), half(low, 8), half(high, 0), half(high, 8)});
        return range.intersect(ALL_IPV6);
    }

    private static long half(byte[] bytes, int offset) {
        long value = 0;
        for (int i = offset; i < offset + 8; i++) {
            value = value << 8 | (bytes[i] & 0xFF);
        }
        return value;
    }

    /** The union of blocks; costs one pass when they come in rising order, as tag files list them. */
    public static AddressSet ofPrefixes(List<AddressPrefix> prefixes) {
        Builder result = new Builder(prefixes.size() * WIDTH);
        for (AddressPrefix prefix : prefixes) {
            long[] block = prefix.addresses().bounds;
            for (int i = 0; i < block.length; i += WIDTH) {
                if (!result.tryAdd(block[i], block[i + 1], block[i + 2], block[i + 3])) {
                    return union(prefixes.stream().map(AddressPrefix::addresses).toList());
                }
            }
        }
        return result.build();
    }

    /** The union of all given sets. */
    public static AddressSet union(Collection<AddressSet> sets) {
        int total = 0;
        AddressSet only = EMPTY;
        int nonEmpty = 0;
        for (AddressSet set : sets) {
            total += set.bounds.length;
            if (!set.isEmpty()) {
                nonEmpty++;
                only = set;
            }
        }
        if (nonEmpty <= 1) {
            return only;
        }
        long[][] intervals = new long[total / WIDTH][];
        int count = 0;
        for (AddressSet set : sets) {
            for (int i = 0; i < set.bounds.length; i += WIDTH) {
                intervals[count++] = Arrays.copyOfRange(set.bounds, i, i + WIDTH);
            }
        }
        Arrays.sort(intervals, (a, b) -> compare(a[0], a[1], b[0], b[1]));
        Builder result = new Builder(total);
        for (long[] interval : intervals) {
            result.add(interval[0], interval[1], interval[2], interval[3]);
        }
        return result.build();
    }

    public AddressSet union(AddressSet other) {
        if (this == other || other.isEmpty()) {
            return this;
        }
        return isEmpty() ? other : union(List.of(this, other));
    }

    public AddressSet intersect(AddressSet other) {
        if (this == other) {
            return this;
        }
        long[] a = bounds;
        long[] b = other.bounds;
        if (a.length == 0 || b.length == 0) {
            return EMPTY;
        }
        if (a.length == WIDTH && covers(a, b)) {
            return other;
        }
        if (b.length == WIDTH && covers(b, a)) {
            return this;
        }
        Builder result = new Builder(Math.max(a.length, b.length));
        int i = startAt(a, b);
        int j = startAt(b, a);
        while (i < a.length && j < b.length) {
            boolean aStartsLater = compare(a[i], a[i + 1], b[j], b[j + 1]) >= 0;
            boolean aEndsFirst = compare(a[i + 2], a[i + 3], b[j + 2], b[j + 3]) <= 0;
            long startHigh = aStartsLater ? a[i] : b[j];
            long startLow = aStartsLater ? a[i + 1] : b[j + 1];
            long endHigh = aEndsFirst ? a[i + 2] : b[j + 2];
            long endLow = aEndsFirst ? a[i + 3] : b[j + 3];
            if (compare(startHigh, startLow, endHigh, endLow) <= 0) {
                result.append(startHigh, startLow, endHigh, endLow);
            }
            if (aEndsFirst) {
                i += WIDTH;
            } else {
                j += WIDTH;
            }
        }
        return result.buildOr(this, other);
    }

    public AddressSet minus(AddressSet other) {
        if (this == other) {
            return EMPTY;
        }
        long[] a = bounds;
        long[] b = other.bounds;
        if (a.length == 0 || b.length == 0 || disjointSpan(a, b)) {
            return this;
        }
        if (b.length == WIDTH && covers(b, a)) {
            return EMPTY;
        }
        Builder result = new Builder(a.length + b.length);
        int j = startAt(b, a);
        boolean changed = false;
        for (int i = 0; i < a.length; i += WIDTH) {
            long high = a[i];
            long low = a[i + 1];
            boolean open = true;
            while (j < b.length && compare(b[j + 2], b[j + 3], high, low) < 0) {
                j += WIDTH;
            }
            int k = j;
            while (open && k < b.length && compare(b[k], b[k + 1], a[i + 2], a[i + 3]) <= 0) {
                changed = true;
                if (compare(high, low, b[k], b[k + 1]) < 0) {
                    result.append(high, low, b[k + 1] == 0 ? b[k] - 1 : b[k], b[k + 1] - 1);
                }
                if (compare(b[k + 2], b[k + 3], a[i + 2], a[i + 3]) >= 0) {
                    open = false;
                } else {
                    low = b[k + 3] + 1;
                    high = low == 0 ? b[k + 2] + 1 : b[k + 2];
                    k += WIDTH;
                }
            }
            j = k;
            if (open) {
                result.append(high, low, a[i + 2], a[i + 3]);
            }
        }
        return changed ? result.build() : this;
    }

    /** The addresses of both families that are not in this set. */
    public AddressSet complement() {
        return ALL.minus(this);
    }

    public AddressSet ipv4() {
        return intersect(ALL_IPV4);
    }

    public AddressSet ipv6() {
        return bounds.length == WIDTH && covers(ALL_IPV4.bounds, bounds) ? EMPTY : intersect(ALL_IPV6);
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    public boolean intersects(AddressSet other) {
        long[] a = bounds;
        long[] b = other.bounds;
        if (a.length == 0 || b.length == 0) {
            return false;
        }
        if (a == b) {
            return true;
        }
        int i = startAt(a, b);
        int j = startAt(b, a);
        while (i < a.length && j < b.length) {
            if (compare(a[i + 2], a[i + 3], b[j], b[j + 1]) < 0) {
                i += WIDTH;
            } else if (compare(b[j + 2], b[j + 3], a[i], a[i + 1]) < 0) {
                j += WIDTH;
            } else {
                return true;
            }
        }
        return false;
    }

    public boolean containsAll(AddressSet other) {
        long[] a = bounds;
        long[] b = other.bounds;
        if (a == b || b.length == 0) {
            return true;
        }
        if (a.length == 0) {
            return false;
        }
        int i = startAt(a, b);
        for (int j = 0; j < b.length; j += WIDTH) {
            while (i < a.length && compare(a[i + 2], a[i + 3], b[j], b[j + 1]) < 0) {
                i += WIDTH;
            }
            if (i == a.length
                    || compare(a[i], a[i + 1], b[j], b[j + 1]) > 0
                    || compare(a[i + 2], a[i + 3], b[j + 2], b[j + 3]) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The lowest address, IPv4 before IPv6. */
    public IPAddress lowest() {
        AddressSet v4 = ipv4();
        AddressSet from = v4.isEmpty() ? this : v4;
        if (from.isEmpty()) {
            throw new IllegalStateException("an empty set has no lowest address");
        }
        return address(from.bounds[0], from.bounds[1]);
    }

    /** How many addresses the set holds. */
    public BigInteger size() {
        BigInteger total = BigInteger.ZERO;
        for (int i = 0; i < bounds.length; i += WIDTH) {
            BigInteger first = number(bounds[i], bounds[i + 1]);
            BigInteger last = number(bounds[i + 2], bounds[i + 3]);
            total = total.add(last.subtract(first)).add(BigInteger.ONE);
        }
        return total;
    }

    public int intervalCount() {
        return bounds.length / WIDTH;
    }

    /**
     * The smallest list of CIDR blocks that is this set, IPv4 first, in rising order. A block of IPv6 may span
     * {@code ::ffff:0:0/96}, which no packet carries: every IPv6 address is {@code ::/0}.
     */
    public List<String> toPrefixes() {
        List<String> prefixes = new ArrayList<>();
        ipv4().appendPrefixes(prefixes);
        ipv6().appendPrefixes(prefixes);
        return List.copyOf(prefixes);
    }

    private void appendPrefixes(List<String> prefixes) {
        for (int i = 0; i < bounds.length; i += WIDTH) {
            int last = i;
            if (i + WIDTH < bounds.length
                    && compare(bounds[i + 2], bounds[i + 3], 0, V4_BASE - 1) == 0
                    && compare(bounds[i + 4], bounds[i + 5], 0, V4_LAST + 1) == 0) {
                last += WIDTH;
            }
            IPAddressSeqRange range =
                    address(bounds[i], bounds[i + 1]).spanWithRange(address(bounds[last + 2], bounds[last + 3]));
            for (IPAddress block : range.spanWithPrefixBlocks()) {
                prefixes.add(block.isPrefixed() ? block.toCanonicalString() : block + "/" + block.getBitCount());
            }
            i = last;
        }
    }

    private static IPAddress address(long high, long low) {
        if (high == 0 && low >= V4_BASE && low <= V4_LAST) {
            return new IPv4Address((int) (low - V4_BASE));
        }
        return new IPv6Address(
                ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }

    private static BigInteger number(long high, long low) {
        return new BigInteger(Long.toUnsignedString(high))
                .shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(low)));
    }

    /** Index of the first interval of {@code a} that does not end before {@code b} begins. */
    private static int startAt(long[] a, long[] b) {
        if (compare(a[2], a[3], b[0], b[1]) >= 0) {
            return 0;
        }
        int low = 0;
        int high = a.length / WIDTH;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int m = middle * WIDTH;
            if (compare(a[m + 2], a[m + 3], b[0], b[1]) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low * WIDTH;
    }

    /** Whether the first interval of {@code a} holds the whole span of {@code b}. */
    private static boolean covers(long[] a, long[] b) {
        return compare(a[0], a[1], b[0], b[1]) <= 0 && compare(a[2], a[3], b[b.length - 2], b[b.length - 1]) >= 0;
    }

    private static boolean disjointSpan(long[] a, long[] b) {
        return compare(a[a.length - 2], a[a.length - 1], b[0], b[1]) < 0
                || compare(b[b.length - 2], b[b.length - 1], a[0], a[1]) < 0;
    }

    private static int compare(long highA, long lowA, long highB, long lowB) {
        return highA == highB ? Long.compareUnsigned(lowA, lowB) : Long.compareUnsigned(highA, highB);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressSet that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return toPrefixes().toString();
    }

    private static final class Builder {
        private long[] bounds;
        private int length;

        Builder(int capacity) {
            bounds = new long[Math.max(capacity, WIDTH)];
        }

        /** Adds an interval that begins at or after the last one; joins the two where they touch. */
        void add(long startHigh, long startLow, long endHigh, long endLow) {
            if (length > 0 && touches(startHigh, startLow)) {
                if (compare(bounds[length - 2], bounds[length - 1], endHigh, endLow) < 0) {
                    bounds[length - 2] = endHigh;
                    bounds[length - 1] = endLow;
                }
            } else {
                append(startHigh, startLow, endHigh, endLow);
            }
        }

        /** As {@link #add}; false, without adding, where the interval begins before the last one. */
        boolean tryAdd(long startHigh, long startLow, long endHigh, long endLow) {
            if (length > 0 && compare(startHigh, startLow, bounds[length - 4], bounds[length - 3]) < 0) {
                return false;
            }
            add(startHigh, startLow, endHigh, endLow);
            return true;
        }

        private boolean touches(long startHigh, long startLow) {
            long lastHigh = bounds[length - 2];
            long lastLow = bounds[length - 1];
            if (compare(lastHigh, lastLow, startHigh, startLow) >= 0) {
                return true;
            }
            boolean next = lastLow + 1 == startLow && (startLow == 0 ? lastHigh + 1 : lastHigh) == startHigh;
            boolean familyBorder = startHigh == 0 && (startLow == V4_BASE || startLow == V4_LAST + 1);
            return next && !familyBorder;
        }

        void append(long startHigh, long startLow, long endHigh, long endLow) {
            if (length == bounds.length) {
                bounds = Arrays.copyOf(bounds, length * 2);
            }
            bounds[length++] = startHigh;
            bounds[length++] = startLow;
            bounds[length++] = endHigh;
            bounds[length++] = endLow;
        }

        AddressSet build() {
            return length == 0 ? EMPTY : new AddressSet(Arrays.copyOf(bounds, length));
        }

        /** The same object where the result is one of the operands, so that later steps meet identity. */
        AddressSet buildOr(AddressSet a, AddressSet b) {
            if (length == a.bounds.length && Arrays.equals(bounds, 0, length, a.bounds, 0, length)) {
                return a;
            }
            if (length == b.bounds.length && Arrays.equals(bounds, 0, length, b.bounds, 0, length)) {
                return b;
            }
            return build();
        }
    }
}
