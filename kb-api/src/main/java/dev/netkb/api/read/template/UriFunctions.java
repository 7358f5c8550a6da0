package dev.netkb.api.read.template;

import static dev.netkb.api.read.template.Functions.Function.strict;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.Problems;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions about URIs; references are resolved as RFC 3986, section 5, says. */
final class UriFunctions {

    private static final String DATA = "data:text/plain;charset=utf8;base64,";

    static final List<Functions.Function> ALL = List.of(
            strict("uri", 2, 2, UriFunctions::uri),
            strict("uriComponent", 1, 1, a -> new Text(component(a.text(0)))),
            strict("uriComponentToString", 1, 1, a -> new Text(unescaped(a, a.text(0)))),
            strict("dataUri", 1, 1, a -> new Text(DATA + TextFunctions.encoded(a.text(0)))),
            strict("dataUriToString", 1, 1, UriFunctions::dataUriToString));

    /** Scheme, authority with its slashes, path, query with its mark, fragment with its mark. */
    private static final Pattern PARTS =
            Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*):)?(//[^/?#]*)?([^?#]*)(\\?[^#]*)?(#.*)?", Pattern.DOTALL);

    private static final String UNRESERVED = "-._~";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private UriFunctions() {}

    private static Json uri(Arguments arguments) {
        Matcher base = parts(arguments.text(0));
        Matcher reference = parts(arguments.text(1));
        if (base.group(1) == null) {
            throw arguments.fail("needs a whole URI to start from, not " + Problems.quote(arguments.text(0)));
        }
        if (reference.group(1) != null) {
            return new Text(arguments.text(1));
        }
        String start = base.group(1) + ":";
        String end = part(reference, 4) + part(reference, 5);
        if (reference.group(2) != null) {
            return new Text(start + reference.group(2) + withoutDots(reference.group(3)) + end);
        }
        start += part(base, 2);
        String path = reference.group(3);
        if (path.isEmpty()) {
            String query = reference.group(4) == null ? part(base, 4) : reference.group(4);
            return new Text(start + base.group(3) + query + part(reference, 5));
        }
        if (!path.startsWith("/")) {
            boolean isBare = base.group(2) != null && base.group(3).isEmpty();
            path = isBare
                    ? "/" + path
                    : base.group(3).substring(0, base.group(3).lastIndexOf('/') + 1) + path;
        }
        return new Text(start + withoutDots(path) + end);
    }

    private static Matcher parts(String uri) {
        Matcher parts = PARTS.matcher(uri);
        if (!parts.matches()) {
            throw new IllegalStateException("the pattern takes every text");
        }
        return parts;
    }

    private static String part(Matcher parts, int group) {
        return parts.group(group) == null ? "" : parts.group(group);
    }

    /** The path without its steps {@code .} and {@code ..}. */
    private static String withoutDots(String path) {
        StringBuilder result = new StringBuilder();
        String[] steps = path.split("/", -1);
        for (int i = 0; i < steps.length; i++) {
            boolean isLast = i == steps.length - 1;
            String step = steps[i];
            if (step.equals("..")) {
                int end = result.length() - 1;
                result.setLength(Math.max(0, end < 1 ? 0 : result.lastIndexOf("/", end - 1) + 1));
                if (path.startsWith("/") && result.length() == 0) {
                    result.append('/');
                }
            } else if (!step.equals(".")) {
                result.append(step).append(isLast ? "" : "/");
            }
        }
        return result.toString();
    }

    private static String component(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isLetterOrDigit = b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
            if (isLetterOrDigit || UNRESERVED.indexOf(b) >= 0) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HEX.toHexDigits(b));
            }
        }
        return escaped.toString();
    }

    private static String unescaped(Arguments arguments, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] given = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < given.length; i++) {
            int high = given[i] == '%' && i + 2 < given.length ? Character.digit(given[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(given[i + 2], 16);
            bytes.write(low < 0 ? given[i] : high << 4 | low);
            i += low < 0 ? 0 : 2;
        }
        return TextFunctions.decoded(arguments, bytes.toByteArray());
    }

    private static Json dataUriToString(Arguments arguments) {
        String uri = arguments.text(0);
        int comma = uri.indexOf(',');
        if (!uri.regionMatches(true, 0, "data:", 0, 5) || comma < 0) {
            throw arguments.fail("needs a data URI, not " + Problems.quote(uri));
        }
        String content = unescaped(arguments, uri.substring(comma + 1));
        boolean isBase64 = uri.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64");
        return new Text(isBase64 ? TextFunctions.decoded(arguments, content) : content);
    }
}
