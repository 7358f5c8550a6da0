package dev.netkb.api.read.azure;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/** The documented fields that no rule needs, from {@code ignored-fields.properties}: kind of object → names. */
final class IgnoredFields {

    private static final String ANY = "any";
    private static final Map<String, Set<String>> BY_KIND = load();

    private IgnoredFields() {}

    static boolean isIgnored(String kind, String lowerCaseKey) {
        return lowerCaseKey.startsWith("@")
                || lowerCaseKey.startsWith("netkb:")
                || BY_KIND.getOrDefault(ANY, Set.of()).contains(lowerCaseKey)
                || BY_KIND.getOrDefault(kind, Set.of()).contains(lowerCaseKey);
    }

    private static Map<String, Set<String>> load() {
        Properties file = new Properties();
        try (Reader reader = new InputStreamReader(
                IgnoredFields.class.getResourceAsStream("ignored-fields.properties"), StandardCharsets.UTF_8)) {
            file.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("ignored-fields.properties is not in the jar", e);
        }
        Map<String, Set<String>> byKind = new TreeMap<>();
        for (String kind : file.stringPropertyNames()) {
            Set<String> names = new HashSet<>();
            for (String name : file.getProperty(kind).trim().split("\\s+", -1)) {
                names.add(name.toLowerCase(Locale.ROOT));
            }
            byKind.put(kind, Set.copyOf(names));
        }
        return byKind;
    }
}
