package dev.netkb.api.read.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code reference()} gives of a resource that the templates themselves deploy. */
class ReferencesTest {

    private static Json value(String expression) {
        return Evaluated.of("""
                "parameters": {"n": {"type": "string"}, "c": {"type": "bool"}},
                "resources": [
                  {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": "v", "location": "westeurope",
                   "tags": {"a": "b"}, "properties": {
                     "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
                     "enableDdosProtection": "[equals(1, 2)]",
                     "subnets": [{"name": "s", "properties": {"addressPrefix": "10.0.0.0/24"}},
                                 {"name": "[parameters('n')]", "properties": {"addressPrefix": "10.0.1.0/24"}}]}},
                  {"type": "Microsoft.Network/publicIPAddresses", "name": "p", "properties": {"publicIPAllocationMethod": "Static"}},
                  {"type": "Microsoft.Network/routeTables", "name": "maybe", "condition": "[parameters('c')]", "properties": {"x": 1}},
                  {"type": "Test.Test/things", "name": "same", "properties": {"x": 1}},
                  {"type": "Test.Test/others", "name": "same", "properties": {"x": 2}},
                  {"type": "Test.Test/things", "name": "bare"},
                  %s]""".formatted(Evaluated.thing("x", '"' + expression + '"')))
                .property("x");
    }

    private static final String SUBNET =
            "/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/Microsoft.Network/virtualNetworks/v/subnets/";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[reference('v').addressSpace.addressPrefixes[0]]|\"10.0.0.0/16\"",
                "[reference('V').enableDdosProtection]|false",
                "[reference(resourceId('Microsoft.Network/virtualNetworks', 'v')).subnets[0].properties.addressPrefix]|\"10.0.0.0/24\"",
                "[reference(resourceId('Microsoft.Network/virtualNetworks', 'v'), '2023-09-01').subnets[0].name]|\"s\"",
                "[reference('v', '2023-09-01', 'Full').location]|\"westeurope\"",
                "[reference('v', '2023-09-01', 'Full').properties.subnets[0].name]|\"s\"",
                "[reference(resourceId('Test.Test/others', 'same')).x]|2",
                "[reference('p').publicIPAllocationMethod]|\"Static\"",
                "[length(reference('v').subnets)]|2"
            })
    void whatTheTemplateSays(String expression, String expected) {
        assertThat(value(expression)).hasToString(expected);
    }

    @Test
    void itemsOfListsHaveIds() {
        assertThat(value("[reference('v').subnets[0].id]")).hasToString('"' + SUBNET + "s\"");
        assertThat(value("[reference('v').subnets[1].id]"))
                .isInstanceOfSatisfying(
                        Json.Unknown.class,
                        unknown -> assertThat(unknown.symbol()).isEqualTo(SUBNET + "{n}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[reference('p').ipAddress]",
                "[reference('p').dnsSettings.fqdn]",
                "[reference('v').resourceGuid]",
                "[reference('v').subnets[1].name]",
                "[equals(reference('v').subnets[1].name, 'GatewaySubnet')]",
                "[reference('bare').anything]",
                "[reference('same').x]",
                "[reference('nothing').x]",
                "[reference('x').value]",
                "[reference()]",
                "[reference(1)]",
                "[reference('maybe').x]",
                "[reference(parameters('n')).x]"
            })
    void whatOnlyTheDeployedResourceHasIsUnknown(String expression) {
        assertThat(value(expression)).isInstanceOf(Json.Unknown.class);
    }

    @Test
    void theReasonIsTheRootOfIt() {
        assertThat(value("[reference('maybe').x]").toString())
                .isEqualTo("whether it is deployed is not known: parameter 'c' has no value (--parameters c=VALUE)");
        assertThat(value("[concat('a', reference('p').ipAddress)]").toString())
                .isEqualTo("[concat('a', reference('p').ipAddress)]");
    }
}
