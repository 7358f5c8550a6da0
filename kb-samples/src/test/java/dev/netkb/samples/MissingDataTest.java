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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Missing data never pass: what is violated does not pass where a file or a resource is left out, nothing becomes
 * violated, and nothing that was undetermined becomes decided.
 */
class MissingDataTest {

    private static final Path SNAPSHOTS = Path.of("snapshots");
    private static final KnowledgeBase RULES = KnowledgeBase.packaged();
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<String> samples() throws IOException {
        try (Stream<Path> folders = Files.list(SNAPSHOTS)) {
            return folders.filter(Files::isDirectory).map(p -> p.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aFileThatIsLeftOutDecidesNothing(String sample) throws IOException {
        List<SourceFile> files = files(sample);
        Map<String, Outcome> whole = outcomes(sample, files);
        List<String> faults = new ArrayList<>();
        for (SourceFile file : files) {
            List<SourceFile> rest =
                    files.stream().filter(other -> other != file).toList();
            if (!rest.isEmpty()) {
                faults.addAll(faults(sample + " without " + file.name(), whole, outcomes(sample, rest)));
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
            ArrayNode rows = rows(content);
            for (int row = 0; rows != null && rows.size() > 1 && row < rows.size(); row++) {
                JsonNode left = rows.get(row);
                if (!left.has("id") && !left.has("networkStatus")) {
                    continue;
                }
                JsonNode without = content.deepCopy();
                rows(without).remove(row);
                List<SourceFile> rest = new ArrayList<>(files);
                rest.set(i, new SourceFile(files.get(i).name(), JSON.writeValueAsBytes(without)));
                faults.addAll(faults(
                        sample + " without "
                                + left.path("id").asText(left.path("location").asText()),
                        whole,
                        outcomes(sample, rest)));
            }
        }
        assertThat(faults).isEmpty();
    }

    private static ArrayNode rows(JsonNode content) {
        JsonNode rows = content.isArray() ? content : content.has("data") ? content.get("data") : content.get("value");
        return rows instanceof ArrayNode array ? array : null;
    }

    private static List<String> faults(String what, Map<String, Outcome> whole, Map<String, Outcome> part) {
        List<String> faults = new ArrayList<>();
        part.forEach((key, outcome) -> {
            Outcome before = whole.getOrDefault(key, Outcome.NOT_APPLICABLE);
            if (!mayBecome(before, outcome)) {
                faults.add(what + ": " + key + " was " + before.word() + ", is " + outcome.word());
            }
        });
        whole.forEach((key, outcome) -> {
            if (outcome == Outcome.VIOLATED && !part.containsKey(key)) {
                faults.add(what + ": " + key + " was violated, is gone");
            }
        });
        return faults;
    }

    private static boolean mayBecome(Outcome before, Outcome after) {
        return before == after || after == Outcome.UNDETERMINED;
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
