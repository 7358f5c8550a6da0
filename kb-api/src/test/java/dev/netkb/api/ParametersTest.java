package dev.netkb.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netkb.model.value.AddressPrefix;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {

    @Test
    void trustedAppliancesAreAddresses() {
        assertThat(Parameters.parse(Map.of("trustedAppliances", "10.0.1.4, 10.0.1.5"))
                        .trustedAppliances())
                .containsExactlyInAnyOrder(AddressPrefix.parse("10.0.1.4"), AddressPrefix.parse("10.0.1.5"));
    }

    @Test
    void aBlockIsNoAppliance() {
        assertThatThrownBy(() -> Parameters.parse(Map.of("trustedAppliances", "10.0.1.0/24")))
                .hasMessageContaining("'10.0.1.0/24', which is no address");
    }

    @Test
    void aSlipOfTheFingerIsTold() {
        assertThatThrownBy(() -> Parameters.parse(Map.of("trustedAppliance", "10.0.1.4")))
                .hasMessageContaining("there is no parameter 'trustedAppliance'; there is only trustedAppliances");
    }
}
