package dev.netkb.model.value;

import inet.ipaddr.IPAddress;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.nio.ByteBuffer;

/**
 * One IP address as a number. IPv4 addresses come before IPv6 addresses, then the number counts.
 *
 * @param isIpv4 the family
 * @param high the upper 64 bits of an IPv6 address, unsigned; 0 for IPv4
 * @param low the lower 64 bits, unsigned; an IPv4 address has 32
 */
public record IpAddress(boolean isIpv4, long high, long low) implements Comparable<IpAddress> {

    /** The address that the IP library parsed. */
    static IpAddress of(IPAddress address) {
        if (address.isIPv4()) {
            return v4(address.toIPv4().intValue());
        }
        ByteBuffer bytes = ByteBuffer.wrap(address.toIPv6().getBytes());
        return new IpAddress(false, bytes.getLong(), bytes.getLong());
    }

    /**
     * Reads one address.
     *
     * @throws IllegalArgumentException when the text is none; the message quotes it
     */
    public static IpAddress parse(String text) {
        AddressPrefix prefix = AddressPrefix.parse(text);
        if (!prefix.isSingle()) {
            throw new IllegalArgumentException("'" + text + "' is not a single IP address");
        }
        return prefix.addresses().lowest();
    }

    static IpAddress v4(int bits) {
        return new IpAddress(true, 0, Integer.toUnsignedLong(bits));
    }

    /** As the IP library knows it, for its arithmetic on blocks and its texts. */
    IPAddress toLibrary() {
        return isIpv4
                ? new IPv4Address((int) low)
                : new IPv6Address(
                        ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }

    @Override
    public int compareTo(IpAddress other) {
        if (isIpv4 != other.isIpv4) {
            return isIpv4 ? -1 : 1;
        }
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    /** The canonical text, without a prefix length. */
    @Override
    public String toString() {
        return toLibrary().toCanonicalString();
    }
}
