package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.StaleRoutes;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import org.junit.jupiter.api.Test;

class StaleRoutesTest {

    private static final String RG = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/";

    /** @param hop where the route 0.0.0.0/0 of the table leads */
    private static Snapshot network(String hop, String source, String effectiveHop) {
        return Reading.snapshot(Reading.texts("""
                [{'id': '%1$sMicrosoft.Network/virtualNetworks/vnet', 'name': 'vnet',
                  'type': 'Microsoft.Network/virtualNetworks',
                  'properties': {'addressSpace': {'addressPrefixes': ['10.0.0.0/16']},
                    'subnets': [{'name': 'apim', 'properties': {'addressPrefix': '10.0.1.0/24',
                      'routeTable': {'id': '%1$sMicrosoft.Network/routeTables/rt'}}}]}},
                 {'id': '%1$sMicrosoft.Network/routeTables/rt', 'name': 'rt', 'type': 'Microsoft.Network/routeTables',
                  'properties': {'routes': [{'name': 'out', 'properties': {'addressPrefix': '0.0.0.0/0',
                    'nextHopType': '%2$s'}}]}}]
                """.formatted(RG, hop), """
                {'value': [{'source': '%s', 'state': 'Active', 'addressPrefix': ['0.0.0.0/0'], 'nextHopType': '%s',
                  'nextHopIpAddress': []}]}""".formatted(source, effectiveHop)));
    }

    @Test
    void effectiveRoutesThatShowTheTableAreCurrent() {
        assertThat(StaleRoutes.in(network("None", "User", "None"))).isEmpty();
    }

    @Test
    void effectiveRoutesWithAnotherHopAreOlder() {
        assertThat(StaleRoutes.in(network("None", "User", "Internet")))
                .singleElement()
                .extracting(Problem::code)
                .isEqualTo("KB-N206");
    }

    @Test
    void effectiveRoutesWithoutTheRouteAreOlder() {
        assertThat(StaleRoutes.in(network("Internet", "Default", "Internet")))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("subnet apim lack route rt/out (0.0.0.0/0 to Internet)");
    }
}
