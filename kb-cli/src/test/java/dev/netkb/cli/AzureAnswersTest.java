package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.FlowRemote;
import dev.netkb.model.reach.Reachability;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks the questions that somebody asked Azure's Network Watcher, and compares with Azure's recorded answers. The
 * machine was alone in 10.0.0.0/24 behind a group without rules of its own.
 */
class AzureAnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String NETWORK = """
            [
              {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vm1VNET",
               "name": "vm1VNET", "type": "Microsoft.Network/virtualNetworks", "location": "westus",
               "properties": {
                 "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
                 "subnets": [
                   {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vm1VNET/subnets/vm1Subnet",
                    "name": "vm1Subnet",
                    "properties": {
                      "addressPrefix": "10.0.0.0/24",
                      "networkSecurityGroup":
                        {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg1"}}}]}},
              {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg1",
               "name": "nsg1", "type": "Microsoft.Network/networkSecurityGroups", "location": "westus",
               "properties": {"securityRules": []}}
            ]
            """;

    @TempDir
    private Path folder;

    private Path network = Path.of("");

    @BeforeEach
    void writeTheNetwork() throws IOException {
        network = Files.writeString(folder.resolve("network.json"), NETWORK);
    }

    @Test
    void agreesOnAnInboundFlow() throws IOException {
        agrees("ip-flow-verify-inbound");
    }

    @Test
    void agreesOnAnOutboundFlow() throws IOException {
        agrees("ip-flow-verify-outbound");
    }

    private void agrees(String name) throws IOException {
        JsonNode asked = read(name + ".request.json");
        JsonNode azure = read(name + ".response.json");
        boolean in = asked.at("/direction").asText().equals("Inbound");
        String local = asked.at("/localIPAddress").asText();
        String remote = asked.at("/remoteIPAddress").asText();
        String localPort = asked.at("/localPort").asText();
        String remotePort = asked.at("/remotePort").asText();

        Ran ran = Ran.by(
                SnapshotReader.create(),
                "",
                "flow",
                network.toString(),
                "--from=" + (in ? remote : local),
                "--to=" + (in ? local : remote),
                "--protocol=" + asked.at("/protocol").asText(),
                "--source-port=" + (in ? remotePort : localPort),
                "--port=" + (in ? localPort : remotePort),
                "--format=json");

        assertThat(ran.status()).as(ran.err()).isEqualTo(ExitStatus.OK);
        JsonNode flow = JSON.readTree(ran.out()).at("/flow");
        String rule = azure.at("/ruleName").asText().replace("defaultSecurityRules/", "");
        // IP flow verify answers for the groups; where packets go is the question of next hop.
        assertThat(flow.at("/stages/0/stage").asText()).isEqualTo("nsg");
        assertThat(flow.at("/stages/0/verdict").asText())
                .isEqualTo(azure.at("/access").asText().equals("Allow") ? "allowed" : "denied");
        assertThat(flow.at("/stages/0/decidedBy")).hasSize(1);
        assertThat(flow.at("/stages/0/decidedBy/0/name").asText()).isEqualTo("nsg1/" + rule);
    }

    /** The diagnostics ask about an address outside the subnet, so the group is asked and not the command line. */
    @Test
    void agreesOnTheMatchedRuleOfTheDiagnostics() throws IOException {
        JsonNode profile = read("configuration-diagnostic.request.json").at("/profiles/0");
        JsonNode azure = read("configuration-diagnostic.response.json").at("/results/0/networkSecurityGroupResult");
        Snapshot snapshot =
                SnapshotFiles.snapshot(network).read(SnapshotReader.create()).snapshot();
        assertThat(snapshot).isNotNull();
        Subnet subnet = snapshot.subnets().get(0);
        AddressPrefix source = AddressPrefix.parse(profile.at("/source").asText());

        FlowDecision decision = Reachability.of(snapshot)
                .decide(new Flow(
                        subnet,
                        Direction.INBOUND,
                        ProtocolSet.TCP,
                        PortSet.ALL,
                        PortSet.parse(profile.at("/destinationPort").asText()),
                        new FlowRemote.Addresses(source.addresses(), source.text()),
                        AddressPrefix.parse(profile.at("/destination").asText()).addresses(),
                        false));

        assertThat(decision.verdict())
                .isEqualTo(
                        azure.at("/securityRuleAccessResult").asText().equals("Deny")
                                ? Verdict.DENIED
                                : Verdict.ALLOWED);
        String matched = azure.at("/evaluatedNetworkSecurityGroups/0/matchedRule/ruleName")
                .asText()
                .replace("DefaultRule_", "");
        Decider decider = decision.stages().get(0).parts().get(0).decider();
        assertThat(decider)
                .isInstanceOfSatisfying(
                        Decider.Rule.class,
                        rule -> assertThat(rule.rule().name()).isEqualTo(matched));
        // Azure tries the rules in our order and ends at the one that matches whole.
        JsonNode tried = azure.at("/evaluatedNetworkSecurityGroups/0/rulesEvaluationResult");
        assertThat(snapshot.networkSecurityGroups().get(0).rules(Direction.INBOUND).stream()
                        .map(NsgRule::name)
                        .map(name -> "DefaultRule_" + name))
                .containsExactlyElementsOf(tried.findValuesAsText("name"));
    }

    private static JsonNode read(String name) throws IOException {
        Optional<Path> data = Optional.ofNullable(data());
        assumeTrue(data.isPresent(), "no folder shared/data beside the project: Azure's answers are not compared");
        return JSON.readTree(data.orElseThrow()
                .resolve("exports/cli-2023/oracle")
                .resolve(name)
                .toFile());
    }

    /** The folder of real data: the system property {@code netkb.data}, or {@code shared/data} beside a parent folder. */
    private static @Nullable Path data() {
        String set = System.getProperty("netkb.data");
        if (set != null) {
            return Path.of(set);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("data");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
