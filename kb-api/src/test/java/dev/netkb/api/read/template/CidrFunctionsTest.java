package dev.netkb.api.read.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Json.Unknown;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Address blocks against the arithmetic of bytes, bit by bit. */
class CidrFunctionsTest {

    private static final List<String> PARTS = List.of("network", "netmask", "broadcast", "firstUsable", "lastUsable");

    @Property
    void aBlockHasItsParts(
            @ForAll @Size(4) byte[] v4, @ForAll @Size(16) byte[] v6, @ForAll @IntRange(max = 128) int length)
            throws UnknownHostException {
        for (byte[] bytes : List.of(v4, v6)) {
            boolean isIpv4 = bytes.length == 4;
            int bits = Math.min(length, bytes.length * 8);
            byte[] first = with(bytes, bits, false);
            byte[] last = with(bytes, bits, true);
            byte[] mask = with(filled(bytes.length), bits, false);

            Obj block = (Obj) call("parseCidr", text(bytes) + "/" + bits);

            assertThat(address(block, "network")).isEqualTo(first);
            assertThat(address(block, "netmask")).isEqualTo(mask);
            assertThat(block.get("cidr")).isEqualTo(new Num(Integer.toString(bits)));
            assertThat(block.keys().stream().filter(PARTS::contains)).hasSize(isIpv4 ? 5 : 4);
            if (!isIpv4) {
                assertThat(address(block, "firstUsable")).isEqualTo(first);
                assertThat(address(block, "lastUsable")).isEqualTo(last);
            } else {
                assertThat(address(block, "broadcast")).isEqualTo(last);
                if (bits <= 30) {
                    first[3] |= 1;
                    last[3] &= (byte) 0xFE;
                    assertThat(address(block, "firstUsable")).isEqualTo(first);
                    assertThat(address(block, "lastUsable")).isEqualTo(last);
                }
            }
        }
    }

    @Property
    void theSubnetsOfABlockFollowEachOther(
            @ForAll @Size(16) byte[] bytes,
            @ForAll boolean isIpv4,
            @ForAll @IntRange(max = 128) int length,
            @ForAll @IntRange(max = 20) int more,
            @ForAll @LongRange(min = -1, max = 2_000_000) long index)
            throws UnknownHostException {
        byte[] address = isIpv4 ? Arrays.copyOf(bytes, 4) : bytes;
        int width = address.length * 8;
        int outer = Math.min(length, width);
        int inner = outer + more;

        Json subnet = call("cidrSubnet", text(address) + "/" + outer, inner, index);

        if (inner > width || index < 0 || index >= 1L << more) {
            assertThat(subnet).isInstanceOf(Unknown.class);
            return;
        }
        byte[] expected = with(address, outer, false);
        for (int bit = 0; bit < more; bit++) {
            int at = outer + bit;
            if ((index >> (more - 1 - bit) & 1) == 1) {
                expected[at / 8] |= (byte) (0x80 >> at % 8);
            }
        }
        String[] parts = ((Text) subnet).value().split("/");
        assertThat(InetAddress.getByName(parts[0]).getAddress()).isEqualTo(raw(expected));
        assertThat(parts[1]).isEqualTo(Integer.toString(inner));
    }

    @Property
    void hostsAreCountedFromTheSecondAddress(
            @ForAll @Size(16) byte[] bytes,
            @ForAll boolean isIpv4,
            @ForAll @IntRange(min = 8, max = 128) int length,
            @ForAll @LongRange(min = -1, max = 300) long index)
            throws UnknownHostException {
        byte[] address = isIpv4 ? Arrays.copyOf(bytes, 4) : bytes;
        int bits = Math.min(length, address.length * 8);
        BigInteger first = new BigInteger(1, with(address, bits, false));
        BigInteger last = new BigInteger(1, with(address, bits, true));
        BigInteger host = first.add(BigInteger.valueOf(index + 1));

        Json value = call("cidrHost", text(address) + "/" + bits, index);

        BigInteger beyond = isIpv4 ? last : last.add(BigInteger.ONE);
        if (index < 0 || host.compareTo(beyond) >= 0) {
            assertThat(value).isInstanceOf(Unknown.class);
        } else {
            byte[] found = InetAddress.getByName(((Text) value).value()).getAddress();
            assertThat(new BigInteger(1, found)).isEqualTo(host);
        }
    }

    private static Json call(String function, Object... arguments) {
        return Functions.find(function)
                .orElseThrow()
                .call(Arrays.stream(arguments)
                        .map(value -> value instanceof String text ? new Text(text) : new Num(value.toString()))
                        .map(Json.class::cast)
                        .toList());
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xFF);
        return bytes;
    }

    /** The bytes with all bits behind the prefix set, or none. */
    private static byte[] with(byte[] bytes, int prefix, boolean set) {
        byte[] changed = bytes.clone();
        for (int i = prefix; i < bytes.length * 8; i++) {
            int bit = 0x80 >> i % 8;
            changed[i / 8] = (byte) (set ? changed[i / 8] | bit : changed[i / 8] & ~bit);
        }
        return changed;
    }

    /** Java reads an IPv4 address that is mapped into IPv6 as IPv4. */
    private static byte[] raw(byte[] address) throws UnknownHostException {
        return InetAddress.getByAddress(address).getAddress();
    }

    private static byte[] address(Obj block, String part) throws UnknownHostException {
        return InetAddress.getByName(((Text) block.get(part)).value()).getAddress();
    }

    /** Written without any shortcut. */
    private static String text(byte[] address) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < address.length; i += address.length == 4 ? 1 : 2) {
            text.append(i == 0 ? "" : address.length == 4 ? "." : ":");
            text.append(
                    address.length == 4
                            ? Integer.toString(address[i] & 0xFF)
                            : Integer.toHexString((address[i] & 0xFF) << 8 | address[i + 1] & 0xFF));
        }
        return text.toString();
    }
}
