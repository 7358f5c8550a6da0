package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.test.ExampleNetwork;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several instances in one subnet are counted once, together. */
class SharedSubnetTest {

    @Test
    void theAddressesOfAllInstancesAreSummedOnce() {
        ExampleNetwork network = ExampleNetwork.read(Path.of("src/test/resources/examples/bases/external.yaml"))
                .with("vnet: {subnets: {apim: {addressPrefix: 10.0.1.0/27}}}")
                .with("apim: {sku: {capacity: 14}}")
                .with(instance("apim2"))
                .with(instance("apim3"));

        SnapshotReport report = KnowledgeBase.packaged().evaluate(network.read("shared"), Options.DEFAULT);

        assertThat(violations(report, "C-SIZE-NOW")).singleElement().satisfies(result -> {
            assertThat(result.message()).endsWith("need 84");
            assertThat(result.notes()).containsExactly("the same holds for apim2, apim3");
        });
        assertThat(violations(report, "C-SIZE-GROW")).hasSize(1);
    }

    /** What is said of the instance itself is said of each. */
    @Test
    void instancesThatBreakARequirementEachHaveAResult() {
        ExampleNetwork network = ExampleNetwork.read(Path.of("src/test/resources/examples/bases/external.yaml"))
                .with("nsg: {securityRules: {D: 200 Deny Out Tcp to Sql}}")
                .with(instance("apim2"));

        SnapshotReport report = KnowledgeBase.packaged().evaluate(network.read("shared"), Options.DEFAULT);

        assertThat(violations(report, "C-FLOW-OUT-SQL")).hasSize(2);
    }

    private static List<Result> violations(SnapshotReport report, String rule) {
        return report.results().stream()
                .filter(r -> r.rule().equals(rule) && r.outcome() == Outcome.VIOLATED)
                .toList();
    }

    private static String instance(String name) {
        return name + ": {type: Microsoft.ApiManagement/service, name: " + name
                + ", location: West Europe, sku: {name: Premium, capacity: 14}, virtualNetworkType: External,"
                + " virtualNetworkConfiguration: {subnetResourceId: '@vnet/subnets/apim'},"
                + " publicIPAddresses: [20.50.1.2], platformVersion: stv2.1, provisioningState: Succeeded}";
    }
}
