package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.EffectiveNsg;
import dev.netkb.model.azure.EffectiveRoute;
import dev.netkb.model.azure.FeatureInUse;
import dev.netkb.model.azure.NetworkStatus;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are no resources, parts on their own, and what is said of things that are not understood. */
class ShapesTest {

    private static final String NET = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/";

    private static final String RULE = "{'id': '" + NET + "networkSecurityGroups/nsg/securityRules/r', 'name': 'r',"
            + " 'type': 'Microsoft.Network/networkSecurityGroups/securityRules', 'properties': {'priority': 300,"
            + " 'direction': 'Inbound', 'access': 'Allow', 'protocol': '*', 'sourcePortRange': '*',"
            + " 'destinationPortRange': '443', 'sourceAddressPrefix': '*', 'destinationAddressPrefix': '*'}}";

    @Test
    void effectiveRulesComeWithTheAddressesOfTheirTags() {
        String text = """
                {'value': [{'networkSecurityGroup': {'id': '%snetworkSecurityGroups/nsg'},
                  'association': {'subnet': {'id': '%svirtualNetworks/v/subnets/s'}},
                  'effectiveSecurityRules': [
                   {'name': 'securityRules/allow-sql', 'protocol': 'Tcp', 'sourcePortRange': '0-65535',
                    'destinationPortRange': '1433-1433', 'sourcePortRanges': ['0-65535'],
                    'destinationPortRanges': ['1433-1433'], 'sourceAddressPrefix': 'VirtualNetwork',
                    'destinationAddressPrefix': 'Sql', 'expandedDestinationAddressPrefix': ['13.66.0.0/24'],
                    'access': 'Allow', 'priority': 200, 'direction': 'Outbound'},
                   {'name': 'defaultSecurityRules/DenyAllInBound', 'protocol': 'All', 'sourcePortRange': '0-65535',
                    'destinationPortRange': '0-65535', 'sourceAddressPrefix': '0.0.0.0/0',
                    'destinationAddressPrefix': '0.0.0.0/0', 'access': 'Deny', 'priority': 65500,
                    'direction': 'Inbound'}],
                  'tagMap': {'VirtualNetwork': ['10.0.0.0/16', '168.63.129.16/32']}}]}
                """.formatted(NET, NET);

        Snapshot snapshot = Reading.snapshot(Reading.texts(text));

        EffectiveNsg nsg = snapshot.effectiveNsgs().get(0);
        assertThat(nsg.nsgId()).isEqualTo(ResourceId.of(NET + "networkSecurityGroups/nsg"));
        assertThat(nsg.subnetId()).isEqualTo(ResourceId.of(NET + "virtualNetworks/v/subnets/s"));
        assertThat(nsg.networkInterfaceId()).isNull();
        assertThat(nsg.expansions())
                .containsEntry(
                        ServiceTag.of("Sql"),
                        AddressPrefix.parse("13.66.0.0/24").addresses())
                .containsKey(ServiceTag.VIRTUAL_NETWORK);
        assertThat(nsg.rules()).extracting(NsgRule::name).containsExactly("DenyAllInBound", "allow-sql");
        assertThat(nsg.rules().get(0)).satisfies(rule -> {
            assertThat(rule.isDefault()).isTrue();
            assertThat(rule.protocols()).isEqualTo(ProtocolSet.ALL);
            assertThat(rule.sources()).containsExactly(new AddressMatch.Any());
            assertThat(rule.destinationPorts()).isEqualTo(PortSet.ALL);
        });
        assertThat(nsg.rules().get(1).destinationPorts()).isEqualTo(PortSet.of(1433));
        assertThat(nsg.rules().get(1).isDefault()).isFalse();
    }

    @Test
    void effectiveRoutesKeepTheirSourceAndState() {
        Snapshot snapshot = Reading.snapshot(
                Reading.texts("{'value': [{'source': 'User', 'state': 'Active', 'addressPrefix': ['0.0.0.0/0'],"
                        + " 'nextHopType': 'VirtualAppliance', 'nextHopIpAddress': ['10.0.0.4']},"
                        + " {'source': 'Default', 'state': 'Invalid', 'addressPrefix': ['10.0.0.0/16'],"
                        + " 'nextHopType': 'VNetLocal', 'nextHopIpAddress': []}]}"));

        assertThat(snapshot.effectiveRoutes())
                .extracting(EffectiveRoute::source, EffectiveRoute::state, EffectiveRoute::nextHopType)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("User", "Active", NextHopType.VIRTUAL_APPLIANCE),
                        org.assertj.core.groups.Tuple.tuple("Default", "Invalid", NextHopType.VNET_LOCAL));
    }

    @Test
    void networkStatusIsReadByServiceAndByLocation() {
        String status = "{'dnsServers': ['10.0.0.4'], 'connectivityStatus': [{'name': 'x.vault.azure.net', 'status':"
                + " 'Failure', 'error': 'refused', 'lastUpdated': '2026-01-02T03:04:05Z', 'lastStatusChange': '2026-01-01T00:00:00Z', 'resourceType':"
                + " 'AzureKeyVault', 'isOptional': false}]}";

        List<NetworkStatus> byService = Reading.snapshot(
                        Reading.texts("[{'location': 'West Europe', 'networkStatus': " + status + "}]"))
                .networkStatuses();
        List<NetworkStatus> byLocation = Reading.snapshot(Reading.texts(status)).networkStatuses();

        assertThat(byService.get(0).location()).isEqualTo(Region.of("westeurope"));
        assertThat(byLocation.get(0).location()).isNull();
        assertThat(byLocation.get(0).connectivity()).isEqualTo(byService.get(0).connectivity());
        assertThat(byService.get(0).connectivity().get(0)).satisfies(row -> {
            assertThat(row.status()).isEqualTo("failure");
            assertThat(row.error()).isEqualTo("refused");
            assertThat(row.optional()).isFalse();
            assertThat(row.lastUpdated()).isEqualTo("2026-01-02T03:04:05Z");
            assertThat(row.lastStatusChange()).isEqualTo("2026-01-01T00:00:00Z");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'serviceId': '%s', 'location': 'West Europe', 'value': {'dnsServers': [], 'connectivityStatus': []}}",
                "{'serviceId': '%s', 'value': [{'location': 'West Europe', 'networkStatus': {'dnsServers': []}}]}",
                "{'serviceId': '%s', 'location': 'West Europe', 'networkStatus': {'dnsServers': []}}",
            })
    void anEnvelopeSaysWhoseANetworkStatusIs(String envelope) {
        String service = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/orders";

        NetworkStatus status = Reading.snapshot(Reading.texts(envelope.formatted(service)))
                .networkStatuses()
                .get(0);

        assertThat(status.serviceId()).isEqualTo(ResourceId.of(service));
        assertThat(status.location()).isEqualTo(Region.of("westeurope"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'changeNumber': 42",
                "'changeNumber': '42', 'id': '/subscriptions/s/providers/Microsoft.Network/serviceTags/public', 'type': 'Microsoft.Network/serviceTags'"
            })
    void serviceTagsAreReadFromTheFileAndFromTheCall(String head) {
        Snapshot snapshot = Reading.snapshot(Reading.texts("{" + head + ", 'cloud': 'Public', 'values': ["
                + "{'name': 'Sql.WestEurope', 'properties': {'addressPrefixes': ['13.69.104.192/26', '2603:1020::/64']}},"
                + "{'name': 'ApiManagement', 'properties': {'addressPrefixes': []}}]}"));

        assertThat(snapshot.serviceTags().changeNumber()).isEqualTo("42");
        assertThat(snapshot.serviceTags().file()).isEqualTo("a.json");
        assertThat(snapshot.serviceTags()
                        .find(ServiceTag.of("sql.westeurope"))
                        .orElseThrow()
                        .toPrefixes())
                .containsExactly("13.69.104.192/26", "2603:1020::/64");
        assertThat(snapshot.serviceTags()
                        .find(ServiceTag.of("ApiManagement"))
                        .orElseThrow()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aPrefixOfATagThatIsNoneIsAnError() {
        Problem error = Reading.error(Reading.texts("{'changeNumber': 1, 'cloud': 'Public', 'values': ["
                + "{'name': 'Sql', 'properties': {'addressPrefixes': ['13.69.104.192/26', '13.69.104']}}]}"));

        assertThat(error.code()).isEqualTo("KB-E106");
        assertThat(error.at().pointer()).isEqualTo("/values/0/properties/addressPrefixes/1");
    }

    @Test
    void anExampleOfTheRestSpecificationsShowsItsFirstAnswer() {
        Snapshot snapshot = Reading.snapshot(
                Reading.texts("{'parameters': {'subscriptionId': 's', 'resourceGroupName': 'g', 'serviceName': 'apim'},"
                        + " 'responses': {'202': {}, '200': {'body': [{'location': 'West US', 'networkStatus':"
                        + " {'dnsServers': [], 'connectivityStatus': []}}]}, '201': {'body': {'x': 1}}}}"));

        assertThat(snapshot.networkStatuses().get(0).serviceId())
                .isEqualTo(ResourceId.of(
                        "/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/apim"));
    }

    @Test
    void aRuleOnItsOwnJoinsItsGroup() {
        String group = "{'id': '" + NET + "networkSecurityGroups/NSG', 'name': 'NSG', 'type':"
                + " 'Microsoft.Network/networkSecurityGroups', 'properties': {}}";

        Snapshot snapshot = Reading.snapshot(Reading.texts(RULE, group));

        assertThat(snapshot.networkSecurityGroups().get(0).rules(Direction.INBOUND))
                .extracting(NsgRule::name)
                .containsExactly("r", "AllowVnetInBound", "AllowAzureLoadBalancerInBound", "DenyAllInBound");
    }

    @Test
    void aRuleWithoutItsGroupIsLeftOutAndSaidSo() {
        ReadResult result = Reading.texts(RULE);

        assertThat(Reading.snapshot(result).networkSecurityGroups()).isEmpty();
        assertThat(codes(result)).containsExactly("KB-N104");
        assertThat(Reading.snapshot(result).coverage().has("Microsoft.Network/networkSecurityGroups/securityRules"))
                .isTrue();
    }

    @Test
    void aSubnetWithoutItsNetworkIsKeptAndSaidSo() {
        ReadResult result = Reading.texts("{'id': '" + NET + "virtualNetworks/v/subnets/s', 'name': 's',"
                + " 'addressPrefix': '10.0.0.0/24', 'addressPrefixes': null}");

        assertThat(Reading.snapshot(result).subnets()).hasSize(1);
        assertThat(codes(result)).containsExactly("KB-N104");
    }

    @Test
    void defaultRulesAreAddedWhereTheExportHasNone() {
        Snapshot snapshot = Reading.snapshot(Reading.texts(
                "{'id': '" + NET + "networkSecurityGroups/nsg', 'name':" + " 'nsg', 'securityRules': []}"));

        assertThat(snapshot.networkSecurityGroups().get(0).rules())
                .isEqualTo(NsgRule.defaults(ResourceId.of(NET + "networkSecurityGroups/nsg")).stream()
                        .sorted(NsgRule.ORDER)
                        .toList());
    }

    @Test
    void aRuleInAFailedStateIsSaidSo() {
        ReadResult result = Reading.texts("{'id': '" + NET + "networkSecurityGroups/nsg', 'name': 'nsg',"
                + " 'properties': {'securityRules': ["
                + RULE.replace("'properties': {", "'properties': {'provisioningState': 'Failed', ") + "]}}");

        assertThat(codes(result)).containsExactly("KB-N105");
        assertThat(result.problems().get(0).message()).contains("'r'", "'nsg'", "Failed");
    }

    @Test
    void whatARuleDoesNotSayIsUnknownAndNotAll() {
        NsgRule rule = Reading.snapshot(
                        Reading.texts(
                                "{'id': '" + NET + "networkSecurityGroups/nsg', 'name': 'nsg',"
                                        + " 'securityRules': [{'name': 'r', 'priority': 100, 'direction': 'Inbound', 'access': 'Allow'}]}"))
                .networkSecurityGroups()
                .get(0)
                .rules()
                .get(0);

        assertThat(rule.provenance().unknown()).containsOnlyKeys("protocol", "sourcePorts", "destinationPorts");
        assertThat(rule.sources())
                .allMatch(AddressMatch.Unknown.class::isInstance)
                .isNotEmpty();
        assertThat(rule.destinations())
                .allMatch(AddressMatch.Unknown.class::isInstance)
                .isNotEmpty();
    }

    @Test
    void singularAndPluralFieldsAreUnited() {
        NsgRule rule = Reading.snapshot(Reading.texts("{'id': '" + NET + "networkSecurityGroups/nsg', 'name': 'nsg',"
                        + " 'securityRules': [{'name': 'r', 'priority': 100, 'direction': 'Inbound', 'access': 'Allow',"
                        + " 'protocol': 'tcp', 'sourcePortRange': '1000', 'sourcePortRanges': ['2000-3000'],"
                        + " 'destinationPortRange': '', 'destinationPortRanges': ['443', '0443', '80-80'],"
                        + " 'sourceAddressPrefix': 'AZURE_LOADBALANCER', 'sourceAddressPrefixes': ['10.0.0.1/32',"
                        + " '10.0.0.0/24', 'AzureLoadBalancer'], 'destinationAddressPrefix': null,"
                        + " 'destinationAddressPrefixes': [], 'destinationApplicationSecurityGroups': [{'id': '" + NET
                        + "applicationSecurityGroups/asg'}]}]}"))
                .networkSecurityGroups()
                .get(0)
                .rules()
                .get(0);

        assertThat(rule.sourcePorts()).isEqualTo(PortSet.parse("1000,2000-3000"));
        assertThat(rule.destinationPorts()).isEqualTo(PortSet.parse("80,443"));
        assertThat(rule.sources())
                .containsExactly(
                        new AddressMatch.Tag(ServiceTag.AZURE_LOAD_BALANCER),
                        new AddressMatch.Prefix(AddressPrefix.parse("10.0.0.1")),
                        new AddressMatch.Prefix(AddressPrefix.parse("10.0.0.0/24")));
        assertThat(rule.destinations())
                .containsExactly(new AddressMatch.Asg(ResourceId.of(NET + "applicationSecurityGroups/asg")));
    }

    @Test
    void whatNobodyReadsIsCountedAndNamedOnce() {
        String machine = "{'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/%s',"
                + " 'type': 'Microsoft.Compute/virtualMachines', 'name': '%s'}";
        ReadResult result = Reading.texts("[" + machine.formatted("a", "a") + "," + machine.formatted("b", "b") + "]");

        assertThat(codes(result)).containsExactly("KB-N102");
        assertThat(result.problems().get(0).message()).contains("microsoft.compute/virtualmachines", "2 times");
        assertThat(Reading.snapshot(result).coverage().resourceTypes())
                .containsEntry("microsoft.compute/virtualmachines", 2);
    }

    @Test
    void aMisspeltFieldShowsUp() {
        ReadResult result = Reading.texts("{'id': '" + NET + "virtualNetworks/v', 'name': 'v', 'properties':"
                + " {'adressSpace': {'addressPrefixes': ['10.0.0.0/8']}, 'flowTimeoutInMinutes': 4}}");

        assertThat(codes(result)).containsExactly("KB-N103");
        assertThat(result.problems().get(0).message()).contains("adressSpace");
        assertThat(result.problems().get(0).at().pointer()).isEqualTo("/properties/adressSpace");
    }

    @Test
    void aPageOfAnAnswerIsNotTakenForTheWhole() {
        for (String more : List.of("'resultTruncated': 'true'", "'skip_token': 'x'", "'$skipToken': 'x'")) {
            ReadResult result = Reading.texts("{'data': [], " + more + "}");

            assertThat(codes(result)).contains("KB-N108");
            assertThat(result.problems()).anyMatch(p -> p.level() == Problem.Level.WARNING);
        }
        assertThat(codes(Reading.texts("{'data': [], 'resultTruncated': 'false', 'skip_token': null}")))
                .doesNotContain("KB-N108");
    }

    @Test
    void whatIsNoSnapshotIsSaidSo() {
        assertThat(codes(Reading.texts("{'hello': 'world'}"))).containsExactly("KB-N101", "KB-N109");
        assertThat(codes(Reading.texts("7"))).containsExactly("KB-N101", "KB-N109");
        assertThat(codes(Reading.texts("[]"))).containsExactly("KB-N109");
        assertThat(codes(Reading.texts("null"))).containsExactly("KB-N109");
        assertThat(codes(Reading.texts())).containsExactly("KB-N109");
    }

    /** A report that was written into the folder of an export is read with it the next time. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'schema': 'netkb/report/1', 'snapshots': []} | a netkb report (netkb/report/1)",
                "{'schema': 'netkb/summary/1'} | a netkb report (netkb/summary/1)",
                "{'schema': 'netkb/diff/1', 'value': []} | a netkb report (netkb/diff/1)",
                "{'source': 's', 'status': 'evaluated', 'results': []} | a netkb report (JSON lines)",
                "{'schema': 'netkb/known/1', 'known': []} | a list of known violations (netkb/known/1)",
            })
    void whatNetkbWroteIsSkippedAndSaidSo(String text, String what) {
        ReadResult alone = Reading.texts(text);
        ReadResult beside =
                Reading.texts("{'id': '" + NET + "virtualNetworks/v', 'name': 'v', 'properties': {}}", text);

        assertThat(alone.problems())
                .extracting(Problem::code, Problem::message)
                .containsExactly(
                        tuple("KB-N101", "a.json is " + what + ", no export, and is skipped"),
                        tuple("KB-N109", "texts holds no export, only what netkb itself wrote"));
        assertThat(beside.problems())
                .extracting(Problem::message)
                .contains("b.json is " + what + ", no export, and is skipped");
        assertThat(codes(beside)).doesNotContain("KB-N109");
    }

    @Test
    void maskedAddressesAreUnknown() {
        ReadResult result =
                Reading.texts("{'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/a',"
                        + " 'name': 'a', 'properties': {'virtualNetworkType': null, 'publicIPAddresses': ['137.XXX.11.74',"
                        + " '20.1.2.3']}}");

        assertThat(Reading.snapshot(result).locations().get(0).publicAddresses())
                .containsExactly(AddressPrefix.parse("20.1.2.3"));
        assertThat(Reading.snapshot(result).locations().get(0).provenance().knows("publicAddresses"))
                .isFalse();
        assertThat(codes(result)).containsExactly("KB-N107");
    }

    @Test
    void aModeThatTheExportDoesNotSayIsUnknown() {
        String service = "{'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/a',"
                + " 'name': 'a', 'properties': {%s}}";

        assertThat(mode(service.formatted(""))).isEqualTo(VirtualNetworkType.UNKNOWN);
        assertThat(mode(service.formatted("'virtualNetworkType': null"))).isEqualTo(VirtualNetworkType.NONE);
        assertThat(mode(service.formatted("'virtualNetworkType': 'INTERNAL'"))).isEqualTo(VirtualNetworkType.INTERNAL);
        assertThat(mode(service.formatted("'virtualNetworkType': 'Sideways'"))).isEqualTo(VirtualNetworkType.UNKNOWN);
    }

    private static VirtualNetworkType mode(String text) {
        return Reading.snapshot(Reading.texts(text)).locations().get(0).virtualNetworkType();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "caches/c|{}|EXTERNAL_CACHE",
                "loggers/l|{'loggerType': 'azureEventHub'}|EVENT_HUB_LOGGER",
                "loggers/l|{'loggerType': 'applicationInsights'}|APPLICATION_INSIGHTS",
                "identityProviders/aad|{'type': 'aad'}|ENTRA_IDENTITY_PROVIDER",
                "authorizationProviders/p|{}|CREDENTIAL_MANAGER",
                "namedValues/n|{'keyVault': {'secretIdentifier': 'https://kv/secrets/s'}}|KEY_VAULT_NAMED_VALUE",
                "apis/a/policies/policy|{'value': '<policies><rate-limit-by-key calls=1/></policies>'}|RATE_LIMIT",
                "loggers/l|{'loggerType': 'azureMonitor'}|",
                "namedValues/n|{'keyVault': null}|",
                "identityProviders/google|{}|"
            })
    void featuresInUseAreSeen(String line) {
        String[] parts = line.split("\\|", -1);
        Snapshot snapshot = Reading.snapshot(
                Reading.texts("{'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/x/"
                        + parts[0] + "', 'name': 'n', 'properties': " + parts[1] + "}"));

        assertThat(snapshot.featuresInUse().stream().map(FeatureInUse::feature).map(Enum::name))
                .isEqualTo(parts[2].isEmpty() ? List.of() : List.of(parts[2]));
        assertThat(snapshot.featuresInUse())
                .allMatch(f -> f.serviceId().type().equals("microsoft.apimanagement/service"));
    }

    private static List<String> codes(ReadResult result) {
        return result.problems().stream().map(Problem::code).toList();
    }
}
