package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.RefusedRoutes;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedRoutesTest {

    private static Snapshot routeTo(String destination) {
        return Reading.snapshot(Reading.texts("""
                [{'id': '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/routeTables/rt', 'name': 'rt',
                  'type': 'Microsoft.Network/routeTables', 'properties': {'routes': [
                  {'name': 'r', 'properties': {'addressPrefix': '%s', 'nextHopType': 'None'}}]}}]
                """.formatted(destination)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Internet", "VirtualNetwork", "AzureLoadBalancer", "AzurePlatformDNS"})
    void tagsThatOnlyRulesMayNameAreTold(String tag) {
        List<Problem> problems = RefusedRoutes.in(routeTo(tag));

        assertThat(problems).singleElement().extracting(Problem::code).isEqualTo("KB-N205");
        assertThat(problems.get(0).message()).contains("route rt/r is for " + tag);
        assertThat(problems.get(0).at().pointer()).isEqualTo("/0/properties/routes/0");
    }

    @Test
    void otherDestinationsSayNothing() {
        assertThat(RefusedRoutes.in(routeTo("Storage"))).isEmpty();
        assertThat(RefusedRoutes.in(routeTo("0.0.0.0/0"))).isEmpty();
    }
}
