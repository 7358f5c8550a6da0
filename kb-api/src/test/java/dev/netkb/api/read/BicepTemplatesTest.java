package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.ManagementLock;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.snapshot.Snapshot;
import org.junit.jupiter.api.Test;

/** The shapes that Bicep gives to modules: user-defined types, null-safe access, {@code items()} and {@code map()}. */
class BicepTemplatesTest {

    private static final String GENERATOR =
            "\"metadata\": {\"_generator\": {\"name\": \"bicep\", \"version\": \"0.30.23.60470\", \"templateHash\": \"1\"}}, ";

    /** In the style of published modules: optional parameters are null, and rules are mapped field by field. */
    private static final String MODULE = GENERATOR + """
            "languageVersion": "2.0",
            "definitions": {
              "securityRulesType": {"type": "array", "nullable": true, "items": {"type": "object", "properties": {
                 "name": {"type": "string"}, "properties": {"type": "object"}}}},
              "lockType": {"type": "object", "properties": {"kind": {"type": "string", "nullable": true}}, "nullable": true}},
            "functions": [{"namespace": "__bicep", "members": {"port": {
               "parameters": [{"name": "properties", "type": "object"}],
               "output": {"type": "string", "value": "[coalesce(tryGet(parameters('properties'), 'destinationPortRange'), '*')]"}}}}],
            "parameters": {
              "name": {"type": "string"},
              "location": {"type": "string", "defaultValue": "[resourceGroup().location]"},
              "securityRules": {"$ref": "#/definitions/securityRulesType"},
              "lock": {"$ref": "#/definitions/lockType"},
              "denied": {"type": "object", "defaultValue": {}},
              "enableTelemetry": {"type": "bool", "defaultValue": true}},
            "resources": {
              "avmTelemetry": {"condition": "[parameters('enableTelemetry')]", "type": "Microsoft.Resources/deployments",
                "apiVersion": "2024-03-01",
                "name": "[take(format('46d3xbcp.res.network-nsg.{0}.{1}', replace('-..--..-', '.', '-'), substring(uniqueString(deployment().name, parameters('location')), 0, 4)), 64)]",
                "properties": {"mode": "Incremental", "template": {"$schema": "x", "contentVersion": "1.0.0.0", "resources": [],
                  "outputs": {"telemetry": {"type": "String", "value": "For more information"}}}}},
              "networkSecurityGroup": {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2023-11-01",
                "name": "[parameters('name')]", "location": "[parameters('location')]", "properties": {
                  "copy": [{"name": "securityRules", "count": "[length(coalesce(parameters('securityRules'), createArray()))]",
                    "input": {"name": "[coalesce(parameters('securityRules'), createArray())[copyIndex('securityRules')].name]",
                      "properties": {
                        "access": "[coalesce(parameters('securityRules'), createArray())[copyIndex('securityRules')].properties.access]",
                        "direction": "[coalesce(parameters('securityRules'), createArray())[copyIndex('securityRules')].properties.direction]",
                        "priority": "[coalesce(parameters('securityRules'), createArray())[copyIndex('securityRules')].properties.priority]",
                        "protocol": "[coalesce(tryGet(coalesce(parameters('securityRules'), createArray())[copyIndex('securityRules')].properties, 'protocol'), '*')]",
                        "sourceAddressPrefix": "[coalesce(tryGet(coalesce(parameters('securityRules'), createArray())[copyIndex('securityRules')].properties, 'sourceAddressPrefix'), '*')]",
                        "sourceAddressPrefixes": "[tryGet(coalesce(parameters('securityRules'), createArray())[copyIndex('securityRules')].properties, 'sourceAddressPrefixes')]",
                        "sourcePortRange": "*", "destinationAddressPrefix": "*",
                        "destinationPortRange": "[__bicep.port(coalesce(parameters('securityRules'), createArray())[copyIndex('securityRules')].properties)]"}}}]}},
              "denials": {"copy": {"name": "denials", "count": "[length(items(parameters('denied')))]"},
                "type": "Microsoft.Network/networkSecurityGroups/securityRules", "apiVersion": "2023-11-01",
                "name": "[format('{0}/{1}', parameters('name'), items(parameters('denied'))[copyIndex()].key)]",
                "properties": {"access": "Deny", "direction": "Inbound", "priority": "[items(parameters('denied'))[copyIndex()].value]",
                  "protocol": "*", "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*",
                  "destinationPortRanges": "[map(range(0, 2), lambda('i', string(add(8000, lambdaVariables('i')))))]"},
                "dependsOn": ["networkSecurityGroup"]},
              "networkSecurityGroup_lock": {"condition": "[and(not(empty(coalesce(parameters('lock'), createObject()))), not(equals(tryGet(parameters('lock'), 'kind'), 'None')))]",
                "type": "Microsoft.Authorization/locks", "apiVersion": "2020-05-01",
                "scope": "[format('Microsoft.Network/networkSecurityGroups/{0}', parameters('name'))]",
                "name": "[coalesce(tryGet(parameters('lock'), 'name'), format('lock-{0}', parameters('name')))]",
                "properties": {"level": "[coalesce(tryGet(parameters('lock'), 'kind'), '')]"}, "dependsOn": ["networkSecurityGroup"]}},
            "outputs": {"resourceId": {"type": "string", "value": "[resourceId('Microsoft.Network/networkSecurityGroups', parameters('name'))]"}}""";

    private static String main(String parameters) {
        return GENERATOR
                + "\"languageVersion\": \"2.0\", \"parameters\": {\"port\": {\"type\": \"string\"}}, \"resources\": {\"nsg\": "
                + Template.module("[format('{0}-nsg', uniqueString(deployment().name))]", parameters, MODULE)
                + ", \"vnet\": " + """
                {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-11-01", "name": "v", "properties": {
                  "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
                  "subnets": "[map(createArray(createObject('name', 's', 'bits', 24)), lambda('s', createObject('name', lambdaVariables('s').name, 'properties', createObject('addressPrefix', cidrSubnet('10.0.0.0/16', lambdaVariables('s').bits, 1), 'networkSecurityGroup', createObject('id', reference('nsg').outputs.resourceId.value)))))]"},
                 "dependsOn": ["nsg"]}}""";
    }

    @Test
    void aModuleIsEvaluated() {
        ReadResult result = Template.readOnly(main("""
                "name": {"value": "g"}, "location": {"value": "westeurope"},
                "denied": {"value": {"b": 310, "a": 300}}, "lock": {"value": {"kind": "CanNotDelete"}},
                "securityRules": {"value": [{"name": "in", "properties": {"access": "Allow", "direction": "Inbound",
                   "priority": 100, "protocol": "Tcp", "sourceAddressPrefixes": ["10.1.0.0/24"], "sourceAddressPrefix": "",
                   "destinationPortRange": "[parameters('port')]"}}]}"""));
        Snapshot snapshot = Reading.snapshot(result);

        assertThat(snapshot.networkSecurityGroups().get(0).rules())
                .filteredOn(rule -> !rule.isDefault())
                .extracting(NsgRule::name)
                .containsExactly("in", "a", "b");
        assertThat(snapshot.networkSecurityGroups()
                        .get(0)
                        .rules()
                        .get(0)
                        .provenance()
                        .unknown())
                .containsOnlyKeys("destinationPorts");
        assertThat(snapshot.facts(ManagementLock.class)).hasSize(1);
        Subnet subnet = snapshot.subnets().get(0);
        assertThat(subnet.prefixes()).hasToString("[10.0.1.0/24]");
        assertThat(snapshot.networkSecurityGroup(subnet.nsgId())).isPresent();
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void whatIsNotGivenIsNull() {
        Snapshot snapshot =
                Reading.snapshot(Template.readOnly(main("\"name\": {\"value\": \"g\"}, \"lock\": {\"value\": null}")));

        assertThat(snapshot.networkSecurityGroups().get(0).rules()).allMatch(NsgRule::isDefault);
        assertThat(snapshot.networkSecurityGroups().get(0).provenance().unknown())
                .containsOnlyKeys("location");
        assertThat(snapshot.facts(ManagementLock.class)).isEmpty();
    }
}
