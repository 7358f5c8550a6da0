package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.FeatureInUse;
import dev.netkb.model.azure.FeatureInUse.Feature;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.azure.VirtualNetworkType;
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
import org.junit.jupiter.params.provider.ValueSource;

/** One small network as every tool writes it: the facts are the same. */
class DialectsTest {

    private static final String RG =
            "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-net/providers/";
    private static final ResourceId SUBNET =
            ResourceId.of(RG + "Microsoft.Network/virtualNetworks/vnet-a/subnets/snet-apim");

    private final Snapshot reference = Reading.snapshot(Reading.fixtures("dialects/arm-list.json"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arm-array.json",
                "array-of-lists.json",
                "arg-objects.json",
                "arg-table.json",
                "az.json",
                "powershell.json"
            })
    void everyDialectGivesTheSameFacts(String file) {
        ReadResult result = Reading.fixtures("dialects/" + file);

        assertSame(Reading.snapshot(result));
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void allDialectsTogetherAreOneNetwork() {
        ReadResult result = Reading.fixtures(
                "dialects/arm-list.json",
                "dialects/arg-objects.json",
                "dialects/az.json",
                "dialects/arg-table.json",
                "dialects/powershell.json");

        assertSame(Reading.snapshot(result));
        assertThat(result.problems()).isEmpty();
    }

    private void assertSame(Snapshot snapshot) {
        assertThat(snapshot.virtualNetworks()).isEqualTo(reference.virtualNetworks());
        assertThat(snapshot.subnets()).isEqualTo(reference.subnets());
        assertThat(snapshot.subnetUsers()).isEqualTo(reference.subnetUsers());
        assertThat(snapshot.dnsServers()).isEqualTo(reference.dnsServers());
        assertThat(snapshot.peerings()).isEqualTo(reference.peerings());
        assertThat(snapshot.networkSecurityGroups()).isEqualTo(reference.networkSecurityGroups());
        assertThat(snapshot.routeTables()).isEqualTo(reference.routeTables());
        assertThat(snapshot.publicIpAddresses()).isEqualTo(reference.publicIpAddresses());
        assertThat(snapshot.networkInterfaces()).isEqualTo(reference.networkInterfaces());
        assertThat(snapshot.services()).isEqualTo(reference.services());
        assertThat(snapshot.featuresInUse()).isEqualTo(reference.featuresInUse());
        assertThat(snapshot.coverage()).isEqualTo(reference.coverage());
        assertThat(snapshot).isEqualTo(reference);
    }

    @Test
    void subnetsHaveWhatDecidesTheirTraffic() {
        Subnet subnet = reference.subnet(SUBNET).orElseThrow();

        assertThat(subnet.prefixes()).containsExactly(AddressPrefix.parse("10.0.1.0/27"));
        assertThat(subnet.nsgId()).isEqualTo(ResourceId.of(RG + "Microsoft.Network/networkSecurityGroups/nsg-apim"));
        assertThat(subnet.routeTableId()).isEqualTo(ResourceId.of(RG + "Microsoft.Network/routeTables/rt-apim"));
        assertThat(subnet.hasServiceEndpoint("Microsoft.KeyVault")).isTrue();
        assertThat(subnet.serviceEndpoints().get(0).locations())
                .containsExactly(Region.of("westeurope"), Region.of("northeurope"));
        assertThat(subnet.defaultOutboundAccess()).isFalse();
        assertThat(reference.subnets().get(1).isDelegatedTo("Microsoft.Web/serverFarms"))
                .isTrue();
        assertThat(reference.subnets().get(1).defaultOutboundAccess())
                .as("what the export does not say is not false")
                .isNull();
    }

    @Test
    void usersOfASubnetAreNamedWithTheirType() {
        assertThat(reference.subnetUsers())
                .extracting(SubnetUser::kind, SubnetUser::ownerType)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                SubnetUser.Kind.IP_CONFIGURATION, "microsoft.network/networkinterfaces"),
                        org.assertj.core.groups.Tuple.tuple(
                                SubnetUser.Kind.PRIVATE_ENDPOINT, "microsoft.network/privateendpoints"),
                        org.assertj.core.groups.Tuple.tuple(
                                SubnetUser.Kind.SERVICE_ASSOCIATION_LINK, "microsoft.apimanagement/service"));
    }

    @Test
    void rulesAreNormalised() {
        List<NsgRule> inbound = reference.networkSecurityGroups().get(0).rules(Direction.INBOUND);
        NsgRule clients = inbound.get(1);
        NsgRule denyOut = reference
                .networkSecurityGroups()
                .get(0)
                .rules(Direction.OUTBOUND)
                .get(0);

        assertThat(inbound).extracting(NsgRule::priority).containsExactly(120, 130, 65000, 65001, 65500);
        assertThat(clients.access()).isEqualTo(NsgRule.Access.ALLOW);
        assertThat(clients.protocols()).isEqualTo(ProtocolSet.TCP);
        assertThat(clients.destinationPorts()).isEqualTo(PortSet.parse("80,443"));
        assertThat(clients.sources()).hasSize(2).allMatch(AddressMatch.Prefix.class::isInstance);
        assertThat(denyOut.sources()).containsExactly(new AddressMatch.Any());
        assertThat(denyOut.destinations()).containsExactly(new AddressMatch.Tag(ServiceTag.INTERNET));
        assertThat(denyOut.destinationPorts()).isEqualTo(PortSet.ALL);
        assertThat(denyOut.protocols()).isEqualTo(ProtocolSet.ALL);
    }

    @Test
    void routesKeepTagsAndNextHops() {
        assertThat(reference.routeTables().get(0).routes())
                .anySatisfy(route -> {
                    assertThat(route.destination().text()).isEqualTo("0.0.0.0/0");
                    assertThat(route.nextHopType()).isEqualTo(NextHopType.VIRTUAL_APPLIANCE);
                    assertThat(route.nextHopIp()).isEqualTo(AddressPrefix.parse("10.9.0.4"));
                })
                .anySatisfy(route -> {
                    assertThat(route.destination()).isEqualTo(new AddressMatch.Tag(ServiceTag.of("ApiManagement")));
                    assertThat(route.nextHopIp()).isNull();
                });
    }

    @Test
    void aServiceHasItsPrimaryLocationFirst() {
        ApiManagementService service = reference.services().get(0);
        Location primary = service.locations().get(0);
        Location second = service.locations().get(1);

        assertThat(primary.primary()).isTrue();
        assertThat(primary.region()).isEqualTo(Region.of("westeurope"));
        assertThat(primary.subnetId()).isEqualTo(SUBNET);
        assertThat(primary.units()).isEqualTo(2);
        assertThat(primary.zones()).containsExactly("1", "2");
        assertThat(primary.virtualNetworkType()).isEqualTo(VirtualNetworkType.INTERNAL);
        assertThat(primary.platformVersion()).isEqualTo("stv2.1");
        assertThat(primary.publicAddresses()).containsExactly(AddressPrefix.parse("20.50.60.70"));
        assertThat(second.region()).isEqualTo(Region.of("northeurope"));
        assertThat(second.virtualNetworkType()).isEqualTo(VirtualNetworkType.INTERNAL);
        assertThat(second.sku()).isEqualTo("Premium");
        assertThat(second.primaryRegion()).isEqualTo(Region.of("westeurope"));
        assertThat(service.deployed()).isTrue();
        assertThat(reference.featuresInUse())
                .extracting(FeatureInUse::feature)
                .containsExactlyInAnyOrder(Feature.EVENT_HUB_LOGGER, Feature.KEY_VAULT_NAMED_VALUE);
    }

    @Test
    void everyFactKnowsWhereItStands() {
        ReadResult result = Reading.fixtures("dialects/arm-list.json");
        Subnet subnet = Reading.snapshot(result).subnet(SUBNET).orElseThrow();

        assertThat(result.locate().apply(subnet.provenance().place().field("delegations")))
                .satisfies(place -> {
                    assertThat(place.pointer()).isEqualTo("/value/0/properties/subnets/0/properties/delegations");
                    assertThat(lineOf("dialects/arm-list.json", place.line())).contains("\"delegations\"");
                });
    }

    private static String lineOf(String fixture, int line) {
        return new String(Reading.fixture(fixture), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .skip(line - 1L)
                .findFirst()
                .orElse("");
    }
}
