package dev.netkb.model.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorkspaceGatewayTest {

    private static final ResourceId ID =
            ResourceId.of("/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/gateways/gw");
    private static final ResourceId SUBNET = ResourceId.of(
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/gateway");

    @Test
    void isAPlaceWithTheIdOfTheGateway() {
        Location place = gateway("Internal", SUBNET, Provenance.NONE).place();

        assertThat(place.isWorkspaceGateway()).isTrue();
        assertThat(place.serviceId()).isEqualTo(ID);
        assertThat(place.factType()).isEqualTo("WorkspaceGateway");
        assertThat(place.subnetId()).isEqualTo(SUBNET);
        assertThat(place.virtualNetworkType()).isEqualTo(VirtualNetworkType.INTERNAL);
        assertThat(place.webProvider()).isEqualTo(ResourceId.of("/subscriptions/S/providers/microsoft.web"));
    }

    @Test
    void usesNoNetworkWithoutSubnetAndMode() {
        assertThat(gateway("None", null, Provenance.NONE).isInNetwork()).isFalse();
        assertThat(gateway(null, null, Provenance.NONE).isInNetwork()).isFalse();
        assertThat(gateway("External", null, Provenance.NONE).isInNetwork()).isTrue();
        assertThat(gateway(null, SUBNET, Provenance.NONE).isInNetwork()).isTrue();
        assertThat(gateway(null, null, Provenance.NONE.withUnknown("subnetId", "[parameters('subnet')]"))
                        .isInNetwork())
                .isTrue();
    }

    @Test
    void hasAModeThatIsNotKnownWhereItHasASubnetAndTheExportSaysNone() {
        for (String mode : new String[] {"None", null, "Odd"}) {
            Location place = gateway(mode, SUBNET, Provenance.NONE).place();

            assertThat(place.virtualNetworkType()).as(mode).isEqualTo(VirtualNetworkType.UNKNOWN);
            assertThat(place.knows("virtualNetworkType")).as(mode).isFalse();
            assertThat(place.possibilities())
                    .extracting(Location::virtualNetworkType)
                    .containsExactly(VirtualNetworkType.EXTERNAL, VirtualNetworkType.INTERNAL);
        }
    }

    @Test
    void keepsWhyItsRegionIsNotKnown() {
        Provenance unknown = new Provenance(Provenance.NONE.place(), Map.of("location", "[parameters('region')]"));

        assertThat(gateway("Internal", SUBNET, unknown).place().provenance().unknown())
                .containsEntry("region", "[parameters('region')]")
                .doesNotContainKey("location");
    }

    private static WorkspaceGateway gateway(@Nullable String mode, @Nullable ResourceId subnet, Provenance provenance) {
        return new WorkspaceGateway(
                ID,
                "gw",
                provenance.knows("location") ? Region.of("westeurope") : null,
                null,
                1,
                mode,
                subnet,
                null,
                null,
                true,
                provenance);
    }
}
