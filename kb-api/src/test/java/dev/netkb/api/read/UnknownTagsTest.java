package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.UnknownTags;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.ServiceTag;
import dev.netkb.model.value.ServiceTags;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class UnknownTagsTest {

    private static final String RULE = """
            {'name': '%s', 'properties': {'priority': %d, 'direction': 'Outbound', 'access': 'Allow', 'protocol': 'Tcp',
             'sourceAddressPrefix': '*', 'sourcePortRange': '*', 'destinationAddressPrefix': '%s',
             'destinationPortRange': '443'}}""";

    private static Snapshot network(String first, String second, String routed) {
        return Reading.snapshot(Reading.texts(
                """
                [{'name': 'nsg', 'type': 'Microsoft.Network/networkSecurityGroups', 'properties': {'securityRules': [
                %s, %s]}},
                {'name': 'rt', 'type': 'Microsoft.Network/routeTables', 'properties': {'routes': [
                  {'name': 'r', 'properties': {'addressPrefix': '%s', 'nextHopType': 'Internet'}}]}}]
                """.formatted(RULE.formatted("a", 100, first), RULE.formatted("b", 200, second), routed)));
    }

    @Test
    void knownTagsSayNothing() {
        assertThat(UnknownTags.in(network("Sql", "Storage.WestEurope", "ApiManagement")))
                .isEmpty();
    }

    @Test
    void aMisspeltTagIsNamedOnceWithTheNearestName() {
        List<Problem> problems = UnknownTags.in(network("Storag", "Storag", "ApiManagment"));

        assertThat(problems).extracting(Problem::code).containsExactly("KB-N202", "KB-N202");
        assertThat(problems)
                .extracting(Problem::message)
                .containsExactly(
                        "route rt/r names 'ApiManagment', which is no known service tag",
                        "rule nsg/a and 1 more name 'Storag', which is no known service tag");
        assertThat(problems.get(0).hint()).startsWith("Maybe ApiManagement.");
        assertThat(problems.get(1).hint()).startsWith("Maybe Storage");
        assertThat(problems.get(1).at().pointer()).isEqualTo("/0/properties/securityRules/0");
    }

    @Test
    void tagDataMakeTheirTagsKnown() {
        ServiceTags data =
                ServiceTags.of("Public", "1", "tags", Map.of(ServiceTag.of("BrandNew"), List.of("203.0.113.0/24")));

        assertThat(UnknownTags.in(network("BrandNew", "Sql", "Sql").withServiceTags(data)))
                .isEmpty();
        assertThat(UnknownTags.in(network("BrandNow", "Sql", "Sql").withServiceTags(data)))
                .singleElement()
                .extracting(Problem::hint)
                .asString()
                .startsWith("Maybe BrandNew.");
    }

    @TestFactory
    List<DynamicTest> whatAzureExportedIsKnown() {
        return SharedData.files("exports").stream()
                .map(file -> DynamicTest.dynamicTest(SharedData.name(file), () -> {
                    Snapshot snapshot = Reading.snapshot(SharedData.read(file));

                    // Some tags exist only in Microsoft's own subscriptions.
                    assertThat(UnknownTags.in(snapshot))
                            .allMatch(problem -> problem.message().contains("'CorpNet"));
                }))
                .toList();
    }
}
