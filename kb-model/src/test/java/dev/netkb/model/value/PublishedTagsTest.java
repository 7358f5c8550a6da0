package dev.netkb.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedTagsTest {

    private static final ServiceTags DATA =
            ServiceTags.of("Public", "1", "tags.json", Map.of(ServiceTag.of("NewService"), List.of("203.0.113.0/24")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sql",
                "sql",
                "Sql.WestEurope",
                "Sql.West Europe",
                "AzureCloud.centralfrance",
                "AzureFrontDoor.FirstParty",
                "AzureActiveDirectory.ServiceEndpoint",
                "VIRTUAL_NETWORK",
                "Internet",
                "AzurePlatformIMDS"
            })
    void knowsPublishedTagsInAllTheirSpellings(String name) {
        assertThat(PublishedTags.contains(ServiceTag.of(name))).isTrue();
        assertThat(ServiceTags.NONE.knows(ServiceTag.of(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sqll", "Sql.WestEuropa", "Sql.", "Internet.WestEurope", "snet-apim", "NewService"})
    void knowsNothingElse(String name) {
        assertThat(PublishedTags.contains(ServiceTag.of(name))).isFalse();
        assertThat(ServiceTags.NONE.knows(ServiceTag.of(name))).isFalse();
    }

    @Test
    void tagDataAddTheirOwn() {
        assertThat(DATA.knows(ServiceTag.of("newservice"))).isTrue();
        assertThat(DATA.knows(ServiceTag.of("NewService.NorthEurope"))).isTrue();
        assertThat(DATA.knows(ServiceTag.of("Sql"))).isTrue();
        assertThat(DATA.namesLike("NewServise")).first().isEqualTo("NewService");
    }

    @ParameterizedTest
    @CsvSource({
        "Sqll, Sql",
        "AzureKeyVaul, AzureKeyVault",
        "Sql.westeuropa, Sql.westeurope",
        "Storag.NorthEurope, Storage.northeurope",
        "virtualnetwrk, VirtualNetwork",
    })
    void findsWhatWasMeant(String misspelt, String meant) {
        assertThat(ServiceTags.NONE.namesLike(misspelt)).first().isEqualTo(meant);
    }

    @Test
    void findsNothingForNonsense() {
        assertThat(ServiceTags.NONE.namesLike("qqqqqqqq")).isEmpty();
    }
}
