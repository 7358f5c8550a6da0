package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.Location;
import dev.netkb.model.report.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service whose additional locations are not known has one of which nothing is known. */
class UnknownLocationsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'[parameters(''al'')]'",
                "[\"[if(parameters('b'), createObject('location', 'eastus'), null())]\"]"
            })
    void locationsThatAreNotKnownAreOneUnknownLocation(String additional) {
        ReadResult result = Reading.texts(template(additional));
        List<Location> locations = Reading.snapshot(result).locations();

        assertThat(locations).hasSize(2);
        Location unknown =
                locations.stream().filter(l -> !l.primary()).findFirst().orElseThrow();
        assertThat(unknown.regionName()).isEqualTo("unknown");
        assertThat(unknown.sku()).isEqualTo("Premium");
        assertThat(unknown.provenance().unknown())
                .containsKeys("region", "subnetId", "publicIpAddressId", "units", "zones");
        assertThat(result.problems())
                .filteredOn(problem -> problem.code().equals("KB-N107"))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("additional locations of 'a'")
                .containsPattern("parameter '(al|b)' has no value");
    }

    @Test
    void noAdditionalLocationsAreNone() {
        ReadResult result = Reading.texts(template("[]"));

        assertThat(Reading.snapshot(result).locations()).hasSize(1);
        assertThat(result.problems()).isEmpty();
    }

    private static String template(String additional) {
        return ("{'$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',"
                        + " 'parameters': {'al': {'type': 'array'}, 'b': {'type': 'bool'}}, 'resources': [{'type':"
                        + " 'Microsoft.ApiManagement/service', 'name': 'a', 'location': 'westeurope', 'sku': {'name':"
                        + " 'Premium', 'capacity': 1}, 'properties': {'virtualNetworkType': 'External',"
                        + " 'additionalLocations': ADDITIONAL}}]}")
                .replace("ADDITIONAL", additional.startsWith("[\"") ? additional.replace("'", "\\u0027") : additional)
                .replace("''", "\\u0027");
    }
}
