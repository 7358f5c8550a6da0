package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.UnusedRoutes;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnusedRoutesTest {

    private static final String RG = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/";
    private static final String NIC = RG + "Microsoft.Network/networkInterfaces/vm";
    private static final String ROUTES = """
            {%s'value': [{'source': 'Default', 'state': 'Active', 'addressPrefix': ['0.0.0.0/0'], 'nextHopType': 'Internet',
              'nextHopIpAddress': []}]}""";

    private static Snapshot network(String of, String... subnets) {
        String list = String.join(
                ",",
                List.of(subnets).stream()
                        .map("{'name': '%s', 'properties': {'addressPrefix': '10.0.1.0/24'}}"::formatted)
                        .toList());
        return Reading.snapshot(Reading.texts("""
                [{'id': '%sMicrosoft.Network/virtualNetworks/vnet', 'name': 'vnet',
                  'type': 'Microsoft.Network/virtualNetworks',
                  'properties': {'addressSpace': {'addressPrefixes': ['10.0.0.0/16']}, 'subnets': [%s]}}]
                """.formatted(RG, list), ROUTES.formatted(of)));
    }

    @Test
    void routesOfTheOnlySubnetAreUsed() {
        assertThat(UnusedRoutes.in(network("", "a"))).isEmpty();
    }

    @Test
    void routesOfNobodyAreToldWhereThereAreTwoSubnets() {
        List<Problem> problems = UnusedRoutes.in(network("", "a", "b"));

        assertThat(problems).singleElement().extracting(Problem::code).isEqualTo("KB-N204");
        assertThat(problems.get(0).message()).endsWith("does not say of which network interface they are");
        assertThat(problems.get(0).hint()).contains("networkInterfaceId");
    }

    @Test
    void routesOfAnInterfaceThatLiesNowhereAreTold() {
        List<Problem> problems = UnusedRoutes.in(network("'networkInterfaceId': '" + NIC + "', ", "a"));

        assertThat(problems)
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains(NIC);
        assertThat(problems.get(0).hint()).contains("az network nic show --ids " + NIC);
    }
}
