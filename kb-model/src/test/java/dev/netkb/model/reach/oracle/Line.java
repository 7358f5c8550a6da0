package dev.netkb.model.reach.oracle;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses as numbers on one line: IPv4 from 0, IPv6 behind it. */
final class Line {

    static final BigInteger V6_START = BigInteger.ONE.shiftLeft(32);
    static final BigInteger END = V6_START.add(BigInteger.ONE.shiftLeft(128));

    /** IPv4 addresses written as IPv6 addresses: no packet carries them. */
    static final Spans MAPPED = Spans.of(new Span(
            V6_START.add(new BigInteger("ffff00000000", 16)), V6_START.add(new BigInteger("ffffffffffff", 16))));

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
            return V6_START.add(new BigInteger(1, InetAddress.getByName(address).getAddress()));
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
        byte[] all = new byte[16];
        byte[] bytes = number.subtract(V6_START).toByteArray();
        for (int i = 0; i < Math.min(16, bytes.length); i++) {
            all[15 - i] = bytes[bytes.length - 1 - i];
        }
        try {
            return InetAddress.getByAddress(all).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
