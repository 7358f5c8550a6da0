package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.report.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a template puts into a subnet, which no planned subnet lists. */
class SubnetUsersTest {

    private static final String VNET = """
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": "v", "location": "westeurope",
             "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
               "subnets": [{"name": "s", "properties": {"addressPrefix": "10.0.0.0/24"}}]}}""";

    private static final String SUBNET = "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'v', 's')]";

    private static ReadResult read(String type, String name, String properties) {
        return Template.readOnly(
                "\"parameters\": {\"p\": {\"type\": \"string\"}}, \"resources\": [" + VNET + ", {\"type\": \""
                        + type + "\", \"apiVersion\": \"2023-01-01\", \"name\": \"" + name + "\", \"properties\": "
                        + properties.replace('\'', '"').replace('`', '\'').replace("SUBNET", SUBNET) + "}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Microsoft.Web/sites|x|{'virtualNetworkSubnetId': 'SUBNET'}",
                "Microsoft.Web/sites/slots|x/y|{'virtualNetworkSubnetId': 'SUBNET'}",
                "Microsoft.Web/sites/networkConfig|x/virtualNetwork|{'subnetResourceId': 'SUBNET'}",
                "Microsoft.Web/hostingEnvironments|x|{'virtualNetwork': {'id': 'SUBNET'}}",
                "Microsoft.App/managedEnvironments|x|{'vnetConfiguration': {'infrastructureSubnetId': 'SUBNET'}}",
                "Microsoft.ContainerInstance/containerGroups|x|{'subnetIds': [{'id': 'SUBNET'}]}",
                "Microsoft.ContainerService/managedClusters|x|{'agentPoolProfiles': [{'name': 'a'}, {'vnetSubnetID': 'SUBNET'}]}",
                "Microsoft.ContainerService/managedClusters/agentPools|x/y|{'vnetSubnetID': 'SUBNET'}",
                "Microsoft.Network/applicationGateways|x|{'gatewayIPConfigurations': [{'properties': {'subnet': {'id': 'SUBNET'}}}]}",
                "Microsoft.Network/loadBalancers|x|{'frontendIPConfigurations': [{'properties': {'subnet': {'id': 'SUBNET'}}}]}",
                "Microsoft.Compute/virtualMachineScaleSets|x|{'virtualMachineProfile': {'networkProfile': {'networkInterfaceConfigurations': [{'properties': {'ipConfigurations': [{'properties': {'subnet': {'id': 'SUBNET'}}}]}}]}}}",
                "Microsoft.Cache/redis|x|{'subnetId': 'SUBNET'}",
                "Microsoft.Sql/managedInstances|x|{'subnetId': 'SUBNET'}",
                "Microsoft.DBforPostgreSQL/flexibleServers|x|{'network': {'delegatedSubnetResourceId': 'SUBNET'}}",
                "Microsoft.DBforMySQL/flexibleServers|x|{'network': {'delegatedSubnetResourceId': 'SUBNET'}}",
                "Microsoft.NetApp/netAppAccounts/capacityPools/volumes|x/y/z|{'subnetId': 'SUBNET'}",
            })
    void whatSitsInASubnetIsItsUser(String type, String name, String properties) {
        ReadResult result = read(type, name, properties);

        List<SubnetUser> users = Reading.snapshot(result).subnetUsers();
        assertThat(users).hasSize(1);
        assertThat(users.get(0).subnetId())
                .isEqualTo(Reading.snapshot(result).subnets().get(0).id());
        assertThat(users.get(0).ownerType()).isEqualToIgnoringCase(type);
        assertThat(result.problems()).isEmpty();
    }

    /** A firewall of a data store lets a subnet in, but is not in it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Microsoft.Storage/storageAccounts|x|{'networkAcls': {'virtualNetworkRules': [{'id': 'SUBNET'}]}}",
                "Microsoft.Sql/servers/virtualNetworkRules|x/y|{'virtualNetworkSubnetId': 'SUBNET'}",
                "Microsoft.Web/sites|x|{'siteConfig': {'ipSecurityRestrictions': [{'vnetSubnetResourceId': 'SUBNET'}]}}",
                "Microsoft.Web/sites|x|{'virtualNetworkSubnetId': null}",
            })
    void whatLetsASubnetInIsNot(String type, String name, String properties) {
        assertThat(Reading.snapshot(read(type, name, properties)).subnetUsers()).isEmpty();
    }

    @Test
    void aSubnetThatIsNotKnownIsSaid() {
        ReadResult result = read("Microsoft.Web/sites", "x", "{'virtualNetworkSubnetId': '[parameters(`p`)]'}");

        assertThat(Reading.snapshot(result).subnetUsers()).isEmpty();
        assertThat(result.problems()).extracting(Problem::code).contains("KB-N107");
        assertThat(result.problems()).extracting(Problem::message).anyMatch(text -> text.contains("parameter 'p'"));
    }

    @Test
    void aPlannedPrivateEndpointIsAUserToo() {
        ReadResult result = read("Microsoft.Network/privateEndpoints", "x", "{'subnet': {'id': 'SUBNET'}}");

        assertThat(Reading.snapshot(result).subnetUsers())
                .extracting(SubnetUser::kind)
                .containsExactly(SubnetUser.Kind.PRIVATE_ENDPOINT);
    }
}
