package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is decided of a template though parameters have no value stays so, whatever values they get; and not everything
 * is open because something is.
 */
class UnknownParametersTest {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    /** The values that each parameter of the template may have. */
    private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("nsgName", List.of("\"nsg-apim\"", "\"nsg-other\"", "\"nsg-three\""));
        VALUES.put("ruleGroup", List.of("\"nsg-apim\"", "\"nsg-other\"", "\"nsg-elsewhere\""));
        VALUES.put("vnetName", List.of("\"vnet-apim\"", "\"vnet-two\""));
        VALUES.put("mode", List.of("\"External\"", "\"Internal\""));
        VALUES.put("access", List.of("\"Allow\"", "\"Deny\""));
        VALUES.put("priority", List.of("100", "150", "900"));
        VALUES.put("port", List.of("\"3443\"", "\"443\"", "\"*\"", "\"1-65535\""));
        VALUES.put("source", List.of("\"ApiManagement\"", "\"*\"", "\"10.0.0.0/8\"", "\"Internet\""));
        VALUES.put("protocol", List.of("\"Tcp\"", "\"*\"", "\"Udp\""));
        VALUES.put("denyAll", List.of("true", "false"));
        VALUES.put("denied", List.of("0", "1", "3"));
        VALUES.put("rules", List.of("[]", "[" + rule("listed", 110, "Deny", "1433") + "]"));
        VALUES.put("withGroup", List.of("true", "false"));
        VALUES.put("withRoute", List.of("true", "false"));
        VALUES.put("nextHop", List.of("\"None\"", "\"Internet\"", "\"VirtualAppliance\""));
        VALUES.put("withPeering", List.of("true", "false"));
        VALUES.put("withTwice", List.of("true", "false"));
        VALUES.put("withLock", List.of("true", "false"));
        VALUES.put("withAddress", List.of("true", "false"));
        VALUES.put("dns", List.of("[]", "[\"10.0.1.4\"]"));
        VALUES.put("prefix", List.of("\"10.0.0.0/24\"", "\"10.0.0.0/29\""));
        VALUES.put("endpoints", List.of("[]", "[{\"service\": \"Microsoft.Sql\"}]"));
        VALUES.put("delegated", List.of("true", "false"));
        VALUES.put("sku", List.of("\"Premium\"", "\"Developer\""));
        VALUES.put("units", List.of("1", "2"));
        VALUES.put("zones", List.of("[]", "[\"1\", \"2\"]"));
        VALUES.put("ruleCollections", List.of("true", "false"));
        VALUES.put("zoneRecord", List.of("true", "false"));
        VALUES.put("zoneLink", List.of("true", "false"));
        VALUES.put("adminRule", List.of("true", "false"));
    }

    private static String rule(String name, int priority, String access, String port) {
        return "{\"name\": \"" + name + "\", \"properties\": {\"priority\": " + priority
                + ", \"direction\": \"Outbound\","
                + " \"access\": \"" + access + "\", \"protocol\": \"Tcp\", \"sourceAddressPrefix\": \"*\","
                + " \"sourcePortRange\": \"*\", \"destinationAddressPrefix\": \"*\", \"destinationPortRange\": \""
                + port
                + "\"}}";
    }

    static Stream<Integer> seeds() {
        return IntStream.range(0, Integer.getInteger("netkb.seeds", 40)).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsDecidedWithoutValuesStaysSo(int seed) {
        Random random = new Random(seed);
        List<String> missing = VALUES.keySet().stream()
                .filter(name -> random.nextInt(VALUES.size()) < 1 + seed % 10)
                .toList();
        Map<String, String> known = new LinkedHashMap<>();
        VALUES.forEach((name, values) -> known.put(name, values.get(random.nextInt(values.size()))));
        Map<String, String> part = new LinkedHashMap<>(known);
        part.keySet().removeAll(missing);
        Map<String, Outcome> without = outcomes(part);

        List<String> faults = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Map<String, String> all = new LinkedHashMap<>(known);
            missing.forEach(name -> all.put(
                    name, VALUES.get(name).get(random.nextInt(VALUES.get(name).size()))));
            Map<String, Outcome> with = outcomes(all);
            without.forEach((key, outcome) -> {
                Outcome then = with.getOrDefault(key, Outcome.NOT_APPLICABLE);
                boolean decided = outcome == Outcome.PASSED || outcome == Outcome.VIOLATED;
                if (decided && then != outcome) {
                    faults.add(key + " is " + outcome.word() + " without " + missing + " and " + then.word() + " with "
                            + missing.stream().map(all::get).toList());
                }
            });
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void withAllValuesNothingOfTheTemplateIsOpen() {
        Map<String, String> all = new LinkedHashMap<>();
        VALUES.forEach((name, values) -> all.put(name, values.get(0)));

        assertThat(read(all).problems()).extracting(Problem::code).doesNotContain("KB-N106", "KB-N107");
    }

    @Test
    void aRuleThatMayBeThereLeavesOtherThingsDecided() {
        Map<String, String> all = new LinkedHashMap<>();
        VALUES.forEach((name, values) -> all.put(name, values.get(0)));
        Map<String, Outcome> with = outcomes(all);
        all.remove("denyAll");
        Map<String, Outcome> without = outcomes(all);

        assertThat(without.get("C-FLOW-OUT-STORAGE westeurope Outbound")).isEqualTo(Outcome.UNDETERMINED);
        assertThat(without.get("C-FLOW-IN-MGMT westeurope Inbound"))
                .isEqualTo(with.get("C-FLOW-IN-MGMT westeurope Inbound"));
    }

    private static Map<String, Outcome> outcomes(Map<String, String> parameters) {
        Map<String, Outcome> outcomes = new TreeMap<>();
        RULES.evaluate(read(parameters), Options.DEFAULT)
                .results()
                .forEach(r -> outcomes.merge(
                        r.rule() + " " + r.subject().location()
                                + (r.flow() == null ? "" : " " + r.flow().direction()),
                        r.outcome(),
                        (a, b) -> a.compareTo(b) <= 0 ? a : b));
        return outcomes;
    }

    private static ReadResult read(Map<String, String> parameters) {
        String file = parameters.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\": {\"value\": " + e.getValue() + "}")
                .collect(Collectors.joining(
                        ", ",
                        "{\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#\","
                                + " \"parameters\": {",
                        "}}"));
        ReadResult read = SnapshotReader.create()
                .read(new SnapshotSource(
                        "template",
                        List.of(
                                new SourceFile("main.json", template()),
                                new SourceFile("main.parameters.json", file.getBytes(StandardCharsets.UTF_8)))));
        assertThat(read.problems()).as(file).noneMatch(p -> p.level() == Problem.Level.ERROR);
        return read;
    }

    private static byte[] template() {
        try (InputStream in = UnknownParametersTest.class.getResourceAsStream("/unknown-parameters/main.json")) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
