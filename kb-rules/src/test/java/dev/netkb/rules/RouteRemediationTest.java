package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.test.ExampleNetwork;
import dev.netkb.test.RuleVerifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A flow that routes lose is cured by a route, as narrow as the flow, and its evidence points to the route. */
class RouteRemediationTest {

    private static final ExampleNetwork EXTERNAL =
            ExampleNetwork.read(Path.of("src/test/resources/examples/bases/external.yaml"));

    private static ExampleNetwork withRoutes(String routes) {
        return EXTERNAL.with("vnet: {subnets: {apim: {routeTable: '@routes'}}}")
                .with("routes: {type: Microsoft.Network/routeTables, name: rt-apim, location: westeurope, routes: {"
                        + routes + "}}");
    }

    private static Result violated(ExampleNetwork network, String rule) {
        return RuleVerifier.packaged().rule(rule).given(network).report().results().stream()
                .filter(result -> result.rule().equals(rule) && result.outcome() == Outcome.VIOLATED)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> az(Result result) {
        return Objects.requireNonNull(result.remediation()).commands().get("az");
    }

    @Test
    void theTagGetsARouteInTheTableOfTheSubnet() {
        Result result = violated(withRoutes("default: 0.0.0.0/0 -> VirtualAppliance 10.9.0.4"), "C-FLOW-IN-3443");

        assertThat(az(result))
                .containsExactly("az network route-table route create -g rg-example --route-table-name rt-apim"
                        + " -n ApiManagement-to-internet --address-prefix ApiManagement --next-hop-type Internet");
    }

    @Test
    void clientsGetARouteForEachOfTheirRanges() {
        Result result = violated(withRoutes("default: 0.0.0.0/0 -> VirtualAppliance 10.9.0.4"), "C-FLOW-IN-CLIENT");

        assertThat(az(result))
                .singleElement()
                .asString()
                .contains("--address-prefix '<address range of clients>'")
                .doesNotContain("nsg");
    }

    @Test
    void aRouteToNowhereIsRemoved() {
        Result result = violated(withRoutes("storage: Storage -> None"), "C-FLOW-OUT-STORAGE");

        assertThat(az(result))
                .containsExactly(
                        "az network route-table route delete -g rg-example --route-table-name rt-apim -n storage");
    }

    @Test
    void anEffectiveRouteWithoutANameIsFoundInTheTable() {
        ExampleNetwork network = withRoutes("hole: 0.0.0.0/0 -> None")
                .with("effective: {type: effectiveRoutes, routes: ['User 0.0.0.0/0 -> None']}");

        assertThat(az(violated(network, "C-FLOW-OUT-STORAGE")))
                .containsExactly(
                        "az network route-table route delete -g rg-example --route-table-name rt-apim -n hole");
    }

    @Test
    void anEffectiveRouteThatNoTableHasIsNamedByItsPrefix() {
        Result result = violated(
                EXTERNAL.with("effective: {type: effectiveRoutes, routes: ['User 0.0.0.0/0 -> None']}"),
                "C-FLOW-OUT-STORAGE");

        assertThat(az(result)).isEmpty();
        assertThat(Objects.requireNonNull(result.remediation()).hint())
                .isEqualTo("Remove the route (0.0.0.0/0 to None) from the route table of subnet apim;"
                        + " the export does not say its name.");
        assertThat(result.message()).contains("by the user route (0.0.0.0/0 to None)");
    }

    @Test
    void aSubnetWithoutATableGetsOne() {
        ExampleNetwork learned = EXTERNAL.with("""
                effective:
                  type: effectiveRoutes
                  routes: [VirtualNetworkGateway 0.0.0.0/0 -> VirtualNetworkGateway]
                """);

        Result result = violated(learned, "C-FLOW-IN-3443");

        assertThat(az(result))
                .containsExactly(
                        "az network route-table create -g rg-example -n apim-routes -l westeurope",
                        "az network route-table route create -g rg-example --route-table-name apim-routes"
                                + " -n ApiManagement-to-internet --address-prefix ApiManagement --next-hop-type Internet",
                        "az network vnet subnet update -g rg-example --vnet-name vnet-contoso -n apim"
                                + " --route-table apim-routes");
    }

    @Test
    void whatGroupsAndRoutesDenyNeedsBoth() {
        ExampleNetwork both = withRoutes("default: 0.0.0.0/0 -> VirtualAppliance 10.9.0.4")
                .with("nsg: {securityRules: {DenySome: 105 Deny In * from ApiManagement.WestEurope}}");

        assertThat(az(violated(both, "C-FLOW-IN-3443")))
                .satisfiesExactly(
                        rule -> assertThat(rule).startsWith("az network nsg rule create"),
                        route -> assertThat(route).startsWith("az network route-table route create"));
    }

    @Test
    void evidencePointsToTheRoute() {
        Result result = violated(withRoutes("default: 0.0.0.0/0 -> VirtualAppliance 10.9.0.4"), "C-FLOW-IN-3443");

        assertThat(result.evidence()).singleElement().satisfies(RouteRemediationTest::isTheRoute);
        assertThat(Objects.requireNonNull(result.flow()).stages())
                .filteredOn(stage -> stage.stage().equals("route"))
                .flatExtracting(stage -> stage.decidedBy())
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.type()).isEqualTo("route");
                    assertThat(rule.isDefault()).isFalse();
                    assertThat(rule.at().pointer()).contains("/routes/");
                });
    }

    private static void isTheRoute(Evidence evidence) {
        assertThat(Objects.requireNonNull(evidence.fact()).type()).isEqualTo("Route");
        assertThat(evidence.at().pointer()).contains("/routes/");
        assertThat(evidence.at().line()).isPositive();
        assertThat(evidence.value()).isEqualTo("user route default (0.0.0.0/0 to VirtualAppliance 10.9.0.4)");
    }
}
