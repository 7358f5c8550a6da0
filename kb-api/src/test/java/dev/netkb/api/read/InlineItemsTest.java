package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.NsgRule.Access;
import dev.netkb.model.azure.NsgRule.Origin;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.snapshot.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in its parent and is deployed by itself too: one takes the place of the other as a whole. */
class InlineItemsTest {

    private static final String NSG_ID =
            "'networkSecurityGroup': {'id':" + " '[resourceId(''Microsoft.Network/networkSecurityGroups'', ''nsg'')]'}";

    @Test
    void aSubnetDeployedAfterItsNetworkTakesThePlaceOfTheInlineOne() {
        Snapshot snapshot = snapshot(network("", NSG_ID), subnet("'dependsOn': ['vnet'],", ""));

        assertThat(snapshot.subnets()).singleElement().satisfies(subnet -> {
            assertThat(subnet.nsgId()).isNull();
            assertThat(subnet.provenance().unknown()).isEmpty();
            assertThat(subnet.prefixes()).hasSize(1);
        });
    }

    @Test
    void aNetworkDeployedAfterItsSubnetTakesThePlaceOfIt() {
        Snapshot snapshot = snapshot(network("'dependsOn': ['vnet/apim'],", NSG_ID), subnet("", ""));

        assertThat(snapshot.subnets())
                .singleElement()
                .satisfies(subnet -> assertThat(subnet.nsgId()).isNotNull());
    }

    @Test
    void withoutAnOrderWhatOnlyOneSetsIsNotKnown() {
        Snapshot snapshot = snapshot(network("", NSG_ID), subnet("", ""));

        assertThat(snapshot.subnets()).singleElement().satisfies(subnet -> {
            assertThat(subnet.provenance().unknown()).containsOnlyKeys("nsgId");
            assertThat(subnet.provenance().unknown().get("nsgId")).contains("no dependsOn says which one is the later");
        });
    }

    @Test
    void withoutAnOrderTheyMustAgreeOnWhatBothSet() {
        ReadResult result = Reading.texts(template(
                network("", NSG_ID),
                subnet(
                        "",
                        "'networkSecurityGroup': {'id':"
                                + " '[resourceId(''Microsoft.Network/networkSecurityGroups'', ''two'')]'}")));

        assertThat(Reading.error(result).code()).isEqualTo("KB-E109");
    }

    @Test
    void withoutAnOrderTheSameIsKnown() {
        Subnet subnet =
                snapshot(network("", NSG_ID), subnet("", NSG_ID)).subnets().get(0);

        assertThat(subnet.nsgId()).isNotNull();
        assertThat(subnet.provenance().unknown()).isEmpty();
    }

    @Test
    void aSubnetThatMayBeDeployedLeavesOpenWhichOneIsThere() {
        Snapshot snapshot =
                snapshot(network("", NSG_ID), subnet("'dependsOn': ['vnet'], 'condition': '[parameters(''c'')]',", ""));

        assertThat(snapshot.subnets())
                .singleElement()
                .satisfies(subnet -> assertThat(subnet.provenance().unknown()).containsKeys("nsgId", "prefixes"));
    }

    @Test
    void aRuleDeployedAfterItsGroupTakesThePlaceOfTheInlineOne() {
        assertThat(rules(group("", "Allow"), rule("'dependsOn': ['nsg'],", "r", "Deny")))
                .singleElement()
                .satisfies(rule -> assertThat(rule.access()).isEqualTo(Access.DENY));
    }

    @Test
    void aGroupDeployedAfterARuleTakesItAway() {
        assertThat(rules(group("'dependsOn': ['nsg/other'],", "Allow"), rule("", "other", "Deny")))
                .extracting(NsgRule::name)
                .containsExactly("r");
    }

    @Test
    void aRuleOfAnotherNameIsOneMore() {
        assertThat(rules(group("", "Allow"), rule("'dependsOn': ['nsg'],", "other", "Deny")))
                .extracting(NsgRule::name)
                .containsExactlyInAnyOrder("r", "other");
    }

    private static List<NsgRule> rules(String... resources) {
        return snapshot(resources).networkSecurityGroups().get(0).rules().stream()
                .filter(rule -> rule.origin() == Origin.CUSTOM)
                .toList();
    }

    private static String network(String order, String properties) {
        return "{'type': 'Microsoft.Network/virtualNetworks', 'name': 'vnet', " + order + " 'properties': {"
                + "'addressSpace': {'addressPrefixes': ['10.0.0.0/16']}, 'subnets': [{'name': 'apim', 'properties':"
                + " {'addressPrefix': '10.0.0.0/24'" + more(properties) + "}}]}}";
    }

    private static String subnet(String order, String properties) {
        return "{'type': 'Microsoft.Network/virtualNetworks/subnets', 'name': 'vnet/apim', " + order
                + " 'properties': {'addressPrefix': '10.0.0.0/24'" + more(properties) + "}}";
    }

    private static String group(String order, String access) {
        return "{'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'nsg', " + order
                + " 'properties': {'securityRules': [{'name': 'r', 'properties': " + content(access, 100) + "}]}}";
    }

    private static String rule(String order, String name, String access) {
        return "{'type': 'Microsoft.Network/networkSecurityGroups/securityRules', 'name': 'nsg/" + name + "', " + order
                + " 'properties': " + content(access, name.equals("r") ? 100 : 110) + "}";
    }

    private static String content(String access, int priority) {
        return "{'priority': " + priority + ", 'direction': 'Inbound', 'access': '" + access
                + "', 'protocol': '*', 'sourceAddressPrefix': '*', 'sourcePortRange': '*',"
                + " 'destinationAddressPrefix': '*', 'destinationPortRange': '*'}";
    }

    private static String more(String properties) {
        return properties.isEmpty() ? "" : ", " + properties;
    }

    private static Snapshot snapshot(String... resources) {
        return Reading.snapshot(Reading.texts(template(resources)));
    }

    private static String template(String... resources) {
        return "{'$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',"
                + " 'parameters': {'c': {'type': 'bool'}}, 'resources': ["
                + String.join(", ", resources).replace("''", "\\u0027") + "]}";
    }
}
