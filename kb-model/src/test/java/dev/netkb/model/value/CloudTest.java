package dev.netkb.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudTest {

    @ParameterizedTest
    @CsvSource({
        "West Europe, PUBLIC",
        "germanywestcentral, PUBLIC",
        "germanynorth, PUBLIC",
        "germanycentral, GERMANY",
        "USGov Virginia, US_GOVERNMENT",
        "usdodeast, US_GOVERNMENT",
        "China North 3, CHINA"
    })
    void isThatOfTheRegion(String region, Cloud cloud) {
        assertThat(Cloud.of(Region.of(region))).isEqualTo(cloud);
    }

    @ParameterizedTest
    @CsvSource({
        "Public, PUBLIC",
        "AzureCloud, PUBLIC",
        "AzureGovernment, US_GOVERNMENT",
        "AzureUSGovernment, US_GOVERNMENT",
        "AzureChinaCloud, CHINA",
        "China, CHINA",
        "AzureGermanCloud, GERMANY",
        "Bleu,"
    })
    void isNamedByTagFilesInSeveralWays(String name, Cloud cloud) {
        assertThat(Cloud.named(name).orElse(null)).isEqualTo(cloud);
    }
}
