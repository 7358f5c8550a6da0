package dev.netkb.model.derived;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.azure.SubnetUser.Kind;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Agreement;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The facts that requirement rules start from. */
class DerivedFactsTest {

    private static final String OURS = "/subscriptions/s1/resourceGroups/rg/providers/";
    private static final ResourceId VNET = ResourceId.of(OURS + "Microsoft.Network/virtualNetworks/vnet");
    private static final ResourceId SUBNET = VNET.child("subnets", "apim");
    private static final ResourceId SERVICE = ResourceId.of(OURS + "Microsoft.ApiManagement/service/apim");

    // ---- addresses

    /** The table of the article on injection resources: the units that fit an internal instance. */
    @ParameterizedTest
    @CsvSource({"29, 1", "28, 5", "27, 13", "26, 29", "25, 61"})
    void aSubnetHasRoomForTheUnitsThatTheArticlePrints(int length, int units) {
        assertThat(budget("Premium", VirtualNetworkType.INTERNAL, NetworkModel.CLASSIC, length, units)
                        .isExhausted())
                .isFalse();
        assertThat(budget("Premium", VirtualNetworkType.INTERNAL, NetworkModel.CLASSIC, length, units + 1)
                        .isExhausted())
                .isTrue();
    }

    /** The table of the article on injecting v2 instances. */
    @ParameterizedTest
    @CsvSource({"27, 13", "26, 29"})
    void aSubnetHasRoomForTheUnitsOfV2ThatTheArticlePrints(int length, int units) {
        assertThat(budget("PremiumV2", VirtualNetworkType.INTERNAL, NetworkModel.V2_INJECTION, length, units)
                        .isExhausted())
                .isFalse();
        assertThat(budget("PremiumV2", VirtualNetworkType.INTERNAL, NetworkModel.V2_INJECTION, length, units + 1)
                        .isExhausted())
                .isTrue();
    }

    @Test
    void anExternalInstanceNeedsNoAddressForABalancer() {
        assertThat(need("Premium", VirtualNetworkType.EXTERNAL, NetworkModel.CLASSIC, 2)
                        .now())
                .isEqualTo(4);
    }

    @Test
    void aDeveloperInstanceTakesOneAddressHoweverManyUnitsAreSaid() {
        AddressNeed need = need("developer", VirtualNetworkType.INTERNAL, NetworkModel.CLASSIC, null);

        assertThat(need.missing()).isEmpty();
        assertThat(need.now()).isEqualTo(2);
        assertThat(need.most()).isEqualTo(2);
    }

    @Test
    void growthEndsAtTheLimitOfTheTier() {
        AddressNeed need = need("Premium", VirtualNetworkType.INTERNAL, NetworkModel.CLASSIC, 1);

        assertThat(need.mostUnits()).isEqualTo(31);
        assertThat(need.most()).isEqualTo(63);
        assertThat(need("PremiumV2", VirtualNetworkType.INTERNAL, NetworkModel.V2_INJECTION, 1)
                        .most())
                .isEqualTo(61);
    }

    @Test
    void growthIsKnownThoughThePresentUnitsAreNot() {
        AddressNeed need = need("Premium", VirtualNetworkType.EXTERNAL, NetworkModel.CLASSIC, null);

        assertThat(need.missing()).contains("sku.capacity");
        assertThat(need.now()).isZero();
        assertThat(need.most()).isEqualTo(62);
    }

    @Test
    void aTierWithoutAPrintedLimitGrowsToWhatItHas() {
        assertThat(need("Standard", VirtualNetworkType.EXTERNAL, NetworkModel.CLASSIC, 3)
                        .most())
                .isEqualTo(6);
    }

    @Test
    void whatOthersTakeIsGone() {
        AddressBudget budget = AddressBudget.of(subnet(29), new SubnetOccupants(SUBNET, List.of(nic("vm1", "a"))), 3);

        assertThat(budget.free()).isEqualTo(2);
        assertThat(budget.isExhausted()).isTrue();
        assertThat(budget.text()).isEqualTo("subnet apim has 3 usable addresses, of which others take 1");
    }

    @ParameterizedTest
    @CsvSource({"3, 29", "4, 28", "11, 28", "12, 27", "63, 25", "123, 25", "124, 24"})
    void theSmallestBlockWithRoomIsNamed(long addresses, int length) {
        AddressBudget budget = AddressBudget.of(subnet(29), new SubnetOccupants(SUBNET, List.of()), 0);

        assertThat(budget.prefixLengthFor(addresses)).isEqualTo(length);
    }

    private static AddressBudget budget(
            String sku, VirtualNetworkType type, NetworkModel model, int length, int units) {
        return AddressBudget.of(
                subnet(length),
                new SubnetOccupants(SUBNET, List.of()),
                need(sku, type, model, units).now());
    }

    private static AddressNeed need(String sku, VirtualNetworkType type, NetworkModel model, @Nullable Integer units) {
        LocationModel located = new LocationModel(location(sku, type, units), model, Platform.STV2);
        return model == NetworkModel.UNKNOWN
                ? AddressNeed.unknown(located, SUBNET)
                : AddressNeed.of(located, SUBNET, tier(sku));
    }

    private static Tier tier(String name) {
        int mostUnits = switch (name) {
            case "Developer", "developer" -> 1;
            case "Premium" -> 31;
            case "PremiumV2" -> 30;
            default -> 0;
        };
        return new Tier(name, Tier.Generation.CLASSIC, Set.of(), mostUnits, mostUnits == 1 ? 1 : 2);
    }

    // ---- what sits in a subnet

    @Test
    void everyAddressOfAnInterfaceCounts() {
        SubnetOccupants occupants = SubnetOccupants.of(SUBNET, List.of(nic("node", "b"), nic("node", "a")));

        assertThat(occupants.addresses()).isEqualTo(2);
        assertThat(occupants.text()).isEqualTo("1 network interface (node)");
    }

    @Test
    void aPrivateEndpointAndItsInterfaceAreOneAddress() {
        SubnetUser endpoint = user(
                OURS + "Microsoft.Network/privateEndpoints/pe",
                Kind.PRIVATE_ENDPOINT,
                OURS + "Microsoft.Network/privateEndpoints/pe");
        SubnetUser itsInterface = nic("pe.nic.1", "privateEndpointIpConfig.1");

        SubnetOccupants occupants = SubnetOccupants.of(SUBNET, List.of(endpoint, itsInterface));

        assertThat(occupants.addresses()).isEqualTo(1);
        assertThat(occupants.text()).isEqualTo("1 private endpoint (pe)");
    }

    @Test
    void apiManagementItselfAndThePlatformAreNobodyElse() {
        String platform = "/subscriptions/other/resourceGroups/x/providers/Microsoft.Compute/"
                + "virtualMachineScaleSets/gw/virtualMachines/0/networkInterfaces/n";
        SubnetUser machine = user(platform + "/ipConfigurations/c", Kind.IP_CONFIGURATION, platform);
        SubnetUser link = new SubnetUser(
                SUBNET.child("resourceNavigationLinks", "l"),
                SUBNET,
                Kind.RESOURCE_NAVIGATION_LINK,
                SERVICE,
                "microsoft.apimanagement/service",
                Provenance.NONE);

        assertThat(SubnetOccupants.of(SUBNET, List.of(machine, link)).isShared())
                .isFalse();
    }

    @Test
    void theLinkOfAV2InstanceIsItsOwnButThatOfAPlanOfTheSubscriptionIsNot() {
        ResourceId id = SUBNET.child("serviceAssociationLinks", "AppServiceLink");
        SubnetUser own = new SubnetUser(
                id, SUBNET, Kind.SERVICE_ASSOCIATION_LINK, id, "microsoft.web/serverfarms", Provenance.NONE);
        SubnetUser plan = new SubnetUser(
                id,
                SUBNET,
                Kind.SERVICE_ASSOCIATION_LINK,
                ResourceId.of(OURS + "Microsoft.Web/serverfarms/plan"),
                "microsoft.web/serverfarms",
                Provenance.NONE);

        assertThat(SubnetOccupants.of(SUBNET, List.of(own)).isSharedWithV2()).isFalse();
        assertThat(SubnetOccupants.of(SUBNET, List.of(plan)).isSharedWithV2()).isTrue();
    }

    private static SubnetUser nic(String name, String configuration) {
        String owner = OURS + "Microsoft.Network/networkInterfaces/" + name;
        return user(owner + "/ipConfigurations/" + configuration, Kind.IP_CONFIGURATION, owner);
    }

    private static SubnetUser user(String id, Kind kind, String owner) {
        ResourceId ownerId = ResourceId.of(owner);
        return new SubnetUser(ResourceId.of(id), SUBNET, kind, ownerId, ownerId.type(), Provenance.NONE);
    }

    // ---- where things lie

    @Test
    void regionsAreComparedHoweverTheyAreSpelled() {
        assertThat(placement("West Europe", null, "westeurope", null).region()).isEqualTo(Agreement.SAME);
        assertThat(placement("West Europe", null, "northeurope", null).region()).isEqualTo(Agreement.DIFFERENT);
        assertThat(placement("West Europe", null, null, null).region()).isEqualTo(Agreement.UNKNOWN);
    }

    @Test
    void oneExpressionOfATemplateIsOneRegion() {
        String group = "[resourceGroup().location]";

        assertThat(placement(null, group, null, group).region()).isEqualTo(Agreement.SAME);
        assertThat(placement(null, group, null, "[parameters('other')]").region())
                .isEqualTo(Agreement.UNKNOWN);
        assertThat(placement(null, "[variables('r')[copyIndex()]]", null, "[variables('r')[copyIndex()]]")
                        .region())
                .isEqualTo(Agreement.UNKNOWN);
        assertThat(placement(null, group, "westeurope", null).missing())
                .isEqualTo("the region of apim is not known: " + group);
    }

    @Test
    void subscriptionsAreComparedWithoutLetterCaseAndStandInsAreNotKnown() {
        ResourceId planned =
                ResourceId.of("/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/a/b/c");

        assertThat(SERVICE.sameSubscription(ResourceId.of("/SUBSCRIPTIONS/S1/resourceGroups/x/providers/a/b/c")))
                .isEqualTo(Agreement.SAME);
        assertThat(SERVICE.sameSubscription(ResourceId.of("/subscriptions/s2/resourceGroups/x/providers/a/b/c")))
                .isEqualTo(Agreement.DIFFERENT);
        assertThat(SERVICE.sameSubscription(planned)).isEqualTo(Agreement.UNKNOWN);
        assertThat(planned.sameSubscription(planned)).isEqualTo(Agreement.SAME);
        assertThat(SERVICE.sameSubscription(ResourceId.of("vnet"))).isEqualTo(Agreement.UNKNOWN);
    }

    private static Placement placement(
            @Nullable String mine, @Nullable String myReason, @Nullable String theirs, @Nullable String theirReason) {
        Provenance file = Provenance.at(new Place("azuredeploy.json", "/resources/0"));
        Location location = location("Premium", VirtualNetworkType.EXTERNAL, 1);
        Location placed = new Location(
                location.serviceId(),
                mine == null ? null : Region.of(mine),
                true,
                location.sku(),
                location.units(),
                List.of(),
                location.virtualNetworkType(),
                SUBNET,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                0,
                true,
                myReason == null ? file : file.withUnknown("region", myReason));
        return Placement.of(
                placed,
                new VirtualNetwork(
                        VNET,
                        "vnet",
                        theirs == null ? null : Region.of(theirs),
                        List.of(),
                        theirReason == null ? file : file.withUnknown("location", theirReason)));
    }

    private static Location location(String sku, VirtualNetworkType type, @Nullable Integer units) {
        return new Location(
                SERVICE,
                Region.of("westeurope"),
                true,
                sku,
                units,
                List.of(),
                type,
                SUBNET,
                null,
                "stv2",
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                Region.of("westeurope"),
                0,
                true,
                Provenance.NONE);
    }

    private static Subnet subnet(int length) {
        return new Subnet(
                SUBNET,
                "apim",
                VNET,
                List.of(AddressPrefix.parse("10.0.0.0/" + length)),
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                Provenance.NONE);
    }
}
