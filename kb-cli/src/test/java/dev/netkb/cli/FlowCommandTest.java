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
    void decidesInboundFlowsByTheSubnetOfTheDestination() {
        assertThat(flow("--from Internet --to snet-db --protocol tcp --port 1433")
                        .out())
                .startsWith("denied")
                .contains("DenyAllInBound (default, priority 65500, Deny)");
    }

    @Test
    void asksWhichSubnetIsMeantAndListsTheIds() {
        Ran ran = flow("--from snet-apim --to Sql --protocol tcp --port 1433");

        assertThat(ran.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ran.err())
                .contains("names 2 subnets", "virtualNetworks/vnet-a/subnets/snet-apim", "vnet-b/subnets/snet-apim");
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
    void rejectsASnapshotThatCannotBeRead() throws IOException {
        Files.writeString(network, "[{\"id\": ");

        Ran ran = flow("--from snet-db --to Sql --protocol tcp");

        assertThat(ran.status()).isEqualTo(ExitStatus.NOT_LOADED);
        assertThat(ran.err()).contains("KB-E101", "was rejected");
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
