package dev.netkb.model.reach.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.model.value.ServiceTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Real data that lie outside the project; tests that need them are skipped where they are absent. */
final class RealData {

    private RealData() {}

    /** A file below the system property {@code netkb.data}, or below {@code shared/data} beside a parent folder. */
    static Path file(String name) {
        String given = System.getProperty("netkb.data");
        Path folder = given == null ? null : Path.of(given);
        for (Path at = Path.of("").toAbsolutePath(); folder == null && at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("data");
            folder = Files.isDirectory(candidate) ? candidate : null;
        }
        Path file = folder == null ? Path.of(name) : folder.resolve(name);
        assumeTrue(Files.exists(file), "no " + name + " in a folder shared/data beside the project: not tested");
        return file;
    }

    static JsonNode json(String name) {
        try {
            return new ObjectMapper().readTree(file(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tag → prefixes of a published tag file. */
    static Map<ServiceTag, List<String>> tags(String name) {
        Map<ServiceTag, List<String>> tags = new TreeMap<>();
        for (JsonNode value : json(name).path("values")) {
            List<String> prefixes = new ArrayList<>();
            value.path("properties").path("addressPrefixes").forEach(prefix -> prefixes.add(prefix.asText()));
            tags.put(ServiceTag.of(value.path("name").asText()), prefixes);
        }
        return tags;
    }
}
