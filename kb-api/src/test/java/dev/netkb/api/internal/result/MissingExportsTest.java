package dev.netkb.api.internal.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.NetworkInterface;
import dev.netkb.model.azure.PrivateDnsZone;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Subject;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MissingExportsTest {

    private static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
    private static final String GROUP = "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/shop";
    private static final ResourceId SERVICE = ResourceId.of(GROUP + "/providers/Microsoft.ApiManagement/service/shop");
    private static final String VNET = GROUP + "/providers/Microsoft.Network/virtualNetworks/vnet-a";
    private static final ResourceId SUBNET = ResourceId.of(VNET + "/subnets/apim");

    static Stream<Arguments> gaps() {
        return Stream.of(
                Arguments.of(
                        "the export does not say the platform of the instance (az apim show, field platformVersion)",
                        "API Management instance shop",
                        "az apim show --ids " + SERVICE + " > "),
                Arguments.of(
                        "the prefix of its subnet is not known (az network vnet subnet show)",
                        "subnet apim",
                        "az network vnet subnet show --ids " + SUBNET + " > "),
                Arguments.of(
                        "the region is not known; export that network (az network vnet show)",
                        "virtual network vnet-a",
                        "az network vnet show --ids " + VNET + " > "),
                Arguments.of(
                        "the addresses behind peering hub (az network vnet peering list)",
                        "peerings of virtual network vnet-a",
                        "az network vnet peering list -g shop --vnet-name vnet-a --subscription " + SUBSCRIPTION
                                + " > "),
                Arguments.of(
                        "the virtual networks were not exported (az network vnet list)",
                        "virtual networks of subscription " + SUBSCRIPTION,
                        "az network vnet list --subscription " + SUBSCRIPTION + " > "),
                Arguments.of(
                        "the state of the connection (az network private-endpoint list)",
                        "private endpoints of subscription " + SUBSCRIPTION,
                        "az network private-endpoint list --subscription " + SUBSCRIPTION + " > "),
                Arguments.of(
                        "no locks were exported (az lock list)",
                        "locks of subscription " + SUBSCRIPTION,
                        "az lock list --subscription " + SUBSCRIPTION + " > "),
                Arguments.of(
                        "whether Microsoft.Web is registered was not exported (az provider show -n Microsoft.Web)",
                        "registration of Microsoft.Web in subscription " + SUBSCRIPTION,
                        "az provider show -n Microsoft.Web --subscription " + SUBSCRIPTION + " > "),
                Arguments.of(
                        "the network status was not exported (az rest --url " + SERVICE
                                + "/networkstatus --url-parameters api-version=2024-05-01)",
                        "network status of shop",
                        "az rest --method get --url '" + SERVICE + "/networkstatus?api-version=2024-05-01' --query"
                                + " \"{serviceId: '" + SERVICE + "', value: @}\" > "),
                Arguments.of(
                        "the effective routes of a network interface in apim, because the gateway may have brought all"
                                + " (az network nic show-effective-route-table --ids '<network interface of a virtual"
                                + " machine in apim>')",
                        "effective routes of a network interface in apim",
                        "az network nic show-effective-route-table --ids '<network interface of a virtual machine in"
                                + " apim>' > "),
                Arguments.of(
                        "Tcp 1433 outbound to Sql cannot be decided without the addresses of service tags Sql, Storage"
                                + " (--service-tags FILE)",
                        "addresses of service tags Sql, Storage",
                        "az network list-service-tags --location westeurope > service-tags.json"),
                Arguments.of(
                        "the rules of firewall policy p, because firewall fw goes by them (az network firewall policy"
                                + " rule-collection-group list -g hub --policy-name p --subscription s)",
                        "rules of firewall policy p",
                        "az network firewall policy rule-collection-group list -g hub --policy-name p --subscription s > "),
                Arguments.of(
                        "what VirtualAppliance 10.0.9.4 lets pass (user route default (0.0.0.0/0))",
                        "firewalls, if appliance 10.0.9.4 is one (of any other say --set trustedAppliances=10.0.9.4 where"
                                + " it lets pass what is needed)",
                        "az network firewall list --subscription " + SUBSCRIPTION + " > "),
                Arguments.of(
                        "the records of private DNS zone z (az network private-dns record-set list -g shop -z z)",
                        "records of private DNS zone z",
                        "az network private-dns record-set list -g shop -z z --subscription " + SUBSCRIPTION + " > "));
    }

    @ParameterizedTest
    @MethodSource("gaps")
    void fillsInWhatTheSnapshotKnows(String message, String what, String command) {
        assertThat(of(Snapshot.EMPTY, message)).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("KB-N207");
            assertThat(problem.level()).isEqualTo(Problem.Level.NOTICE);
            assertThat(problem.message())
                    .isEqualTo("missing from this export: " + what + "; 1 undetermined result needs it");
            assertThat(problem.hint()).startsWith(command);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "az network nsg show,Microsoft.Network/networkSecurityGroups,network security group",
        "az network route-table show,Microsoft.Network/routeTables,route table",
        "az network vnet show,Microsoft.Network/virtualNetworks,virtual network",
        "az network public-ip show,Microsoft.Network/publicIPAddresses,public IP address",
        "az network vnet peering show,Microsoft.Network/virtualNetworks/v/virtualNetworkPeerings,peering",
        "az network private-endpoint show,Microsoft.Network/privateEndpoints,private endpoint",
        "az network firewall policy show,Microsoft.Network/firewallPolicies,firewall policy",
        "az network firewall show,Microsoft.Network/azureFirewalls,firewall",
        "az network nic show-effective-route-table,Microsoft.Network/networkInterfaces,effective routes of network interface",
        "az resource show,Microsoft.ApiManagement/gateways,resource"
    })
    void namesAResource(String command, String type, String noun) {
        String id = GROUP + "/providers/" + type + "/x";

        assertThat(of(Snapshot.EMPTY, "it was not exported (" + command + " --ids " + id + ")"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).contains(": " + noun + " x;");
                    assertThat(problem.hint())
                            .startsWith(command + " --ids " + id + " ")
                            .endsWith(".json");
                });
    }

    @Test
    void tellsEachOnceAndFirstWhatMostResultsNeed() {
        String nsg = GROUP + "/providers/Microsoft.Network/networkSecurityGroups/nsg";
        String table = GROUP + "/providers/Microsoft.Network/routeTables/rt";

        List<Problem> problems = of(
                Snapshot.EMPTY,
                "a (az network nsg show --ids " + nsg + "); b (az network route-table show --ids " + table + ")",
                "c (az network route-table show --ids " + table + ")",
                "d (az network route-table show --ids " + table + "); e (az network route-table show --ids " + table
                        + ")");

        assertThat(problems)
                .extracting(Problem::message)
                .containsExactly(
                        "missing from this export: route table rt; 3 undetermined results need it",
                        "missing from this export: network security group nsg; 1 undetermined result needs it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nsg $(touch x)", "n'; touch x; '", "nsg(1) `id`", "a\"b", "a&b", "-n"})
    void quotesNames(String name) {
        String id = GROUP + "/providers/Microsoft.Network/networkSecurityGroups/" + name;

        assertThat(of(Snapshot.EMPTY, "it was not exported (az network nsg show --ids " + id + ")"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.hint())
                        .startsWith("az network nsg show --ids " + ShellText.posix(id) + " > network-security-group-")
                        .containsPattern(" > [a-z0-9-]+\\.json$"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/a/b/c",
                "x",
                "/subscriptions/a\nb/providers/c/d"
            })
    void tellsNoCommandForWhatIsNotInAzure(String id) {
        assertThat(of(Snapshot.EMPTY, "it was not exported (az network nsg show --ids " + id + ")"))
                .isEmpty();
    }

    @Test
    void namesAnInterfaceAndASubscriptionThatTheSnapshotHas() {
        String nic = GROUP + "/providers/Microsoft.Network/networkInterfaces/nic";
        String zone = "/subscriptions/hub/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/z";
        Snapshot snapshot = Snapshot.builder()
                .add(new NetworkInterface(ResourceId.of(nic), "nic", List.of(SUBNET), List.of(), null, Provenance.NONE))
                .add(new PrivateDnsZone(ResourceId.of(zone), "z", 1, 2, Provenance.NONE))
                .build();

        assertThat(
                        of(
                                snapshot,
                                "a (az network nic list-effective-nsg --ids '<network interface of a virtual machine in apim>')"))
                .extracting(Problem::hint)
                .singleElement()
                .asString()
                .startsWith("az network nic list-effective-nsg --ids " + nic + " > ");
        assertThat(of(snapshot, "b (az network private-dns link vnet list -g dns -z z)"))
                .extracting(Problem::hint)
                .singleElement()
                .asString()
                .startsWith("az network private-dns link vnet list -g dns -z z --subscription hub > ");
    }

    @Test
    void saysNothingOfWhatIsDecided() {
        List<Result> results = Set.of(Outcome.VIOLATED, Outcome.PASSED, Outcome.NOT_APPLICABLE, Outcome.WAIVED).stream()
                .map(outcome -> result(outcome, "no locks were exported (az lock list)"))
                .toList();

        assertThat(MissingExports.of(results, List.of(), Snapshot.EMPTY)).isEmpty();
    }

    private static List<Problem> of(Snapshot snapshot, String... messages) {
        LocationSummary location =
                new LocationSummary(SERVICE, "westeurope", SUBNET, "External", "stv2", "Premium", "classic", "2026-09");
        return MissingExports.of(
                Stream.of(messages)
                        .map(message -> result(Outcome.UNDETERMINED, message))
                        .toList(),
                List.of(location),
                snapshot);
    }

    private static Result result(Outcome outcome, String message) {
        return new Result(
                "C-1",
                outcome,
                Severity.ERROR,
                "title",
                message,
                new Subject("location", SERVICE, "westeurope"),
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    }
}
