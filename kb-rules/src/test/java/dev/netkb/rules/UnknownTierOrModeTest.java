package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.Baseline;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.test.ExampleNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where the export does not say tier or mode, or names a tier that does not exist, each requirement is what the values of them make of it: undetermined where
 * some value makes it apply, not applicable where none does.
 */
class UnknownTierOrModeTest {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    private static final List<String> TIERS =
            List.of("Developer", "Basic", "Standard", "Premium", "Isolated", "BasicV2", "StandardV2", "PremiumV2");
    private static final List<String> MODES = List.of("None", "External", "Internal");

    @ParameterizedTest
    @CsvSource({
        "external, auto",
        "external, seed",
        "external, 2023-11",
        "internal, auto",
        "internal, seed",
        "public-ip, auto",
        "multi-region, auto",
        "multi-region, seed",
        "injected-v2, auto",
        "integrated-v2, auto",
        "no-network, auto",
        "no-network, seed"
    })
    void everyRequirementIsWhatThePossibleValuesMakeOfIt(String base, String baseline) {
        ExampleNetwork known = ExampleNetwork.read(Path.of("src/test/resources/examples/bases/" + base + ".yaml"));
        // Additional locations name their tier themselves.
        String tiers = base.equals("multi-region")
                ? "apim: {sku: {name: %1$s}, additionalLocations: {North Europe: {sku: {name: %1$s}}}}"
                : "apim: {sku: {name: %s}}";
        String modes = "apim: {virtualNetworkType: %s}";
        List<ExampleNetwork> byTier = each(known, tiers, TIERS);
        List<String> faults = new ArrayList<>(faults(known.with(tiers.formatted("Ultra")), byTier, baseline));
        for (String unknown : List.of("null", "'?parameter has no value'")) {
            ExampleNetwork noTier = known.with(tiers.formatted(unknown));
            ExampleNetwork noMode = known.with(modes.formatted(unknown));
            ExampleNetwork neither = noTier.with(modes.formatted(unknown));
            faults.addAll(faults(noTier, byTier, baseline));
            faults.addAll(faults(noMode, each(known, modes, MODES), baseline));
            faults.addAll(faults(
                    neither,
                    byTier.stream()
                            .flatMap(network -> each(network, modes, MODES).stream())
                            .toList(),
                    baseline));
        }

        assertThat(faults).isEmpty();
    }

    private static List<ExampleNetwork> each(ExampleNetwork network, String patch, List<String> values) {
        return values.stream()
                .map(value -> network.with(patch.formatted(value)))
                .toList();
    }

    /** @param cases the network with each value that the unknown fields can have */
    private static List<String> faults(ExampleNetwork unknown, List<ExampleNetwork> cases, String baseline) {
        Map<String, Set<Outcome>> possible = new TreeMap<>();
        cases.forEach(network -> outcomes(network, baseline)
                .forEach((key, outcomes) -> possible.computeIfAbsent(key, k -> EnumSet.noneOf(Outcome.class))
                        .addAll(outcomes)));
        Map<String, Set<Outcome>> said = outcomes(unknown, baseline);
        List<String> faults = new ArrayList<>();
        possible.forEach((key, outcomes) -> {
            // These two say of themselves that they speak of what is not known, even of a v2 tier.
            if (outcomes.equals(Set.of(Outcome.NOT_APPLICABLE)) && key.matches("SEED-(TIER|MODE) .*")) {
                return;
            }
            Outcome expected =
                    outcomes.equals(Set.of(Outcome.NOT_APPLICABLE)) ? Outcome.NOT_APPLICABLE : Outcome.UNDETERMINED;
            if (!Set.of(expected).equals(said.get(key))) {
                faults.add(key + " is " + said.get(key) + ", but the values make it " + outcomes);
            }
        });
        assertThat(said.keySet()).isEqualTo(possible.keySet());
        return faults;
    }

    /** Id and location → outcomes of its results. */
    private static Map<String, Set<Outcome>> outcomes(ExampleNetwork network, String baseline) {
        Map<String, Set<Outcome>> outcomes = new TreeMap<>();
        for (Result result : results(network, baseline)) {
            outcomes.computeIfAbsent(
                            result.rule() + " in " + result.subject().location(), key -> EnumSet.noneOf(Outcome.class))
                    .add(result.outcome());
        }
        return outcomes;
    }

    private static List<Result> results(ExampleNetwork network, String baseline) {
        return RULES.evaluate(network.read("example"), new Options(Baseline.parse(baseline), true))
                .results();
    }

    @Test
    void everyResultSaysWhatIsMissingAndHowToGetItInTheSameWords() {
        ExampleNetwork network = ExampleNetwork.read(Path.of("src/test/resources/examples/bases/external.yaml"))
                .with("apim: {sku: {name: null}}");

        List<String> missing = results(network, "auto").stream()
                .filter(result -> result.outcome() == Outcome.UNDETERMINED)
                .flatMap(result -> Stream.concat(
                        Stream.of(result.message()),
                        result.flow() == null ? Stream.of() : result.flow().missing().stream()))
                .distinct()
                .toList();

        assertThat(missing)
                .singleElement()
                .asString()
                .startsWith("sku of apim-contoso is not in the export (az apim show --ids /subscriptions/");
    }

    @Test
    void theBaselineIsThatOfWhatMayBeAsked() {
        ExampleNetwork known = ExampleNetwork.read(Path.of("src/test/resources/examples/bases/external.yaml"));
        ExampleNetwork unknown = known.with("apim: {sku: {name: null}}");

        assertThat(baseline(unknown)).isEqualTo(baseline(known)).isGreaterThan("2026");
    }

    private static String baseline(ExampleNetwork network) {
        return RULES.evaluate(network.read("example"), Options.DEFAULT)
                .locations()
                .get(0)
                .baseline();
    }

    @Test
    void aFlowWithARowForEachTierIsOneQuestion() {
        ExampleNetwork network = ExampleNetwork.read(Path.of("src/test/resources/examples/bases/external.yaml"))
                .with("apim: {sku: {name: null}}");

        assertThat(results(network, "auto"))
                .filteredOn(result -> result.rule().equals("C-FLOW-IN-LB"))
                .singleElement()
                .satisfies(result -> assertThat(result.severity().word()).isEqualTo("error"));
    }
}
