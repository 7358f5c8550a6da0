package dev.netkb.model.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of ports 0–65535 as sorted, disjoint, non-adjacent ranges. Immutable. */
public final class PortSet {

    /** Two ints a range: first and last port. */
    private final int[] bounds;

    private static final int LAST = 65_535;

    /** No port. */
    public static final PortSet EMPTY = new PortSet(new int[0]);

    /** Every port. */
    public static final PortSet ALL = new PortSet(new int[] {0, LAST});

    /** Stands for "this protocol has no ports". */
    public static final PortSet NONE_CARRIED = new PortSet(new int[] {0, 0});

    private PortSet(int[] bounds) {
        this.bounds = bounds;
    }

    public static PortSet of(int port) {
        return of(port, port);
    }

    /** @throws IllegalArgumentException when the range is empty or leaves 0–65535 */
    public static PortSet of(int first, int last) {
        if (first < 0 || last > LAST || first > last) {
            throw new IllegalArgumentException(
                    "'" + (first == last ? "" + first : first + "-" + last) + "' is not a port range within 0-65535");
        }
        return first == 0 && last == LAST ? ALL : new PortSet(new int[] {first, last});
    }

    /**
     * Reads {@code *}, {@code 443}, {@code 1000-2000} or a comma-separated list of these.
     *
     * @throws IllegalArgumentException when a part is none of them; the message quotes it
     */
    public static PortSet parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equals("*")) {
            return ALL;
        }
        if (trimmed.indexOf(',') >= 0) {
            return union(
                    Arrays.stream(trimmed.split(",", -1)).map(PortSet::parse).toList());
        }
        int dash = trimmed.indexOf('-');
        try {
            if (dash < 0) {
                return of(number(trimmed));
            }
            return of(number(trimmed.substring(0, dash)), number(trimmed.substring(dash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a port, a range such as 1000-2000, or *", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not a port range within 0-65535", e);
        }
    }

    private static int number(String text) {
        String digits = text.trim();
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new NumberFormatException(text);
        }
        return Integer.parseInt(digits);
    }

    public static PortSet union(Collection<PortSet> sets) {
        List<int[]> ranges = new ArrayList<>();
        for (PortSet set : sets) {
            for (int i = 0; i < set.bounds.length; i += 2) {
                ranges.add(new int[] {set.bounds[i], set.bounds[i + 1]});
            }
        }
        ranges.sort((a, b) -> Integer.compare(a[0], b[0]));
        int[] result = new int[ranges.size() * 2];
        int length = 0;
        for (int[] range : ranges) {
            if (length > 0 && range[0] <= result[length - 1] + 1) {
                result[length - 1] = Math.max(result[length - 1], range[1]);
            } else {
                result[length++] = range[0];
                result[length++] = range[1];
            }
        }
        return length == 0 ? EMPTY : new PortSet(Arrays.copyOf(result, length));
    }

    public PortSet union(PortSet other) {
        return union(List.of(this, other));
    }

    public PortSet intersect(PortSet other) {
        if (this == other || other == ALL) {
            return this;
        }
        if (this == ALL) {
            return other;
        }
        int[] a = bounds;
        int[] b = other.bounds;
        int[] result = new int[a.length + b.length];
        int length = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            int first = Math.max(a[i], b[j]);
            int last = Math.min(a[i + 1], b[j + 1]);
            if (first <= last) {
                result[length++] = first;
                result[length++] = last;
            }
            if (a[i + 1] <= b[j + 1]) {
                i += 2;
            } else {
                j += 2;
            }
        }
        if (length == a.length && Arrays.equals(result, 0, length, a, 0, length)) {
            return this;
        }
        return length == 0 ? EMPTY : new PortSet(Arrays.copyOf(result, length));
    }

    public PortSet minus(PortSet other) {
        if (this == other || other == ALL) {
            return EMPTY;
        }
        int[] a = bounds;
        int[] b = other.bounds;
        int[] result = new int[a.length + b.length];
        int length = 0;
        for (int i = 0; i < a.length; i += 2) {
            int next = a[i];
            for (int j = 0; j < b.length && b[j] <= a[i + 1]; j += 2) {
                if (b[j + 1] >= next) {
                    if (b[j] > next) {
                        result[length++] = next;
                        result[length++] = b[j] - 1;
                    }
                    next = b[j + 1] + 1;
                }
            }
            if (next <= a[i + 1]) {
                result[length++] = next;
                result[length++] = a[i + 1];
            }
        }
        return length == 0 ? EMPTY : new PortSet(Arrays.copyOf(result, length));
    }

    public boolean intersects(PortSet other) {
        int[] a = bounds;
        int[] b = other.bounds;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i + 1] < b[j]) {
                i += 2;
            } else if (b[j + 1] < a[i]) {
                j += 2;
            } else {
                return true;
            }
        }
        return false;
    }

    public boolean containsAll(PortSet other) {
        return this == ALL || other.minus(this).isEmpty();
    }

    public boolean contains(int port) {
        for (int i = 0; i < bounds.length; i += 2) {
            if (port >= bounds[i] && port <= bounds[i + 1]) {
                return true;
            }
        }
        return false;
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    public boolean isAll() {
        return equals(ALL);
    }

    /** The lowest port. */
    public int lowest() {
        if (isEmpty()) {
            throw new IllegalStateException("an empty set has no lowest port");
        }
        return bounds[0];
    }

    /** First and last port of every range, in rising order. */
    public List<Range> ranges() {
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < bounds.length; i += 2) {
            ranges.add(new Range(bounds[i], bounds[i + 1]));
        }
        return List.copyOf(ranges);
    }

    /** {@code ["443", "1000-2000"]}, or {@code ["*"]} for every port. */
    public List<String> toTexts() {
        if (isAll()) {
            return List.of("*");
        }
        return ranges().stream().map(Range::toString).toList();
    }

    /** First and last port, both included. */
    public record Range(int first, int last) {
        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PortSet that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return String.join(",", toTexts());
    }
}
