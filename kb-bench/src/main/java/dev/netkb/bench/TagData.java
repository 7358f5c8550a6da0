package dev.netkb.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.ServiceTag;
import dev.netkb.model.value.ServiceTags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Service tags for benchmarks: the published file where the system property {@code netkb.data} or a folder
 * {@code shared/data} beside the project leads to it, else made-up tags of the same sizes.
 */
final class TagData {

    private static final String PUBLISHED = "service-tags/ServiceTags_Public_20251028.json";

    /** Numbers of IPv4 and IPv6 prefixes in the published file of 2025-10-28. */
    private static final Map<String, List<Integer>> SIZES = Map.of(
            "AzureCloud", List.of(9585, 3495),
            "AzureMonitor", List.of(1590, 909),
            "Sql", List.of(1113, 400),
            "Storage", List.of(495, 79),
            "ApiManagement", List.of(255, 108),
            "AzureActiveDirectory", List.of(200, 16),
            "AzureKeyVault", List.of(335, 378),
            "EventHub", List.of(363, 282),
            "AzureConnectors", List.of(503, 102),
            "AzureTrafficManager", List.of(210, 159));

    private TagData() {}

    static ServiceTags tags() {
        return ServiceTags.of("Public", "375", "tags.json", prefixes());
    }

    /** The parsed prefixes of a tag in the order of the file. */
    static List<AddressPrefix> parsed(String tag) {
        return Objects.requireNonNull(prefixes().get(ServiceTag.of(tag)), tag + " is no tag of the data").stream()
                .map(AddressPrefix::parse)
                .toList();
    }

    static Map<ServiceTag, List<String>> prefixes() {
        Path file = published();
        return file == null ? madeUp() : read(file);
    }

    private static @Nullable Path published() {
        String given = System.getProperty("netkb.data");
        if (given != null) {
            return Path.of(given).resolve(PUBLISHED);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("shared").resolve("data").resolve(PUBLISHED);
            if (Files.exists(file)) {
                return file;
            }
        }
        return null;
    }

    private static Map<ServiceTag, List<String>> read(Path file) {
        try {
            Map<ServiceTag, List<String>> tags = new TreeMap<>();
            for (JsonNode value : new ObjectMapper().readTree(file.toFile()).path("values")) {
                List<String> prefixes = new ArrayList<>();
                value.path("properties").path("addressPrefixes").forEach(prefix -> prefixes.add(prefix.asText()));
                tags.put(ServiceTag.of(value.path("name").asText()), prefixes);
            }
            return tags;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<ServiceTag, List<String>> madeUp() {
        Map<ServiceTag, List<String>> tags = new TreeMap<>();
        Random random = new Random(1);
        SIZES.forEach((name, sizes) -> {
            List<AddressPrefix> prefixes = new ArrayList<>();
            for (int i = 0; i < sizes.get(0); i++) {
                prefixes.add(AddressPrefix.parse((13 + random.nextInt(40)) + "." + random.nextInt(256) + "."
                        + random.nextInt(256) + "." + random.nextInt(256) + "/" + (22 + random.nextInt(9))));
            }
            prefixes.sort(Comparator.comparing(prefix -> prefix.addresses().lowest()));
            List<AddressPrefix> longer = new ArrayList<>();
            for (int i = 0; i < sizes.get(1); i++) {
                longer.add(AddressPrefix.parse("2603:10" + Integer.toHexString(16 + random.nextInt(200)) + ":"
                        + Integer.toHexString(random.nextInt(65_536)) + "::/" + (44 + random.nextInt(13))));
            }
            longer.sort(Comparator.comparing(prefix -> prefix.addresses().lowest()));
            prefixes.addAll(longer);
            tags.put(
                    ServiceTag.of(name),
                    prefixes.stream().map(AddressPrefix::text).toList());
        });
        return tags;
    }
}
