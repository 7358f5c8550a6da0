package dev.netkb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.SnapshotReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

/** The network has two subnets in one virtual network and a subnet of the same name in another region. */
class FlowCommandTest {

    @TempDir
    private Path folder;

    private Path network = Path.of("");

    @BeforeEach
    void writeTheNetwork() throws IOException {
        network = folder.resolve("network.json");
        try (InputStream in = FlowCommandTest.class.getResourceAsStream("/flow/network.json")) {
            assertThat(in).isNotNull();
            Files.write(network, in.readAllBytes());
        }
    }

    private Ran flow(String args) {
        List<String> all = new ArrayList<>(List.of("flow", network.toString()));
        all.addAll(List.of(args.split(" ")));
        return Ran.by(SnapshotReader.create(), "", all.toArray(String[]::new));
    }

    @Test
    void namesTheRuleThatLetsPacketsPass() {
        Ran ran = flow("--from vnet-a/snet-apim --to Sql --protocol tcp --port 1433");

        assertThat(ran.out())
                .startsWith("allowed Tcp 1433 from vnet-a/snet-apim to Sql")
                .contains("nsg-apim/allow-sql (priority 100, Allow)");
        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void namesTheRuleThatDropsPackets() {
        Ran ran = flow("--from vnet-a/snet-apim --to Storage --protocol TCP --port 443");

        assertThat(ran.out())
                .startsWith("denied")
                .contains("nsg-apim/deny-internet (priority 200, Deny)", "[network.json:64:9]");
        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void asksTheGroupsAtBothEnds() {
        Ran ran = flow("--from vnet-a/snet-apim --to snet-db --protocol tcp --port 1433 --source-port 1024-65535");

        assertThat(ran.out())
                .startsWith("partial")
                .contains("AllowVnetOutBound", "nsg-db/allow-half", "nsg-db/deny-network", "10.0.1.128/25")
                .contains("Tcp 10.0.1.128:1024 -> 10.0.2.0:1433 is dropped");
    }

    @Test
    void knowsSourcePorts() {
        assertThat(flow("--from 10.0.1.4 --to 10.0.2.4 --protocol tcp --port 1433 --source-port 1024-65535")
                        .out())
                .startsWith("allowed");
        assertThat(flow("--from 10.0.1.4 --to 10.0.2.4 --protocol tcp --port 1433 --source-port 80")
                        .out())
                .startsWith("denied");
    }

    @Test
    void saysNoPortsOfAProtocolThatHasNone() {
        assertThat(flow("--from Internet --to snet-db --protocol icmp").out())
                .startsWith("denied Icmp from Internet to snet-db\n")
                .contains("DenyAllInBound (default, priority 65500, Deny) drops Icmp from Internet\n")
                .contains("  denied       Icmp from Internet\n");
        assertThat(flow("--from 10.0.1.4 --to 10.0.2.4 --protocol icmp").out())
                .contains("AllowVnetOutBound (default, priority 65000, Allow) lets Icmp to 10.0.2.4");
    }

    @Test
    void decidesInboundFlowsByTheSubnetOfTheDestination() {
        assertThat(flow("--from Internet --to snet-db --protocol tcp --port 1433")
                        .out())
                .startsWith("denied")
                .contains("DenyAllInBound (default, priority 65500, Deny)");
    }

    @Test
    void asksWhichSubnetIsMeantAndListsThemOneALine() {
        Ran ran = flow("--from snet-apim --to Sql --protocol tcp --port 1433");

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err().lines().map(String::trim))
                .containsSequence(
                        "netkb: --from 'snet-apim' names 2 subnets:",
                        "vnet-a/snet-apim (westeurope)",
                        "vnet-b/snet-apim (northeurope)",
                        "Give network/subnet as listed, or --location with its region.");
    }

    @Test
    void listsOnlyAFewOfManySubnets() throws IOException {
        StringBuilder networks = new StringBuilder("[");
        for (int i = 0; i < 28; i++) {
            networks.append(i == 0 ? "" : ",").append("""
                    {"id": "/subscriptions/s%d/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet",
                     "name": "vnet", "type": "Microsoft.Network/virtualNetworks", "location": "westus",
                     "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [
                       {"name": "default", "properties": {"addressPrefix": "10.0.0.0/24"}}]}}
                    """.formatted(i));
        }
        Files.writeString(network, networks.append("]"));

        for (String from : List.of("default", "vnet/default", "10.0.0.4")) {
            Ran ran = flow("--from " + from + " --to Sql --protocol tcp --port 1433");

            assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(ran.err()).contains("28 subnets:", "and 23 more", "Give the whole id.");
            assertThat(ran.err().lines().filter(line -> line.contains("/subnets/default")))
                    .hasSize(5);
        }
    }

    @Test
    void anAddressThatSeveralNetworksHaveLiesInTheOneThatIsReached() throws IOException {
        Files.writeString(
                network,
                Files.readString(network).replace("10.1.1.0/24", "10.0.1.0/24").replace("10.1.0.0", "10.0.0.0"));

        assertThat(flow("--from 10.0.1.4 --to Sql --protocol tcp --port 1433").err())
                .contains("--from '10.0.1.4' lies in 2 subnets:", "vnet-b/snet-apim");
        assertThat(flow("--from 10.0.1.4 --to snet-db --protocol tcp --port 1433 --source-port 1024")
                        .out())
                .startsWith("allowed")
                .contains("AllowVnetOutBound");
        assertThat(flow("--from 10.0.1.4 --to Storage --protocol tcp --port 443 --location northeurope")
                        .out())
                .startsWith("allowed");
    }

    @Test
    void refusesARegionThatTheSnapshotDoesNotHave() {
        for (String location : List.of("westeuropa", "narnia")) {
            Ran ran = flow("--from snet-db --to Sql --protocol tcp --location " + location);

            assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(ran.err())
                    .contains("--location '" + location + "' is not a region of the snapshot;"
                            + " it has northeurope, westeurope");
        }
        assertThat(flow("--from snet-db --to Sql --protocol tcp --location westeuropa")
                        .err())
                .contains("Maybe westeurope.");
    }

    @Test
    void saysThatNoneOfTheSubnetsLiesInTheRegion() throws IOException {
        Files.writeString(network, Files.readString(network).replace("\"northeurope\"", "\"westus\""));
        String services = Files.readString(network).replaceFirst("\\[", """
                [{"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/apim",
                  "name": "apim", "type": "Microsoft.ApiManagement/service", "location": "eastus",
                  "properties": {"virtualNetworkType": "None"}},
                """);
        Files.writeString(network, services);

        assertThat(flow("--from snet-apim --to Sql --protocol tcp --location eastus")
                        .err())
                .contains("--from 'snet-apim' names 2 subnets, none of them in eastus:", "vnet-b/snet-apim (westus)");
    }

    @ParameterizedTest
    @CsvSource({
        "Sqll, Sql",
        "Storag, Storage",
        "Sql.westeuropa, Sql.westeurope",
        "snet-bd, snet-db",
        "vnet-b/snet-apin, vnet-b/snet-apim"
    })
    void refusesAWordThatNobodyKnowsAndSaysWhatItMayBe(String word, String meant) {
        Ran ran = flow("--from snet-db --to " + word + " --protocol tcp --port 1433");

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains("'" + word + "' is no subnet", "Maybe ").containsPattern("Maybe .*" + meant);
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AzureKeyVault", "sql.westeurope", "AzureFrontDoor.FirstParty", "VIRTUAL_NETWORK"})
    void knowsPublishedTagsWithoutTagData(String tag) {
        assertThat(flow("--from snet-db --to " + tag + " --protocol tcp --port 443")
                        .status())
                .isEqualTo(ExitStatus.OK);
    }

    @Test
    void tagDataAddTheirTags() throws IOException {
        Path tags = Files.writeString(folder.resolve("tags.txt"), """
                {"cloud": "Public", "changeNumber": 1, "values": [
                  {"name": "BrandNew", "properties": {"addressPrefixes": ["203.0.113.0/24"]}}]}
                """);

        assertThat(flow("--from snet-db --to BrandNew --protocol tcp --port 443 --service-tags " + tags)
                        .out())
                .startsWith("allowed");
        assertThat(flow("--from snet-db --to BrandNow --protocol tcp --port 443 --service-tags " + tags)
                        .err())
                .contains("Maybe BrandNew");
        assertThat(flow("--from snet-db --to BrandNew --protocol tcp --port 443")
                        .status())
                .isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void pointsToTheMissingGroupOfApiManagement() throws IOException {
        String withService = Files.readString(network).replaceFirst("\\[", """
                [{"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/apim",
                  "name": "apim", "type": "Microsoft.ApiManagement/service", "location": "northeurope",
                  "sku": {"name": "Premium", "capacity": 1},
                  "properties": {"virtualNetworkType": "Internal", "platformVersion": "stv2",
                    "virtualNetworkConfiguration": {"subnetResourceId":
                      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet-b/subnets/snet-apim"}}},
                """);
        Files.writeString(network, withService);

        Ran ran = flow("--from ApiManagement --to vnet-b/snet-apim --protocol tcp --port 3443");

        assertThat(ran.out())
                .startsWith("denied")
                .contains("no network security group on snet-apim drops 3443 from ApiManagement")
                .contains("C-NET-05");
        assertThat(flow("--from ApiManagement --to vnet-b/snet-apim --protocol tcp --format json")
                        .out())
                .contains("\"type\": \"noNsg\"", "\"access\": \"Deny\"", "\"cause\": \"C-NET-05\"");
        assertThat(flow("--from vnet-b/snet-apim --to Storage --protocol tcp --port 443")
                        .out())
                .startsWith("allowed")
                .doesNotContain("C-NET-05");
    }

    @Test
    void namesAGroupThatIsMissingOnceAndShowsHowToExportIt() throws IOException {
        String text = Files.readString(network);
        Files.writeString(network, text.replaceFirst("networkSecurityGroups/nsg-db", "networkSecurityGroups/nsg-gone"));

        String out = flow("--from snet-db --to vnet-a/snet-apim --protocol tcp --port 443")
                .out();

        assertThat(out).startsWith("undetermined");
        assertThat(out.split("/networkSecurityGroups/nsg-gone", -1)).as(out).hasSize(2);
        assertThat(out).contains("nsg-gone was not exported").contains("az network nsg show");
        assertThat(out).doesNotContain("denied ");
    }

    @Test
    void doesNotRepeatALongId() {
        String id =
                "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet-a/subnets/snet-db";

        String out =
                flow("--from vnet-a/snet-apim --to " + id + " --protocol tcp").out();

        assertThat(out).contains("AllowVnetOutBound (default, priority 65000, Allow) lets any port to");
        assertThat(out.split("/subnets/snet-db", -1)).as(out).hasSize(2);
    }

    @Test
    void takesTheSubnetOfTheLocation() {
        assertThat(flow("--from snet-apim --to Storage --protocol tcp --port 443 --location WestEurope")
                        .out())
                .startsWith("denied");
        assertThat(flow("--from snet-apim --to Storage --protocol tcp --port 443 --location northeurope")
                        .out())
                .startsWith("allowed");
    }

    @Test
    void writesJson() {
        Ran ran = flow("--from vnet-a/snet-apim --to Sql --protocol tcp --port 1433 --format json");

        assertThat(ran.out())
                .contains(
                        "\"schema\": \"netkb/flow/1\"", "\"verdict\": \"allowed\"", "\"name\": \"nsg-apim/allow-sql\"")
                .contains("network.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--from nowhere! --to Sql --protocol tcp | is no subnet of the snapshot, no address",
                "--from 192.0.2.1 --to Sql --protocol tcp | one of them must",
                "--from Storage --to Sql --protocol tcp | one of them must",
                "--from /subscriptions/x --to Sql --protocol tcp | is no subnet of the snapshot",
                "--from snet-db --to Sql --protocol sctp | use tcp, udp, icmp, esp, ah or *",
                "--from snet-db --to Sql --protocol tcp --port 99999-1 | '99999-1' is not a port range within 0-65535",
                "--from snet-db --to Sql --protocol icmp --port 80 | Icmp has no ports",
                "--from snet-db --to 2001:db8::1 --protocol tcp --port 443 | no packet can go from 'snet-db' to '2001:db8::1'",
                "--from 2001:db8::/32 --to snet-db --protocol tcp --port 443 | the other only IPv6 addresses",
                "--from snet-db --to Sql | Missing required option: '--protocol=P'",
                "--from snet-db --to Sql --protocol tcp --format sarif | use table or json",
            })
    void saysWhatItWouldHaveAccepted(String args, String expected) {
        Ran ran = flow(args);

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err()).contains(expected).contains("see netkb flow --help");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void warnsOfATagInARuleThatNobodyKnows() throws IOException {
        Files.writeString(network, Files.readString(network).replace("\"Sql\"", "\"Sqll\""));

        Ran ran = flow("--from vnet-a/snet-apim --to Sql --protocol tcp --port 1433");

        assertThat(ran.status()).isEqualTo(ExitStatus.OK);
        assertThat(ran.err())
                .contains(
                        "network.json:56:9: KB-N202 rule nsg-apim/allow-sql names 'Sqll', which is no known service tag")
                .contains("Maybe Sql.");
    }

    @Test
    void rejectsASnapshotThatCannotBeRead() throws IOException {
        Files.writeString(network, "[{\"id\": ");

        Ran ran = flow("--from snet-db --to Sql --protocol tcp");

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.err().lines()).hasSize(3).first().asString().startsWith("netkb: " + network + ":1:9: KB-E101 ");
        assertThat(ran.err()).contains(System.lineSeparator() + "       The file ends too early", "was rejected");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void readsTheNetworkFromStandardInput() throws IOException {
        String text = Files.readString(network, StandardCharsets.UTF_8);

        Ran ran = Ran.by(
                SnapshotReader.create(),
                text,
                "flow",
                "-",
                "--from=vnet-a/snet-apim",
                "--to=Sql",
                "--protocol=tcp",
                "--port=1433");

        assertThat(ran.out()).startsWith("allowed");
    }
}
