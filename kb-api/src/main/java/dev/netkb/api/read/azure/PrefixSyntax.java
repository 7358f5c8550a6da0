package dev.netkb.api.read.azure;

/**
 * Recognises the common forms of prefixes without building anything: a tag file has a hundred thousand of them, and
 * most are never used. What this does not recognise may still be a prefix.
 */
final class PrefixSyntax {

    private PrefixSyntax() {}

    /** Whether the text is an address or block in plain form, such as {@code 10.0.0.0/24} or {@code 2603:1020::/47}. */
    static boolean isSurelyPrefix(String text) {
        int slash = text.indexOf('/');
        int end = slash < 0 ? text.length() : slash;
        if (text.indexOf(':') >= 0) {
            return isLength(text, slash, 128) && isIpv6(text, end);
        }
        return isLength(text, slash, 32) && isIpv4(text, end);
    }

    private static boolean isLength(String text, int slash, int most) {
        if (slash < 0) {
            return true;
        }
        int length = number(text, slash + 1, text.length(), 3);
        return length >= 0 && length <= most;
    }

    private static boolean isIpv4(String text, int end) {
        int start = 0;
        for (int part = 0; part < 4; part++) {
            int stop = part == 3 ? end : text.indexOf('.', start);
            if (stop < 0 || stop > end || number(text, start, stop, 3) < 0 || number(text, start, stop, 3) > 255) {
                return false;
            }
            start = stop + 1;
        }
        return true;
    }

    /** Groups of one to four hexadecimal digits; one gap of two colons may stand for missing groups. */
    private static boolean isIpv6(String text, int end) {
        int groups = 0;
        int digits = 0;
        boolean gap = false;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                boolean doubled = i + 1 < end && text.charAt(i + 1) == ':';
                if (doubled ? gap : digits == 0 || i + 1 == end) {
                    return false;
                }
                groups += digits > 0 ? 1 : 0;
                digits = 0;
                gap |= doubled;
                i += doubled ? 1 : 0;
            } else if (Character.digit(c, 16) >= 0 && c < 128 && digits < 4) {
                digits++;
            } else {
                return false;
            }
        }
        groups += digits > 0 ? 1 : 0;
        return gap ? groups < 8 : groups == 8;
    }

    /** The number without leading zeros between two positions, −1 where there is none. */
    private static int number(String text, int from, int to, int mostDigits) {
        if (to <= from || to - from > mostDigits || to - from > 1 && text.charAt(from) == '0') {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
