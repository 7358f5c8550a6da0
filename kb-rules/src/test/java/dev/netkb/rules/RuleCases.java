package dev.netkb.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.netkb.api.Baseline;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.test.ExampleNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The examples of an id, as its page shows them.
 *
 * @param base the network that cases start from unless they say another
 * @param decides the id whose results the cases speak of
 * @param reasons {@code cannotFail}, {@code cannotPass} → why there is no such case
 */
record RuleCases(String id, String base, String decides, Map<String, String> reasons, List<Case> cases) {

    static final Path FOLDER = Path.of("src/test/resources/examples");

    /** A case: its sentence, what it says, and how it is written. */
    record Case(JsonNode file, JsonNode content, String yaml) {

        String it() {
            return content.path("it").asText();
        }

        String base() {
            return inherited("base");
        }

        /** As it is written, an empty text for the newest requirements. */
        String baseline() {
            return inherited("baseline");
        }

        private String inherited(String key) {
            return content.path(key).asText(file.path(key).asText(""));
        }

        /** The ids whose results have an outcome here. */
        List<String> idsThatAre(String outcome, String decides) {
            JsonNode then = content.path("then");
            List<String> ids = new ArrayList<>();
            for (JsonNode expected : then.isArray() ? then : List.of(then)) {
                String word = expected.isTextual()
                        ? expected.asText()
                        : expected.path("outcome").asText();
                if (word.equals(outcome)) {
                    ids.add(expected.path("rule").asText(decides));
                }
            }
            return ids;
        }

        /** Whether it compares two networks. */
        boolean isOverChange() {
            return content.has("before") || content.has("after");
        }

        /** Its network; of a change, what both have in common. */
        ExampleNetwork network() {
            return different(ExampleNetwork.read(FOLDER.resolve("bases/" + base() + ".yaml")), content)
                    .withServiceTags(serviceTags());
        }

        /** The results of its network, or of the change between its networks. */
        List<Result> results(KnowledgeBase rules) {
            ExampleNetwork network = network();
            String baseline = baseline();
            String asOf = inherited("asOf");
            Options options = Options.DEFAULT
                    .withBaseline(baseline.isEmpty() ? Baseline.AUTO : Baseline.parse(baseline))
                    .withAsOf(asOf.isEmpty() ? null : Instant.parse(asOf));
            if (isOverChange()) {
                return rules.diff(
                                different(network, content.path("before")).read("before"),
                                different(network, content.path("after")).read("after"),
                                options)
                        .changeResults();
            }
            return rules.evaluate(network.read("example"), options).results();
        }

        private static ExampleNetwork different(ExampleNetwork network, JsonNode difference) {
            ExampleNetwork changed = difference.has("with")
                    ? network.with(difference.path("with").toString())
                    : network;
            return changed.without(texts(difference.path("without")).toArray(String[]::new));
        }

        private Map<String, List<String>> serviceTags() {
            Map<String, List<String>> tags = new TreeMap<>();
            (content.has("serviceTags") ? content : file)
                    .path("serviceTags")
                    .properties()
                    .forEach(tag -> tags.put(tag.getKey(), texts(tag.getValue())));
            return tags;
        }

        private static List<String> texts(JsonNode node) {
            List<String> texts = new ArrayList<>();
            if (node.isArray()) {
                node.forEach(text -> texts.add(text.asText()));
            } else if (node.isTextual()) {
                texts.add(node.asText());
            }
            return texts;
        }
    }

    /** The examples of an id; empty where it has none. */
    static Optional<RuleCases> of(String id) {
        Path file = FOLDER.resolve(id + ".yaml");
        return Files.exists(file) ? Optional.of(read(id, PackageFiles.text(file))) : Optional.empty();
    }

    private static RuleCases read(String id, String text) {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] pieces = text.split("(?m)^  - (?=it: )", -1);
        if (pieces.length != root.path("cases").size() + 1) {
            throw new IllegalStateException(id + ".yaml: every case begins with '  - it: ' on a line of its own");
        }
        List<Case> cases = new ArrayList<>();
        for (JsonNode content : root.path("cases")) {
            String written = pieces[cases.size() + 1].stripTrailing();
            cases.add(new Case(root, content, written.replaceAll("(?m)^    ", "")));
        }
        Map<String, String> reasons = new TreeMap<>();
        for (String key : List.of("cannotFail", "cannotPass")) {
            if (root.has(key)) {
                reasons.put(key, root.path(key).asText());
            }
        }
        return new RuleCases(id, root.path("base").asText(), root.path("seenIn").asText(id), reasons, cases);
    }

    /** The first case in which the id that they speak of has an outcome, else the first in which another has. */
    Optional<Case> first(String outcome) {
        return cases.stream()
                .filter(each -> each.idsThatAre(outcome, decides).contains(decides))
                .findFirst()
                .or(() -> cases.stream()
                        .filter(each -> !each.idsThatAre(outcome, decides).isEmpty())
                        .findFirst());
    }

    /** What is said about the first violated case; empty where there is none. */
    Optional<Result> violation(KnowledgeBase rules) {
        return first("violated").flatMap(each -> {
            List<String> ids = each.idsThatAre("violated", decides);
            String wanted = ids.contains(decides) ? decides : ids.get(0);
            return each.results(rules).stream()
                    .filter(result -> result.rule().equals(wanted) && result.outcome() == Outcome.VIOLATED)
                    .findFirst();
        });
    }
}
