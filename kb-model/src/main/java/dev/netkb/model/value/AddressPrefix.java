package dev.netkb.model.value;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One address or CIDR block as people write it, such as {@code 10.0.0.0/24}, {@code 10.0.0.4} or
 * {@code 2001:db8::/48}.
 *
 * @param text the canonical text; a single address is written without a prefix length
 * @param addresses the addresses in it, one family
 * @param length the prefix length in bits; 32 or 128 for a single address
 */
public record AddressPrefix(String text, AddressSet addresses, int length) {

    /** A slash and three digits. With many digits the library loses count and fails. */
    private static final int LONGEST_LENGTH = 4;

    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowMask(false)
            .allowWildcardedSeparator(false)
            .allowPrefixOnly(false)
            .allowSingleSegment(false)
            .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .allowBase85(false)
            .getParentBuilder()
            .toParams();

    /**
     * Reads an address or a CIDR block; host bits that are set are cleared, as Azure does.
     *
     * @throws IllegalArgumentException when the text is neither; the message quotes it and says why
     */
    public static AddressPrefix parse(String text) {
        String trimmed = text.trim();
        if (trimmed.indexOf('/') >= 0 && trimmed.length() - trimmed.indexOf('/') > LONGEST_LENGTH) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address or CIDR block");
        }
        IPAddress address;
        try {
            address = new IPAddressString(trimmed, STRICT).toAddress();
        } catch (AddressStringException | inet.ipaddr.IncompatibleAddressException e) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address or CIDR block", e);
        }
        if (address == null || address.isMultiple() && !address.isPrefixed()) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address or CIDR block");
        }
        IPAddress block = address.isPrefixed() ? address.toPrefixBlock() : address;
        Integer length = block.getNetworkPrefixLength();
        int bits = length == null ? block.getBitCount() : length;
        IPAddress written = bits == block.getBitCount() ? block.withoutPrefixLength() : block;
        return new AddressPrefix(written.toCanonicalString(), AddressSet.of(block), bits);
    }

    /** As {@link #parse}, empty where the text is no address. */
    public static Optional<AddressPrefix> tryParse(String text) {
        if (text.isEmpty() || !looksLikeAddress(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean looksLikeAddress(String text) {
        return text.indexOf(':') >= 0
                || Character.isDigit(text.trim().isEmpty() ? ' ' : text.trim().charAt(0));
    }

    /** Whether an address, as people write it, is the first one of this block. */
    public boolean startsAt(String address) {
        return tryParse(address)
                .filter(first -> first.isSingle()
                        && first.text().equals(text.substring(0, isSingle() ? text.length() : text.indexOf('/'))))
                .isPresent();
    }

    public boolean isIpv4() {
        return addresses.isIpv4();
    }

    /** Whether this is one address rather than a block. */
    public boolean isSingle() {
        return length == (isIpv4() ? 32 : 128);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressPrefix that && addresses.equals(that.addresses);
    }

    @Override
    public int hashCode() {
        return addresses.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
