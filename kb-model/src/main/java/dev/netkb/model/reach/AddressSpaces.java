package dev.netkb.model.reach;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.AddressSet;
import java.util.stream.Stream;

/** Address blocks with a meaning of their own. */
public final class AddressSpaces {

    private static final AddressSet NOT_PUBLIC_IPV4 = set(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.2.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/3");

    private static final AddressSet NOT_PUBLIC_IPV6 = set("::/128", "::1/128", "fc00::/7", "fe80::/10", "ff00::/8");

    /** The platform's address for DNS, DHCP and health probes. */
    public static final AddressSet PLATFORM_DNS = set("168.63.129.16");

    /** The platform's address for instance metadata. */
    public static final AddressSet PLATFORM_METADATA = set("169.254.169.254");

    /** Traffic to these is not filtered by groups, unless a rule names a platform tag (requirements C.1). */
    public static final AddressSet EXEMPT = PLATFORM_DNS.union(PLATFORM_METADATA);

    /** Where load balancer probes come from. */
    public static final AddressSet LOAD_BALANCER = set("168.63.129.16", "fe80::1234:5678:9abc");

    /** Addresses that the internet routes: everything outside the special blocks and the platform's own address. */
    public static final AddressSet PUBLIC =
            AddressSet.ALL.minus(NOT_PUBLIC_IPV4).minus(NOT_PUBLIC_IPV6).minus(PLATFORM_DNS);

    /** What the internet does not route: the special blocks and the platform's own address. */
    static final AddressSet NOT_PUBLIC = AddressSet.ALL.minus(PUBLIC);

    /** The three private blocks of RFC 1918. */
    public static final AddressSet RFC_1918 = set("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");

    private AddressSpaces() {}

    /** Whether some of the addresses lie outside the private blocks of RFC 1918. */
    public static boolean isOutsideRfc1918(AddressSet addresses) {
        return !RFC_1918.containsAll(addresses);
    }

    private static AddressSet set(String... prefixes) {
        return AddressSet.union(
                Stream.of(prefixes).map(p -> AddressPrefix.parse(p).addresses()).toList());
    }
}
