package dev.netkb.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.netkb.api.Baseline;
import dev.netkb.api.Parameters;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The examples of one rule: a YAML file that is named after its id. Each case changes a base network a little and says
 * what the rule must answer then.
 *
 * <pre>{@code
 * rule: C-NET-04
 * base: external
 * cases:
 *   - it: is violated by a delegation
 *     with: {vnet: {subnets: {apim: {delegations: {d: Microsoft.Web/serverFarms}}}}}
 *     then: {outcome: violated, severity: error, evidence: {delegations: Microsoft.Web/serverFarms}}
 *   - it: passes without a delegation
 *     then: passed
 *   - it: is undetermined when the virtual network was not exported
 *     without: vnet
 *     then: undetermined
 * }</pre>
 *
 * @param file where it was read
 * @param rule the id that the examples are of
 * @param seenIn for an id that changes how others are decided: the rule whose results the cases speak of; else the id itself
 * @param reasons {@code cannotFail}, {@code cannotPass}, {@code cannotMiss} → why no such case can exist
 */
record ExampleFile(Path file, String rule, String seenIn, Map<String, String> reasons, List<Case> cases) {

    static final String CANNOT_FAIL = "cannotFail";
    static final String CANNOT_PASS = "cannotPass";
    static final String CANNOT_MISS = "cannotMiss";

    private static final Set<String> KEYS = Set.of(
            "rule",
            "about",
            "seenIn",
            "base",
            "baseline",
            "serviceTags",
            "asOf",
            "parameters",
            CANNOT_FAIL,
            CANNOT_PASS,
            CANNOT_MISS,
            "cases");
    private static final Set<String> CASE_KEYS = Set.of(
            "it",
            "base",
            "baseline",
            "with",
            "without",
            "before",
            "after",
            "serviceTags",
            "asOf",
            "parameters",
            "then");
    private static final Set<String> SIDE_KEYS = Set.of("with", "without");

    ExampleFile {
        reasons = Map.copyOf(reasons);
        cases = List.copyOf(cases);
    }

    /**
     * One case.
     *
     * @param it what it shows, a sentence without its subject
     * @param base the network it starts from
     * @param with what it changes
     * @param without what was not exported
     * @param before,after of a rule about changes, what is different in one of the two snapshots alone; null where nothing
     * @param serviceTags addresses of service tags, empty for none
     * @param asOf the point in time at which the network is looked at, null for the newest one that it names
     * @param parameters what people know besides
     */
    record Case(
            String it,
            String base,
            Baseline baseline,
            @Nullable ObjectNode with,
            List<String> without,
            @Nullable Side before,
            @Nullable Side after,
            Map<String, List<String>> serviceTags,
            @Nullable Instant asOf,
            Parameters parameters,
            List<Expectation> then) {

        Case {
            without = List.copyOf(without);
            serviceTags = Map.copyOf(serviceTags);
            then = List.copyOf(then);
        }

        /** The network of this case. */
        ExampleNetwork network(ExampleNetwork start) {
            return new Side(with, without).of(start).withServiceTags(serviceTags);
        }

        /** Of a rule about changes, the network before. */
        ExampleNetwork before(ExampleNetwork start) {
            return before == null ? network(start) : before.of(network(start));
        }

        /** Of a rule about changes, the network after. */
        ExampleNetwork after(ExampleNetwork start) {
            return after == null ? network(start) : after.of(network(start));
        }

        /** Whether it says something that only a rule about changes can have. */
        boolean hasSides() {
            return before != null || after != null;
        }

        boolean expects(String rule, String outcome) {
            return then.stream()
                    .anyMatch(e -> e.rule().equals(rule) && e.outcome().equals(outcome));
        }
    }

    /**
     * What is different in a network.
     *
     * @param with what it changes
     * @param without what was not exported
     */
    record Side(@Nullable ObjectNode with, List<String> without) {
        Side {
            without = List.copyOf(without);
        }

        ExampleNetwork of(ExampleNetwork start) {
            ExampleNetwork network = with == null ? start : start.with(with);
            return network.without(without.toArray(String[]::new));
        }
    }

    /** @throws ExampleException when the file cannot be read or says something that nobody knows */
    static ExampleFile read(Path file) {
        String name = file.getFileName().toString();
        try {
            return parse(file, YamlText.read(file));
        } catch (ExampleException e) {
            throw e.problem() != null ? e : e.in(name);
        }
    }

    private static ExampleFile parse(Path file, ObjectNode root) {
        YamlText.onlyKeys(root, KEYS);
        String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
        String rule = YamlText.text(root, "rule");
        if (rule == null || !rule.equals(name)) {
            throw new ExampleException("'rule' was " + rule + " but must be the name of the file, " + name);
        }
        String seenIn = Objects.requireNonNullElse(YamlText.text(root, "seenIn"), rule);
        Map<String, String> reasons = new java.util.HashMap<>();
        for (String key : List.of(CANNOT_FAIL, CANNOT_PASS, CANNOT_MISS)) {
            String reason = YamlText.text(root, key);
            if (reason != null) {
                reasons.put(key, reason);
            }
        }
        List<Case> cases = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (JsonNode node : root.path("cases")) {
            String place = "case " + (cases.size() + 1);
            if (!(node instanceof ObjectNode fields)) {
                throw new ExampleException(place + " must be a map");
            }
            try {
                Case parsed = parseCase(root, fields, seenIn);
                if (!names.add(parsed.it())) {
                    throw new ExampleException("another case has the same sentence");
                }
                cases.add(parsed);
            } catch (ExampleException | IllegalArgumentException e) {
                throw new ExampleException(
                        place + " (" + fields.path("it").asText("without 'it'") + "): " + e.getMessage(), e);
            }
        }
        return new ExampleFile(file, rule, seenIn, reasons, cases);
    }

    private static Case parseCase(ObjectNode root, ObjectNode fields, String seenIn) {
        YamlText.onlyKeys(fields, CASE_KEYS);
        JsonNode then = fields.get("then");
        if (then == null) {
            throw new ExampleException("'then' is missing: say what must come out, such as 'then: passed'");
        }
        String baseline = inherited(root, fields, "baseline");
        return new Case(
                required(YamlText.text(fields, "it"), "it"),
                required(inherited(root, fields, "base"), "base"),
                baseline == null ? Baseline.AUTO : Baseline.parse(baseline),
                YamlText.map(fields, "with"),
                YamlText.texts(fields, "without"),
                side(fields, "before"),
                side(fields, "after"),
                YamlText.lists(fields.has("serviceTags") ? fields : root, "serviceTags"),
                asOf(inherited(root, fields, "asOf")),
                parameters(fields.has("parameters") ? fields : root),
                Expectation.parse(then, seenIn));
    }

    private static Parameters parameters(ObjectNode node) {
        Map<String, String> values = new LinkedHashMap<>();
        YamlText.lists(node, "parameters").forEach((key, list) -> values.put(key, String.join(",", list)));
        return Parameters.parse(values);
    }

    private static @Nullable Instant asOf(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ExampleException(
                    "'asOf' was '" + text + "' but must be a point in time such as 2026-11-20T09:30:00Z", e);
        }
    }

    private static @Nullable Side side(ObjectNode fields, String key) {
        ObjectNode side = YamlText.map(fields, key);
        if (side == null) {
            return null;
        }
        YamlText.onlyKeys(side, SIDE_KEYS);
        return new Side(YamlText.map(side, "with"), YamlText.texts(side, "without"));
    }

    private static @Nullable String inherited(ObjectNode root, ObjectNode fields, String key) {
        String own = YamlText.text(fields, key);
        return own == null ? YamlText.text(root, key) : own;
    }

    private static String required(@Nullable String text, String key) {
        if (text == null || text.isBlank()) {
            throw new ExampleException("'" + key + "' is missing");
        }
        return text;
    }

    // ---- what must be there

    /** What kinds of cases are missing; empty when a failing, a passing and a missing-data case are there. */
    List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        gap(gaps, "violated", CANNOT_FAIL, List.of("violated"));
        gap(gaps, "passed", CANNOT_PASS, List.of("passed"));
        gap(gaps, "undetermined (missing data)", CANNOT_MISS, List.of("undetermined"));
        if (reasons.containsKey(CANNOT_PASS) && !has(List.of("notApplicable", Expectation.NOT_IN_FORCE))) {
            gaps.add("says cannotPass and so needs a case whose outcome is notApplicable");
        }
        return gaps;
    }

    private void gap(List<String> gaps, String what, String excuse, List<String> outcomes) {
        boolean there = has(outcomes);
        if (!there && !reasons.containsKey(excuse)) {
            gaps.add("has no case whose outcome is " + what + "; add one, or say '" + excuse
                    + ": <why none can exist>'");
        }
        if (there && reasons.containsKey(excuse)) {
            gaps.add("says " + excuse + " but has such a case; take '" + excuse + "' away");
        }
    }

    private boolean has(List<String> outcomes) {
        return outcomes.stream().anyMatch(outcome -> cases.stream().anyMatch(c -> c.expects(seenIn, outcome)));
    }
}
