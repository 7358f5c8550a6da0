package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Limits;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.SnapshotReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rules that every check lets pass, because each condition is joined, and that take for ever, because the join leaves
 * hundreds of choices each time: they are stopped, named, and cost nobody else anything.
 */
@Timeout(120)
class RunawayRulesTest {

    /** So many rules that to look at all triples of them takes much longer than the limit. */
    private static final int SECURITY_RULES = 500;

    private static final Limits LIMITS = Limits.DEFAULT.withMaxTime(Duration.ofSeconds(2));

    private static final String PAIR =
            "NsgRule( nsgId == $nsg, $first : priority )" + " and NsgRule( nsgId == $nsg, $second : priority )";

    /** No priority is above and below another one. */
    private static final String NONE =
            "NsgRule( nsgId == $nsg, priority > $first, priority < $first, priority != $second )";

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            many matches       | NsgRule( nsgId == $nsg ) and NsgRule( nsgId == $nsg ) and NsgRule( nsgId == $nsg )
            a search in vain   | PAIR and NONE
            an empty 'not'     | PAIR and not NONE
            a sum              | accumulate( PAIR and NONE; $n : count( $first ); $n > 0 )
            """)
    void areStoppedAndOthersGoOn(String what, String conditions) throws Exception {
        Files.writeString(
                folder.resolve("slow.drl"),
                """
                package custom;

                rule "OUR-SLOW It ends"
                    @id("OUR-SLOW") @severity("error") @models("classic")
                    @requires("Subnet.nsgId") @description("It ends.")
                when
                    $a : Applicable( rule == "OUR-SLOW", $loc : location )
                    Subnet( id == $loc.subnetId, nsgId != null, $nsg : nsgId )
                """ + conditions.replace("PAIR", PAIR).replace("NONE", NONE) + """

                then
                    insert( Finding.violated( $a, "it does" ) );
                end
                """);
        KnowledgeBase rules = KnowledgeBase.load(RuleSources.of(folder));
        ReadResult other =
                SnapshotFiles.snapshot(Path.of("snapshots", "standard-v2")).read(SnapshotReader.create());
        ReadResult large = large();
        SnapshotReport alone = evaluate(rules, other);
        assertThat(evaluate(KnowledgeBase.packaged(), large).complete()).isTrue();

        CompletableFuture<SnapshotReport> running = CompletableFuture.supplyAsync(() -> evaluate(rules, large));
        List<SnapshotReport> beside = new ArrayList<>();
        while (!running.isDone()) {
            beside.add(evaluate(rules, other));
        }
        SnapshotReport stopped = running.join();

        assertThat(stopped.complete()).isFalse();
        assertThat(stopped.results())
                .isNotEmpty()
                .allMatch(result ->
                        result.outcome() == Outcome.UNDETERMINED || result.outcome() == Outcome.NOT_APPLICABLE);
        assertThat(stopped.problems())
                .filteredOn(problem -> problem.code().equals("KB-E202"))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("more than", "'OUR-SLOW It ends'");
        // One that was only given up would go on, and take what the others need.
        for (Thread evaluation : evaluations()) {
            evaluation.join(30_000);
        }
        assertThat(evaluations()).isEmpty();
        assertThat(beside).isNotEmpty().allMatch(report -> report.complete() && report.equals(alone));
    }

    private static Set<Thread> evaluations() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().equals("netkb-evaluation"))
                .collect(Collectors.toSet());
    }

    private static SnapshotReport evaluate(KnowledgeBase rules, ReadResult read) {
        return rules.evaluate(read, Options.DEFAULT.withAll(true).withLimits(LIMITS));
    }

    /** One service in a subnet whose security group is long. */
    private static ReadResult large() {
        String network =
                "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network";
        String securityRules = IntStream.range(0, SECURITY_RULES)
                .mapToObj(i -> """
                        {"name": "r%d", "properties": {"priority": %d, "direction": "Inbound", "access": "Deny",
                        "protocol": "Tcp", "sourceAddressPrefix": "*", "sourcePortRange": "*",
                        "destinationAddressPrefix": "*", "destinationPortRange": "%d"}}
                        """.formatted(i, 100 + i, 9000 + i))
                .collect(Collectors.joining(","));
        String text = """
                [{"id": "NET/networkSecurityGroups/nsg", "type": "Microsoft.Network/networkSecurityGroups", "name": "nsg",
                "properties": {"securityRules": [RULES]}},
                {"id": "NET/virtualNetworks/vnet", "type": "Microsoft.Network/virtualNetworks", "name": "vnet",
                "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [
                {"id": "NET/virtualNetworks/vnet/subnets/apim", "name": "apim", "properties": {"addressPrefix": "10.0.0.0/24",
                "networkSecurityGroup": {"id": "NET/networkSecurityGroups/nsg"}}}]}},
                {"id": "APIM", "type": "Microsoft.ApiManagement/service", "name": "apim", "location": "westeurope",
                "sku": {"name": "Premium", "capacity": 1}, "properties": {"virtualNetworkType": "Internal",
                "virtualNetworkConfiguration": {"subnetResourceId": "NET/virtualNetworks/vnet/subnets/apim"}}}]
                """.replace("RULES", securityRules)
                .replace("APIM", network.replace("Microsoft.Network", "Microsoft.ApiManagement/service/apim"))
                .replace("NET", network);
        return SnapshotReader.create()
                .read(new SnapshotSource(
                        "large", List.of(new SourceFile("large.json", text.getBytes(StandardCharsets.UTF_8)))));
    }
}
