package dev.netkb.api.read.template;

import static dev.netkb.api.read.template.Functions.ANY;
import static dev.netkb.api.read.template.Functions.Function.strict;
import static dev.netkb.api.read.template.Functions.Function.symbolic;

import dev.netkb.api.read.json.Json;
import dev.netkb.api.read.json.Json.Arr;
import dev.netkb.api.read.json.Json.Bool;
import dev.netkb.api.read.json.Json.Num;
import dev.netkb.api.read.json.Json.Obj;
import dev.netkb.api.read.json.Json.Text;
import dev.netkb.api.read.json.JsonFile;
import dev.netkb.api.read.json.JsonText;
import dev.netkb.api.read.json.Problems;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.IntUnaryOperator;

/**
 * Functions that take texts apart, put them together or make them. {@code startsWith} and {@code endsWith} do not look
 * at letter case; {@code replace} and {@code split} do.
 */
final class TextFunctions {

    static final List<Functions.Function> ALL = List.of(
            strict("base64", 1, 1, a -> new Text(encoded(a.text(0)))),
            strict("base64ToString", 1, 1, a -> new Text(decoded(a, a.text(0)))),
            strict("base64ToJson", 1, 1, a -> json(a, decoded(a, a.text(0)))),
            strict("json", 1, 1, a -> json(a, a.text(0))),
            strict("string", 1, 1, TextFunctions::string),
            symbolic("format", 1, ANY, CompositeFormat::format),
            strict("join", 2, 2, TextFunctions::join),
            strict("split", 2, 2, TextFunctions::split),
            strict("replace", 3, 3, TextFunctions::replace),
            strict("substring", 2, 3, TextFunctions::substring),
            strict("padLeft", 2, 3, TextFunctions::padLeft),
            strict("trim", 1, 1, a -> new Text(trim(a.text(0)))),
            symbolic("toLower", 1, 1, a -> new Text(each(a.text(0), Character::toLowerCase))),
            symbolic("toUpper", 1, 1, a -> new Text(each(a.text(0), Character::toUpperCase))),
            strict("startsWith", 2, 2, a -> new Bool(isAt(a.text(0), 0, a.text(1)))),
            strict(
                    "endsWith",
                    2,
                    2,
                    a -> new Bool(isAt(a.text(0), a.text(0).length() - a.text(1).length(), a.text(1)))),
            symbolic("guid", 1, ANY, TextFunctions::guid),
            strict("newGuid", 0, 0, a -> new Json.Unknown("newGuid() is another value in each deployment")),
            symbolic("uniqueString", 1, ANY, TextFunctions::uniqueString));

    /** The namespace that Azure makes the values of {@code guid} in. */
    private static final UUID GUIDS = UUID.fromString("11fb06fb-712d-4ddd-98c7-e71bbd588830");

    private TextFunctions() {}

    static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String decoded(Arguments arguments, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw arguments.fail("needs a text in base64, not " + Problems.quote(base64));
        }
        return decoded(arguments, bytes);
    }

    static String decoded(Arguments arguments, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw arguments.fail("decodes bytes that are not text in UTF-8");
        }
    }

    private static Json json(Arguments arguments, String text) {
        return JsonFile.parseText(text).orElseThrow(() -> arguments.fail("needs JSON, not " + Problems.quote(text)));
    }

    /** Lists and objects become JSON without blanks, everything else what it is in a longer text. */
    private static Json string(Arguments arguments) {
        Json value = arguments.any(0);
        if (!(value instanceof Arr || value instanceof Obj)) {
            return new Text(arguments.scalar(0));
        }
        Equality.firstUnknown(value).ifPresent(unknown -> {
            throw new NoValue(unknown.derived());
        });
        return new Text(JsonText.compact(value, Functions.LONGEST_TEXT).orElseThrow(arguments::tooLong));
    }

    private static Json join(Arguments arguments) {
        String delimiter = arguments.text(1);
        StringBuilder text = new StringBuilder();
        List<Json> items = arguments.list(0).items();
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                arguments.append(text, delimiter);
            }
            arguments.append(text, arguments.scalar(items.get(i)));
        }
        return new Text(text.toString());
    }

    /** The delimiter is a text, or a list of texts of which each delimits; the first that fits counts. */
    private static Json split(Arguments arguments) {
        String text = arguments.text(0);
        List<String> delimiters = delimiters(arguments);
        List<Json> parts = new ArrayList<>();
        int from = 0;
        int at = 0;
        while (at < text.length()) {
            int length = delimiterAt(text, at, delimiters);
            if (length > 0) {
                parts.add(new Text(text.substring(from, at)));
                at += length;
                from = at;
            } else {
                at++;
            }
        }
        parts.add(new Text(text.substring(from)));
        return new Arr(parts);
    }

    private static List<String> delimiters(Arguments arguments) {
        if (!(arguments.any(1) instanceof Arr list)) {
            return List.of(arguments.sought(1));
        }
        List<String> delimiters = new ArrayList<>();
        for (Json item : list.items()) {
            if (!(item instanceof Text delimiter)) {
                throw arguments.wrong(item, "a text");
            }
            delimiters.add(delimiter.value());
        }
        if (delimiters.stream().mapToLong(delimiter -> delimiter.length() + 1).sum() > Functions.LONGEST_SOUGHT) {
            throw arguments.fail("does not look for so many delimiters");
        }
        return delimiters;
    }

    private static int delimiterAt(String text, int at, List<String> delimiters) {
        for (String delimiter : delimiters) {
            if (!delimiter.isEmpty() && text.startsWith(delimiter, at)) {
                return delimiter.length();
            }
        }
        return 0;
    }

    private static Json replace(Arguments arguments) {
        String text = arguments.text(0);
        String old = arguments.sought(1);
        String other = arguments.text(2);
        if (old.isEmpty()) {
            throw arguments.fail("cannot replace an empty text");
        }
        StringBuilder result = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, from)) {
            arguments.append(result, text.substring(from, at));
            arguments.append(result, other);
            from = at + old.length();
        }
        arguments.append(result, text.substring(from));
        return new Text(result.toString());
    }

    private static Json substring(Arguments arguments) {
        String text = arguments.text(0);
        long start = arguments.integer(1);
        long length = arguments.has(2) ? arguments.integer(2) : text.length() - start;
        if (start < 0 || start > text.length()) {
            throw arguments.fail("starts at " + start + ", which is outside of " + Problems.quote(text));
        }
        if (length < 0 || length > text.length() - start) {
            throw arguments.fail(
                    "takes " + length + " characters from " + start + " on, beyond the end of " + Problems.quote(text));
        }
        return new Text(text.substring((int) start, (int) (start + length)));
    }

    private static Json padLeft(Arguments arguments) {
        String text = arguments.any(0) instanceof Num ? arguments.scalar(0) : arguments.text(0);
        long length = arguments.integer(1);
        String padding = arguments.has(2) ? arguments.text(2) : " ";
        if (padding.length() != 1) {
            throw arguments.fail("needs one character to pad with, not " + Problems.quote(padding));
        }
        if (length < 0) {
            throw arguments.fail("needs a length, not " + length);
        }
        if (length > Functions.LONGEST_TEXT) {
            throw arguments.tooLong();
        }
        return new Text(padding.repeat(Math.max(0, (int) length - text.length())) + text);
    }

    /** White space is what Unicode calls so, no-break spaces included. */
    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhite(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhite(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isWhite(char c) {
        return c >= '\t' && c <= '\r' || c == 0x85 || Character.isSpaceChar(c);
    }

    /** Character by character, as Azure does: the length stays what it is. */
    private static String each(String text, IntUnaryOperator change) {
        return text.codePoints()
                .map(change)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isAt(String text, int at, String sought) {
        return text.regionMatches(true, at, sought, 0, sought.length());
    }

    /**
     * A name-based identifier (RFC 4122, version 5) of the arguments with hyphens between them. Microsoft documents
     * only that it is a hash; the namespace is what people found who rebuilt it.
     */
    private static Json guid(Arguments arguments) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            arguments.append(name, i == 0 ? "" : "-");
            arguments.append(name, arguments.scalar(i));
        }
        ByteBuffer namespace = ByteBuffer.allocate(16)
                .putLong(GUIDS.getMostSignificantBits())
                .putLong(GUIDS.getLeastSignificantBits());
        MessageDigest digest = digest("SHA-1");
        digest.update(namespace.array());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(name.toString().getBytes(StandardCharsets.UTF_8)));
        long high = hash.getLong() & ~0xF000L | 0x5000L;
        long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new Text(new UUID(high, low).toString());
    }

    /** Thirteen characters that are the same for the same arguments; Azure's own are others. */
    private static Json uniqueString(Arguments arguments) {
        StringBuilder seed = new StringBuilder();
        for (int i = 0; i < arguments.size(); i++) {
            arguments.append(seed, arguments.scalar(i) + "\n");
        }
        byte[] hash = digest("SHA-256").digest(seed.toString().getBytes(StandardCharsets.UTF_8));
        String alphabet = "abcdefghijklmnopqrstuvwxyz234567";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 13; i++) {
            text.append(alphabet.charAt(hash[i] & 31));
        }
        return new Text(text.toString());
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
