package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.DnsServer;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Route;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.azure.ServiceEndpoint;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans and states of Terraform: what they say becomes facts, what is known only after apply stays unknown. */
class TerraformTest {

    private static final String GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-net";

    @Test
    void modulesAreFollowedThroughVariablesAndOutputs() {
        Snapshot planned = snapshot("modules.json");
        Location primary = planned.locations().stream()
                .filter(Location::primary)
                .findFirst()
                .orElseThrow();
        Location second = planned.locations().stream()
                .filter(location -> !location.primary())
                .findFirst()
                .orElseThrow();

        assertThat(planned.subnet(primary.subnetId()).orElseThrow().prefixes())
                .containsExactly(AddressPrefix.parse("10.1.1.0/24"));
        assertThat(planned.subnet(second.subnetId()).orElseThrow().prefixes())
                .containsExactly(AddressPrefix.parse("10.2.0.0/24"));
    }

    @Test
    void anInstanceInSeveralRegionsIsReadWhole() {
        Snapshot planned = snapshot("modules.json");
        ApiManagementService service = planned.services().get(0);

        assertThat(service.sku()).isEqualTo("Premium");
        assertThat(service.deployed()).isFalse();
        assertThat(service.publicNetworkAccess()).isEqualTo("Enabled");
        assertThat(service.hostnames()).singleElement().satisfies(host -> {
            assertThat(host.type()).isEqualTo("Proxy");
            assertThat(host.hostName()).isEqualTo("api.example.com");
        });
        assertThat(planned.locations()).extracting(Location::regionName).containsExactly("westeurope", "northeurope");
        assertThat(planned.locations())
                .as("an additional location has as many units as the service where it says none")
                .extracting(Location::units)
                .containsExactly(3, 3);
        assertThat(planned.locations()).allSatisfy(location -> {
            assertThat(location.virtualNetworkType()).isEqualTo(VirtualNetworkType.INTERNAL);
            assertThat(location.provenance().unknown()).isEmpty();
        });
    }

    @Test
    void countedAssociationsAndUnknownNamesFindTheirResources() {
        Snapshot planned = snapshot("modules.json");

        assertThat(planned.networkSecurityGroups()).hasSize(2);
        assertThat(planned.subnets()).hasSize(4).allSatisfy(subnet -> {
            assertThat(subnet.provenance().unknown()).isEmpty();
            NetworkSecurityGroup group =
                    planned.networkSecurityGroup(subnet.nsgId()).orElseThrow();
            assertThat(group.location())
                    .isEqualTo(planned.virtualNetwork(subnet.vnetId())
                            .orElseThrow()
                            .location());
            assertThat(custom(group)).extracting(NsgRule::name).containsExactly("allow-in");
            assertThat(group.provenance().unknown()).isEmpty();
        });
    }

    @Test
    void otherTypesAreCounted() {
        assertThat(read("modules.json").problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("KB-N102");
            assertThat(problem.message()).contains("random_pet");
        });
    }

    /** No subnet is without a group because of an association whose subnet is not known. */
    @Test
    void anAssociationThatMayMeanAnySubnetLeavesThemAllOpen() {
        Map<String, Subnet> subnets = byName(snapshot("unresolved.json"));

        assertThat(subnets.get("own").nsgId()).isNotNull();
        assertThat(subnets.get("own").provenance().knows("nsgId")).isTrue();
        for (String name : List.of("first", "second", "a", "b")) {
            assertThat(subnets.get(name).provenance().unknown())
                    .hasEntrySatisfying(
                            "nsgId",
                            reason -> assertThat(reason)
                                    .contains("azurerm_subnet_network_security_group_association.some")
                                    .contains("local.subnet_id"));
        }
    }

    @Test
    void anAssociationThatMayMeanSomeSubnetsLeavesOnlyTheseOpen() {
        Map<String, Subnet> subnets = byName(snapshot("unresolved.json"));

        List<String> open = subnets.values().stream()
                .filter(subnet -> !subnet.provenance().knows("routeTableId"))
                .map(Subnet::name)
                .sorted()
                .toList();
        assertThat(open).containsExactly("a", "b", "first", "second");
        assertThat(subnets.get("own").routeTableId()).isNull();
        assertThat(subnets.get("a").provenance().unknown().get("routeTableId"))
                .contains("azurerm_subnet_route_table_association.one");
        assertThat(subnets.get("first").provenance().unknown().get("routeTableId"))
                .contains("azurerm_subnet_route_table_association.either");
    }

    @Test
    void aRuleThatMayBelongToAnyGroupLeavesThemAllOpen() {
        ReadResult result = read("unresolved.json");
        Snapshot planned = Reading.snapshot(result);

        assertThat(planned.networkSecurityGroups())
                .hasSize(3)
                .allSatisfy(group -> assertThat(group.provenance().unknown().get("rules"))
                        .contains("azurerm_network_security_rule.lost", "local.group"));
        assertThat(result.problems())
                .anySatisfy(problem ->
                        assertThat(problem.message()).startsWith("azurerm_network_security_rule.lost is left out"));
    }

    /** The configuration does not show blocks that are attributes: nothing says that there are none. */
    @Test
    void aTableWithoutRoutesOfItsOwnMayHaveThemInside() {
        Map<String, RouteTable> tables = snapshot("unresolved.json").routeTables().stream()
                .collect(Collectors.toMap(RouteTable::name, table -> table));

        assertThat(tables.get("t").provenance().unknown()).isEmpty();
        assertThat(tables.get("t").disableBgpRoutePropagation()).isTrue();
        assertThat(tables.get("u").provenance().unknown()).isEmpty();
        assertThat(tables.get("u").disableBgpRoutePropagation()).isFalse();
        assertThat(tables.get("u").routes()).isEmpty();
        Route route = tables.get("t").routes().get(0);
        assertThat(route.nextHopType()).isEqualTo(NextHopType.VIRTUAL_APPLIANCE);
        assertThat(route.provenance().unknown().get("nextHopIp"))
                .isEqualTo("azurerm_route.r.next_hop_in_ip_address is known only after apply"
                        + " (it is made of azurerm_firewall.f.ip_configuration[0].private_ip_address)");

        Snapshot alone = Reading.snapshot(Reading.texts("""
                {'format_version': '1.2', 'terraform_version': '1.9.8', 'planned_values': {'root_module': {'resources': [
                  {'address': 'azurerm_route_table.t', 'mode': 'managed', 'type': 'azurerm_route_table', 'name': 't',
                   'values': {'name': 't', 'resource_group_name': 'g', 'location': 'westeurope'}}]}},
                 'resource_changes': [{'address': 'azurerm_route_table.t', 'type': 'azurerm_route_table',
                   'change': {'actions': ['create'], 'after_unknown': {'id': true, 'route': true}}}]}
                """));
        assertThat(alone.routeTables().get(0).provenance().unknown().get("routes"))
                .contains("azurerm_route_table.t.route")
                .contains("route = []");
    }

    @Test
    void azapiBodiesAreReadAsObjectsAndAsText() {
        Snapshot planned = snapshot("azapi.json");
        Subnet subnet = planned.subnets().get(0);

        assertThat(subnet.prefixes()).containsExactly(AddressPrefix.parse("10.0.1.0/24"));
        assertThat(subnet.delegations())
                .extracting(delegation -> delegation.serviceName())
                .containsExactly("Microsoft.Web/serverFarms");
        assertThat(planned.virtualNetwork(subnet.vnetId()).orElseThrow().addressPrefixes())
                .containsExactly(AddressPrefix.parse("10.0.0.0/16"));
        assertThat(custom(planned.networkSecurityGroup(subnet.nsgId()).orElseThrow()))
                .singleElement()
                .satisfies(rule -> assertThat(rule.destinationPorts()).isEqualTo(PortSet.of(443)));
        assertThat(subnet.id().text()).startsWith(GROUP);
    }

    @Test
    void oldSpellingsAndReferencesMeanTheSame() {
        Snapshot planned = snapshot("old.json");
        Map<String, Subnet> subnets = byName(planned);
        Subnet subnet = subnets.get("s");

        assertThat(subnet.prefixes()).containsExactly(AddressPrefix.parse("10.0.1.0/24"));
        assertThat(subnet.privateEndpointNetworkPolicies()).isEqualTo("Disabled");
        assertThat(subnet.serviceEndpoints())
                .extracting(ServiceEndpoint::service)
                .containsExactly("Microsoft.Sql", "Microsoft.Storage");
        assertThat(subnet.delegations())
                .extracting(delegation -> delegation.serviceName())
                .containsExactly("Microsoft.Web/serverFarms");
        assertThat(subnets.get("inner").prefixes()).containsExactly(AddressPrefix.parse("10.0.9.0/24"));
        NetworkSecurityGroup group =
                planned.networkSecurityGroup(subnet.nsgId()).orElseThrow();
        assertThat(custom(group))
                .singleElement()
                .satisfies(rule -> assertThat(rule.destinationPorts()).isEqualTo(PortSet.parse("80,443")));
        RouteTable table = planned.routeTable(subnet.routeTableId()).orElseThrow();
        assertThat(table.disableBgpRoutePropagation()).isTrue();
        assertThat(table.routes()).extracting(Route::nextHopType).containsExactly(NextHopType.INTERNET);
        assertThat(planned.dnsServers())
                .extracting(DnsServer::address)
                .containsExactly(AddressPrefix.parse("10.0.0.4"), AddressPrefix.parse("10.0.0.5"));
    }

    /** The provider lists rules of resources of their own in the group too, as they were before. */
    @Test
    void anUpdateTakesRulesFromTheirOwnResources() {
        Snapshot planned = snapshot("update.json");
        NetworkSecurityGroup group = planned.networkSecurityGroups().get(0);

        Map<String, Integer> priorities =
                custom(group).stream().collect(Collectors.toMap(NsgRule::name, NsgRule::priority));
        assertThat(priorities)
                .containsOnly(
                        Map.entry("kept", 100),
                        Map.entry("moved", 210),
                        Map.entry("foreign", 130),
                        Map.entry("added", 140));
        assertThat(group.provenance().unknown()).isEmpty();
    }

    @Test
    void anUpdateKnowsWhatIsThereAlready() {
        Map<String, Subnet> subnets = byName(snapshot("update.json"));
        ResourceId group = ResourceId.of(GROUP + "/providers/Microsoft.Network/networkSecurityGroups/n");

        assertThat(subnets).containsOnlyKeys("old", "new", "other", "hub");
        assertThat(subnets.get("old").prefixes()).containsExactly(AddressPrefix.parse("10.0.1.0/25"));
        assertThat(subnets.get("old").nsgId()).isNull();
        assertThat(subnets.get("other").nsgId()).isEqualTo(group);
        assertThat(subnets.get("new").nsgId()).isEqualTo(group);
        assertThat(subnets.get("hub").nsgId()).as("of a data source").isEqualTo(group);
        assertThat(subnets.get("new").id())
                .isEqualTo(ResourceId.of(GROUP + "/providers/Microsoft.Network/virtualNetworks/v/subnets/new"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.json", "terraform.tfstate.json"})
    void aStateSaysWhatIsThere(String file) {
        Snapshot there = snapshot(file);
        Map<String, Subnet> subnets = byName(there);

        assertThat(subnets).containsOnlyKeys("old", "other");
        assertThat(subnets.values())
                .allSatisfy(subnet ->
                        assertThat(there.networkSecurityGroup(subnet.nsgId())).isPresent());
        assertThat(custom(there.networkSecurityGroups().get(0)))
                .extracting(NsgRule::priority)
                .containsExactly(100, 210);
    }

    @Test
    void aPlanThatIsNotWholeLeavesAssociationsAndRulesOpen() {
        String plan = text("modules.json").replaceFirst("\\{", "{\"complete\": false,");
        ReadResult result = Reading.bytes(plan.getBytes(StandardCharsets.UTF_8));
        String without = plan.replace("azurerm_subnet_network_security_group_association", "time_sleep");
        Snapshot planned = Reading.snapshot(Reading.bytes(without.getBytes(StandardCharsets.UTF_8)));

        assertThat(result.problems()).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("KB-N108");
            assertThat(problem.level()).isEqualTo(Problem.Level.WARNING);
        });
        assertThat(planned.subnets())
                .allSatisfy(subnet -> assertThat(subnet.provenance().unknown()).containsKeys("nsgId", "routeTableId"));
        assertThat(planned.networkSecurityGroups())
                .allSatisfy(group -> assertThat(group.provenance().unknown()).containsKey("rules"));
    }

    @ParameterizedTest
    @CsvSource({"0.1, true", "0.2, true", "1.0, true", "1.99, true", "2.0, false", "x, false", "'', false"})
    void formatVersionsThatAreReadAndThatAreNot(String version, boolean accepted) {
        ReadResult result = Reading.texts("{'format_version': '" + version
                + "', 'terraform_version': '1.9.8', 'planned_values': {'root_module': {}}}");

        if (accepted) {
            assertThat(result.problems()).extracting(Problem::code).containsExactly("KB-N109");
        } else {
            Problem error = Reading.error(result);
            assertThat(error.code()).isEqualTo("KB-E115");
            assertThat(error.at().pointer()).isEqualTo("/format_version");
            assertThat(error.hint()).contains("terraform show -json");
        }
    }

    @Test
    void aStateOfAnotherVersionIsRejected() {
        Problem error = Reading.error(
                Reading.texts("{'version': 3, 'terraform_version': '0.11.14', 'serial': 1, 'modules': []}"));

        assertThat(error.code()).isEqualTo("KB-E115");
        assertThat(error.message()).contains("'3'");
    }

    @Test
    void aSecretThatWasTakenOutOfThePlanIsNotKnown() {
        Snapshot planned = Reading.snapshot(Reading.texts("""
                {'format_version': '1.2', 'terraform_version': '1.9.8', 'planned_values': {'root_module': {'resources': [
                  {'address': 'azurerm_public_ip.p', 'mode': 'managed', 'type': 'azurerm_public_ip', 'name': 'p',
                   'values': {'name': 'p', 'resource_group_name': 'g', 'location': 'westeurope', 'sku': 'Standard',
                    'domain_name_label': null}, 'sensitive_values': {'domain_name_label': true, 'sku': true}}]}}}
                """));

        assertThat(planned.publicIpAddresses().get(0).provenance().unknown()).containsOnlyKeys("domainNameLabel");
        assertThat(planned.publicIpAddresses().get(0).sku()).isEqualTo("Standard");
    }

    @Test
    void anAppInASubnetIsItsUser() {
        Snapshot planned = Reading.snapshot(Reading.texts("""
                {'format_version': '1.2', 'terraform_version': '1.9.8', 'planned_values': {'root_module': {'resources': [
                  {'address': 'azurerm_subnet.s', 'mode': 'managed', 'type': 'azurerm_subnet', 'name': 's', 'values': {
                    'name': 's', 'resource_group_name': 'g', 'virtual_network_name': 'v', 'address_prefixes': ['10.0.0.0/24']}},
                  {'address': 'azurerm_lb.l', 'mode': 'managed', 'type': 'azurerm_lb', 'name': 'l', 'values': {
                    'name': 'l', 'resource_group_name': 'g', 'frontend_ip_configuration': [{'name': 'f'}]}},
                  {'address': 'azurerm_linux_web_app.w', 'mode': 'managed', 'type': 'azurerm_linux_web_app', 'name': 'w',
                   'values': {'name': 'w', 'resource_group_name': 'g'}}]}},
                 'resource_changes': [
                  {'address': 'azurerm_lb.l', 'type': 'azurerm_lb', 'change': {'actions': ['create'],
                    'after_unknown': {'frontend_ip_configuration': [{'subnet_id': true}]}}},
                  {'address': 'azurerm_linux_web_app.w', 'type': 'azurerm_linux_web_app', 'change': {
                    'actions': ['create'], 'after_unknown': {'virtual_network_subnet_id': true}}}],
                 'configuration': {'root_module': {'resources': [
                  {'address': 'azurerm_lb.l', 'mode': 'managed', 'type': 'azurerm_lb', 'name': 'l', 'expressions': {
                    'frontend_ip_configuration': [{'subnet_id': {'references': ['azurerm_subnet.s.id', 'azurerm_subnet.s']}}]}},
                  {'address': 'azurerm_linux_web_app.w', 'mode': 'managed', 'type': 'azurerm_linux_web_app', 'name': 'w',
                   'expressions': {'virtual_network_subnet_id': {'references': ['azurerm_subnet.s.id', 'azurerm_subnet.s']}}}]}}}
                """));

        assertThat(planned.subnetUsers())
                .allSatisfy(user -> assertThat(user.subnetId())
                        .isEqualTo(planned.subnets().get(0).id()))
                .extracting(SubnetUser::ownerType)
                .containsExactlyInAnyOrder("microsoft.web/sites", "microsoft.network/loadbalancers");
    }

    @Test
    void placesPointIntoThePlan() {
        ReadResult result = read("old.json");
        Snapshot planned = Reading.snapshot(result);
        NsgRule rule = custom(planned.networkSecurityGroups().get(0)).get(0);

        assertThat(line(result, rule, "destinationPortRanges")).contains("\"destination_port_ranges\"");
        assertThat(line(result, rule, "sourceAddressPrefix")).contains("\"source_address_prefix\": \"Internet\"");
        assertThat(result.locate().apply(rule.provenance().place()).pointer())
                .startsWith("/planned_values/root_module/resources/")
                .endsWith("/values/security_rule/0");
    }

    private static String line(ReadResult result, NsgRule rule, String field) {
        int line = result.locate().apply(rule.provenance().place().field(field)).line();
        return text("old.json").split("\n", -1)[line - 1];
    }

    /** The same network as a template, as a plan, as an export and as a state. */
    @ParameterizedTest
    @CsvSource({"same-plan.json, same-template.json", "same-state.json, same-export.json"})
    void theSameNetworkGivesTheSameFacts(String terraform, String azure) {
        assertThat(facts(snapshot(terraform))).isEqualTo(facts(snapshot(azure)));
    }

    /** All facts in the project's own format, without what stands before the provider in ids. */
    private static String facts(Snapshot snapshot) {
        return SnapshotWriter.write(snapshot)
                .replaceAll("/subscriptions/[^/\"]*/resourceGroups/[^/\"]*", "")
                .replaceAll("\"id\": \"/providers/[^\"]*(/providers/[^\"]*\")", "\"id\": \"$1");
    }

    @Test
    void aPlanOfNetworkInterfacesFollowsTheirModules() {
        ReadResult result = shared("plan-nsg-vnet-terraform-0.12.json");
        Snapshot planned = Reading.snapshot(result);
        Subnet internal = planned.subnets().get(0);

        assertThat(internal.name()).isEqualTo("internal");
        assertThat(internal.prefixes()).containsExactly(AddressPrefix.parse("10.0.2.0/24"));
        assertThat(internal.nsgId()).isNull();
        assertThat(planned.networkInterfaces()).hasSize(2).allSatisfy(nic -> {
            assertThat(nic.subnetIds()).containsExactly(internal.id());
            assertThat(planned.networkSecurityGroup(nic.nsgId())).isPresent();
        });
        assertThat(planned.networkSecurityGroups())
                .hasSize(2)
                .allSatisfy(group -> assertThat(custom(group)).hasSize(1));
        assertThat(planned.virtualNetworks().get(0).location()).isEqualTo(Region.of("northeurope"));
    }

    @Test
    void aPlanOfFirewallsKeepsThemApart() {
        ReadResult result = shared("plan-firewall-vnet-terraform-1.0.json");
        Snapshot planned = Reading.snapshot(result);

        assertThat(planned.subnets())
                .singleElement()
                .satisfies(subnet -> assertThat(subnet.name()).isEqualTo("AzureFirewallSubnet"));
        assertThat(planned.coverage().has("Microsoft.Network/azureFirewalls")).isTrue();
        assertThat(result.problems())
                .filteredOn(problem -> problem.message().contains("have the same name"))
                .hasSize(4);
    }

    /** Four rules of one group have one priority, and Azure would refuse them: each is told, and the others stand. */
    @Test
    void aPlanThatAzureWouldRefuseIsToldSo() {
        ReadResult result = shared("plan-nsg-rules-terraform-0.13.json");
        Snapshot planned = Reading.snapshot(result);

        assertThat(result.problems())
                .filteredOn(problem -> problem.code().equals("KB-N116"))
                .hasSizeGreaterThan(2)
                .allSatisfy(problem -> {
                    assertThat(problem.message()).contains("'testnsg'", "Azure will refuse the deployment");
                    assertThat(problem.at().pointer()).startsWith("/planned_values/root_module/resources/");
                    assertThat(problem.at().line()).isPositive();
                });
        assertThat(planned.networkSecurityGroups()).hasSize(4).allSatisfy(group -> {
            boolean refused = group.name().equals("testnsg");
            assertThat(group.provenance().knows("rules")).isEqualTo(!refused);
        });
    }

    @Test
    void aStateOfPeeredNetworksJoinsThem() {
        Snapshot there = Reading.snapshot(shared("state-vnet-peering.tfstate.json"));

        assertThat(there.virtualNetworks())
                .extracting(network -> network.name())
                .containsExactly("myVnet", "myVnet2");
        assertThat(there.peerings()).singleElement().satisfies(peering -> {
            assertThat(peering.vnetId().name()).isEqualTo("myVnet");
            assertThat(String.valueOf(peering.remoteVnetId())).endsWith("/virtualNetworks/myVnet2");
        });
    }

    private static ReadResult shared(String name) {
        Path file = SharedData.folder().resolve("terraform").resolve(name);
        ReadResult result = SharedData.read(file);
        SharedData.print(file, result);
        return result;
    }

    private static Map<String, Subnet> byName(Snapshot snapshot) {
        return snapshot.subnets().stream().collect(Collectors.toMap(Subnet::name, subnet -> subnet));
    }

    private static List<NsgRule> custom(NetworkSecurityGroup group) {
        return group.rules().stream().filter(rule -> !rule.isDefault()).toList();
    }

    private static String text(String name) {
        return new String(Reading.fixture("terraform/" + name), StandardCharsets.UTF_8);
    }

    private static ReadResult read(String name) {
        return Reading.fixtures("terraform/" + name);
    }

    private static Snapshot snapshot(String name) {
        return Reading.snapshot(read(name));
    }
}
