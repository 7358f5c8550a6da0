package dev.netkb.model.reach.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.reach.Decider;
import dev.netkb.model.reach.Flow;
import dev.netkb.model.reach.FlowDecision;
import dev.netkb.model.reach.FlowRemote;
import dev.netkb.model.reach.Packet;
import dev.netkb.model.reach.Reachability;
import dev.netkb.model.reach.ResolvedRoute;
import dev.netkb.model.reach.RuleMatch;
import dev.netkb.model.reach.RuleMatch.Matched;
import dev.netkb.model.reach.Stage;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.IpAddress;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.Protocol;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What Azure's Network Watcher answered about a machine in a network 10.0.0.0/16 whose group holds the default rules
 * only. The group was on the network interface; here it is on the subnet, which is the same to the packets asked about.
 */
class AzureAnswersTest {

    private static final String FOLDER = "exports/cli-2023/oracle/";
    private static final ResourceId GROUP = WorldGenerator.groupId("nsg1");
    private static final ResourceId VNET =
            ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/vnet");
    private static final Subnet SUBNET = new Subnet(
            VNET.child("subnets", "subnet"),
            "subnet",
            VNET,
            List.of(AddressPrefix.parse("10.0.0.0/24")),
            GROUP,
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            Provenance.NONE);

    private static final Snapshot SNAPSHOT = Snapshot.builder()
            .add(new VirtualNetwork(VNET, "vnet", null, List.of(AddressPrefix.parse("10.0.0.0/16")), Provenance.NONE))
            .add(SUBNET)
            .add(new NetworkSecurityGroup(GROUP, "nsg1", null, NsgRule.defaults(GROUP), Provenance.NONE))
            .build();

    private static void isReproduced(String question) {
        JsonNode request = RealData.json(FOLDER + question + ".request.json");
        JsonNode response = RealData.json(FOLDER + question + ".response.json");
        Direction direction = Direction.valueOf(text(request, "direction").toUpperCase(Locale.ROOT));
        boolean inbound = direction == Direction.INBOUND;
        PortSet local = PortSet.parse(text(request, "localPort"));
        PortSet remote = PortSet.parse(text(request, "remotePort"));

        FlowDecision decision = Reachability.ofGroups(SNAPSHOT)
                .decide(new Flow(
                        SUBNET,
                        direction,
                        ProtocolSet.tryParse(text(request, "protocol")).orElseThrow(),
                        inbound ? remote : local,
                        inbound ? local : remote,
                        new FlowRemote.Addresses(
                                AddressPrefix.parse(text(request, "remoteIPAddress"))
                                        .addresses(),
                                "remote"),
                        AddressPrefix.parse(text(request, "localIPAddress")).addresses(),
                        false));

        assertThat(decision.stages())
                .singleElement()
                .satisfies(stage -> assertThat(stage.parts()).singleElement().satisfies(part -> {
                    Decider.Rule decider = (Decider.Rule) part.decider();
                    assertThat(decider.rule().access().azureName()).isEqualTo(text(response, "access"));
                    assertThat("defaultSecurityRules/" + decider.rule().name()).isEqualTo(text(response, "ruleName"));
                }));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    @Test
    void ipFlowVerifyInbound() {
        isReproduced("ip-flow-verify-inbound");
    }

    @Test
    void ipFlowVerifyOutbound() {
        isReproduced("ip-flow-verify-outbound");
    }

    /** Network Watcher calls the next hop within a network "VirtualNetwork", and what is no user route "System Route". */
    @Test
    void nextHop() {
        JsonNode request = RealData.json(FOLDER + "next-hop.request.json");
        JsonNode response = RealData.json(FOLDER + "next-hop.response.json");

        FlowDecision decision = Reachability.of(SNAPSHOT)
                .decide(new Flow(
                        SUBNET,
                        Direction.OUTBOUND,
                        ProtocolSet.ALL,
                        PortSet.ALL,
                        PortSet.ALL,
                        new FlowRemote.Addresses(
                                AddressPrefix.parse(text(request, "destinationIPAddress"))
                                        .addresses(),
                                "destination"),
                        AddressPrefix.parse(text(request, "sourceIPAddress")).addresses(),
                        false));

        assertThat(decision.stages())
                .filteredOn(stage -> stage.stage() == Stage.ROUTE)
                .singleElement()
                .satisfies(stage -> assertThat(stage.parts()).singleElement().satisfies(part -> {
                    ResolvedRoute route = ((Decider.Routed) part.decider()).route();
                    assertThat(route.nextHopType()).isEqualTo(NextHopType.VNET_LOCAL);
                    assertThat(text(response, "nextHopType")).isEqualTo("VirtualNetwork");
                    assertThat(route.isUserDefined() ? route.id().text() : "System Route")
                            .isEqualTo(text(response, "routeTableId"));
                }));
    }

    @Test
    void configurationDiagnosticRuleByRule() {
        JsonNode profile = RealData.json(FOLDER + "configuration-diagnostic.request.json")
                .path("profiles")
                .path(0);
        JsonNode group = RealData.json(FOLDER + "configuration-diagnostic.response.json")
                .path("results")
                .path(0)
                .path("networkSecurityGroupResult")
                .path("evaluatedNetworkSecurityGroups")
                .path(0);
        Packet packet = new Packet(
                Protocol.tryParse(text(profile, "protocol")).orElseThrow(),
                IpAddress.parse(text(profile, "source")),
                0,
                IpAddress.parse(text(profile, "destination")),
                profile.path("destinationPort").asInt());

        List<RuleMatch> explained = Reachability.ofGroups(SNAPSHOT).explain(SUBNET, Direction.INBOUND, packet);

        List<String> expected = new ArrayList<>();
        group.path("rulesEvaluationResult")
                .forEach(rule -> expected.add(text(rule, "name")
                        + rule.path("protocolMatched").asBoolean()
                        + rule.path("sourceMatched").asBoolean()
                        + rule.path("sourcePortMatched").asBoolean()
                        + rule.path("destinationMatched").asBoolean()
                        + rule.path("destinationPortMatched").asBoolean()));
        assertThat(expected).hasSize(3);
        assertThat(explained)
                .extracting(match -> "DefaultRule_" + match.rule().name()
                        + (match.protocol() == Matched.YES)
                        + (match.source() == Matched.YES)
                        + (match.sourcePort() == Matched.YES)
                        + (match.destination() == Matched.YES)
                        + (match.destinationPort() == Matched.YES))
                .containsExactlyElementsOf(expected);
        assertThat(explained)
                .filteredOn(match -> match.matched() == Matched.YES)
                .first()
                .extracting(match -> "DefaultRule_" + match.rule().name())
                .isEqualTo(text(group.path("matchedRule"), "ruleName"));
    }

    @Test
    void theDefaultRulesAreThoseThatAzureLists() {
        List<String> listed = new ArrayList<>();
        JsonNode view = RealData.json(FOLDER + "security-group-view.response.json");
        view.path("networkInterfaces")
                .path(0)
                .path("securityRuleAssociations")
                .path("defaultSecurityRules")
                .forEach(rule -> {
                    JsonNode properties = rule.path("properties");
                    listed.add(String.join(
                            " ",
                            text(rule, "name"),
                            text(properties, "direction"),
                            text(properties, "priority"),
                            text(properties, "access"),
                            text(properties, "protocol"),
                            text(properties, "sourceAddressPrefix"),
                            text(properties, "sourcePortRange"),
                            text(properties, "destinationAddressPrefix"),
                            text(properties, "destinationPortRange")));
                });

        assertThat(NsgRule.defaults(GROUP))
                .extracting(rule -> String.join(
                        " ",
                        rule.name(),
                        rule.direction().azureName(),
                        Integer.toString(rule.priority()),
                        rule.access().azureName(),
                        rule.protocols().toString(),
                        texts(rule.sources()),
                        rule.sourcePorts().toString(),
                        texts(rule.destinations()),
                        rule.destinationPorts().toString()))
                .containsExactlyElementsOf(listed);
    }

    private static String texts(List<AddressMatch> entries) {
        return String.join(",", entries.stream().map(AddressMatch::text).toList());
    }
}
