package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.Parameter;
import dev.netkb.api.Parameters;
import dev.netkb.api.accept.Waivers;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.api.rules.RulesRejectedException;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.test.ExampleNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder of rules says beside its rules: tiers, parameters and waivers. */
class TiersTest {

    @TempDir
    private Path folder;

    private static SnapshotReport evaluate(KnowledgeBase rules, String tier) throws IOException {
        String base = Files.readString(RuleCases.FOLDER.resolve("bases/external.yaml"));
        Path changed = Files.createTempFile("external", ".yaml");
        Files.writeString(changed, base.replace("name: Premium", "name: " + tier));
        try {
            return rules.evaluate(ExampleNetwork.read(changed).read("network"), Options.DEFAULT.withAll(true));
        } finally {
            Files.delete(changed);
        }
    }

    @Test
    void aTierThatNobodyKnowsIsUndetermined() throws IOException {
        SnapshotReport report = evaluate(KnowledgeBase.packaged(), "Ultra");

        assertThat(report.locations())
                .extracting(LocationSummary::sku, LocationSummary::model)
                .containsExactly(Assertions.tuple(null, "unknown"));
        assertThat(report.problems())
                .filteredOn(problem -> problem.code().equals("KB-N114"))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .endsWith(
                        "is 'Ultra', which is none of Consumption, Developer, Basic, Standard, Premium, Isolated, BasicV2,"
                                + " StandardV2, PremiumV2");
        assertThat(report.results())
                .filteredOn(result -> result.rule().equals("C-FLOW-OUT-SQL"))
                .extracting(Result::outcome)
                .containsExactly(Outcome.UNDETERMINED);
        assertThat(report.results())
                .anySatisfy(
                        result -> assertThat(result.message())
                                .contains(
                                        "sku.name is 'Ultra', a tier that is not known; a row of tiers.csv in a rules folder makes a new tier known"));
    }

    @Test
    void aFolderMakesATierKnown() throws IOException {
        Files.writeString(folder.resolve("tiers.csv"), "tier;generation;uses;most_units\nULTRA;classic;zones;70\n");

        SnapshotReport report = evaluate(KnowledgeBase.load(RuleSources.of(folder)), "Ultra");

        assertThat(report.locations())
                .extracting(LocationSummary::sku, LocationSummary::model)
                .containsExactly(Assertions.tuple("Ultra", "classic"));
        assertThat(report.problems()).noneMatch(problem -> problem.code().equals("KB-N114"));
        assertThat(report.results())
                .filteredOn(result -> result.rule().equals("C-FLOW-OUT-SQL"))
                .noneMatch(result -> result.outcome() == Outcome.UNDETERMINED);
        assertThat(report.results())
                .filteredOn(result -> result.rule().equals("C-SIZE-GROW"))
                .extracting(Result::message)
                .anySatisfy(message -> assertThat(message).contains("with 70 units"));
    }

    @Test
    void aFolderSetsParametersAndAccepts() throws IOException {
        Files.writeString(folder.resolve("parameters.yaml"), "classicLongestPrefix: 24\n");
        Files.writeString(
                folder.resolve("waivers.yaml"),
                "- {rule: C-SIZE-MIN, subject: '*/apim', reason: r, owner: o, expires: 2027-01-01}\n");

        KnowledgeBase rules = KnowledgeBase.load(RuleSources.of(folder));

        assertThat(rules.parameters().number(Parameter.CLASSIC_LONGEST_PREFIX)).isEqualTo(24);
        assertThat(rules.waivers().entries())
                .extracting(Waivers.Accepting::rule)
                .containsExactly("C-SIZE-MIN");
        assertThat(evaluate(rules, "Premium").results())
                .filteredOn(result -> result.rule().equals("C-SIZE-MIN"))
                .extracting(Result::outcome)
                .containsExactly(Outcome.VIOLATED);
    }

    @Test
    void anExportThatShowsAFeatureInUseIsBelieved() {
        ExampleNetwork network = ExampleNetwork.read(RuleCases.FOLDER.resolve("bases/external.yaml"))
                .with(
                        "logger: {type: Microsoft.ApiManagement/service/loggers, parent: '@apim', loggerType: azureEventHub}");
        Parameters parameters = Parameters.parse(Map.of("featuresNotInUse", "event_hub_logger,git"));

        SnapshotReport report =
                KnowledgeBase.packaged().evaluate(network.read("network"), Options.DEFAULT.withParameters(parameters));

        assertThat(report.problems())
                .filteredOn(problem -> problem.code().equals("KB-N369"))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("featuresNotInUse names event_hub_logger, but ")
                .endsWith(" shows it in use; the export is believed");
    }

    @Test
    void everyProblemOfTheseFilesIsTold() throws IOException {
        Files.writeString(folder.resolve("tiers.csv"), "tier,generation\nUltra,v3\n");
        Files.writeString(folder.resolve("parameters.yaml"), "featuresInUse: git\nfeaturesNotInUse: git\nx: 1\n");
        Files.writeString(folder.resolve("waivers.yaml"), "{}");

        RulesRejectedException rejected = Assertions.catchThrowableOfType(
                RulesRejectedException.class, () -> KnowledgeBase.load(RuleSources.of(folder)));

        assertThat(rejected.problems())
                .extracting(
                        problem -> problem.code() + " " + problem.at().text().replace(folder + "/", ""))
                .containsExactly(
                        "KB-E369 parameters.yaml:2:1",
                        "KB-E367 parameters.yaml:3:1",
                        "KB-E364 tiers.csv, cell B2",
                        "KB-E360 waivers.yaml:1:1");
    }
}
