package dev.netkb.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResourceIdTest {

    private static final String SUBNET =
            "/subscriptions/S1/resourceGroups/Rg/providers/Microsoft.Network/virtualNetworks/Vnet/subnets/Apim";

    @Test
    void idsAreComparedWithoutLetterCaseAndPrintedAsTheyWere() {
        ResourceId id = ResourceId.of(SUBNET);
        ResourceId lower = ResourceId.of(SUBNET.toLowerCase(java.util.Locale.ROOT));

        assertThat(id).isEqualTo(lower).hasSameHashCodeAs(lower).isEqualByComparingTo(lower);
        assertThat(id.key()).isEqualTo(lower.key());
        assertThat(id).hasToString(SUBNET);
        assertThat(ResourceId.of(" " + SUBNET + "/ ")).isEqualTo(id);
        assertThat(ResourceId.of(SUBNET + " / /\u0010/").text()).isEqualTo(SUBNET);
    }

    @Test
    void anIdIsTakenApart() {
        ResourceId id = ResourceId.of(SUBNET);

        assertThat(id.name()).isEqualTo("Apim");
        assertThat(id.subscription()).isEqualTo("S1");
        assertThat(id.resourceGroup()).isEqualTo("Rg");
        assertThat(id.segment("VIRTUALNETWORKS")).contains("Vnet");
        assertThat(id.segment("routeTables")).isEmpty();
        assertThat(id.type()).isEqualTo("microsoft.network/virtualnetworks/subnets");
    }

    @Test
    void theParentOfASubnetIsItsNetworkAndANetworkHasNone() {
        ResourceId id = ResourceId.of(SUBNET);
        ResourceId vnet = id.parent().orElseThrow();

        assertThat(vnet.text()).isEqualTo(SUBNET.substring(0, SUBNET.indexOf("/subnets")));
        assertThat(vnet.type()).isEqualTo("microsoft.network/virtualnetworks");
        assertThat(vnet.parent()).isEmpty();
        assertThat(vnet.child("subnets", "Apim")).isEqualTo(id);
    }

    @Test
    void anExtensionResourceHasItsOwnType() {
        ResourceId lock = ResourceId.of(SUBNET + "/providers/Microsoft.Authorization/locks/keep");

        assertThat(lock.type()).isEqualTo("microsoft.authorization/locks");
        assertThat(lock.name()).isEqualTo("keep");
    }

    @Test
    void aBareNameIsAnIdWithoutSegments() {
        ResourceId id = ResourceId.of("nsg-apim");

        assertThat(id.name()).isEqualTo("nsg-apim");
        assertThat(id.subscription()).isEmpty();
        assertThat(id.resourceGroup()).isEmpty();
        assertThat(id.type()).isEmpty();
        assertThat(id.parent()).isEmpty();
    }

    @Test
    void anEmptyIdIsRefused() {
        assertThatThrownBy(() -> ResourceId.of("  ")).isInstanceOf(IllegalArgumentException.class);
    }
}
