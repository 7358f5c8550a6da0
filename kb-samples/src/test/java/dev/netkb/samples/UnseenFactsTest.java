package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.Parameters;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nobody saw is never passed, even where the author of a rule did not say that it is needed. */
class UnseenFactsTest {

    /** A subnet whose group was not exported. */
    private static final String SNAPSHOT = """
            [{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v", "name": "v",
              "type": "Microsoft.Network/virtualNetworks", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
              "subnets": [{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/apim",
              "name": "apim", "properties": {"addressPrefix": "10.0.0.0/24", "networkSecurityGroup":
              {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/nsg"}}}]}},
             {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/apim", "name": "apim",
              "type": "Microsoft.ApiManagement/service", "location": "westeurope", "sku": {"name": "Premium", "capacity": 1},
              "properties": {"virtualNetworkType": "External", "platformVersion": "stv2", "virtualNetworkConfiguration":
              {"subnetResourceId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/apim"}}}]
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NsgRule( nsgId == $s.nsgId, allowsTcp( 3389 ) )                                           | NetworkSecurityGroup
            not NsgRule( nsgId == $s.nsgId, allowsTcp( 3443 ) )                                       | NetworkSecurityGroup
            accumulate( NsgRule( nsgId == $s.nsgId, $p : priority ); $n : count( $p ); $n > 3 )       | NetworkSecurityGroup
            VirtualNetwork( id == $s.vnetId ) and NsgRule( nsgId == $s.nsgId, allowsTcp( 3389 ) )     | NetworkSecurityGroup
            """)
    void whatARuleLooksAtIsNeeded(String condition, String missing) throws IOException {
        Files.writeString(folder.resolve("own.drl"), """
                package custom;

                rule "OWN-1 It holds"
                    @id("OWN-1") @severity("error") @description("It holds.") @requires("Subnet") @models("classic")
                when
                    $a : Applicable( rule == "OWN-1", $loc : location )
                    $s : Subnet( id == $loc.subnetId )
                    CONDITION
                then
                    insert( Finding.violated( $a, "it does not" ) );
                end
                """.replace("CONDITION", condition));
        KnowledgeBase rules = KnowledgeBase.load(RuleSources.of(folder));

        Result result = result(rules, "OWN-1", Options.DEFAULT);

        assertThat(result.outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(rules.catalogue())
                .filteredOn(info -> info.id().equals("OWN-1"))
                .singleElement()
                .satisfies(info -> assertThat(info.requires()).contains("Subnet", missing));
    }

    @Test
    void aFlowWithoutPacketsIsNotPassed() {
        Options clients = Options.DEFAULT.withParameters(Parameters.parse(Map.of("clientRanges", "2001:db8::/32")));

        Result result = result(KnowledgeBase.packaged(), "C-FLOW-IN-CLIENT", clients);

        assertThat(result.outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(result.message()).contains("has no IPv4 address");
    }

    private static Result result(KnowledgeBase rules, String id, Options options) {
        ReadResult read = SnapshotReader.create()
                .read(new SnapshotSource(
                        "s", List.of(new SourceFile("a.json", SNAPSHOT.getBytes(StandardCharsets.UTF_8)))));
        return rules.evaluate(read, options.withAll(true)).results().stream()
                .filter(result -> result.rule().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
