package dev.netkb.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceTagTest {

    @ParameterizedTest
    @CsvSource({
        "VirtualNetwork, VirtualNetwork",
        "VIRTUAL_NETWORK, VirtualNetwork",
        "Virtual Network, VirtualNetwork",
        "virtualnetwork, VirtualNetwork",
        "INTERNET, Internet",
        "internet, Internet",
        "AZURE_LOADBALANCER, AzureLoadBalancer",
        "AzureLoadBalancer, AzureLoadBalancer",
        "Azure Load Balancer, AzureLoadBalancer",
        "azureplatformdns, AzurePlatformDNS",
        "AzurePlatformIMDS, AzurePlatformIMDS",
        "azureplatformlkm, AzurePlatformLKM"
    })
    void classicAndDocumentSpellingsAreOneTag(String written, String name) {
        ServiceTag tag = ServiceTag.of(written);

        assertThat(tag.name()).isEqualTo(name);
        assertThat(tag).isEqualTo(ServiceTag.of(name)).hasSameHashCodeAs(ServiceTag.of(name));
        assertThat(tag.isBuiltIn()).isTrue();
    }

    @Test
    void letterCaseDoesNotTellTagsApart() {
        assertThat(ServiceTag.of("SQL")).isEqualTo(ServiceTag.of("Sql")).hasSameHashCodeAs(ServiceTag.of("sql"));
        assertThat(ServiceTag.of("SQL")).isEqualByComparingTo(ServiceTag.of("Sql"));
        assertThat(ServiceTag.of("Sql")).isNotEqualTo(ServiceTag.of("Storage"));
        assertThat(ServiceTag.of("Sql").isBuiltIn()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Storage.WestEurope, Storage, westeurope",
        "storage.westeurope, storage, westeurope",
        "AzureCloud.centralfrance, AzureCloud, francecentral",
        "AzureCloud.germanywc, AzureCloud, germanywestcentral",
        "AzureCloud.switzerlandn, AzureCloud, switzerlandnorth",
        "AzureCloud.norwaye, AzureCloud, norwayeast",
        "AzureCloud.usstagec, AzureCloud, southcentralusstg",
        "Storage.USGovVirginia, Storage, usgovvirginia",
        "Storage.ChinaEast2, Storage, chinaeast2"
    })
    void aRegionalTagKnowsItsTagAndRegion(String name, String parent, String region) {
        ServiceTag tag = ServiceTag.of(name);

        assertThat(tag.parent()).contains(ServiceTag.of(parent));
        assertThat(tag.region()).contains(new Region(region));
        assertThat(ServiceTag.of(parent).in(new Region(region))).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AzureFrontDoor.Backend", "AzureMonitor.Core", "AzureActiveDirectory.ServiceEndpoint", "Sql"})
    void aDotAloneMakesNoRegion(String name) {
        assertThat(ServiceTag.of(name).parent()).isEmpty();
        assertThat(ServiceTag.of(name).region()).isEmpty();
    }

    @Test
    void oneRegionHasOneSpellingWhateverTheTagFileWrites() {
        ServiceTag inFile = ServiceTag.of("AzureCloud.centralfrance");
        ServiceTag byName = ServiceTag.of("AzureCloud.FranceCentral");
        ServiceTags tags = ServiceTags.of("Public", "1", "tags.json", Map.of(inFile, List.of("10.0.0.0/8")));

        assertThat(byName).isEqualTo(inFile).hasSameHashCodeAs(inFile).isEqualByComparingTo(inFile);
        assertThat(tags.find(byName)).isPresent();
        assertThat(tags.contains(byName)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Internet", "AzureCloud.westeurope", "VIRTUAL_NETWORK", "Virtual Network", "Sql"})
    void namesOfTagsAreRecognised(String text) {
        assertThat(ServiceTag.isName(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "*", "10.0.0.0/8", "fd00::/8", "10.XXX.1.1", "[parameters('tag')]", "Größe"})
    void otherTextsAreNoNamesOfTags(String text) {
        assertThat(ServiceTag.isName(text)).isFalse();
    }

    @Test
    void aTagIsExpandedOnceAndOtherTagsAreNotKnown() {
        ServiceTags tags = ServiceTags.of(
                "Public", "1", "tags.json", Map.of(ServiceTag.of("Sql"), List.of("10.0.1.0/24", "10.0.0.0/24")));

        AddressSet addresses = tags.find(ServiceTag.of("sql")).orElseThrow();
        assertThat(addresses.toPrefixes()).containsExactly("10.0.0.0/23");
        assertThat(tags.find(ServiceTag.of("SQL")).orElseThrow()).isSameAs(addresses);
        assertThat(tags.find(ServiceTag.of("Storage"))).isEmpty();
        assertThat(ServiceTags.NONE.isEmpty()).isTrue();
    }
}
