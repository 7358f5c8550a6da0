package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
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

        List<String> results =
                KnowledgeBase.packaged().evaluate(network.read("shared"), Options.DEFAULT).results().stream()
                        .filter(r -> r.rule().equals("C-SIZE-NOW") && r.outcome() == Outcome.VIOLATED)
                        .map(Result::message)
                        .toList();

        assertThat(results).hasSize(3).allMatch(message -> message.endsWith("need 84"));
    }

    private static String instance(String name) {
        return name + ": {type: Microsoft.ApiManagement/service, name: " + name
                + ", location: West Europe, sku: {name: Premium, capacity: 14}, virtualNetworkType: External,"
                + " virtualNetworkConfiguration: {subnetResourceId: '@vnet/subnets/apim'},"
                + " publicIPAddresses: [20.50.1.2], platformVersion: stv2.1, provisioningState: Succeeded}";
    }
}
