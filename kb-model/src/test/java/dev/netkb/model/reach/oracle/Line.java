package dev.netkb.model.reach.oracle;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Addresses as numbers on one line: IPv4 from 0, IPv6 behind it. */
final class Line {

    static final BigInteger V6_START = BigInteger.ONE.shiftLeft(32);
    static final BigInteger END = V6_START.add(BigInteger.ONE.shiftLeft(128));

    private Line() {}

    static boolean isV6(BigInteger number) {
        return number.compareTo(V6_START) >= 0;
    }

    static BigInteger number(String address) {
        if (address.indexOf(':') < 0) {
            String[] parts = address.split("\\.", -1);
            long value = 0;
            for (String part : parts) {
                value = value * 256 + Integer.parseInt(part);
            }
            return BigInteger.valueOf(value);
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            // Java takes an IPv6 address that maps an IPv4 address for the latter.
            BigInteger mapped = bytes.length == 4 ? BigInteger.valueOf(0xFFFF).shiftLeft(32) : BigInteger.ZERO;
            return V6_START.add(mapped).add(new BigInteger(1, bytes));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    static Span cidr(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        BigInteger number = number(address);
        int bits = isV6(number) ? 128 : 32;
        int length = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        BigInteger base = isV6(number) ? V6_START : BigInteger.ZERO;
        int free = bits - length;
        BigInteger first = number.subtract(base).shiftRight(free).shiftLeft(free);
        BigInteger last = first.add(BigInteger.ONE.shiftLeft(free)).subtract(BigInteger.ONE);
        return new Span(base.add(first), base.add(last));
    }

    static String text(BigInteger number) {
        if (!isV6(number)) {
            long value = number.longValueExact();
            return (value >> 24) + "." + (value >> 16 & 255) + "." + (value >> 8 & 255) + "." + (value & 255);
        }
        String hex = String.format("%032x", number.subtract(V6_START));
        return IntStream.range(0, 8)
                .mapToObj(group -> hex.substring(4 * group, 4 * group + 4))
                .collect(Collectors.joining(":"));
    }
}
