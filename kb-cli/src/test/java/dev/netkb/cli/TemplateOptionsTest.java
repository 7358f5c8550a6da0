package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people say of a deployment besides its template. */
class TemplateOptionsTest {

    private static final String SCHEMA =
            "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

    private static final String TEMPLATE = """
            {"$schema": "%s", "contentVersion": "1.0.0.0",
             "parameters": {
               "access": {"type": "string"},
               "priority": {"type": "int", "defaultValue": 100},
               "ports": {"type": "array", "defaultValue": ["443"]},
               "location": {"type": "string", "defaultValue": "[resourceGroup().location]"}},
             "resources": [
               {"type": "Microsoft.Network/networkSecurityGroups", "name": "g", "location": "[parameters('location')]",
                "properties": {"securityRules": [{"name": "in", "properties": {
                  "priority": "[parameters('priority')]", "direction": "Inbound", "access": "[parameters('access')]",
                  "protocol": "Tcp", "sourceAddressPrefix": "Internet", "sourcePortRange": "*",
                  "destinationAddressPrefix": "*", "destinationPortRanges": "[parameters('ports')]"}}]}},
               {"type": "Microsoft.Network/virtualNetworks", "name": "v", "location": "[parameters('location')]",
                "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [{"name": "s", "properties": {
                  "addressPrefix": "10.0.0.0/24",
                  "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'g')]"}}}]}}]}""".formatted(SCHEMA);

    @TempDir
    private Path folder;

    private String main = "";

    @BeforeEach
    void writeTheTemplate() throws IOException {
        main = write("main.json", TEMPLATE);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static Ran run(String... args) {
        return Ran.withPackagedRules(args);
    }

    private Ran flow(String... options) {
        List<String> args = new ArrayList<>(
                List.of("flow", main, "--from", "203.0.113.9", "--to", "s", "--protocol", "tcp", "--port", "443"));
        args.addAll(List.of(options));
        return run(args.toArray(String[]::new));
    }

    @Test
    void aValueDecidesAFlow() {
        assertThat(flow().out()).startsWith("undetermined").contains("parameter 'access' has no value");
        assertThat(flow("--parameters", "access=Allow").out()).startsWith("allowed");
        assertThat(flow("--parameters", "access=Deny").out()).startsWith("denied");
    }

    @Test
    void laterParametersCountMostAndTextsMeanWhatTheTemplateSays() throws IOException {
        String file = write(
                "given.txt",
                "{\"$schema\": \"" + SCHEMA.replace("Template", "Parameters")
                        + "\", \"parameters\": {\"access\": {\"value\": \"Deny\"}, \"priority\": {\"value\": 200}}}");

        assertThat(flow("--parameters", file).out()).startsWith("denied").contains("g/in (priority 200, Deny)");
        assertThat(flow("--parameters", "@" + file).out()).startsWith("denied");
        assertThat(flow("--parameters", file, "--parameters", "access=Allow", "--parameters", "priority=300")
                        .out())
                .startsWith("allowed")
                .contains("g/in (priority 300, Allow)");
        assertThat(flow("--parameters", "access=Allow", "--parameters", "ports=['80']")
                        .out())
                .startsWith("denied");
        assertThat(flow("--parameters", "access=Allow", "--parameters", "ports=[\"80\", \"443\"]")
                        .out())
                .startsWith("allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing.json", "=x", "1x=y", ""})
    void whatIsNeitherAFileNorAnAssignmentIsWrongUse(String given) {
        Ran ran = flow("--parameters", given);

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.status().code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("--parameters: '" + given + "' is neither a file that can be read nor NAME=VALUE");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void parametersOfBicepAreToBeCompiled() throws IOException {
        Ran ran = flow("--parameters", write("dev.bicepparam", "using 'main.bicep'"));

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains("bicep build-params").contains("dev.parameters.json");
    }

    @Test
    void aFolderIsNoParametersFile() {
        assertThat(flow("--parameters", folder.toString()).status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void aParametersFileThatIsNotJsonIsAnInputThatIsNotLoaded() throws IOException {
        Ran ran = run("check", main, "--parameters", write("bad.json", "{"));

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.out() + ran.err()).contains("KB-E101").contains("bad.json");
    }

    @ParameterizedTest
    @CsvSource({"check", "convert"})
    void commandsTakeValuesAndTheLocation(String command) {
        Ran ran = run(command, main, "--parameters", "access=Allow", "--resource-group-location", "West Europe");

        assertThat(ran.status()).as(ran.out() + ran.err()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out() + ran.err()).doesNotContain("has no value", "[resourceGroup().location]");
        if (command.equals("convert")) {
            assertThat(ran.out()).contains("\"westeurope\"");
        }
    }

    @Test
    void diffTakesThemToo() throws IOException {
        String after = write("after.json", TEMPLATE.replace("\"443\"", "\"80\""));
        Ran ran = run("diff", main, after, "--parameters", "access=Allow", "--resource-group-location", "westeurope");

        assertThat(ran.status()).as(ran.out() + ran.err()).isEqualTo(ExitStatus.OK);
        assertThat(ran.out() + ran.err()).doesNotContain("has no value");
    }

    @Test
    void withSubscriptionAndGroupATemplateIsComparedWithAnExport() throws IOException {
        String subscription = "00000000-0000-0000-0000-00000000000a";
        String export = write(
                "export.json",
                run("convert", main, "--parameters", "access=Allow", "--resource-group-location", "westeurope")
                        .out()
                        .replace("{subscription}", subscription)
                        .replace("{resourceGroup}", "rg"));
        Ran ran = run(
                "convert",
                main,
                "--subscription",
                subscription,
                "--resource-group",
                "rg",
                "--parameters",
                "access=Allow");
        Ran diff = run(
                "diff",
                export,
                main,
                "--parameters",
                "access=Allow",
                "--subscription",
                subscription,
                "--resource-group",
                "rg",
                "--resource-group-location",
                "westeurope");

        assertThat(ran.out())
                .contains("/subscriptions/" + subscription + "/resourceGroups/rg/")
                .doesNotContain("{subscription}");
        assertThat(diff.status()).as(diff.out() + diff.err()).isEqualTo(ExitStatus.OK);
        assertThat(diff.out()).doesNotContain("added", "removed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/subscriptions/x", "", "a b"})
    void aSubscriptionAndAGroupAreNames(String name) {
        assertThat(run("check", main, "--subscription", name).status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run("check", main, "--resource-group", name).status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void whatIsUndeterminedSaysHowToGiveIt() throws IOException {
        String service = write("service.json", """
                {"$schema": "%s", "parameters": {"sku": {"type": "string"}, "subnet": {"type": "string"}}, "resources": [
                  {"type": "Microsoft.ApiManagement/service", "name": "a", "location": "[resourceGroup().location]",
                   "sku": {"name": "[parameters('sku')]", "capacity": 1}, "properties": {"virtualNetworkType": "External",
                     "virtualNetworkConfiguration": {"subnetResourceId": "[parameters('subnet')]"}}}]}""".formatted(SCHEMA));

        Ran withoutTier = run("check", service, "--format", "json");
        Ran ran = run("check", service, "--format", "json", "--parameters", "sku=Premium");

        assertThat(withoutTier.out())
                .contains("sku of a is not known: parameter 'sku' has no value (--parameters sku=VALUE)")
                .doesNotContain("az apim show");
        assertThat(ran.out())
                .contains(
                        "subnetId of a is not known: parameter 'subnet' has no value (--parameters subnet=VALUE)",
                        "region of a is not known: [resourceGroup().location] (--resource-group-location REGION)")
                .doesNotContain("az apim show", "the location names no");
    }
}
