package dev.netkb.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Names of fields that some reader looks for, and values that are odd somewhere. */
final class Words {

    static final List<String> KEYS = lines("keys.txt");

    /** JSON values, one a line. */
    private static final List<String> VALUES = lines("values.txt");

    /** What breaks a text when it stands in the middle of it. */
    static final List<String> PIECES = List.of(
            "/",
            "//",
            ".",
            "*",
            "-",
            ",",
            ":",
            "::",
            "[",
            "]",
            "[[",
            "'",
            " ",
            "\u0000",
            "\n",
            "~1",
            "%",
            "{",
            "}",
            "é",
            "İ",
            "ß",
            "\u2028",
            "0",
            "/33",
            "/0",
            "4294967296",
            "subnets",
            "/subscriptions/",
            "/providers/");

    private Words() {}

    /** The names of fields in some trees. */
    static List<String> keysOf(List<JsonNode> trees) {
        Set<String> keys = new TreeSet<>();
        trees.forEach(tree -> collect(tree, keys));
        return List.copyOf(keys);
    }

    private static void collect(JsonNode tree, Set<String> keys) {
        tree.fieldNames().forEachRemaining(keys::add);
        tree.forEach(child -> collect(child, keys));
    }

    static byte[] value(FuzzedDataProvider data) {
        return VALUES.get(data.consumeInt(0, VALUES.size() - 1)).getBytes(StandardCharsets.UTF_8);
    }

    /** The lines of a file of this package that are not blank. */
    static List<String> lines(String file) {
        try (InputStream in = Words.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
