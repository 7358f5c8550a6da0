package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What templates are deployed to: planned resources have the ids that they will have, and are those of an export. */
class DeploymentTargetTest {

    private static final String SUBSCRIPTION = "00000000-0000-0000-0000-00000000000a";
    private static final TemplateInputs GIVEN = new TemplateInputs(List.of(), SUBSCRIPTION, "rg-app", "westeurope");

    private static final String TEMPLATE = """
            {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": [
              {"type": "Microsoft.Network/networkSecurityGroups", "name": "nsg", "location": "[resourceGroup().location]",
               "properties": {"securityRules": []}},
              {"type": "Microsoft.Network/virtualNetworks", "name": "vnet", "properties": {
                "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [
                  {"name": "own", "properties": {"addressPrefix": "10.0.0.0/24", "networkSecurityGroup": {
                    "id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'nsg')]"}}},
                  {"name": "shared", "properties": {"addressPrefix": "10.0.1.0/24", "networkSecurityGroup": {
                    "id": "[resourceId('rg-hub', 'Microsoft.Network/networkSecurityGroups', 'nsg-shared')]"}}}]}}]}""";

    private static String export(String group, String name) {
        return """
            [{"id": "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/networkSecurityGroups/%s",
              "type": "Microsoft.Network/networkSecurityGroups", "name": "%s", "location": "westeurope",
              "securityRules": [{"name": "deny", "priority": 100, "direction": "Inbound", "access": "Deny", "protocol": "*",
                "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*",
                "destinationPortRange": "*"}]}]""".formatted(SUBSCRIPTION, group, name, name);
    }

    private static ReadResult read(TemplateInputs inputs, String... files) {
        List<SnapshotSource.SourceFile> all = new java.util.ArrayList<>();
        for (String file : files) {
            all.add(new SnapshotSource.SourceFile(all.size() + ".json", file.getBytes(StandardCharsets.UTF_8)));
        }
        return SnapshotReader.create(inputs).read(new SnapshotSource("files", all));
    }

    @Test
    void plannedResourcesHaveTheirRealIds() {
        Snapshot snapshot = Reading.snapshot(read(GIVEN, TEMPLATE));

        assertThat(snapshot.virtualNetworks().get(0).id().text())
                .isEqualTo("/subscriptions/" + SUBSCRIPTION
                        + "/resourceGroups/rg-app/providers/Microsoft.Network/virtualNetworks/vnet");
        assertThat(snapshot.networkSecurityGroups().get(0).location()).hasToString("westeurope");
    }

    @Test
    void whatIsThereAlreadyJoinsTheTemplate() {
        Snapshot snapshot = Reading.snapshot(read(GIVEN, TEMPLATE, export("RG-hub", "nsg-shared")));

        assertThat(snapshot.subnets())
                .allMatch(
                        subnet -> snapshot.networkSecurityGroup(subnet.nsgId()).isPresent());
    }

    @Test
    void whatIsPlannedTakesThePlaceOfWhatIsThere() {
        for (List<String> files :
                List.of(List.of(TEMPLATE, export("rg-app", "nsg")), List.of(export("rg-app", "nsg"), TEMPLATE))) {
            Snapshot snapshot = Reading.snapshot(read(GIVEN, files.toArray(String[]::new)));

            assertThat(snapshot.networkSecurityGroups())
                    .singleElement()
                    .satisfies(group -> assertThat(group.rules())
                            .noneMatch(rule -> rule.name().equals("deny")));
        }
    }

    @Test
    void anExportWithTheNamesOfTheTemplateIsToldWhereNobodySaysTheTarget() {
        assertThat(read(TemplateInputs.NONE, TEMPLATE, export("rg-app", "nsg")).problems())
                .extracting(Problem::hint)
                .anyMatch(hint -> hint.contains("--subscription " + SUBSCRIPTION + " --resource-group rg-app"));
        assertThat(read(TemplateInputs.NONE, TEMPLATE, export("rg-app", "another"))
                        .problems())
                .isEmpty();
        assertThat(read(GIVEN, TEMPLATE, export("rg-app", "nsg")).problems()).isEmpty();
    }

    @Test
    void anExportOfWhatTheTemplateRefersToIsToldToo() {
        assertThat(read(TemplateInputs.NONE, TEMPLATE, export("rg-hub", "nsg-shared"))
                        .problems())
                .extracting(Problem::hint)
                .containsExactly("Where they are one: --subscription " + SUBSCRIPTION);
    }
}
