package dev.netkb.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The knowledge as it stands in the sources, for tests that look at its text. */
final class PackageFiles {

    static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path TABLES = RESOURCES.resolve("netkb/rules");

    /** {@code rule "name" … end}. */
    private static final Pattern RULE = Pattern.compile("(?ms)^rule \"([^\"]+)\"(.*?)^when(.*?)^end");

    private static final Pattern METADATA = Pattern.compile("@(\\w+)\\(\"([^\"]*)\"\\)");

    private PackageFiles() {}

    /** A rule as it is written. */
    record DrlRule(String file, String name, Map<String, String> metadata, String body) {
        String id() {
            return metadata.getOrDefault("id", "");
        }

        /** Whether it describes the requirement; the further rules of an id only repeat the id. */
        boolean describes() {
            return metadata.containsKey("severity");
        }

        String title() {
            return name.startsWith(id() + " ") ? name.substring(id().length() + 1) : name;
        }
    }

    static List<Path> ruleFiles() {
        return files(".drl");
    }

    /** What more is said of an id than its description. */
    static List<Path> texts() {
        return files(".md");
    }

    private static List<Path> files(String ending) {
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("rules"))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String pathInPack(Path file) {
        return RESOURCES.relativize(file).toString().replace('\\', '/');
    }

    static List<DrlRule> rules() {
        List<DrlRule> rules = new ArrayList<>();
        for (Path file : ruleFiles()) {
            Matcher rule = RULE.matcher(text(file));
            while (rule.find()) {
                Map<String, String> metadata = new LinkedHashMap<>();
                Matcher entry = METADATA.matcher(rule.group(2));
                while (entry.find()) {
                    metadata.put(entry.group(1), entry.group(2));
                }
                rules.add(new DrlRule(pathInPack(file), rule.group(1), metadata, rule.group(3)));
            }
        }
        return rules;
    }

    static List<Map<String, String>> table(String name) {
        try (MappingIterator<Map<String, String>> lines = new CsvMapper()
                .readerFor(Map.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text(TABLES.resolve(name)))) {
            return lines.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(String name) {
        try {
            return new YAMLMapper().readTree(text(TABLES.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> parts(String text) {
        return Stream.of(text.split("[,;]"))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
