package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.Baseline;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.test.ExampleNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The month that a report prints for a location is the one whose requirements were applied to it. */
class PrintedBaselineTest {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();
    private static final String NONE = "none";
    private static final Path BASES = Path.of("src/test/resources/examples/bases");

    private static final List<String> CHANGES = List.of(
            "apim: {}",
            "apim: {platformVersion: stv1}",
            "apim: {platformVersion: null}",
            "apim: {virtualNetworkType: None}",
            "apim: {virtualNetworkType: Extern}",
            "apim: {sku: null}",
            "apim: {sku: {name: Developer, capacity: 1}}",
            "apim: {sku: {name: Standard, capacity: 1}}",
            "apim: {sku: {name: StandardV2, capacity: 1}}",
            "apim: {sku: {name: PremiumV2, capacity: 1}}",
            "apim: {privateIPAddresses: [20.1.2.3], publicIPAddresses: null}");

    static Stream<ReadResult> networks() throws IOException {
        try (Stream<Path> bases = Files.list(BASES)) {
            return bases.sorted().toList().stream()
                    .flatMap(base -> CHANGES.stream()
                            .map(change -> ExampleNetwork.read(base)
                                    .with(change)
                                    .read(base.getFileName() + " with " + change)));
        }
    }

    /** Results name the region, not the place: of several places in a region, the newest month is that of all. */
    @ParameterizedTest
    @MethodSource("networks")
    void autoIsTheMonthThatItPrints(ReadResult network) {
        SnapshotReport auto = check(network, Baseline.AUTO);

        assertThat(auto.locations()).isNotEmpty();
        newestMonths(auto).forEach((region, printed) -> {
            if (printed.equals(NONE)) {
                assertThat(results(auto, region)).isEmpty();
                return;
            }
            assertThat(results(check(network, Baseline.parse(printed)), region))
                    .as("%s at %s", network.source(), printed)
                    .containsExactlyInAnyOrderElementsOf(results(auto, region));
        });
    }

    /** The newest month that is printed for the places of each region. */
    private static Map<String, String> newestMonths(SnapshotReport report) {
        return report.locations().stream()
                .collect(Collectors.toMap(
                        LocationSummary::location,
                        LocationSummary::baseline,
                        BinaryOperator.maxBy(Comparator.comparing(month -> month.equals(NONE) ? "" : month))));
    }

    @Test
    void aMonthIsTheLastOneThatChangedAnything() {
        ReadResult network =
                ExampleNetwork.read(BASES.resolve("integrated-v2.yaml")).read("integrated");

        assertThat(check(network, Baseline.AUTO).locations())
                .extracting(LocationSummary::baseline)
                .containsExactly("2026-08");
        assertThat(check(network, Baseline.parse("2026-07")).locations())
                .extracting(LocationSummary::baseline)
                .containsExactly("2025-12");
        assertThat(check(network, Baseline.SEED).locations())
                .extracting(LocationSummary::baseline)
                .containsExactly("2016-12");
    }

    private static SnapshotReport check(ReadResult network, Baseline baseline) {
        return RULES.evaluate(network, new Options(baseline, true));
    }

    private static List<Result> results(SnapshotReport report, String region) {
        return report.results().stream()
                .filter(result -> result.outcome() != Outcome.NOT_APPLICABLE)
                .filter(result -> region.equals(result.subject().location()))
                .toList();
    }
}
