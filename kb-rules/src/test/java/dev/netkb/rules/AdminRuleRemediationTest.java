package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Result;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a security admin rule denies is cured at its network manager: no rule of a group helps. */
class AdminRuleRemediationTest {

    private static final String MANAGER =
            "/subscriptions/s/resourceGroups/rg-hub/providers/Microsoft.Network/networkManagers/"
                    + "avnm/securityAdminConfigurations/baseline/ruleCollections/egress/rules/no-sql";

    private static final String NETWORK = """
            [{"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg",
              "type": "Microsoft.Network/networkSecurityGroups", "name": "nsg", "location": "westeurope",
              "properties": {"securityRules": []}},
             {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet",
              "type": "Microsoft.Network/virtualNetworks", "name": "vnet", "location": "westeurope",
              "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [
                {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/apim",
                 "name": "apim", "properties": {"addressPrefix": "10.0.1.0/27", "networkSecurityGroup":
                  {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg"}}}]}},
             {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/api",
              "type": "Microsoft.ApiManagement/service", "name": "api", "location": "West Europe",
              "sku": {"name": "Premium", "capacity": 1},
              "properties": {"virtualNetworkType": "Internal", "platformVersion": "stv2.1", "virtualNetworkConfiguration":
                {"subnetResourceId":
                 "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/apim"}}}]
            """;

    private static Remediation remediation(String ruleId) {
        String admin = """
                {"virtualNetworkId": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet",
                 "value": [{"id": "%s", "kind": "Custom", "properties": {"protocol": "Tcp",
                   "sources": [{"addressPrefix": "*", "addressPrefixType": "IPPrefix"}],
                   "destinations": [{"addressPrefix": "Sql", "addressPrefixType": "ServiceTag"}],
                   "sourcePortRanges": ["0-65535"], "destinationPortRanges": ["1433"],
                   "access": "Deny", "priority": 10, "direction": "Outbound"}}]}
                """.formatted(ruleId);
        ReadResult read = SnapshotReader.create()
                .read(new SnapshotSource(
                        "governed", List.of(file("network.json", NETWORK), file("admin.json", admin))));
        Result denied = KnowledgeBase.packaged().evaluate(read, Options.DEFAULT).results().stream()
                .filter(result -> result.rule().equals("C-FLOW-OUT-SQL") && result.outcome() == Outcome.VIOLATED)
                .findFirst()
                .orElseThrow();
        return Objects.requireNonNull(denied.remediation());
    }

    private static SourceFile file(String name, String text) {
        return new SourceFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theCommandNamesTheRuleAtItsNetworkManager() {
        Remediation remediation = remediation(MANAGER);

        assertThat(remediation.commands().get("az"))
                .containsExactly("az network manager security-admin-config rule-collection rule update -g rg-hub"
                        + " --network-manager-name avnm --configuration-name baseline --rule-collection-name egress"
                        + " --rule-name no-sql --access Allow");
        assertThat(remediation.hint()).contains("security admin rule no-sql").contains("Tcp 1433 outbound to Sql");
    }

    @Test
    void whatTheIdDoesNotSayIsAGap() {
        assertThat(remediation("no-sql").commands().get("az"))
                .containsExactly("az network manager security-admin-config rule-collection rule update"
                        + " -g '<resource group>' --network-manager-name '<network manager>'"
                        + " --configuration-name '<configuration>' --rule-collection-name '<rule collection>'"
                        + " --rule-name '<rule>' --access Allow");
    }
}
