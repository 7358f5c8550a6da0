package dev.netkb.model.value;

import inet.ipaddr.IPAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A finite set of IP addresses of both families.
 *
 * <p>Immutable. Where nothing is cut off, the result of an operation is the very operand.
 */
public final class AddressSet {

    private final Ipv4Ranges v4;
    private final Ipv6Ranges v6;

    /** No address. */
    public static final AddressSet EMPTY = new AddressSet(Ipv4Ranges.EMPTY, Ipv6Ranges.EMPTY);

    /** Every IPv4 address. */
    public static final AddressSet ALL_IPV4 = new AddressSet(Ipv4Ranges.ALL, Ipv6Ranges.EMPTY);

    /** Every IPv6 address. */
    public static final AddressSet ALL_IPV6 = new AddressSet(Ipv4Ranges.EMPTY, Ipv6Ranges.ALL);

    /** Every address of both families. */
    public static final AddressSet ALL = new AddressSet(Ipv4Ranges.ALL, Ipv6Ranges.ALL);

    private AddressSet(Ipv4Ranges v4, Ipv6Ranges v6) {
        this.v4 = v4;
        this.v6 = v6;
    }

    private static AddressSet of(Ipv4Ranges v4, Ipv6Ranges v6) {
        return v4.isEmpty() && v6.isEmpty() ? EMPTY : new AddressSet(v4, v6);
    }

    /** The addresses of one block or range, as the IP library parsed it. */
    static AddressSet of(IPAddress block) {
        return of(IpAddress.of(block.getLower()), IpAddress.of(block.getUpper()));
    }

    /** One address. */
    public static AddressSet of(IpAddress address) {
        return of(address, address);
    }

    /** The addresses from {@code first} to {@code last}, both of one family, both included. */
    public static AddressSet of(IpAddress first, IpAddress last) {
        if (first.isIpv4() != last.isIpv4() || first.compareTo(last) > 0) {
            throw new IllegalArgumentException("there are no addresses from " + first + " to " + last);
        }
        return first.isIpv4()
                ? new AddressSet(Ipv4Ranges.of((int) first.low(), (int) last.low()), Ipv6Ranges.EMPTY)
                : new AddressSet(Ipv4Ranges.EMPTY, Ipv6Ranges.of(first, last));
    }

    /** The union of blocks; cheapest when they come in rising order, as tag files list them. */
    public static AddressSet ofPrefixes(List<AddressPrefix> prefixes) {
        Union union = new Union(prefixes.size());
        for (AddressPrefix prefix : prefixes) {
            union.add(prefix.addresses());
        }
        return union.build();
    }

    /** The union of all given sets. */
    public static AddressSet union(Collection<AddressSet> sets) {
        Union union = new Union(sets.size());
        for (AddressSet set : sets) {
            union.add(set);
        }
        return union.build();
    }

    private static final class Union {
        private final Ipv4Ranges.Union v4;
        private final Ipv6Ranges.Union v6 = new Ipv6Ranges.Union();
        private AddressSet only = EMPTY;
        private boolean several;

        Union(int expected) {
            v4 = new Ipv4Ranges.Union(expected);
        }

        void add(AddressSet set) {
            if (!set.isEmpty()) {
                several |= !only.isEmpty();
                only = set;
                v4.add(set.v4);
                v6.add(set.v6);
            }
        }

        AddressSet build() {
            return several ? of(v4.build(), v6.build()) : only;
        }
    }

    /** The same set, made for being compared with other such sets again and again. Thread-safe as any set. */
    AddressSet published() {
        return of(v4.published(), v6);
    }

    public AddressSet union(AddressSet other) {
        return either(other, v4.union(other.v4), v6.union(other.v6));
    }

    public AddressSet intersect(AddressSet other) {
        return either(other, v4.intersect(other.v4), v6.intersect(other.v6));
    }

    public AddressSet minus(AddressSet other) {
        return either(EMPTY, v4.minus(other.v4), v6.minus(other.v6));
    }

    /** The same object where the result is an operand, so that later steps meet identity. */
    private AddressSet either(AddressSet other, Ipv4Ranges newV4, Ipv6Ranges newV6) {
        if (newV4 == v4 && newV6 == v6) {
            return this;
        }
        return newV4 == other.v4 && newV6 == other.v6 ? other : of(newV4, newV6);
    }

    /** The addresses of both families that are not in this set. */
    public AddressSet complement() {
        return ALL.minus(this);
    }

    public AddressSet ipv4() {
        return v6.isEmpty() ? this : of(v4, Ipv6Ranges.EMPTY);
    }

    public AddressSet ipv6() {
        return v4.isEmpty() ? this : of(Ipv4Ranges.EMPTY, v6);
    }

    /** Whether there is no IPv6 address in the set. */
    public boolean isIpv4() {
        return v6.isEmpty();
    }

    public boolean isEmpty() {
        return v4.isEmpty() && v6.isEmpty();
    }

    public boolean intersects(AddressSet other) {
        return v4.intersects(other.v4) || v6.intersects(other.v6);
    }

    public boolean containsAll(AddressSet other) {
        return v4.containsAll(other.v4) && v6.containsAll(other.v6);
    }

    public boolean contains(IpAddress address) {
        return address.isIpv4() ? v4.contains((int) address.low()) : containsAll(of(address));
    }

    /** The lowest address, IPv4 before IPv6. */
    public IpAddress lowest() {
        if (isEmpty()) {
            throw new IllegalStateException("an empty set has no lowest address");
        }
        return v4.isEmpty() ? v6.first(0) : IpAddress.v4(v4.first(0));
    }

    /** How many addresses the set holds. */
    public BigInteger size() {
        return v4.size().add(v6.size());
    }

    public int intervalCount() {
        return v4.count() + v6.count();
    }

    /** The smallest list of CIDR blocks that is this set, IPv4 first, in rising order. */
    public List<String> toPrefixes() {
        List<String> prefixes = new ArrayList<>();
        for (int i = 0; i < v4.count(); i++) {
            append(prefixes, Integer.toUnsignedLong(v4.first(i)), Integer.toUnsignedLong(v4.last(i)));
        }
        for (int i = 0; i < v6.count(); i++) {
            append(prefixes, v6.first(i), v6.last(i));
        }
        return List.copyOf(prefixes);
    }

    /** Of IPv4, without the library: reports are full of them. */
    private static void append(List<String> prefixes, long first, long last) {
        for (long at = first; at <= last; ) {
            int aligned = Long.numberOfTrailingZeros(at | 1L << 32);
            int fitting = 63 - Long.numberOfLeadingZeros(last - at + 1);
            int hostBits = Math.min(aligned, fitting);
            prefixes.add((at >> 24) + "." + (at >> 16 & 0xFF) + "." + (at >> 8 & 0xFF) + "." + (at & 0xFF) + "/"
                    + (32 - hostBits));
            at += 1L << hostBits;
        }
    }

    private static void append(List<String> prefixes, IpAddress first, IpAddress last) {
        for (IPAddress block : first.toLibrary().spanWithRange(last.toLibrary()).spanWithPrefixBlocks()) {
            prefixes.add(block.isPrefixed() ? block.toCanonicalString() : block + "/" + block.getBitCount());
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressSet that && v4.equals(that.v4) && v6.equals(that.v6);
    }

    @Override
    public int hashCode() {
        return Objects.hash(v4, v6);
    }

    @Override
    public String toString() {
        return toPrefixes().toString();
    }
}
