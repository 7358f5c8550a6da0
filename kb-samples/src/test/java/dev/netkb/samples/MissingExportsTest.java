package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is left out of a complete export, a command fetches just that. */
class MissingExportsTest {

    private static final Path SNAPSHOTS = Path.of("snapshots");
    private static final KnowledgeBase RULES = KnowledgeBase.packaged();
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "complete-internal | backends.json | az rest --method get --url '…/service/stock-api/backends?",
                "complete-internal | dns-links.json | az network private-dns link vnet list -g stock -z stock-api.azure-api.net",
                "complete-internal | dns-records.json | az network private-dns record-set list -g stock -z stock-api.azure-api.net",
                "complete-internal | dns-zones.json | az network private-dns zone list --subscription",
                "complete-internal | firewall-policies.json | az network firewall policy show --ids …/firewallPolicies/fwp-hub ",
                "complete-internal | firewall-rules.json | az network firewall policy rule-collection-group list -g stock --policy-name fwp-hub",
                "complete-internal | firewalls.json | az network firewall list --subscription",
                "complete-internal | gateways.json | az network nic show-effective-route-table --ids '<network interface",
                "complete-internal | ip-groups.json | az network ip-group list --subscription",
                "complete-internal | network-status.json | az rest --method get --url '…/service/stock-api/networkstatus?",
                "complete-internal | nsgs.json | az network nsg show --ids …/networkSecurityGroups/nsg-apim ",
                "complete-internal | public-ips.json | az network public-ip show --ids …/publicIPAddresses/pip-apim ",
                "complete-internal | route-tables.json | az network route-table show --ids …/routeTables/rt-apim ",
                "complete-internal | self-hosted.json | az rest --method get --url '…/service/stock-api/gateways?",
                "complete-internal | service-tags.json | az network list-service-tags --location westeurope ",
                "complete-internal | vnets.json | az network vnet show --ids …/virtualNetworks/vnet-stock ",
                "complete-internal | vnets.json | az network vnet subnet show --ids …/subnets/apim ",
                "complete-v2 | apim.json | az apim show --ids …/service/parcels-api ",
                "complete-v2 | backends.json | az apim api list -g parcels --service-name parcels-api",
                "complete-v2 | provider.json | az provider show -n Microsoft.Web --subscription",
                "complete-v2 | workspace-links.json | az rest --method get --url '…/gateways/gw-returns/configConnections?",
                "private-and-workspace | private-endpoints | az network private-endpoint show --ids …/privateEndpoints/"
            })
    void namesTheCommandForAFileThatIsLeftOut(String sample, String left, String command) throws IOException {
        List<SourceFile> files = left.endsWith(".json")
                ? files(sample).stream()
                        .filter(file -> !file.name().equals(left))
                        .toList()
                : without(sample, "microsoft.network/privateendpoints");
        assertThat(files).isNotEmpty();

        assertThat(missing(report(sample, files))).extracting(Problem::hint).anyMatch(hint -> contains(hint, command));
    }

    @Test
    void namesThePeerThatIsLeftOut() throws IOException {
        List<SourceFile> files = new ArrayList<>();
        for (SourceFile file : files("complete-internal")) {
            JsonNode content = JSON.readTree(file.content());
            if (file.name().equals("vnets.json")) {
                ArrayNode vnets = (ArrayNode) (content.has("value") ? content.get("value") : content);
                vnets.removeIf(vnet -> vnet.path("name").asText().equals("vnet-hub"));
                content.findParents("remoteAddressSpace")
                        .forEach(peering -> ((ObjectNode) peering).remove("remoteAddressSpace"));
            }
            files.add(new SourceFile(file.name(), JSON.writeValueAsBytes(content)));
        }

        assertThat(missing(report("complete-internal", files)))
                .extracting(Problem::hint)
                .anyMatch(hint -> contains(hint, "az network vnet show --ids …/virtualNetworks/vnet-hub "));
    }

    /** The firewall is named, and how to export what it goes by. */
    @ParameterizedTest
    @CsvSource({"firewall-policies.json", "firewall-rules.json"})
    void namesTheFirewallWhosePolicyIsLeftOut(String left) throws IOException {
        List<SourceFile> files = files("complete-internal").stream()
                .filter(file -> !file.name().equals(left))
                .toList();

        List<Result> open = report("complete-internal", files).results().stream()
                .filter(result -> result.outcome() == Outcome.UNDETERMINED && result.flow() != null)
                .toList();

        assertThat(open)
                .flatExtracting(result ->
                        result.flow() == null ? List.of() : result.flow().missing())
                .asString()
                .contains("because firewall ", "goes by them (az network firewall policy show --ids ");
    }

    /** A complete export of everything that a command can fetch leaves nothing to fetch but what needs a machine. */
    @ParameterizedTest
    @CsvSource({"complete-internal", "complete-v2"})
    void asksForNothingThatIsThere(String sample) throws IOException {
        assertThat(missing(report(sample, files(sample))))
                .extracting(Problem::hint)
                .allMatch(hint -> hint.startsWith("az network nic "));
    }

    private static boolean contains(String hint, String command) {
        int from = 0;
        for (String part : command.split("…", -1)) {
            int at = hint.indexOf(part, from);
            if (at < 0) {
                return false;
            }
            from = at + part.length();
        }
        return true;
    }

    private static List<Problem> missing(SnapshotReport report) {
        return report.problems().stream()
                .filter(problem -> problem.code().equals("KB-N207"))
                .toList();
    }

    private static SnapshotReport report(String sample, List<SourceFile> files) {
        return RULES.evaluate(SnapshotReader.create().read(new SnapshotSource(sample, files)), Options.DEFAULT);
    }

    private static List<SourceFile> without(String sample, String type) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        for (SourceFile file : files(sample)) {
            JsonNode content = JSON.readTree(file.content());
            for (JsonNode list : List.of(content, content.path("data"), content.path("value"))) {
                if (list instanceof ArrayNode array) {
                    for (int i = array.size() - 1; i >= 0; i--) {
                        if (array.get(i).path("type").asText().equalsIgnoreCase(type)) {
                            array.remove(i);
                        }
                    }
                }
            }
            files.add(new SourceFile(file.name(), JSON.writeValueAsBytes(content)));
        }
        return files;
    }

    private static List<SourceFile> files(String sample) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(SNAPSHOTS.resolve(sample))) {
            for (Path path :
                    paths.filter(p -> p.toString().endsWith(".json")).sorted().toList()) {
                files.add(new SourceFile(path.getFileName().toString(), Files.readAllBytes(path)));
            }
        }
        return files;
    }
}
