package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new rule editor does first. */
class RulesInitCommandTest {

    @TempDir
    private Path temp;

    @Test
    void writesAFolderThatWorksAtOnce() {
        String folder = temp.resolve("mine").toString();

        Ran init = Ran.withPackagedRules("rules", "init", folder);
        assertThat(init.status()).isEqualTo(ExitStatus.OK);
        assertThat(init.out()).contains("requirements.xlsx", "pack.yaml");

        Ran lint = Ran.withPackagedRules("rules", "lint", folder);
        assertThat(lint.out()).endsWith("0 errors, 0 warnings\n");
        Ran test = Ran.withPackagedRules("rules", "test", folder);
        assertThat(test.out()).contains(", 0 failed");
        assertThat(test.status()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void itsExamplesCoverEverythingAndNoticeEveryChange() {
        String folder = temp.resolve("mine").toString();
        Ran.withPackagedRules("rules", "init", folder);

        Ran test = Ran.withPackagedRules("rules", "test", folder, "--mutate");

        assertThat(test.out()).contains("3 of 3 rules and rows covered").endsWith("changes noticed (100 %)\n");
    }

    @Test
    void itWorksWithFullTrustToo() {
        String folder = temp.resolve("mine").toString();
        Ran.withPackagedRules("rules", "init", folder);

        assertThat(Ran.withPackagedRules("rules", "lint", folder, "--trust-rules")
                        .out())
                .endsWith("0 errors, 0 warnings\n");
        assertThat(Ran.withPackagedRules("rules", "test", folder, "--trust-rules")
                        .out())
                .contains(", 0 failed; 3 of 3 rules and rows covered");
    }

    /** The rule that lets the internet in is deployed on a condition that the template does not decide. */
    @Test
    void whatARuleLetsInThatMayNotBeDeployedIsUndetermined() throws IOException {
        String folder = temp.resolve("mine").toString();
        Ran.withPackagedRules("rules", "init", folder);
        Path template = Files.writeString(temp.resolve("main.json"), """
                {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                 "contentVersion": "1.0.0.0",
                 "parameters": {"open": {"type": "bool"}},
                 "resources": [
                  {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2023-04-01", "name": "nsg",
                   "location": "westeurope", "properties": {"securityRules": []}},
                  {"type": "Microsoft.Network/networkSecurityGroups/securityRules", "apiVersion": "2023-04-01",
                   "name": "nsg/open", "condition": "[parameters('open')]",
                   "properties": {"priority": 300, "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
                    "sourceAddressPrefix": "Internet", "sourcePortRange": "*",
                    "destinationAddressPrefix": "VirtualNetwork", "destinationPortRanges": ["443", "3389"]}},
                  {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "vnet",
                   "location": "westeurope", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
                    "subnets": [{"name": "apim", "properties": {"addressPrefix": "10.0.1.0/24", "networkSecurityGroup":
                     {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'nsg')]"}}}]}},
                  {"type": "Microsoft.ApiManagement/service", "apiVersion": "2023-05-01-preview", "name": "apim",
                   "location": "westeurope", "sku": {"name": "Premium", "capacity": 2},
                   "properties": {"publisherEmail": "a@contoso.example", "publisherName": "a",
                    "virtualNetworkType": "Internal", "virtualNetworkConfiguration": {"subnetResourceId":
                     "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet', 'apim')]"}}}]}
                """);
        assertThat(check(template, "--rules", folder))
                .contains(
                        "undecided X-RDP-INTERNET; SEED-MODE-INT missing whether rule open lets the internet in cannot be"
                                + " decided without its condition");
    }

    private static String check(Path snapshot, String... options) {
        List<String> args = new ArrayList<>(List.of("check", snapshot.toString()));
        args.addAll(List.of(options));
        return Ran.withPackagedRules(args.toArray(String[]::new)).out().replaceAll("\\s+", " ");
    }

    @Test
    void writesOverNothing() throws IOException {
        Path file = Files.writeString(temp.resolve("notes.txt"), "mine");

        assertThat(Ran.withPackagedRules("rules", "init", temp.toString()).err())
                .contains("is not empty");
        assertThat(Ran.withPackagedRules("rules", "init", file.toString()).err())
                .contains("is a file");
        assertThat(temp).isDirectoryContaining(path -> path.equals(file));
    }

    @Test
    void anExportWritesOverAFileOnlyWhereThatIsAskedFor() throws IOException {
        for (String format : List.of("csv", "xlsx")) {
            Path file = Files.writeString(temp.resolve("mine." + format), "edited");
            List<String> export = List.of("rules", "export", "--" + format, file.toString());

            Ran refused = Ran.withPackagedRules(export.toArray(String[]::new));
            assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(refused.err()).contains("mine." + format + "' exists", "add --force");
            assertThat(file).hasContent("edited");

            Ran forced = Ran.withPackagedRules("rules", "export", "--" + format, file.toString(), "--force");
            assertThat(forced.status()).isEqualTo(ExitStatus.OK);
            assertThat(Files.size(file)).isGreaterThan(100);
        }
    }

    @Test
    void exportsRowsThatAFolderCanHold() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("rules"));
        Files.writeString(folder.resolve("pack.yaml"), "name: copy\nversion: \"1\"\n");
        String csv = folder.resolve("requirements.csv").toString();

        Ran export = Ran.withPackagedRules("rules", "export", "--csv", csv, "--id", "c-flow-out-sql");
        assertThat(export.status()).isEqualTo(ExitStatus.OK);
        assertThat(Files.readString(Path.of(csv))).contains("C-FLOW-OUT-SQL").doesNotContain("C-FLOW-OUT-STORAGE");
        assertThat(Ran.withPackagedRules("rules", "lint", folder.toString()).out())
                .contains("0 errors");
        assertThat(Ran.withPackagedRules(
                                "rules", "diff", folder.toString(), "../kb-samples/changes/external-to-internal/before")
                        .out())
                .startsWith("0 verdicts change");

        Path xlsx = temp.resolve("all.xlsx");
        Ran.withPackagedRules("rules", "export", "--xlsx", xlsx.toString());
        assertThat(Files.readAllBytes(xlsx)).startsWith('P', 'K');
        assertThat(Ran.withPackagedRules("rules", "export", "--id", "C-FLOW-OUT-SQLL")
                        .err())
                .contains("Did you mean C-FLOW-OUT-SQL?");
    }
}
