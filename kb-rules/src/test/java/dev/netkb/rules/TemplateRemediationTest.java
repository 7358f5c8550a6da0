package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A template does not say where it will be deployed: commands about it have gaps, and say so. */
class TemplateRemediationTest {

    private static final String TEMPLATE = """
            {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
             "contentVersion": "1.0.0.0",
             "parameters": {"prefix": {"type": "string"}},
             "resources": [
               {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-01-01", "location": "westeurope",
                "name": "[concat(parameters('prefix'), '-nsg')]", "properties": {"securityRules": []}},
               {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-01-01", "name": "vnet-a",
                "location": "westeurope",
                "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [
                  {"name": "apim", "properties": {"addressPrefix": "10.0.1.0/28", "networkSecurityGroup": {
                    "id": "[resourceId('Microsoft.Network/networkSecurityGroups', concat(parameters('prefix'), '-nsg'))]"
                  }}}]}},
               {"type": "Microsoft.ApiManagement/service", "apiVersion": "2024-05-01", "name": "apim-a",
                "location": "westeurope", "sku": {"name": "Premium", "capacity": 1},
                "properties": {"publisherName": "a", "publisherEmail": "a@example.com", "virtualNetworkType": "External",
                  "virtualNetworkConfiguration": {"subnetResourceId":
                    "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-a', 'apim')]"}}}
             ]}
            """;

    @Test
    void standInsOfTheTemplateAreGapsInItsCommands() {
        byte[] bytes = TEMPLATE.getBytes(StandardCharsets.UTF_8);
        ReadResult read = SnapshotReader.create()
                .read(new SnapshotSource("planned", List.of(new SnapshotSource.SourceFile("azuredeploy.json", bytes))));

        SnapshotReport report = KnowledgeBase.packaged().evaluate(read, Options.DEFAULT);

        List<Remediation> remediations = report.results().stream()
                .map(Result::remediation)
                .filter(Objects::nonNull)
                .toList();
        assertThat(remediations.stream()
                        .flatMap(r -> r.commands().values().stream().flatMap(List::stream)))
                .isNotEmpty()
                .noneMatch(command -> command.contains("{resourceGroup}") || command.contains("{subscription}"));
        Remediation management = Objects.requireNonNull(report.results().stream()
                .filter(result -> result.rule().equals("C-FLOW-IN-3443"))
                .findFirst()
                .orElseThrow()
                .remediation());
        assertThat(Objects.requireNonNull(management.commands().get("az")).get(0))
                .startsWith("az network nsg rule create -g '<resourceGroup>' --nsg-name ")
                .doesNotContain("{");
        assertThat(Objects.requireNonNull(management.commands().get("powershell"))
                        .get(0))
                .startsWith("Get-AzNetworkSecurityGroup -ResourceGroupName '<resourceGroup>' -Name ");
        assertThat(management.gaps("az")).contains("<resourceGroup>").hasSize(2);
    }
}
