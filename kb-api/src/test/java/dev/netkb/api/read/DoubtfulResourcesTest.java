package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.AzureFact;
import dev.netkb.model.azure.PrivateDnsLink;
import dev.netkb.model.azure.PrivateEndpoint;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A resource that may or may not be deployed: neither that it is there nor that it is not is evidence. */
class DoubtfulResourcesTest {

    private static final String ZONES = "Microsoft.Network/privateDnsZones";
    private static final String NO_VALUE =
            "whether it is deployed is not known: parameter 'c' has no value (--parameters c=VALUE)";

    private static final String NETWORK = "{'type': 'Microsoft.Network/virtualNetworks', 'name': 'vnet', 'properties':"
            + " {'addressSpace': {'addressPrefixes': ['10.0.0.0/16']}, 'subnets': ["
            + "{'name': 'apim', 'properties': {'addressPrefix': '10.0.0.0/24'}},"
            + "{'name': 'other', 'properties': {'addressPrefix': '10.0.1.0/24'}}]}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'condition': '[parameters(''c'')]', 'name': 'azure-api.net'",
                "'copy': {'name': 'l', 'count': '[parameters(''n'')]'}, 'name': '[concat(''z'', copyIndex())]'",
                "'name': '[parameters(''s'')]'"
            })
    void aZoneThatMayBeThereLeavesOpenWhichZonesThereAre(String zone) {
        String template =
                template("{'type': '" + ZONES + "', " + zone + "}", "{'type': '" + ZONES + "', 'name': 'contoso.com'}");

        assertThat(snapshot(template).coverage().has(ZONES)).isFalse();
    }

    /** Nobody deploys an empty mode on purpose: it stands for one that is still to be filled in. */
    @ParameterizedTest
    @ValueSource(strings = {"'  '", "'[trim(''  '')]'", "'[parameters(''s'')]'"})
    void aModeThatIsNotFilledInIsNotKnown(String mode) {
        String service = "{'type': 'Microsoft.ApiManagement/service', 'name': 'apim', 'properties':"
                + " {'virtualNetworkType': " + mode + "}}";

        for (String template : List.of(template(service), template(service, service))) {
            assertThat(snapshot(template)
                            .facts(ApiManagementService.class)
                            .get(0)
                            .locations())
                    .singleElement()
                    .satisfies(location -> {
                        assertThat(location.virtualNetworkType()).isEqualTo(VirtualNetworkType.UNKNOWN);
                        assertThat(location.provenance().knows("virtualNetworkType"))
                                .isFalse();
                    });
        }
    }

    @Test
    void aZoneThatIsThereAndOneThatIsNotLeaveNothingOpen() {
        String template = template(
                "{'type': '" + ZONES + "', 'name': 'contoso.com'}",
                "{'type': '" + ZONES + "', 'name': 'azure-api.net', 'condition': false}");

        assertThat(snapshot(template).coverage().has(ZONES)).isTrue();
        assertThat(snapshot(template).coverage().incomplete()).isEmpty();
    }

    @Test
    void aRecordOfAnUnknownNameLeavesOpenWhichRecordsThereAre() {
        String template = template(
                "{'type': '" + ZONES + "', 'name': 'contoso.com'}",
                "{'type': '" + ZONES
                        + "/A', 'name': '[concat(''contoso.com/'', parameters(''s''))]', 'properties': {}}");

        assertThat(snapshot(template).coverage().has(ZONES)).isTrue();
        assertThat(snapshot(template).coverage().incomplete()).containsExactly("microsoft.network/privatednszones/a");
    }

    @Test
    void aLinkThatMayBeThereLeavesOpenWhichNetworkItLinks() {
        Snapshot snapshot = snapshot(template(
                "{'type': '" + ZONES + "', 'name': 'contoso.com'}",
                "{'type': '" + ZONES
                        + "/virtualNetworkLinks', 'name': 'contoso.com/l', 'condition': '[parameters(''c'')]',"
                        + " 'properties': {'virtualNetwork': {'id': '[resourceId(''Microsoft.Network/virtualNetworks'',"
                        + " ''vnet'')]'}}}"));

        assertThat(snapshot.facts(PrivateDnsLink.class)).singleElement().satisfies(link -> {
            assertThat(link.vnetId()).isNull();
            assertThat(link.provenance().unknown()).containsEntry("vnetId", NO_VALUE);
        });
    }

    @Test
    void aGatewayThatMayBeThereLeavesOpenWhichThereAre() {
        String gateway = "'type': 'Microsoft.Network/virtualNetworkGateways', 'name': 'er', 'properties': {}";
        Snapshot doubtful = snapshot(template(NETWORK, "{" + gateway + ", 'condition': '[parameters(''c'')]'}"));

        assertThat(doubtful.coverage().has("Microsoft.Network/virtualNetworkGateways"))
                .isFalse();
        assertThat(snapshot(template(NETWORK, "{" + gateway + "}"))
                        .coverage()
                        .has("Microsoft.Network/virtualNetworkGateways"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Microsoft.Network/networkSecurityGroups | nsg  | NetworkSecurityGroup | rules
                    Microsoft.Network/routeTables           | rt   | RouteTable           | routes
                    Microsoft.Network/publicIPAddresses     | pip  | PublicIpAddress      | sku
                    Microsoft.Network/virtualNetworks       | vnet | VirtualNetwork       | addressPrefixes
                    """)
    void whatOthersReferToIsThereAndSaysNothing(String type, String name, String fact, String component) {
        ReadResult result = Reading.texts(template("{'condition': '[parameters(''c'')]', 'type': '" + type
                + "', 'name': '" + name + "', 'properties': {}}"));
        Snapshot snapshot = Reading.snapshot(result);

        assertThat(snapshot.facts()).singleElement().satisfies(found -> {
            assertThat(found.getClass().getSimpleName()).isEqualTo(fact);
            assertThat(((AzureFact) found).provenance().unknown()).containsEntry(component, NO_VALUE);
        });
        assertThat(result.problems())
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains(NO_VALUE);
    }

    @Test
    void aNetworkThatMayBeThereHasASubnetOfUnknownContent() {
        String service =
                "{'type': 'Microsoft.ApiManagement/service', 'name': 'a', 'location': 'westeurope', 'properties':"
                        + " {'virtualNetworkType': 'External', 'virtualNetworkConfiguration': {'subnetResourceId':"
                        + " '[resourceId(''Microsoft.Network/virtualNetworks/subnets'', ''vnet'', ''apim'')]'}}}";
        Snapshot perhaps = snapshot(template(
                service, NETWORK.replace("'name': 'vnet'", "'name': 'vnet', 'condition': '[parameters(''c'')]'")));
        Snapshot list = snapshot(template(
                service,
                "{'type': 'Microsoft.Network/virtualNetworks', 'name': 'vnet', 'properties': {'subnets':"
                        + " '[parameters(''list'')]'}}"));

        assertThat(perhaps.subnets())
                .singleElement()
                .satisfies(subnet -> assertThat(subnet.provenance().unknown()).containsEntry("nsgId", NO_VALUE));
        assertThat(list.subnets())
                .singleElement()
                .satisfies(subnet -> assertThat(subnet.provenance().unknown())
                        .containsEntry("nsgId", "parameter 'list' has no value (--parameters list=VALUE)"));
    }

    @Test
    void anInterfaceThatMayBeThereMayBeInItsSubnet() {
        Snapshot snapshot = snapshot(template(
                NETWORK,
                nic("'[resourceId(''Microsoft.Network/virtualNetworks/subnets'', ''vnet'', ''apim'')]'")
                        .replace("'nic'", "'nic', 'condition': '[parameters(''c'')]'")));

        assertThat(subnet(snapshot, "apim").provenance().unknown()).containsKey("ipConfigurations");
        assertThat(subnet(snapshot, "other").provenance().unknown()).isEmpty();
    }

    @Test
    void anInterfaceInAnUnknownSubnetMayBeInAny() {
        Snapshot snapshot = snapshot(template(NETWORK, nic("'[parameters(''s'')]'")));

        assertThat(snapshot.subnets())
                .allMatch(subnet -> !subnet.provenance().knows("ipConfigurations"))
                .hasSize(2);
    }

    @Test
    void anInterfaceInASubnetOfAnUnknownNetworkMayBeInOneOfThatName() {
        Snapshot snapshot = snapshot(template(
                NETWORK,
                nic("'[resourceId(''Microsoft.Network/virtualNetworks/subnets'', parameters(''s''), ''apim'')]'")));

        assertThat(subnet(snapshot, "apim").provenance().unknown()).containsKey("ipConfigurations");
        assertThat(subnet(snapshot, "other").provenance().unknown()).isEmpty();
    }

    @Test
    void anInterfaceInAKnownSubnetLeavesOthersAlone() {
        Snapshot snapshot = snapshot(template(
                NETWORK, nic("'[resourceId(''Microsoft.Network/virtualNetworks/subnets'', ''vnet'', ''apim'')]'")));

        assertThat(snapshot.subnetUsers()).hasSize(1);
        assertThat(snapshot.subnets())
                .allMatch(subnet -> subnet.provenance().unknown().isEmpty());
    }

    @Test
    void aPrivateEndpointThatMayBeThereMayLeadAnywhere() {
        Snapshot snapshot = snapshot(
                template(
                        "{'condition': '[parameters(''c'')]', 'type':"
                                + " 'Microsoft.Network/privateEndpoints', 'name': 'pe', 'properties': {'privateLinkServiceConnections': []}}"));

        assertThat(snapshot.facts(PrivateEndpoint.class))
                .singleElement()
                .satisfies(
                        endpoint -> assertThat(endpoint.provenance().unknown()).containsEntry("connections", NO_VALUE));
    }

    @Test
    void aDeploymentWithoutItsTemplateMayMakeWhatIsKnownByAbsenceOnly() {
        Snapshot snapshot = snapshot(template(
                NETWORK,
                "{'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'nsg', 'properties': {'securityRules': []}}",
                "{'type': 'Microsoft.Network/virtualNetworkGateways', 'name': 'er', 'properties': {}}",
                "{'type': '" + ZONES + "', 'name': 'contoso.com'}",
                "{'type': 'Microsoft.Resources/deployments', 'name': 'd', 'properties': {'templateLink':"
                        + " {'relativePath': 'gone.json'}}}"));

        assertThat(snapshot.coverage().has(ZONES)).isFalse();
        assertThat(snapshot.coverage().has("Microsoft.Network/virtualNetworkGateways"))
                .isFalse();
        assertThat(subnet(snapshot, "apim").provenance().unknown())
                .containsOnlyKeys("ipConfigurations", "privateEndpoints");
        assertThat(snapshot.networkSecurityGroups())
                .singleElement()
                .satisfies(nsg -> assertThat(nsg.provenance().unknown()).isEmpty());
    }

    @Test
    void aRuleInAGroupOfAnUnknownResourceGroupMayBeOfThisOne() {
        String group =
                "{'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'nsg', 'properties': {'securityRules': []}}";

        assertThat(unknown(template(group, nested("'resourceGroup': '[parameters(''s'')]'", "nsg"))))
                .hasEntrySatisfying("rules", why -> assertThat(why).contains("--resource-group NAME"));
        assertThat(unknown(template(
                        group, nested("'subscriptionId': '[parameters(''s'')]', 'resourceGroup': 'rg'", "nsg"))))
                .containsKey("rules");
        assertThat(unknown(template(group, nested("'resourceGroup': '[parameters(''s'')]'", "another"))))
                .isEmpty();
    }

    private static Map<String, String> unknown(String template) {
        return snapshot(template).networkSecurityGroups().get(0).provenance().unknown();
    }

    private static String nested(String scope, String group) {
        return "{'type': 'Microsoft.Resources/deployments', 'name': 'd', " + scope + ", 'properties': {'template': {"
                + "'resources': [{'type': 'Microsoft.Network/networkSecurityGroups/securityRules', 'name': '" + group
                + "/deny', 'properties': {'priority': 101, 'direction': 'Inbound', 'access': 'Deny', 'protocol': '*',"
                + " 'sourceAddressPrefix': '*', 'sourcePortRange': '*', 'destinationAddressPrefix': '*',"
                + " 'destinationPortRange': '*'}}]}}}";
    }

    private static String nic(String subnet) {
        return "{'type': 'Microsoft.Network/networkInterfaces', 'name': 'nic', 'properties': {'ipConfigurations':"
                + " [{'name': 'i', 'properties': {'subnet': {'id': " + subnet + "}}}]}}";
    }

    private static Subnet subnet(Snapshot snapshot, String name) {
        return snapshot.subnets().stream()
                .filter(subnet -> subnet.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Snapshot snapshot(String template) {
        return Reading.snapshot(Reading.texts(template));
    }

    private static String template(String... resources) {
        return "{'$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',"
                + " 'parameters': {'c': {'type': 'bool'}, 'n': {'type': 'int'}, 's': {'type': 'string'}, 'list': {'type':"
                + " 'array'}}, 'resources': [" + String.join(", ", resources).replace("''", "\\u0027")
                + "]}";
    }
}
