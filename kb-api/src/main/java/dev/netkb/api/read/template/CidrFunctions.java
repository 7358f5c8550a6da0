package dev.netkb.api.read.template;

import static dev.netkb.api.read.template.Functions.Function.strict;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.IpAddress;
import java.math.BigInteger;
import java.util.List;

/**
 * Functions about address blocks. Host bits that are set are cleared. The usable addresses of an IPv4 block leave out
 * its first and its last one; a block of one or two addresses has none, and its network address stands for them. In
 * IPv6 all addresses count as usable, but {@code cidrHost} begins with the second one: so the examples are.
 */
final class CidrFunctions {

    static final List<Functions.Function> ALL = List.of(
            strict("parseCidr", 1, 1, CidrFunctions::parseCidr),
            strict("cidrSubnet", 3, 3, CidrFunctions::cidrSubnet),
            strict("cidrHost", 2, 2, CidrFunctions::cidrHost));

    private CidrFunctions() {}

    /** @param network the first address as a number */
    private record Block(boolean isIpv4, BigInteger network, int length) {

        private static final BigInteger WORD = BigInteger.ONE.shiftLeft(64);

        static Block of(Arguments arguments) {
            String text = arguments.text(0);
            if (text.indexOf('/') < 0) {
                throw arguments.fail("needs a prefix length behind the address " + Problems.quote(text));
            }
            AddressPrefix prefix = AddressPrefix.tryParse(text)
                    .orElseThrow(() -> arguments.fail("needs an address block, not " + Problems.quote(text)));
            IpAddress first = prefix.addresses().lowest();
            BigInteger network = unsigned(first.high()).shiftLeft(64).add(unsigned(first.low()));
            return new Block(first.isIpv4(), network, prefix.length());
        }

        private static BigInteger unsigned(long bits) {
            BigInteger value = BigInteger.valueOf(bits);
            return bits < 0 ? value.add(WORD) : value;
        }

        int bits() {
            return isIpv4 ? 32 : 128;
        }

        /** How many addresses it has. */
        BigInteger size() {
            return BigInteger.ONE.shiftLeft(bits() - length);
        }

        BigInteger last() {
            return network.add(size()).subtract(BigInteger.ONE);
        }

        /** Whether some addresses are usable and others are not. */
        boolean hasUsable() {
            return isIpv4 && length <= 30;
        }

        BigInteger firstUsable() {
            return hasUsable() ? network.add(BigInteger.ONE) : network;
        }

        BigInteger lastUsable() {
            return hasUsable() ? last().subtract(BigInteger.ONE) : isIpv4 ? network : last();
        }

        BigInteger mask() {
            return BigInteger.ONE.shiftLeft(bits()).subtract(size());
        }

        String address(BigInteger number) {
            return new IpAddress(isIpv4, number.shiftRight(64).longValue(), number.longValue()).toString();
        }

        @Override
        public String toString() {
            return address(network) + "/" + length;
        }
    }

    private static Json parseCidr(Arguments arguments) {
        Block block = Block.of(arguments);
        ObjectFunctions.Members members = new ObjectFunctions.Members(arguments.function());
        members.put("network", new Text(block.address(block.network())));
        members.put("netmask", new Text(block.address(block.mask())));
        if (block.isIpv4()) {
            members.put("broadcast", new Text(block.address(block.last())));
        }
        members.put("firstUsable", new Text(block.address(block.firstUsable())));
        members.put("lastUsable", new Text(block.address(block.lastUsable())));
        members.put("cidr", new Num(Integer.toString(block.length())));
        return members.object();
    }

    private static Json cidrSubnet(Arguments arguments) {
        Block block = Block.of(arguments);
        long length = arguments.integer(1);
        long index = arguments.integer(2);
        if (length < block.length() || length > block.bits()) {
            throw arguments.fail("cannot divide " + block + " into blocks of /" + length);
        }
        BigInteger count = BigInteger.ONE.shiftLeft((int) length - block.length());
        if (index < 0 || BigInteger.valueOf(index).compareTo(count) >= 0) {
            throw arguments.fail("goes beyond " + block + ", which has " + count + " blocks of /" + length
                    + ", not number " + index);
        }
        BigInteger offset = BigInteger.valueOf(index).shiftLeft(block.bits() - (int) length);
        return new Text(new Block(block.isIpv4(), block.network().add(offset), (int) length).toString());
    }

    private static Json cidrHost(Arguments arguments) {
        Block block = Block.of(arguments);
        long index = arguments.integer(1);
        BigInteger host = block.network().add(BigInteger.valueOf(index)).add(BigInteger.ONE);
        BigInteger most = block.isIpv4() ? block.last().subtract(BigInteger.ONE) : block.last();
        if (index < 0 || host.compareTo(most) > 0) {
            throw arguments.fail("goes beyond the usable addresses of " + block + " with number " + index);
        }
        return new Text(block.address(host));
    }
}
