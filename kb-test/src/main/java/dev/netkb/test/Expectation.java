package dev.netkb.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.DeniedPart;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Witness;
import dev.netkb.model.value.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an example expects of the results of one rule. {@code outcome} is always said; what else is said must hold too.
 *
 * @param rule the id whose results are meant
 * @param outcome a word of {@link Outcome}, or {@link #NOT_IN_FORCE}
 * @param wanted what else must hold: key of {@link #KEYS} → texts; an evidence key stands as {@code evidence.<key>}
 */
record Expectation(String rule, String outcome, Map<String, List<String>> wanted) {

    /** The rule gives no result, because the baseline does not hold it. */
    static final String NOT_IN_FORCE = "notInForce";

    private static final String EVIDENCE = "evidence";

    /** Which results an expectation speaks of; all other keys are checked on these. */
    private static final Set<String> SELECTORS = Set.of("direction", "location", "protocol");

    private static final Set<String> KEYS = Set.of(
            "rule",
            "outcome",
            "direction",
            "location",
            "protocol",
            "severity",
            "verdict",
            "message",
            "note",
            "subject",
            "ports",
            "remote",
            "deniedPorts",
            "deniedRemote",
            "decidedBy",
            "deniedBy",
            "missing",
            "witness",
            "remediation",
            EVIDENCE);

    Expectation {
        wanted = Map.copyOf(wanted);
    }

    /** Reads {@code then}: an outcome, a map, or a list of these. */
    static List<Expectation> parse(JsonNode then, String rule) {
        if (then.isArray()) {
            List<Expectation> all = new ArrayList<>();
            then.forEach(item -> all.addAll(parse(item, rule)));
            return List.copyOf(all);
        }
        if (then.isTextual()) {
            return List.of(new Expectation(rule, outcome(then.asText()), Map.of()));
        }
        if (then instanceof ObjectNode map) {
            return List.of(one(map, rule));
        }
        throw new ExampleException("'then' must be an outcome, a map or a list of these but was " + then);
    }

    private static Expectation one(ObjectNode map, String rule) {
        YamlText.onlyKeys(map, KEYS);
        String outcome = YamlText.text(map, "outcome");
        if (outcome == null) {
            throw new ExampleException("'then' says no outcome: add one of " + outcomes());
        }
        String named = YamlText.text(map, "rule");
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        map.fieldNames().forEachRemaining(key -> {
            if (key.equals(EVIDENCE)) {
                ObjectNode evidence = Objects.requireNonNull(YamlText.map(map, key));
                evidence.fieldNames()
                        .forEachRemaining(name -> wanted.put(EVIDENCE + "." + name, YamlText.texts(evidence, name)));
            } else if (!key.equals("rule") && !key.equals("outcome")) {
                wanted.put(key, YamlText.texts(map, key));
            }
        });
        return new Expectation(named == null ? rule : named, outcome(outcome), wanted);
    }

    /** With one thing more that must hold. */
    Expectation with(String key, String text) {
        Map<String, List<String>> more = new LinkedHashMap<>(wanted);
        List<String> texts = new ArrayList<>(more.getOrDefault(key, List.of()));
        texts.add(text);
        more.put(key, List.copyOf(texts));
        return new Expectation(rule, outcome, more);
    }

    private static String outcome(String text) {
        if (!outcomes().contains(text)) {
            throw new ExampleException("'" + text + "' is no outcome: use one of " + outcomes() + "."
                    + Nearest.question(text, outcomes()));
        }
        return text;
    }

    private static List<String> outcomes() {
        return Stream.concat(Arrays.stream(Outcome.values()).map(Outcome::word), Stream.of(NOT_IN_FORCE))
                .toList();
    }

    boolean isAbsence() {
        return outcome.equals(NOT_IN_FORCE);
    }

    /** Whether it speaks of a result: one of its rule, and of its direction, location and protocol where it says them. */
    boolean selects(Result result) {
        return result.rule().equals(rule)
                && SELECTORS.stream()
                        .allMatch(key -> wanted.getOrDefault(key, List.of()).stream()
                                .allMatch(text -> selector(key, result).equals(text.toLowerCase(Locale.ROOT))));
    }

    private static String selector(String key, Result result) {
        FlowResult flow = result.flow();
        String text = switch (key) {
            case "direction" -> flow == null ? null : flow.direction();
            case "protocol" -> flow == null ? null : flow.protocol();
            default -> result.subject().location();
        };
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    /** Whether everything that it says holds of a result. */
    boolean matches(Result result) {
        return !isAbsence() && selects(result) && differences(result).isEmpty();
    }

    /** What does not hold of a result that it speaks of; empty when all holds. */
    List<String> differences(Result result) {
        List<String> differences = new ArrayList<>();
        if (!result.outcome().word().equals(outcome)) {
            differences.add("outcome: expected " + outcome + " but was "
                    + result.outcome().word());
        }
        wanted.forEach((key, texts) -> texts.forEach(text -> {
            String difference = difference(key, text, result);
            if (difference != null) {
                differences.add(difference);
            }
        }));
        return differences.stream().sorted().toList();
    }

    private static @Nullable String difference(String key, String text, Result result) {
        if (key.startsWith(EVIDENCE + ".")) {
            String name = key.substring(EVIDENCE.length() + 1);
            List<String> values = result.evidence().stream()
                    .filter(e -> e.key().equals(name))
                    .map(Evidence::value)
                    .toList();
            return contains(key, values, text);
        }
        FlowResult flow = result.flow();
        return switch (key) {
            case "severity" -> equal(key, result.severity().word(), text);
            case "verdict" -> equal(key, flow == null ? "none" : flow.verdict().word(), text);
            case "subject" -> equal(key, result.subject().type(), text);
            case "message" -> contains(key, List.of(result.message()), text);
            case "note" -> contains(key, result.notes(), text);
            case "missing" -> contains(key, flow == null ? List.of(result.message()) : flow.missing(), text);
            case "ports" -> equal(key, flow == null ? "none" : String.join(",", flow.ports()), text);
            case "remote" -> equal(key, flow == null ? "none" : flow.remote(), text);
            case "deniedPorts" -> has(key, denied(flow, DeniedPart::ports), text);
            case "deniedRemote" -> has(key, denied(flow, DeniedPart::remote), text);
            case "decidedBy" -> has(key, deciding(flow, true), text);
            case "deniedBy" -> has(key, deciding(flow, false), text);
            case "witness" -> contains(key, witness(flow), text);
            case "remediation" -> contains(key, remediation(result), text);
            default -> null;
        };
    }

    private static @Nullable String equal(String key, String actual, String expected) {
        return actual.equalsIgnoreCase(expected) ? null : key + ": expected " + expected + " but was " + actual;
    }

    private static @Nullable String has(String key, Collection<String> actual, String expected) {
        return actual.contains(expected) ? null : key + ": expected " + expected + " among " + actual;
    }

    private static @Nullable String contains(String key, Collection<String> actual, String expected) {
        return actual.stream().anyMatch(text -> text.contains(expected))
                ? null
                : key + ": expected the text '" + expected + "' in " + actual;
    }

    private static List<String> denied(@Nullable FlowResult flow, Function<DeniedPart, List<String>> side) {
        return flow == null
                ? List.of()
                : flow.denied().stream()
                        .flatMap(part -> side.apply(part).stream())
                        .distinct()
                        .toList();
    }

    /** Names of deciding rules without their group: {@code deny-all}, {@code AllowInternetOutBound}. */
    private static List<String> deciding(@Nullable FlowResult flow, boolean allowing) {
        return flow == null
                ? List.of()
                : flow.stages().stream()
                        .flatMap(stage -> stage.decidedBy().stream())
                        .filter(rule -> rule.allows() == allowing)
                        .map(DecidingRule::name)
                        .map(name -> name.substring(name.lastIndexOf('/') + 1))
                        .distinct()
                        .toList();
    }

    private static List<String> witness(@Nullable FlowResult flow) {
        Witness w = flow == null ? null : flow.witness();
        return List.of(
                w == null
                        ? "none"
                        : w.protocol() + " " + w.sourceAddress() + ":" + w.sourcePort() + " -> "
                                + w.destinationAddress() + ":" + w.destinationPort());
    }

    private static List<String> remediation(Result result) {
        if (result.remediation() == null) {
            return List.of();
        }
        return Stream.concat(
                        Stream.of(result.remediation().hint()),
                        result.remediation().commands().values().stream().flatMap(List::stream))
                .toList();
    }

    // ---- words

    /** What is expected, on one line. */
    String text() {
        return rule + " " + outcome
                + wanted.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> ", " + e.getKey() + " " + String.join(" and ", e.getValue()))
                        .collect(Collectors.joining());
    }

    /** What a result says, for a person whose example failed. */
    static String describe(Result result) {
        StringBuilder text = new StringBuilder();
        text.append(result.rule()).append(' ').append(result.outcome().word());
        text.append(" [")
                .append(result.severity().word())
                .append("] ")
                .append(result.subject().type());
        text.append(' ').append(result.subject().id().name());
        if (result.subject().location() != null) {
            text.append(" in ").append(result.subject().location());
        }
        text.append("\n    message   ").append(result.message());
        FlowResult flow = result.flow();
        if (flow != null) {
            text.append("\n    flow      ")
                    .append(flow.direction())
                    .append(' ')
                    .append(flow.protocol())
                    .append(' ');
            text.append(flow.ports())
                    .append(' ')
                    .append(flow.remote())
                    .append(": ")
                    .append(flow.verdict().word());
            text.append(", allowed by ")
                    .append(deciding(flow, true))
                    .append(", denied by ")
                    .append(deciding(flow, false));
            flow.denied()
                    .forEach(part -> text.append("\n    denied    ports ")
                            .append(part.ports())
                            .append(" of ")
                            .append(part.remote()));
            flow.missing().forEach(missing -> text.append("\n    missing   ").append(missing));
        }
        result.evidence()
                .forEach(e -> text.append("\n    evidence  ")
                        .append(e.key())
                        .append(" = ")
                        .append(e.value()));
        result.notes().forEach(note -> text.append("\n    note      ").append(note));
        return text.toString();
    }
}
