package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.Baseline;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.value.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every sample snapshot gives the results that stand beside it in {@code expected.txt}. */
class SampleSnapshotsTest {

    private static final Path SNAPSHOTS = Path.of("snapshots");
    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    @ParameterizedTest
    @CsvSource({
        "classic-broken, auto",
        "classic-mended, auto",
        "complete-internal, auto",
        "complete-v2, auto",
        "forced-tunnel-learned, auto",
        "forced-tunnel-cured, auto",
        "forced-tunnel-firewall, auto",
        "forced-tunnel-endpoints, auto",
        "seed-era, seed",
        "internal-multi-region, auto",
        "internal-names-broken, auto",
        "internal-names-mended, auto",
        "planned-modules, auto",
        "private-and-workspace, auto",
        "standard-v2, auto",
        "terraform-plan, auto"
    })
    void givesTheResultsThatStandBesideIt(String name, String baseline) throws IOException {
        Path folder = SNAPSHOTS.resolve(name);
        ReadResult read = SnapshotFiles.snapshot(folder).read(SnapshotReader.create());
        assertThat(read.problems()).isEmpty();

        String results = RULES.evaluate(read, Options.DEFAULT.withBaseline(Baseline.parse(baseline))).results().stream()
                .map(r -> String.join(
                        " | ",
                        r.rule(),
                        String.valueOf(r.subject().location()),
                        r.outcome().word(),
                        r.severity().word(),
                        r.message()))
                .collect(Collectors.joining("\n", "", "\n"));

        Path expected = folder.resolve("expected.txt");
        if (Boolean.getBoolean("netkb.golden.update")) {
            Files.writeString(expected, results);
        }
        assertThat(results).isEqualTo(Files.readString(expected, StandardCharsets.UTF_8));
    }

    @Test
    void everyFolderIsTested() throws IOException {
        try (var folders = Files.list(SNAPSHOTS)) {
            List<String> names = folders.filter(Files::isDirectory)
                    .map(p -> p.getFileName().toString())
                    .sorted()
                    .toList();
            assertThat(names)
                    .containsExactly(
                            "classic-broken",
                            "classic-mended",
                            "complete-internal",
                            "complete-v2",
                            "forced-tunnel-cured",
                            "forced-tunnel-endpoints",
                            "forced-tunnel-firewall",
                            "forced-tunnel-learned",
                            "internal-multi-region",
                            "internal-names-broken",
                            "internal-names-mended",
                            "planned-modules",
                            "private-and-workspace",
                            "seed-era",
                            "standard-v2",
                            "terraform-plan");
        }
    }

    /** The wrong rule of the template stands in the parameters file, which a module gets it from. */
    @Test
    void evidenceOfATemplatePointsToWhereTheRuleIsWritten() {
        ReadResult read =
                SnapshotFiles.snapshot(SNAPSHOTS.resolve("planned-modules")).read(SnapshotReader.create());
        Result sql = RULES.evaluate(read, Options.DEFAULT).results().stream()
                .filter(r -> r.rule().equals("C-FLOW-OUT-SQL"))
                .findFirst()
                .orElseThrow();

        assertThat(sql.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(Objects.requireNonNull(sql.flow()).stages().stream()
                        .flatMap(stage -> stage.decidedBy().stream())
                        .filter(rule -> rule.name().endsWith("deny-databases")))
                .singleElement()
                .satisfies(rule -> {
                    Place place = read.locate().apply(rule.at());
                    assertThat(place.file()).isEqualTo("main.parameters.json");
                    assertThat(place.pointer()).isEqualTo("/parameters/hardening/value/1");
                    assertThat(place.line()).isEqualTo(41);
                });
    }
}
