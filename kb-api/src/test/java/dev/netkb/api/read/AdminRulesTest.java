package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.azure.AdminRuleReader;
import dev.netkb.api.read.azure.ProviderReader;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.ResourceProviderRegistration;
import dev.netkb.model.azure.SecurityAdminRule;
import dev.netkb.model.azure.SecurityAdminRule.Access;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are no resources: effective security admin rules, wrapped effective routes, resource providers. */
class AdminRulesTest {

    private static final String NETWORKS =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/";
    private static final String VNET = "{'id': '" + NETWORKS + "%s', 'location': 'westeurope', 'properties': {}}";
    private static final String RULE = "{'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/"
            + "networkManagers/m/securityAdminConfigurations/c/ruleCollections/rc/rules/no-ssh', 'kind': 'Custom',"
            + " 'ruleCollectionAppliesToGroups': [{'networkGroupId': 'x'}], %s}";
    private static final String FIELDS =
            "'access': 'AlwaysAllow', 'direction': 'Inbound', 'priority': 7, 'protocol': 'Tcp',"
                    + " 'sources': [{'addressPrefix': 'ApiManagement', 'addressPrefixType': 'ServiceTag'},"
                    + " {'addressPrefix': '10.0.0.0/8', 'addressPrefixType': 'IPPrefix'},"
                    + " {'addressPrefix': '/subscriptions/s/g', 'addressPrefixType': 'NetworkGroup'}],"
                    + " 'destinations': [{'addressPrefix': '*', 'addressPrefixType': 'IPPrefix'}],"
                    + " 'sourcePortRanges': ['0-65535'], 'destinationPortRanges': ['3443', '22-23']";

    private static String answer(String fields) {
        return "{'skipToken': '', 'value': [" + RULE.formatted(fields) + "]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "'properties': {%s}"})
    void aRuleOfTheAnswerOfRestOrAzIsInEffectOnTheOnlyNetwork(String shape) {
        Snapshot snapshot = Reading.snapshot(Reading.texts(VNET.formatted("v"), answer(shape.formatted(FIELDS))));

        SecurityAdminRule rule = snapshot.facts(SecurityAdminRule.class).get(0);
        assertThat(rule.vnetId()).isEqualTo(ResourceId.of(NETWORKS + "v"));
        assertThat(rule.name()).isEqualTo("no-ssh");
        assertThat(rule.isDefault()).isFalse();
        assertThat(rule.access()).isEqualTo(Access.ALWAYS_ALLOW);
        assertThat(rule.direction()).isEqualTo(Direction.INBOUND);
        assertThat(rule.priority()).isEqualTo(7);
        assertThat(rule.protocols()).isEqualTo(ProtocolSet.TCP);
        assertThat(rule.sourcePorts()).isEqualTo(PortSet.ALL);
        assertThat(rule.destinationPorts()).isEqualTo(PortSet.parse("3443,22-23"));
        assertThat(rule.sources().get(0)).isEqualTo(new AddressMatch.Tag(ServiceTag.of("ApiManagement")));
        assertThat(rule.sources().get(2)).as("its members are not known").isInstanceOf(AddressMatch.Unknown.class);
        assertThat(rule.destinations()).containsExactly(new AddressMatch.Any());
        assertThat(rule.unknownFields()).isEmpty();
        assertThat(snapshot.coverage().has(AdminRuleReader.KIND)).isTrue();
        SnapshotWriterTest.assertComesBack(snapshot);
    }

    @Test
    void aNameThatOnlyTheIdGivesHasNoBlanksAroundIt() {
        Snapshot snapshot = Reading.snapshot(
                Reading.texts("[{'id': '/subscriptions/s/rules/ no-ssh', " + FIELDS + "}]", VNET.formatted("v")));

        assertThat(snapshot.facts(SecurityAdminRule.class).get(0).name()).isEqualTo("no-ssh");
        SnapshotWriterTest.assertComesBack(snapshot);
    }

    @Test
    void amongSeveralNetworksNobodySaysWhichOneItIs() {
        ReadResult result = Reading.texts(VNET.formatted("v"), VNET.formatted("w"), answer(FIELDS));

        assertThat(Reading.snapshot(result).facts(SecurityAdminRule.class))
                .singleElement()
                .satisfies(rule -> assertThat(rule.vnetId()).isNull());
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("KB-N104");
            assertThat(problem.message()).contains("2 virtual networks");
            assertThat(problem.hint()).contains("virtualNetworkId");
        });
    }

    @Test
    void aWrappedAnswerSaysItsNetworkAndThatThereIsNoRule() {
        String wrapped = "{'virtualNetworkId': '" + NETWORKS + "w', 'value': %s}";
        Snapshot snapshot = Reading.snapshot(Reading.texts(
                VNET.formatted("v"), VNET.formatted("w"), wrapped.formatted("[" + RULE.formatted(FIELDS) + "]")));
        Snapshot none = Reading.snapshot(Reading.texts(VNET.formatted("w"), wrapped.formatted("[]")));

        assertThat(snapshot.facts(SecurityAdminRule.class).get(0).vnetId()).isEqualTo(ResourceId.of(NETWORKS + "w"));
        assertThat(none.coverage().has(AdminRuleReader.KIND)).isTrue();
        assertThat(none.coverage().resourceTypes()).containsEntry(AdminRuleReader.KIND, 0);
        SnapshotWriterTest.assertComesBack(none);
    }

    @Test
    void whatARuleDoesNotSayIsUnknown() {
        Snapshot snapshot =
                Reading.snapshot(Reading.texts(answer("'access': 'Perhaps', 'direction': 'Outbound', 'sources': []")));

        SecurityAdminRule rule = snapshot.facts(SecurityAdminRule.class).get(0);
        assertThat(rule.vnetId()).isNull();
        assertThat(rule.access()).isEqualTo(Access.UNKNOWN);
        assertThat(rule.sources()).singleElement().isInstanceOf(AddressMatch.Unknown.class);
        assertThat(rule.unknownFields()).contains("access", "priority", "protocols", "sourcePorts", "destinationPorts");
        SnapshotWriterTest.assertComesBack(snapshot);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'access': 'Deny', 'direction': 'Sideways', 'sources': []",
                "'access': 'Deny', 'direction': 'Inbound', 'priority': 'high', 'sources': []",
                "'access': 'Deny', 'direction': 'Inbound', 'sources': [{'addressPrefix': '10.0.0.0/99'}]",
                "'access': 'Deny', 'direction': 'Inbound', 'sources': [], 'destinationPortRanges': ['99999']"
            })
    void aDamagedRuleIsAnError(String fields) {
        Reading.error(Reading.texts(answer(fields)));
    }

    @Test
    void theExampleOfTheRestSpecificationNamesItsNetwork() {
        Snapshot snapshot = Objects.requireNonNull(SharedData.read(SharedData.folder()
                        .resolve("rest-examples/network-2024-01-01/NetworkManagerEffectiveSecurityAdminRulesList.json"))
                .snapshot());

        SecurityAdminRule rule = snapshot.facts(SecurityAdminRule.class).get(0);
        assertThat(rule.isDefault()).isTrue();
        assertThat(rule.access()).isEqualTo(Access.DENY);
        assertThat(Objects.requireNonNull(rule.vnetId()).name()).isEqualTo("testVirtualNetwork");
    }

    @Test
    void wrappedEffectiveRoutesSayTheirInterface() {
        String nic = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/n";
        Snapshot snapshot = Reading.snapshot(Reading.texts("{'networkInterfaceId': '" + nic + "', 'value': ["
                + "{'name': 'to-fw', 'source': 'User', 'state': 'Active', 'addressPrefix': ['0.0.0.0/0'],"
                + " 'nextHopType': 'VirtualAppliance', 'nextHopIpAddress': ['10.0.0.4'],"
                + " 'disableBgpRoutePropagation': true}]}"));

        EffectiveRoute route = snapshot.effectiveRoutes().get(0);
        assertThat(route.networkInterfaceId()).isEqualTo(ResourceId.of(nic));
        assertThat(route.name()).isEqualTo("to-fw");
        assertThat(route.disableBgpRoutePropagation()).isTrue();
        SnapshotWriterTest.assertComesBack(snapshot);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'id': '/subscriptions/s/providers/Microsoft.Web', 'namespace': 'Microsoft.Web',"
                        + " 'registrationState': 'Registered', 'resourceTypes': []}]",
                "{'ProviderNamespace': 'Microsoft.Web', 'RegistrationState': 'Registered', 'ResourceTypes': []}"
            })
    void aResourceProviderIsRegisteredInItsSubscription(String answer) {
        Snapshot snapshot = Reading.snapshot(Reading.texts(answer));

        ResourceProviderRegistration web =
                snapshot.facts(ResourceProviderRegistration.class).get(0);
        assertThat(web.namespace()).isEqualTo("Microsoft.Web");
        assertThat(web.isRegistered()).isTrue();
        assertThat(web.subscription()).isIn("s", "{subscription}");
        assertThat(snapshot.coverage().has(ProviderReader.KIND)).isTrue();
        SnapshotWriterTest.assertComesBack(snapshot);
    }

    /** Whether a configuration will be deployed to the group of a network stands in no template. */
    @ParameterizedTest
    @ValueSource(strings = {"\"Inbound\"", "\"[parameters('d')]\""})
    void aPlannedRuleOfANetworkManagerMayBeInEffectAnywhere(String direction) {
        ReadResult result = Template.readOnly("""
                "parameters": {"d": {"type": "string"}},
                "resources": [{"type": "Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections/rules",
                  "apiVersion": "2023-09-01", "name": "m/c/rc/deny", "kind": "Custom", "properties": {
                    "access": "Deny", "direction": %s, "priority": 1, "protocol": "Tcp",
                    "sources": [{"addressPrefix": "*", "addressPrefixType": "IPPrefix"}],
                    "destinations": [{"addressPrefix": "*", "addressPrefixType": "IPPrefix"}],
                    "sourcePortRanges": ["0-65535"], "destinationPortRanges": ["3443"]}}]""".formatted(direction));

        assertThat(result.problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("KB-N122");
            assertThat(problem.message()).contains("'deny'");
        });
        Snapshot snapshot = Reading.snapshot(result);
        assertThat(snapshot.coverage().has(AdminRuleReader.KIND)).isFalse();
        assertThat(snapshot.facts(SecurityAdminRule.class))
                .hasSize(direction.contains("Inbound") ? 1 : 2)
                .allSatisfy(rule -> {
                    assertThat(rule.access()).isEqualTo(Access.UNKNOWN);
                    assertThat(rule.name()).isEqualTo("deny");
                    assertThat(rule.vnetId()).isNull();
                    assertThat(rule.destinationPorts()).isEqualTo(PortSet.parse("3443"));
                });
    }
}
