package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.RuleInfo;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.test.ExampleNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the examples of network status do not show: routes, time, answers of Azure as they were recorded. */
class NetworkStatusTest {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();
    private static final Set<String> IDS = Set.of("C-NS-REQ", "C-NS-OPT", "C-NS-AGE", "C-NS-DNS", "C-DNS-ORDER");

    private static ExampleNetwork external() {
        return ExampleNetwork.read(Path.of("src/test/resources/examples/bases/external.yaml"));
    }

    private static Map<String, Outcome> outcomes(ReadResult read, Options options) {
        return RULES.evaluate(read, options.withAll(true)).results().stream()
                .filter(result -> IDS.contains(result.rule()))
                .collect(Collectors.toMap(Result::rule, Result::outcome, (a, b) -> a == Outcome.VIOLATED ? a : b));
    }

    @Test
    void aRouteToNowhereExplainsADependencyThatFails() {
        ExampleNetwork network = external().with("""
                vnet: {subnets: {apim: {routeTable: "@routes"}}}
                routes: {type: Microsoft.Network/routeTables, location: westeurope, routes: {ToSql: Sql -> None}}
                status:
                  locations:
                    West Europe: {connectivityStatus: {contoso.database.windows.net: {status: failure}}}
                """);

        Result result = RULES.evaluate(network.read("example"), Options.DEFAULT).results().stream()
                .filter(r -> r.rule().equals("C-NS-REQ"))
                .findFirst()
                .orElseThrow();

        assertThat(result.message())
                .contains("Tcp 1433 outbound to Sql is denied by the user route ToSql (Sql to None) (C-FLOW-OUT-SQL)");
        assertThat(result.evidence())
                .anyMatch(e -> e.key().equals("decidingRule") && e.value().contains("ToSql"));
    }

    @Test
    void theSameSnapshotIsOldLaterAndNotByItself() {
        ReadResult read = external().read("example");
        Options later = Options.DEFAULT.withAsOf(Instant.parse("2026-11-20T09:40:00Z"));

        assertThat(outcomes(read, Options.DEFAULT))
                .containsOnlyKeys(IDS)
                .allSatisfy((id, outcome) -> assertThat(outcome).isEqualTo(Outcome.PASSED));
        assertThat(outcomes(read, later))
                .containsEntry("C-NS-AGE", Outcome.VIOLATED)
                .containsEntry("C-NS-REQ", Outcome.UNDETERMINED)
                .containsEntry("C-NS-OPT", Outcome.UNDETERMINED)
                .containsEntry("C-NS-DNS", Outcome.UNDETERMINED)
                .containsEntry("C-DNS-ORDER", Outcome.UNDETERMINED);
    }

    @Test
    void anAnswerOfNobodyIsNoticed() {
        ExampleNetwork network = external().with("status: {locations: {West Europe: null, East US: {dnsServers: []}}}");

        SnapshotReport report = RULES.evaluate(network.read("example"), Options.DEFAULT);

        assertThat(report.problems()).extracting(Problem::code).containsExactly("KB-N203", "KB-N207");
        assertThat(report.problems().get(0).message()).contains("apim-contoso", "eastus");
        assertThat(report.problems().get(0).at().line()).isPositive();
    }

    @Test
    void aSnapshotOfManyServicesTakesAnswersOfUnknownServicesForNobodys() {
        ExampleNetwork network = external().with("""
                status: {service: null}
                other:
                  type: Microsoft.ApiManagement/service
                  location: West Europe
                  sku: {name: Developer, capacity: 1}
                  virtualNetworkType: Internal
                  virtualNetworkConfiguration: {subnetResourceId: "@vnet/subnets/apim"}
                """);

        assertThat(RULES.evaluate(network.read("example"), Options.DEFAULT).results().stream()
                        .filter(result -> result.rule().equals("C-NS-REQ")))
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.message()).contains("wrap the answer"));
    }

    @Test
    void everyKindOfDependencyIsTiedToIdsOfTheIndex() {
        Set<String> known = RequirementsIndex.read().stream()
                .map(RequirementsIndex.Line::id)
                .collect(Collectors.toSet());
        Set<String> flows = RULES.catalogue().stream()
                .filter(info -> info.kind().equals("flow"))
                .map(RuleInfo::id)
                .collect(Collectors.toSet());

        assertThat(PackageFiles.table("status.csv")).hasSizeGreaterThan(10).allSatisfy(row -> {
            List<String> ids = PackageFiles.parts(row.getOrDefault("flows", ""));
            assertThat(known).containsAll(ids);
            assertThat(ids.isEmpty() || ids.stream().anyMatch(flows::contains))
                    .as(row.get("resource_type"))
                    .isTrue();
            assertThat(row.get("purpose")).isNotBlank();
        });
    }

    /** The service that answered is not on record, so a network is made up around the answer. */
    @ParameterizedTest
    @CsvSource({
        "rest-examples/apimanagement-2022-08-01/ApiManagementServiceGetNetworkStatus.json, West US, 10.82.98.10, PASSED",
        "rest-examples/apimanagement-2023-05-01-preview/ApiManagementServiceGetNetworkStatus.json, Central US EUAP, 168.63.129.16, PASSED",
        "rest-examples/apimanagement-2019-12-01/ApiManagementServiceGetNetworkStatus.json, West Europe, 100.78.90.70, UNDETERMINED",
        "exports/apim-live/network-status-by-service.json, East US, 168.63.129.16, PASSED"
    })
    void recordedAnswersAreDecided(String file, String region, String dns, Outcome expected) throws IOException {
        Path data = RealDataTest.data();
        assumeTrue(data != null && Files.exists(data.resolve(file)), "the recorded answer is not here: " + file);
        Path recorded = Objects.requireNonNull(data).resolve(file);
        String network =
                """
                [{"id": "/subscriptions/%1$s/resourceGroups/rg1/providers/Microsoft.ApiManagement/service/apimService1",
                  "name": "apimService1", "type": "Microsoft.ApiManagement/service", "location": "%2$s",
                  "sku": {"name": "Premium", "capacity": 1},
                  "properties": {"virtualNetworkType": "Internal", "platformVersion": "stv2",
                    "virtualNetworkConfiguration": {"subnetResourceId":
                      "/subscriptions/%1$s/resourceGroups/rg1/providers/Microsoft.Network/virtualNetworks/v/subnets/s"}}},
                 {"id": "/subscriptions/%1$s/resourceGroups/rg1/providers/Microsoft.Network/virtualNetworks/v",
                  "name": "v", "type": "Microsoft.Network/virtualNetworks", "location": "%2$s",
                  "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
                    "dhcpOptions": {"dnsServers": ["%3$s"]},
                    "subnets": [{"name": "s", "properties": {"addressPrefix": "10.0.0.0/24"}}]}}]
                """.formatted(file.contains("2023") ? "00000000-0000-0000-0000-000000000000" : "subid", region, dns);
        ReadResult read = SnapshotReader.create()
                .read(new SnapshotSource(
                        "recorded",
                        List.of(
                                new SourceFile("network.json", network.getBytes(StandardCharsets.UTF_8)),
                                new SourceFile("status.json", Files.readAllBytes(recorded)))));

        Map<String, Outcome> outcomes = outcomes(read, Options.DEFAULT);

        assertThat(outcomes.get("C-NS-REQ")).isEqualTo(expected);
        assertThat(outcomes.get("C-NS-OPT")).isEqualTo(expected);
        assertThat(outcomes.get("C-NS-AGE")).isEqualTo(Outcome.PASSED);
        assertThat(outcomes.get("C-NS-DNS")).isEqualTo(Outcome.PASSED);
        assertThat(outcomes(read, Options.DEFAULT.withAsOf(Instant.parse("2026-11-20T09:40:00Z")))
                        .get("C-NS-AGE"))
                .isEqualTo(Outcome.VIOLATED);
    }
}
