package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.netkb.api.Baseline;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.SnapshotWriter;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.api.read.json.OwnFormat;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A value that is not known decides nothing: what is violated, passes or does not apply without it does so with the value
 * that was there, and with others that are found in its place elsewhere.
 */
class UnknownFieldsTest {

    private static final Path SNAPSHOTS = Path.of("snapshots");
    private static final KnowledgeBase RULES = KnowledgeBase.packaged();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Other values that are tried for each that is left out. */
    private static final int OTHERS = Integer.getInteger("netkb.values", 1);

    /** Values that are left out of each sample, drawn anew by each seed. */
    private static final int FIELDS = Integer.getInteger("netkb.fields", 40);

    private static final String THERE = "the value that was there";

    private static final long SEED = Long.getLong("netkb.seed", 1);

    /** What a resource is goes by these. */
    private static final Set<String> IDENTITY =
            Set.of("id", "name", "type", "location", "ownerId", "serviceId", "gatewayId", "zoneId", OwnFormat.PLANNED);

    /** Those of them that a reader asks for in order to tell resources apart, and parts of them. */
    private static final Set<String> IDENTIFYING =
            Set.of("id", "name", "type", "location", "ownerId", "serviceId", "gatewayId", "zoneId");

    private static final Map<String, JsonNode> DOCUMENTS = new TreeMap<>();

    /** The values of fields in all samples, by the pointer without indices. */
    private static final Map<String, Set<JsonNode>> VALUES = new HashMap<>();

    static Stream<String> samples() throws IOException {
        try (Stream<Path> folders = Files.list(SNAPSHOTS)) {
            return folders.filter(Files::isDirectory).map(p -> p.getFileName().toString()).sorted().toList().stream();
        }
    }

    @BeforeAll
    static void readSamples() throws IOException {
        for (String sample : samples().toList()) {
            ReadResult read = SnapshotFiles.snapshot(SNAPSHOTS.resolve(sample)).read(SnapshotReader.create());
            JsonNode document = JSON.readTree(SnapshotWriter.write(read.snapshot()));
            DOCUMENTS.put(sample, document);
            for (List<String> path : paths(document)) {
                VALUES.computeIfAbsent(kind(document, path), kind -> new LinkedHashSet<>())
                        .add(at(document, path));
            }
        }
    }

    /**
     * Where nobody knows which resource it is, or which part of one, the same is decided, or less: a problem says so where it is
     * the id of a resource, or where results are gone.
     */
    @ParameterizedTest
    @MethodSource("samples")
    void noUnknownIdentityDecidesAnythingElse(String sample) {
        JsonNode document = DOCUMENTS.get(sample);
        Baseline baseline = Baseline.parse(sample.equals("seed-era") ? "seed" : "auto");
        Map<String, Outcome> whole = outcomes(read(document), baseline);
        List<Problem> told = read(document).problems();
        List<String> faults = new ArrayList<>();
        List<List<String>> paths = new ArrayList<>();
        for (List<String> path : resourcesAndParts(document)) {
            IDENTIFYING.stream()
                    .filter(field -> at(document, path).has(field))
                    .map(field -> and(path, field))
                    .forEach(paths::add);
        }
        Collections.shuffle(paths, new Random(SEED));
        for (List<String> path : paths.subList(0, Math.min(FIELDS, paths.size()))) {
            ReadResult read = read(with(document, path, mark()));
            Map<String, Outcome> unknown = read.snapshot() == null ? Map.of() : outcomes(read, baseline);
            compareIdentity(path, unknown, whole, faults);
            boolean isTold = !told.equals(read.problems());
            if (!isTold && (isIdOfExported(document, path) || isGone(path, unknown, whole))) {
                faults.add("no problem says that " + String.join("/", path) + " is not known");
            }
        }

        assertThat(faults).isEmpty();
        assertThat(paths).hasSizeGreaterThan(10);
    }

    /** Whether it is the id of a resource that is there already: nobody knows that of a planned one. */
    private static boolean isIdOfExported(JsonNode document, List<String> path) {
        return path.get(0).equals("resources")
                && path.size() == 3
                && path.get(2).equals("id")
                && !at(document, path.subList(0, 2)).path(OwnFormat.PLANNED).asBoolean();
    }

    /**
     * Whether some result is not there any more. Those of a region that nobody knows are of the location unknown, and rows
     * that differ in their tiers are one question where nobody knows the tier, which its result says.
     */
    private static boolean isGone(List<String> path, Map<String, Outcome> unknown, Map<String, Outcome> whole) {
        return !path.get(path.size() - 1).equals("location")
                && !path.contains("sku")
                && !unknown.keySet().containsAll(whole.keySet());
    }

    private static void compareIdentity(
            List<String> path, Map<String, Outcome> unknown, Map<String, Outcome> whole, List<String> faults) {
        unknown.forEach((key, outcome) -> {
            Outcome then = whole.getOrDefault(key, Outcome.NOT_APPLICABLE);
            boolean decides = outcome == Outcome.PASSED || outcome == Outcome.VIOLATED;
            if (decides && outcome != then && !standsUntilShown(key, path) && !isOfNobody(key, whole)) {
                faults.add(key + " is " + outcome.word() + " without " + String.join("/", path) + " and " + then.word()
                        + " with it");
            }
        });
    }

    private static List<List<String>> resourcesAndParts(JsonNode document) {
        List<List<String>> all = new ArrayList<>();
        for (String section : List.of("resources", "facts")) {
            addObjects(document.path(section), List.of(section), all);
        }
        return all;
    }

    private static void addObjects(JsonNode node, List<String> path, List<List<String>> found) {
        if (node.isObject() && path.size() > 1) {
            found.add(path);
        }
        node.fields().forEachRemaining(field -> addObjects(field.getValue(), and(path, field.getKey()), found));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            addObjects(node.get(i), and(path, Integer.toString(i)), found);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noUnknownValueDecidesAnything(String sample) {
        JsonNode document = DOCUMENTS.get(sample);
        Baseline baseline = Baseline.parse(sample.equals("seed-era") ? "seed" : "auto");
        Map<String, Outcome> whole = outcomes(document, baseline);
        List<String> faults = new ArrayList<>();
        Random random = new Random(SEED);
        List<List<String>> paths = new ArrayList<>(paths(document));
        Collections.shuffle(paths, random);
        for (List<String> path : paths.subList(0, Math.min(FIELDS, paths.size()))) {
            Map<String, Outcome> unknown = outcomes(with(document, path, mark()), baseline);
            compare(path, THERE, unknown, whole, faults);
            for (JsonNode other : others(document, path, random)) {
                compare(path, other.toString(), unknown, outcomes(with(document, path, other), baseline), faults);
            }
        }

        assertThat(faults).isEmpty();
        assertThat(paths).hasSizeGreaterThan(20);
    }

    private static void compare(
            List<String> path,
            String value,
            @Nullable Map<String, Outcome> unknown,
            @Nullable Map<String, Outcome> known,
            List<String> faults) {
        if (unknown == null) {
            return;
        }
        if (known != null) {
            unknown.forEach((key, outcome) -> {
                Outcome then = known.getOrDefault(key, Outcome.NOT_APPLICABLE);
                boolean open = then == Outcome.UNDETERMINED && !value.equals(THERE);
                if (outcome != Outcome.UNDETERMINED
                        && outcome != then
                        && !open
                        && !standsUntilShown(key, path)
                        && !isOfNobody(key, known)) {
                    faults.add(key + " is " + outcome.word() + " without " + String.join("/", path) + " and "
                            + then.word() + " with " + value);
                }
            });
        }
    }

    /** Whether a result is about the location that stands for those of which nothing is known: it is there only then. */
    private static boolean isOfNobody(String key, Map<String, Outcome> known) {
        return key.matches("\\S+ unknown( .*)?") && !known.containsKey(key);
    }

    /** Whether it is a warning that stands until an exported firewall shows that it lets the packets pass (ADR 5). */
    private static boolean standsUntilShown(String key, List<String> path) {
        String field = String.join("/", path);
        return key.startsWith("C-SE-")
                && (field.startsWith("facts/AzureFirewall/")
                        || field.startsWith("facts/Firewall")
                        || field.startsWith("facts/IpGroup/")
                        || field.endsWith("/nextHopIpAddress")
                        || field.contains("/remoteVirtualNetwork"));
    }

    private static List<JsonNode> others(JsonNode document, List<String> path, Random random) {
        JsonNode here = at(document, path);
        List<JsonNode> all = new ArrayList<>(VALUES.getOrDefault(kind(document, path), Set.of()));
        if (here.isBoolean()) {
            all.add(JSON.getNodeFactory().booleanNode(!here.booleanValue()));
        }
        if (here.isArray()) {
            all.add(JSON.createArrayNode());
        }
        all.remove(here);
        List<JsonNode> some = new ArrayList<>();
        while (some.size() < OTHERS && !all.isEmpty()) {
            some.add(all.remove(random.nextInt(all.size())));
        }
        return some;
    }

    /** The paths of the values of resources, lists and objects before their parts. */
    private static List<List<String>> paths(JsonNode document) {
        List<List<String>> found = new ArrayList<>();
        for (String section : List.of("resources", "facts")) {
            collect(document.path(section), List.of(section), found);
        }
        return found;
    }

    private static void collect(JsonNode node, List<String> path, List<List<String>> found) {
        boolean isResource = path.size() <= (path.get(0).equals("facts") ? 3 : 2);
        if (!isResource) {
            found.add(path);
        }
        node.fields().forEachRemaining(field -> {
            if (!IDENTITY.contains(field.getKey())) {
                collect(field.getValue(), and(path, field.getKey()), found);
            }
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), and(path, Integer.toString(i)), found);
        }
    }

    private static List<String> and(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    private static String kind(JsonNode document, List<String> path) {
        String type = path.get(0).equals("facts")
                ? path.get(1)
                : document.at("/resources/" + path.get(1) + "/type").asText();
        List<String> names = path.stream()
                .skip(2)
                .filter(part -> !Character.isDigit(part.charAt(0)))
                .toList();
        return type + " " + names + " " + at(document, path).getNodeType();
    }

    private static JsonNode mark() {
        return JSON.createObjectNode().put(OwnFormat.UNKNOWN, "nobody says it");
    }

    private static JsonNode with(JsonNode document, List<String> path, JsonNode value) {
        JsonNode copy = document.deepCopy();
        JsonNode parent = at(copy, path.subList(0, path.size() - 1));
        String last = path.get(path.size() - 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), value);
        } else {
            ((ObjectNode) parent).set(last, value);
        }
        return copy;
    }

    private static JsonNode at(JsonNode node, List<String> path) {
        JsonNode current = node;
        for (String key : path) {
            current = current.isArray() ? current.get(Integer.parseInt(key)) : current.get(key);
        }
        return current;
    }

    /** Null where it cannot be read whole: then the value does not fit its place. */
    private static @Nullable Map<String, Outcome> outcomes(JsonNode document, Baseline baseline) {
        ReadResult read = read(document);
        boolean isWhole = read.snapshot() != null
                && read.problems().stream().noneMatch(problem -> problem.level() == Problem.Level.ERROR);
        return isWhole ? outcomes(read, baseline) : null;
    }

    private static ReadResult read(JsonNode document) {
        SourceFile file = new SourceFile("snapshot.json", document.toString().getBytes(StandardCharsets.UTF_8));
        return SnapshotReader.create().read(new SnapshotSource("snapshot", List.of(file)));
    }

    private static Map<String, Outcome> outcomes(ReadResult read, Baseline baseline) {
        Map<String, Outcome> outcomes = new TreeMap<>();
        RULES.evaluate(read, Options.DEFAULT.withBaseline(baseline).withAll(true))
                .results()
                .forEach(result -> outcomes.merge(
                        result.rule() + " " + result.subject().location()
                                + (result.flow() == null
                                        ? ""
                                        : " " + result.flow().direction()),
                        result.outcome(),
                        (a, b) -> a.compareTo(b) <= 0 ? a : b));
        return outcomes;
    }
}
