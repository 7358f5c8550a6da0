package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.netkb.api.Baseline;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Missing data never pass: what is violated does not pass where a file or a resource is left out, nothing becomes
 * violated, and nothing that was undetermined becomes decided.
 */
class MissingDataTest {

    private static final Path SNAPSHOTS = Path.of("snapshots");
    private static final KnowledgeBase RULES = KnowledgeBase.packaged();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Places have requirements: where they are left out, there are none. */
    private static final Set<String> PLACES =
            Set.of("microsoft.apimanagement/service", "microsoft.apimanagement/gateways");

    /** Warnings of a forced route that stand unless an exported firewall shows that it lets the packets pass. */
    private static final Set<String> STAND_UNTIL_SHOWN = Set.of("C-SE-SQL ", "C-SE-STORAGE ", "C-SE-EH ", "C-SE-KV ");

    /** Templates without a file are no deployments; {@link UnknownParametersTest} leaves their values out. */
    private static final Set<String> TEMPLATES = Set.of("planned-modules");

    /** What an export lists whole: one that is not in the list does not exist. */
    private static final Set<String> LISTS = Set.of("microsoft.apimanagement/service/backends");

    static Stream<String> samples() throws IOException {
        try (Stream<Path> folders = Files.list(SNAPSHOTS)) {
            return folders
                    .filter(Files::isDirectory)
                    .map(p -> p.getFileName().toString())
                    .filter(name -> !TEMPLATES.contains(name))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** An export without the service says nothing of it. */
    @ParameterizedTest
    @MethodSource("samples")
    void aFileThatIsLeftOutDecidesNothing(String sample) throws IOException {
        List<SourceFile> files = files(sample);
        Map<String, Outcome> whole = outcomes(sample, files);
        List<String> faults = new ArrayList<>();
        for (SourceFile file : files) {
            Map<String, Outcome> rest = outcomes(
                    sample, files.stream().filter(other -> other != file).toList());
            if (!holdsPlaces(file)) {
                faults.addAll(faults(file.name(), whole, rest));
            }
        }
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aResourceThatIsLeftOutDecidesNothing(String sample) throws IOException {
        List<SourceFile> files = files(sample);
        Map<String, Outcome> whole = outcomes(sample, files);
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            JsonNode content = JSON.readTree(files.get(i).content());
            List<JsonNode> rows = rows(content);
            for (int row = 0; row < rows.size(); row++) {
                JsonNode left = rows.get(row);
                if (rows.size() == 1 || !left.has("id") || isPlace(left) || isOfAList(left)) {
                    continue;
                }
                JsonNode without = content.deepCopy();
                array(without).remove(row);
                List<SourceFile> rest = new ArrayList<>(files);
                rest.set(i, new SourceFile(files.get(i).name(), JSON.writeValueAsBytes(without)));
                faults.addAll(faults(left.get("id").asText(), whole, outcomes(sample, rest)));
            }
        }
        assertThat(faults).isEmpty();
    }

    /** A file that is left out makes exactly the results undetermined that stand beside a sample in {@code needed.txt}. */
    @ParameterizedTest
    @ValueSource(strings = {"complete-internal", "complete-v2"})
    void aFileThatIsLeftOutIsMissedWhereItIsNeeded(String sample) throws IOException {
        List<SourceFile> files = files(sample);
        Map<String, Outcome> whole = outcomes(sample, files);
        StringBuilder needed = new StringBuilder();
        for (SourceFile file : files) {
            Map<String, Outcome> rest = outcomes(
                    sample, files.stream().filter(other -> other != file).toList());
            needed.append(file.name()).append('\n');
            rest.forEach((result, outcome) -> {
                if (outcome == Outcome.UNDETERMINED && whole.get(result) != outcome) {
                    needed.append("    ").append(result).append('\n');
                }
            });
        }
        Path expected = SNAPSHOTS.resolve(sample).resolve("needed.txt");
        if (Boolean.getBoolean("netkb.golden.update")) {
            Files.writeString(expected, needed);
        }
        assertThat(needed.toString()).isEqualTo(Files.readString(expected));
    }

    private static boolean holdsPlaces(SourceFile file) throws IOException {
        JsonNode content = JSON.readTree(file.content());
        return content.has("planned_values") || rows(content).stream().anyMatch(MissingDataTest::isPlace);
    }

    private static boolean isPlace(JsonNode resource) {
        return PLACES.contains(type(resource));
    }

    private static boolean isOfAList(JsonNode resource) {
        return LISTS.contains(type(resource));
    }

    private static String type(JsonNode resource) {
        return resource.path("type").asText().toLowerCase(Locale.ROOT);
    }

    private static List<JsonNode> rows(JsonNode content) {
        List<JsonNode> rows = new ArrayList<>();
        (content.isArray() || content.has("data") || content.has("value")
                        ? array(content)
                        : JSON.createArrayNode().add(content))
                .forEach(rows::add);
        return rows;
    }

    private static ArrayNode array(JsonNode content) {
        JsonNode rows = content.isArray() ? content : content.has("data") ? content.get("data") : content.get("value");
        return (ArrayNode) rows;
    }

    private static List<String> faults(String left, Map<String, Outcome> whole, Map<String, Outcome> part) {
        List<String> faults = new ArrayList<>();
        part.forEach((key, outcome) -> {
            Outcome before = whole.getOrDefault(key, Outcome.NOT_APPLICABLE);
            boolean stands =
                    outcome == Outcome.VIOLATED && STAND_UNTIL_SHOWN.stream().anyMatch(key::startsWith);
            if (!mayBecome(before, outcome) && !stands) {
                faults.add("without " + left + ", " + key + " was " + before.word() + " and is " + outcome.word());
            }
        });
        whole.forEach((key, outcome) -> {
            if (outcome == Outcome.VIOLATED && !part.containsKey(key)) {
                faults.add("without " + left + ", " + key + " was violated and is gone");
            }
        });
        return faults;
    }

    private static boolean mayBecome(Outcome before, Outcome after) {
        return before == after
                || after == Outcome.UNDETERMINED
                || before == Outcome.PASSED && after == Outcome.NOT_APPLICABLE;
    }

    private static Map<String, Outcome> outcomes(String sample, List<SourceFile> files) {
        ReadResult read = SnapshotReader.create().read(new SnapshotSource(sample, files));
        Options options = new Options(sample.startsWith("seed") ? Baseline.SEED : Baseline.AUTO, true);
        Map<String, Outcome> outcomes = new TreeMap<>();
        RULES.evaluate(read, options)
                .results()
                .forEach(result -> outcomes.merge(key(result), result.outcome(), MissingDataTest::gravest));
        return outcomes;
    }

    private static Outcome gravest(Outcome a, Outcome b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static String key(Result result) {
        return result.rule() + " in " + result.subject().location()
                + (result.flow() == null ? "" : " " + result.flow().direction());
    }

    private static List<SourceFile> files(String sample) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(SNAPSHOTS.resolve(sample))) {
            for (Path path :
                    paths.filter(p -> p.toString().endsWith(".json")).sorted().toList()) {
                files.add(new SourceFile(path.getFileName().toString(), Files.readAllBytes(path)));
            }
        }
        return files;
    }
}
