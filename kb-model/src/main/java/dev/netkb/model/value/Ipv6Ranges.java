package dev.netkb.model.value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of IPv6 addresses as sorted, disjoint, non-adjacent ranges of unsigned 128-bit numbers. Immutable.
 *
 * <p>Where nothing is cut off, the result of an operation is the very operand. Operations cost time in proportion to
 * the number of ranges of both sides.
 */
final class Ipv6Ranges {

    /** Four longs a range: high and low half of the first address, high and low half of the last one. */
    private final long[] bounds;

    private static final int WIDTH = 4;

    static final Ipv6Ranges EMPTY = new Ipv6Ranges(new long[0]);
    static final Ipv6Ranges ALL = new Ipv6Ranges(new long[] {0, 0, -1L, -1L});

    private Ipv6Ranges(long[] bounds) {
        this.bounds = bounds;
    }

    /** The addresses between two, both included. */
    static Ipv6Ranges of(IpAddress first, IpAddress last) {
        return new Ipv6Ranges(new long[] {first.high(), first.low(), last.high(), last.low()});
    }

    Ipv6Ranges union(Ipv6Ranges other) {
        if (this == other || other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        Union both = new Union();
        both.add(this);
        both.add(other);
        return both.build();
    }

    Ipv6Ranges intersect(Ipv6Ranges other) {
        if (this == other) {
            return this;
        }
        long[] a = bounds;
        long[] b = other.bounds;
        if (a.length == 0 || b.length == 0) {
            return EMPTY;
        }
        Builder result = new Builder(Math.max(a.length, b.length));
        int i = 0;
        int j = 0;
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

    Ipv6Ranges minus(Ipv6Ranges other) {
        if (this == other) {
            return EMPTY;
        }
        long[] a = bounds;
        long[] b = other.bounds;
        if (a.length == 0 || b.length == 0) {
            return this;
        }
        Builder result = new Builder(a.length + b.length);
        int j = 0;
        boolean changed = false;
        for (int i = 0; i < a.length; i += WIDTH) {
            long high = a[i];
            long low = a[i + 1];
            boolean open = true;
            while (j < b.length && compare(b[j + 2], b[j + 3], high, low) < 0) {
                j += WIDTH;
            }
            while (open && j < b.length && compare(b[j], b[j + 1], a[i + 2], a[i + 3]) <= 0) {
                changed = true;
                if (compare(high, low, b[j], b[j + 1]) < 0) {
                    result.append(high, low, b[j + 1] == 0 ? b[j] - 1 : b[j], b[j + 1] - 1);
                }
                if (compare(b[j + 2], b[j + 3], a[i + 2], a[i + 3]) >= 0) {
                    open = false;
                } else {
                    low = b[j + 3] + 1;
                    high = low == 0 ? b[j + 2] + 1 : b[j + 2];
                    j += WIDTH;
                }
            }
            if (open) {
                result.append(high, low, a[i + 2], a[i + 3]);
            }
        }
        return changed ? result.build() : this;
    }

    boolean intersects(Ipv6Ranges other) {
        long[] a = bounds;
        long[] b = other.bounds;
        int i = 0;
        int j = 0;
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

    boolean containsAll(Ipv6Ranges other) {
        return this == other || other.minus(this).isEmpty();
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    int count() {
        return bounds.length / WIDTH;
    }

    IpAddress first(int range) {
        return new IpAddress(false, bounds[WIDTH * range], bounds[WIDTH * range + 1]);
    }

    IpAddress last(int range) {
        return new IpAddress(false, bounds[WIDTH * range + 2], bounds[WIDTH * range + 3]);
    }

    BigInteger size() {
        BigInteger total = BigInteger.ZERO;
        for (int i = 0; i < bounds.length; i += WIDTH) {
            BigInteger first = number(bounds[i], bounds[i + 1]);
            BigInteger last = number(bounds[i + 2], bounds[i + 3]);
            total = total.add(last.subtract(first)).add(BigInteger.ONE);
        }
        return total;
    }

    private static BigInteger number(long high, long low) {
        return new BigInteger(Long.toUnsignedString(high))
                .shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(low)));
    }

    private static int compare(long highA, long lowA, long highB, long lowB) {
        return highA == highB ? Long.compareUnsigned(lowA, lowB) : Long.compareUnsigned(highA, highB);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ipv6Ranges that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /** Collects sets in any order; cheapest when they come in rising order. */
    static final class Union {

        private Builder joined = new Builder(WIDTH);
        private @Nullable List<long[]> unordered;
        private Ipv6Ranges only = EMPTY;
        private boolean several;

        void add(Ipv6Ranges set) {
            long[] bounds = set.bounds;
            if (bounds.length == 0) {
                return;
            }
            several = !only.isEmpty();
            only = set;
            for (int i = 0; i < bounds.length; i += WIDTH) {
                if (unordered == null && !joined.tryAdd(bounds, i)) {
                    unordered = new ArrayList<>();
                }
                if (unordered != null) {
                    unordered.add(Arrays.copyOfRange(bounds, i, i + WIDTH));
                }
            }
        }

        Ipv6Ranges build() {
            if (!several) {
                return only;
            }
            if (unordered == null) {
                return joined.build();
            }
            for (int i = 0; i < joined.length; i += WIDTH) {
                unordered.add(Arrays.copyOfRange(joined.bounds, i, i + WIDTH));
            }
            unordered.sort((a, b) -> compare(a[0], a[1], b[0], b[1]));
            Builder sorted = new Builder(unordered.size() * WIDTH);
            unordered.forEach(range -> sorted.tryAdd(range, 0));
            return sorted.build();
        }
    }

    private static final class Builder {
        private long[] bounds;
        private int length;

        Builder(int capacity) {
            bounds = new long[Math.max(capacity, WIDTH)];
        }

        /**
         * Adds the range that stands at an index and joins it with the last one where they touch; false, without
         * adding it, where it begins before the last one.
         */
        boolean tryAdd(long[] from, int at) {
            if (length > 0 && compare(from[at], from[at + 1], bounds[length - 4], bounds[length - 3]) < 0) {
                return false;
            }
            if (length == 0 || !touches(from[at], from[at + 1])) {
                append(from[at], from[at + 1], from[at + 2], from[at + 3]);
            } else if (compare(bounds[length - 2], bounds[length - 1], from[at + 2], from[at + 3]) < 0) {
                bounds[length - 2] = from[at + 2];
                bounds[length - 1] = from[at + 3];
            }
            return true;
        }

        private boolean touches(long startHigh, long startLow) {
            long lastHigh = bounds[length - 2];
            long lastLow = bounds[length - 1];
            if (compare(lastHigh, lastLow, startHigh, startLow) >= 0) {
                return true;
            }
            return lastLow + 1 == startLow && (startLow == 0 ? lastHigh + 1 : lastHigh) == startHigh;
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

        Ipv6Ranges build() {
            return length == 0 ? EMPTY : new Ipv6Ranges(Arrays.copyOf(bounds, length));
        }

        /** The same object where the result is one of the operands, so that later steps meet identity. */
        Ipv6Ranges buildOr(Ipv6Ranges a, Ipv6Ranges b) {
            if (Arrays.equals(bounds, 0, length, a.bounds, 0, a.bounds.length)) {
                return a;
            }
            if (Arrays.equals(bounds, 0, length, b.bounds, 0, b.bounds.length)) {
                return b;
            }
            return build();
        }
    }
}
