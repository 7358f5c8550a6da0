package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.netkb.api.read.azure.FactJson;
import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.BackendHost;
import dev.netkb.model.azure.FirewallPolicy;
import dev.netkb.model.azure.FirewallRule;
import dev.netkb.model.azure.FirewallRule.Action;
import dev.netkb.model.azure.FirewallRule.ApplicationProtocol;
import dev.netkb.model.azure.FirewallRule.Kind;
import dev.netkb.model.azure.GatewayConnection;
import dev.netkb.model.azure.IpGroup;
import dev.netkb.model.azure.LocalNetworkGateway;
import dev.netkb.model.azure.ManagementLock;
import dev.netkb.model.azure.PrivateDnsLink;
import dev.netkb.model.azure.PrivateDnsRecordSet;
import dev.netkb.model.azure.PrivateDnsZone;
import dev.netkb.model.azure.PrivateEndpoint;
import dev.netkb.model.azure.SelfHostedGateway;
import dev.netkb.model.azure.VirtualNetworkGateway;
import dev.netkb.model.azure.WorkspaceGateway;
import dev.netkb.model.azure.WorkspaceGatewayLink;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.Protocol;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gateways, firewalls, private DNS, endpoints, locks and backends, as every tool writes them. */
class NetworkFactsTest {

    private static final ResourceId GROUP =
            ResourceId.of("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-hub");
    private static final ResourceId VNET =
            ResourceId.of(GROUP + "/providers/Microsoft.Network/virtualNetworks/vnet-hub");
    private static final ResourceId SERVICE =
            ResourceId.of(GROUP + "/providers/Microsoft.ApiManagement/service/apim-a");

    private final Snapshot arm = Reading.snapshot(Reading.fixtures("network/arm.json"));

    private static ResourceId network(String rest) {
        return ResourceId.of(GROUP + "/providers/Microsoft.Network/" + rest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arg.json", "az.json", "powershell.json"})
    void everyDialectGivesTheSameFacts(String file) {
        Snapshot snapshot = Reading.snapshot(Reading.fixtures("network/" + file));

        for (Class<? extends Record> type : FactJson.TYPES) {
            assertThat(snapshot.facts(type)).as(type.getSimpleName()).isEqualTo(arm.facts(type));
        }
        assertThat(snapshot.coverage()).isEqualTo(arm.coverage());
    }

    @Test
    void allDialectsTogetherAreOneNetwork() {
        assertThat(Reading.snapshot(Reading.fixtures("network/arm.json", "network/az.json", "network/powershell.json")))
                .isEqualTo(arm);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm.json", "template.json"})
    void whatIsWrittenIsReadAsItWas(String file) {
        SnapshotWriterTest.assertComesBack(Reading.snapshot(Reading.fixtures("network/" + file)));
    }

    @Test
    void nothingOfTheFixtureIsLeftUnread() {
        assertThat(Reading.fixtures("network/arm.json").problems()).isEmpty();
    }

    @Test
    void aGatewayKnowsItsNetworkAndWhereItsRoutesComeFrom() {
        VirtualNetworkGateway gateway = arm.facts(VirtualNetworkGateway.class).get(0);

        assertThat(gateway.isVpn()).isTrue();
        assertThat(gateway.vnetId()).isEqualTo(VNET);
        assertThat(gateway.enableBgp()).isTrue();
        assertThat(gateway.asn()).as("numbers of four bytes").isEqualTo(4_200_000_001L);
        assertThat(gateway.vpnClientPrefixes()).containsExactly(AddressPrefix.parse("172.20.0.0/24"));
        assertThat(gateway.defaultSiteId()).isEqualTo(network("localNetworkGateways/lgw-office"));
        assertThat(arm.facts(LocalNetworkGateway.class)).singleElement().satisfies(local -> {
            assertThat(local.addressPrefixes()).hasSize(2);
            assertThat(local.hasBgp()).isTrue();
        });
        assertThat(arm.facts(GatewayConnection.class)).singleElement().satisfies(connection -> {
            assertThat(connection.gatewayId()).isEqualTo(gateway.id());
            assertThat(connection.localNetworkGatewayId()).isEqualTo(gateway.defaultSiteId());
            assertThat(connection.otherGatewayId()).isNull();
            assertThat(connection.enableBgp()).isFalse();
        });
    }

    @Test
    void rulesInAFirewallItselfAreInTheOrderInWhichItTriesThem() {
        AzureFirewall firewall =
                arm.find(AzureFirewall.class, network("azureFirewalls/afw-hub")).orElseThrow();

        assertThat(firewall.vnetId()).isEqualTo(VNET);
        assertThat(firewall.isInVirtualHub()).isFalse();
        assertThat(firewall.hasPrivateAddress(AddressPrefix.parse("10.0.1.4"))).isTrue();
        assertThat(firewall.rules())
                .extracting(FirewallRule::name, FirewallRule::kind, FirewallRule::action)
                .containsExactly(
                        tuple("in", Kind.NAT, Action.DNAT),
                        tuple("sql", Kind.NETWORK, Action.ALLOW),
                        tuple("web", Kind.APPLICATION, Action.DENY),
                        tuple("wu", Kind.APPLICATION, Action.DENY));
        FirewallRule sql = firewall.rules().get(1);
        assertThat(sql.protocols()).isEqualTo(ProtocolSet.TCP.union(ProtocolSet.UDP));
        assertThat(sql.destinationPorts()).isEqualTo(PortSet.parse("1433,11000-11999"));
        assertThat(sql.destinations()).containsExactly(new AddressMatch.Tag(ServiceTag.of("Sql.WestEurope")));
        assertThat(sql.sources())
                .as("a range is its blocks")
                .extracting(AddressMatch::text)
                .containsExactly("10.1.0.0/16", "10.2.0.4/31", "10.2.0.6");
        assertThat(firewall.rules().get(2).targetFqdns()).containsExactly("*.contoso.com");
        assertThat(firewall.rules().get(3).sources())
                .as("an IP group names them")
                .isEmpty();
        assertThat(firewall.rules().get(3).fqdnTags()).containsExactly("WindowsUpdate");
        assertThat(firewall.rules()).allMatch(rule -> rule.unknownFields().isEmpty());
    }

    @Test
    void rulesOfAPolicyCarryThePrioritiesOfTheirCollectionAndGroup() {
        AzureFirewall firewall =
                arm.find(AzureFirewall.class, network("azureFirewalls/afw-wan")).orElseThrow();
        FirewallPolicy policy = arm.facts(FirewallPolicy.class).get(0);
        List<FirewallRule> rules = arm.firewallRules().stream()
                .filter(rule -> policy.id().equals(rule.policyId()))
                .toList();

        assertThat(firewall.isInVirtualHub()).isTrue();
        assertThat(firewall.privateAddresses()).containsExactly(AddressPrefix.parse("10.9.0.4"));
        assertThat(firewall.firewallPolicyId()).isEqualTo(policy.id());
        assertThat(policy.basePolicyId()).isEqualTo(network("firewallPolicies/fwp-base"));
        assertThat(policy.dnsProxy()).isTrue();
        assertThat(policy.dnsServers()).containsExactly(AddressPrefix.parse("10.0.0.10"));
        assertThat(policy.ruleCollectionGroupIds()).hasSize(1);
        assertThat(rules)
                .extracting(FirewallRule::name, FirewallRule::groupPriority, FirewallRule::collectionPriority)
                .containsExactly(tuple("mgmt", 500, 105), tuple("kv", 500, 110), tuple("tls", 500, 110));
        assertThat(rules.get(0).translatedPort()).isEqualTo("3443");
        assertThat(rules.get(1).sourceIpGroupIds()).containsExactly(network("ipGroups/ipg-apim"));
        assertThat(rules.get(1).destinationFqdns()).containsExactly("kv.vault.azure.net");
        assertThat(rules.get(2).applicationProtocols())
                .containsExactly(new ApplicationProtocol("Http", 80), new ApplicationProtocol("Https", 443));
        assertThat(rules.get(2).targetUrls()).containsExactly("contoso.com/a/*");
        assertThat(rules.get(2).webCategories()).containsExactly("search");
        assertThat(arm.facts(IpGroup.class).get(0).addresses().toPrefixes())
                .containsExactly("10.1.1.0/27", "10.1.2.1/32", "10.1.2.2/32", "10.1.3.9/32");
    }

    @Test
    void privateNamesLeadToAddressesWhereTheZoneIsLinked() {
        PrivateDnsZone zone = arm.facts(PrivateDnsZone.class).get(0);

        assertThat(zone.isFor("PrivateLink.azure-api.net")).isTrue();
        assertThat(arm.facts(PrivateDnsRecordSet.class))
                .extracting(PrivateDnsRecordSet::fqdn, PrivateDnsRecordSet::type, PrivateDnsRecordSet::cname)
                .containsExactly(
                        tuple("apim-a.privatelink.azure-api.net", "A", null),
                        tuple("www.privatelink.azure-api.net", "CNAME", "apim-a.contoso.com"));
        assertThat(arm.facts(PrivateDnsRecordSet.class).get(0).addresses())
                .containsExactly(AddressPrefix.parse("10.1.5.4"));
        assertThat(arm.facts(PrivateDnsLink.class)).singleElement().satisfies(link -> {
            assertThat(link.zoneId()).isEqualTo(zone.id());
            assertThat(link.vnetId()).isEqualTo(VNET);
            assertThat(link.isCompleted()).isTrue();
            assertThat(link.registrationEnabled()).isFalse();
            assertThat(link.fallsBackToInternet()).isTrue();
        });
    }

    @Test
    void aLockHoldsForEverythingBelowWhatItStandsOn() {
        List<ManagementLock> locks = arm.facts(ManagementLock.class);

        assertThat(locks)
                .extracting(ManagementLock::scope, ManagementLock::level)
                .containsExactly(tuple(GROUP, "CanNotDelete"), tuple(VNET, "ReadOnly"));
        assertThat(locks.get(0).covers(VNET)).isTrue();
        assertThat(locks.get(1).covers(VNET.child("subnets", "a"))).isTrue();
        assertThat(locks.get(1).covers(ResourceId.of(VNET + "-2"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'type': 'Microsoft.Authorization/locks', 'name': 'l', 'scope': 'Microsoft.Network/virtualNetworks/v'",
                "'type': 'Microsoft.Network/virtualNetworks/providers/locks', 'name': 'v/Microsoft.Authorization/l'"
            })
    void aTemplatePutsALockOnAResourceInTwoWays(String lock) {
        Snapshot planned = Reading.snapshot(Reading.texts(
                "{'$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',"
                        + " 'resources': [{" + lock
                        + ", 'apiVersion': '2020-05-01', 'properties': {'level': 'ReadOnly'}}]}"));

        assertThat(planned.facts(ManagementLock.class)).singleElement().satisfies(fact -> {
            assertThat(fact.scope().type()).isEqualTo("microsoft.network/virtualnetworks");
            assertThat(fact.scope().name()).isEqualTo("v");
            assertThat(fact.level()).isEqualTo("ReadOnly");
        });
    }

    @Test
    void aPrivateEndpointLeadsToAService() {
        PrivateEndpoint endpoint = arm.facts(PrivateEndpoint.class).get(0);

        assertThat(endpoint.leadsTo(SERVICE)).isTrue();
        assertThat(endpoint.connections())
                .containsExactly(new PrivateEndpoint.Connection(SERVICE, List.of("Gateway"), "Approved", false));
        assertThat(endpoint.dnsConfigs())
                .containsExactly(new PrivateEndpoint.DnsConfig(
                        "apim-a.azure-api.net", List.of(AddressPrefix.parse("10.1.5.4"))));
        assertThat(endpoint.privateAddresses()).hasSize(1);
        assertThat(endpoint.networkInterfaceIds()).containsExactly(network("networkInterfaces/pe-nic"));
    }

    @Test
    void gatewaysBesideTheServiceAreFactsOfTheirOwn() {
        WorkspaceGateway gateway = arm.facts(WorkspaceGateway.class).get(0);

        assertThat(gateway.vnetId()).isEqualTo(VNET);
        assertThat(gateway.units()).isEqualTo(2);
        assertThat(gateway.virtualNetworkType()).isEqualTo("External");
        assertThat(gateway.defaultHostname()).startsWith("wgw-1.gateway");
        assertThat(gateway.deployed()).isTrue();
        assertThat(arm.facts(WorkspaceGatewayLink.class)).singleElement().satisfies(link -> {
            assertThat(link.gatewayId()).isEqualTo(gateway.id());
            assertThat(link.serviceId()).isEqualTo(SERVICE);
            assertThat(link.hostnames()).containsExactly("sales.contoso.com");
        });
        assertThat(arm.facts(SelfHostedGateway.class))
                .extracting(SelfHostedGateway::serviceId, SelfHostedGateway::place)
                .containsExactly(tuple(SERVICE, "Plant 7"));
    }

    @Test
    void backendsAreHosts() {
        assertThat(arm.facts(BackendHost.class))
                .extracting(BackendHost::serviceId, BackendHost::host, BackendHost::port)
                .containsExactly(
                        tuple(SERVICE, "orders.internal.contoso.com", 443),
                        tuple(SERVICE, "10.7.0.9", 8080),
                        tuple(SERVICE, null, null));
        assertThat(arm.facts(BackendHost.class).get(2).knows("host")).isFalse();
    }

    @Test
    void whatATemplateDoesNotKnowIsUnknownAndNotGuessed() {
        Snapshot planned = Reading.snapshot(Reading.fixtures("network/template.json"));
        VirtualNetworkGateway gateway =
                planned.facts(VirtualNetworkGateway.class).get(0);
        FirewallRule kv = planned.firewallRules().stream()
                .filter(rule -> rule.name().equals("kv"))
                .findFirst()
                .orElseThrow();

        assertThat(gateway.enableBgp()).isNull();
        assertThat(gateway.knows("enableBgp")).isFalse();
        assertThat(kv.action()).isEqualTo(Action.UNKNOWN);
        assertThat(kv.unknownFields()).containsExactly("action", "destinationPorts");
        assertThat(planned.facts(BackendHost.class)).anySatisfy(backend -> {
            assertThat(backend.host()).isNull();
            assertThat(backend.unknownFields()).containsExactly("host", "url");
        });
        assertThat(planned.facts(ManagementLock.class))
                .extracting(lock -> lock.scope().name())
                .containsExactlyInAnyOrder("{resourceGroup}", "vnet-hub");
        assertThat(planned.facts(WorkspaceGateway.class)).noneMatch(WorkspaceGateway::deployed);
        for (Class<? extends Record> type : FactJson.TYPES) {
            assertThat(planned.facts(type)).as(type.getSimpleName()).hasSameSizeAs(arm.facts(type));
        }
    }

    @Test
    void aFirewallRuleThatSaysTooLittleMayMatchAnything() {
        Snapshot snapshot = Reading.snapshot(Reading.texts(rule("{'ruleType': 'NetworkRule', 'name': 'r'}")));

        FirewallRule rule = snapshot.firewallRules().get(0);
        assertThat(rule.protocols()).isEqualTo(ProtocolSet.EMPTY);
        assertThat(rule.sources()).singleElement().isInstanceOf(AddressMatch.Unknown.class);
        assertThat(rule.destinations()).singleElement().isInstanceOf(AddressMatch.Unknown.class);
        assertThat(rule.unknownFields()).contains("action", "protocols", "destinationPorts", "collectionPriority");
        assertThat(rule.protocols().contains(Protocol.TCP)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'ruleType': 'Other', 'name': 'r'}",
                "{'name': 'r'}",
                "{'ruleType': 'NetworkRule', 'sourceAddresses': ['10.0.0.9-10.0.0.4']}",
                "{'ruleType': 'NetworkRule', 'sourceAddresses': ['10.0.0.300']}",
                "{'ruleType': 'NetworkRule', 'sourceIpGroups': ['ipg']}",
                "{'ruleType': 'NetworkRule', 'destinationPorts': ['70000']}",
                "{'ruleType': 'ApplicationRule', 'protocols': [{'protocolType': 'Http', 'port': 'x'}]}"
            })
    void aDamagedFirewallRuleIsAnErrorThatSaysWhere(String rule) {
        assertThat(Reading.error(Reading.texts(rule(rule))))
                .satisfies(problem ->
                        assertThat(problem.at().pointer()).startsWith("/properties/ruleCollections/0/rules/0"));
    }

    private static String rule(String rule) {
        return "{'id': '" + network("firewallPolicies/p/ruleCollectionGroups/g") + "', 'properties': {'priority': 100,"
                + " 'ruleCollections': [{'name': 'c', 'rules': [" + rule + "]}]}}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "virtualNetworkGateways/g', 'properties': {'bgpSettings': {'asn': 'many'}}",
                "virtualNetworkGateways/g', 'properties': {'ipConfigurations': [{'properties': {'subnet': {'id': 'x'}}}]}",
                "localNetworkGateways/g', 'properties': {'localNetworkAddressSpace': {'addressPrefixes': ['1.2.3']}}",
                "connections/g', 'properties': {'enableBgp': 'perhaps'}",
                "privateDnsZones/z/A/a', 'properties': {'aRecords': [{'ipv4Address': '10.0.0.999'}]}",
                "privateDnsZones/z/virtualNetworkLinks/a', 'properties': {'virtualNetwork': {'id': 7}}",
                "privateEndpoints/e', 'properties': {'customDnsConfigs': {}}",
                "ipGroups/g', 'properties': {'ipAddresses': ['a-b']}",
                "azureFirewalls/f', 'properties': {'ipConfigurations': [{'privateIPAddress': 'x'}]}"
            })
    void aDamagedValueIsAnError(String resource) {
        Reading.error(Reading.texts("{'id': '" + network(resource) + "}"));
    }

    @Test
    void aDamagedFactOfOurOwnFormatIsAnErrorThatSaysWhatIsMissing() {
        String file = "{'schema': 'netkb/snapshot/1', 'resources': [], 'facts': {'ManagementLock': [%s]}}";

        assertThat(Reading.error(Reading.texts(file.formatted("{'id': '/x', 'name': 'l'}")))
                        .message())
                .isEqualTo("an entry of type ManagementLock has no scope");
        assertThat(Reading.texts(file.formatted("{'id': 5}")).problems())
                .anySatisfy(problem -> assertThat(problem.message()).contains("id was a number"));
        assertThat(Reading.error(Reading.texts(file.replace("ManagementLock", "BackendHost")
                                .formatted("{'id': '/x', 'serviceId': '/s', 'port': 'x'}")))
                        .message())
                .contains("must be a whole number");
    }
}
