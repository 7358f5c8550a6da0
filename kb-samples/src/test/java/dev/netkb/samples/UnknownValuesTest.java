package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.junit.jupiter.api.Test;

/**
 * A value of a plan that is known only after apply decides nothing: whichever it is, what is violated does not pass,
 * what passes is not violated, and what is undetermined stays so.
 */
class UnknownValuesTest {

    private static final Path PLAN = Path.of("snapshots", "terraform-plan", "plan.json");
    private static final KnowledgeBase RULES = KnowledgeBase.packaged();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Fewer would mean that the plan is not gone through. */
    private static final int FEWEST_VALUES = 80;

    @Test
    void noUnknownValueDecidesAnything() throws IOException {
        JsonNode plan = JSON.readTree(PLAN.toFile());
        Map<String, Outcome> whole = outcomes(plan);
        List<List<String>> values = new ArrayList<>();
        collect(plan.at("/planned_values/root_module"), List.of("planned_values", "root_module"), values);
        List<String> faults = new ArrayList<>();
        for (List<String> path : values) {
            Map<String, Outcome> part = outcomes(without(plan, path));
            String left = String.join("/", path);
            part.forEach((key, outcome) -> {
                Outcome before = whole.getOrDefault(key, Outcome.NOT_APPLICABLE);
                if (!mayBecome(before, outcome)) {
                    faults.add("without " + left + ", " + key + " was " + before + " and is " + outcome);
                }
            });
        }

        assertThat(faults).isEmpty();
        assertThat(values).hasSizeGreaterThan(FEWEST_VALUES);
        assertThat(whole.values()).contains(Outcome.VIOLATED, Outcome.PASSED, Outcome.UNDETERMINED);
    }

    private static boolean mayBecome(Outcome before, Outcome after) {
        return switch (after) {
            case PASSED -> before == Outcome.PASSED;
            case VIOLATED -> before == Outcome.VIOLATED;
            default -> true;
        };
    }

    /** The paths of all values of arguments that are known, lists and objects before their parts. */
    private static void collect(JsonNode node, List<String> path, List<List<String>> found) {
        boolean within = path.contains("values");
        if (within && !path.get(path.size() - 1).equals("values") && !node.isNull()) {
            found.add(path);
        }
        node.fields().forEachRemaining(field -> collect(field.getValue(), and(path, field.getKey()), found));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), and(path, Integer.toString(i)), found);
        }
    }

    private static List<String> and(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    /** The plan with a value that is known only after apply. */
    private static JsonNode without(JsonNode plan, List<String> path) {
        JsonNode copy = plan.deepCopy();
        int values = path.indexOf("values");
        JsonNode resource = at(copy, path.subList(0, values));
        JsonNode parent = at(copy, path.subList(0, path.size() - 1));
        String last = path.get(path.size() - 1);
        if (parent instanceof ObjectNode object) {
            object.remove(last);
        } else if (parent instanceof ArrayNode array) {
            array.setNull(Integer.parseInt(last));
        }
        for (JsonNode change : copy.get("resource_changes")) {
            if (change.get("address").equals(resource.get("address"))) {
                ObjectNode unknown = (ObjectNode) change.at("/change/after_unknown");
                mark(unknown, path.subList(values + 1, path.size()), at(plan, path.subList(0, values + 1)));
            }
        }
        show(copy, resource, path.get(values + 1));
        return copy;
    }

    /** An argument that is not in the configuration is left to the provider, and known when it is planned. */
    private static void show(JsonNode plan, JsonNode resource, String argument) {
        for (JsonNode shown : plan.findValues("resources")) {
            for (JsonNode one : shown) {
                boolean same = one.path("type").equals(resource.get("type"))
                        && one.path("name").equals(resource.get("name"))
                        && one.has("expressions");
                if (same && !one.get("expressions").has(argument)) {
                    ((ObjectNode) one.get("expressions"))
                            .putObject(argument)
                            .putArray("references")
                            .add("local." + argument);
                }
            }
        }
    }

    private static JsonNode at(JsonNode node, List<String> path) {
        JsonNode current = node;
        for (String key : path) {
            current = current.isArray() ? current.get(Integer.parseInt(key)) : current.get(key);
        }
        return current;
    }

    private static void mark(ObjectNode unknown, List<String> path, JsonNode values) {
        JsonNode current = unknown;
        JsonNode value = values;
        for (int i = 0; i < path.size(); i++) {
            String key = path.get(i);
            value = value.isArray() ? value.get(Integer.parseInt(key)) : value.get(key);
            JsonNode next = i == path.size() - 1 ? JSON.getNodeFactory().booleanNode(true) : null;
            if (current instanceof ArrayNode array) {
                int index = Integer.parseInt(key);
                while (array.size() <= index) {
                    array.add(false);
                }
                next = next != null ? next : container(array.get(index), value);
                array.set(index, next);
            } else {
                next = next != null ? next : container(current.get(key), value);
                ((ObjectNode) current).set(key, next);
            }
            current = next;
        }
    }

    private static JsonNode container(JsonNode before, JsonNode value) {
        boolean fits = before != null && (value.isArray() ? before.isArray() : before.isObject());
        return fits ? before : value.isArray() ? JSON.createArrayNode() : JSON.createObjectNode();
    }

    private static Map<String, Outcome> outcomes(JsonNode plan) throws IOException {
        SourceFile file = new SourceFile("plan.json", JSON.writeValueAsBytes(plan));
        ReadResult read = SnapshotReader.create().read(new SnapshotSource("plan", List.of(file)));
        assertThat(read.snapshot()).as("%s", read.problems()).isNotNull();
        Map<String, Outcome> outcomes = new TreeMap<>();
        RULES.evaluate(read, Options.DEFAULT.withAll(true))
                .results()
                .forEach(result -> outcomes.merge(key(result), result.outcome(), UnknownValuesTest::gravest));
        return outcomes;
    }

    private static Outcome gravest(Outcome a, Outcome b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static String key(Result result) {
        return result.rule() + (result.flow() == null ? "" : " " + result.flow().direction());
    }

    /** What the sample is about: the evidence names the rule that is wrong, at its line in the plan. */
    @Test
    void evidencePointsAtTheRuleInThePlan() throws IOException {
        List<String> lines = Files.readAllLines(PLAN);
        SourceFile file = new SourceFile("plan.json", Files.readAllBytes(PLAN));
        ReadResult read = SnapshotReader.create().read(new SnapshotSource("plan", List.of(file)));
        Result management = RULES.evaluate(read, Options.DEFAULT).results().stream()
                .filter(result -> result.rule().equals("C-FLOW-IN-3443"))
                .findFirst()
                .orElseThrow();

        assertThat(management.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(management.evidence()).anySatisfy(evidence -> {
            int line = evidence.at().line();
            assertThat(line).isPositive();
            assertThat(String.join("\n", lines.subList(line - 1, line + 20)))
                    .contains("\"name\": \"deny-high-ports\"")
                    .doesNotContain("\"name\": \"allow-management\"");
            assertThat(evidence.at().pointer()).startsWith("/planned_values/");
        });
    }
}
