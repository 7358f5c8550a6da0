package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.Baseline;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Verdict;
import dev.netkb.test.ExampleNetwork;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of instance is asked for its own flows and for no others (requirements B.1). */
class FlowScopeTest {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    /** Hosts of the public cloud, and what the same section of the article asks for. */
    private static final String HOSTS =
            " C-DIAG-12000 C-FQDN-APPINS C-FQDN-CAPTCHA C-FQDN-DEFENDER C-FQDN-ENTRA C-FQDN-GO C-FQDN-GRAPH C-FQDN-INTDIAG"
                    + " C-FQDN-KMS C-FQDN-MON-PUBLIC C-FQDN-PKI C-FQDN-PORTALDIAG C-FQDN-TLS C-FQDN-WU C-NTP";

    /** Flows that both modes of the classic tiers need on platform stv2. */
    private static final String BOTH =
            "C-DNS-53 C-FLOW-IN-3443 C-FLOW-IN-LB C-FLOW-IN-LB-6391 C-FLOW-IO-4290 C-FLOW-IO-6380"
                    + " C-FLOW-IO-638X C-FLOW-OUT-CERT80 C-FLOW-OUT-CONN C-FLOW-OUT-EH C-FLOW-OUT-ENTRA C-FLOW-OUT-INET443"
                    + " C-FLOW-OUT-KV C-FLOW-OUT-MONITOR C-FLOW-OUT-SQL C-FLOW-OUT-STORAGE"
                    + HOSTS;

    private static final String STV1 =
            "C-DNS-53 C-FLOW-IN-3443 C-FLOW-IN-LB C-FLOW-IO-4290 C-FLOW-IO-6380 C-FLOW-IO-638X"
                    + " C-FLOW-OUT-AZCLOUD C-FLOW-OUT-CONN C-FLOW-OUT-EH C-FLOW-OUT-ENTRA C-FLOW-OUT-KV C-FLOW-OUT-MONITOR"
                    + " C-FLOW-OUT-SMB C-FLOW-OUT-SQL C-FLOW-OUT-STORAGE"
                    + HOSTS;

    private static final String EXTERNAL = " C-FLOW-IN-ATM C-FLOW-IN-CLIENT C-FLOW-IN-CLIENT-80";

    private static final String SEED =
            "SEED-DNS-53 SEED-METRICS SEED-SSL-CHAIN SEED-PORT-IN-3443 SEED-PORT-IN-LB SEED-PORT-OUT-AMQP SEED-PORT-OUT-SMB"
                    + " SEED-PORT-OUT-SQL SEED-PORT-OUT-SQLV12-A SEED-PORT-OUT-SQLV12-B SEED-PORT-OUT-STORAGE-SB SEED-PORT-REDIS";

    @ParameterizedTest
    @ValueSource(strings = {"external", "multi-region", "public-ip"})
    void anExternalInstanceIsAskedForClientsAndProbesOfTrafficManager(String base) {
        assertThat(asked(network(base), Baseline.AUTO)).isEqualTo(ids(BOTH + EXTERNAL));
    }

    @Test
    void anInternalInstanceIsNot() {
        assertThat(asked(network("internal"), Baseline.AUTO)).isEqualTo(ids(BOTH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Premium", "Developer"})
    void platformStv1KeepsItsLastTable(String tier) {
        String stv1 = "apim: {platformVersion: stv1, sku: {name: " + tier + ", capacity: 1}}";

        assertThat(asked(network("internal").with(stv1), Baseline.AUTO)).isEqualTo(ids(STV1));
        assertThat(asked(network("external").with(stv1), Baseline.AUTO)).isEqualTo(ids(STV1 + EXTERNAL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stv1", "stv2", "stv2.1"})
    void theSeedArticleAsksEveryPlatformForTheSame(String platform) {
        String change = "apim: {platformVersion: " + platform + "}";

        assertThat(asked(network("internal").with(change), Baseline.SEED)).isEqualTo(ids(SEED));
        assertThat(asked(network("external").with(change), Baseline.SEED))
                .isEqualTo(ids(SEED + " SEED-PORT-IN-CLIENT"));
    }

    @ParameterizedTest
    @CsvSource({
        "injected-v2, auto, V2I-BACKEND V2I-NSG-KV V2I-NSG-STORAGE",
        "injected-v2, 2025-06, V2I-NSG-STORAGE",
        "integrated-v2, auto, V2O-NSG-KV",
        "integrated-v2, 2025-12, V2O-NSG-KV V2O-NSG-STORAGE",
        "integrated-v2, 2025-03, ''",
        "injected-v2, 2023-11, ''",
        "injected-v2, seed, ''",
        "workspace-injected, auto, WG-INJ-CLIENT WG-INJ-KV WG-INJ-LB WG-INJ-STORAGE",
        "workspace-injected, 2025-10, WG-INJ-CLIENT WG-INJ-LB WG-INJ-STORAGE",
        "workspace-injected, 2024-07, ''",
        "workspace-integrated, auto, WG-INT-OUT",
        "workspace-integrated, seed, ''",
        "private-endpoint, auto, ''",
        "no-network, auto, ''",
        "no-network, 2020-03, ''",
        "no-network, seed, ''"
    })
    void otherModelsHaveFlowsOfTheirOwn(String base, String baseline, String expected) {
        assertThat(asked(network(base), Baseline.parse(baseline))).isEqualTo(ids(expected));
    }

    /** No table but the seed's first Redis row restricts source ports, so denying one of them leaves no flow whole. */
    @ParameterizedTest
    @CsvSource({
        "external, auto",
        "external, seed",
        "external, 2017-01",
        "external, 2020-03",
        "injected-v2, auto",
        "integrated-v2, auto"
    })
    void everySourcePortIsAskedFor(String base, String baseline) {
        ExampleNetwork network = network(base).with("""
                nsg:
                  securityRules:
                    AllowClients: null
                    AllowKeyVault: null
                    AllowClientsLater: 140 Allow In Tcp from Internet to VirtualNetwork port 80,443
                    DenyOneIn: 105 Deny In * source port 50000
                    DenyOneOut: 105 Deny Out * source port 50000
                """);

        assertThat(report(network, Baseline.parse(baseline)).results())
                .filteredOn(FlowScopeTest::isDecidedFlow)
                .filteredOn(result -> !isFirstRedisRow(result) && !isToAzureDns(result))
                .isNotEmpty()
                .allSatisfy(result -> assertThat(
                                Objects.requireNonNull(result.flow()).verdict())
                        .as(result.rule())
                        .isEqualTo(Verdict.PARTIAL));
    }

    /** No rule of a group touches what goes to Azure's own DNS servers. */
    private static boolean isToAzureDns(Result result) {
        return result.rule().endsWith("DNS-53");
    }

    private static boolean isFirstRedisRow(Result result) {
        FlowResult flow = result.flow();
        return flow != null && flow.protocol().equals("Udp") && flow.ports().contains("6381-6383");
    }

    private static boolean isDecidedFlow(Result result) {
        return result.flow() != null;
    }

    private static ExampleNetwork network(String base) {
        return ExampleNetwork.read(Path.of("src/test/resources/examples/bases/" + base + ".yaml"));
    }

    /** The ids of all flows that apply to some location. */
    private static Set<String> asked(ExampleNetwork network, Baseline baseline) {
        return report(network, baseline).results().stream()
                .filter(FlowScopeTest::isDecidedFlow)
                .map(Result::rule)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static SnapshotReport report(ExampleNetwork network, Baseline baseline) {
        ReadResult read = network.read("example");
        return RULES.evaluate(read, new Options(baseline, true));
    }

    private static Set<String> ids(String text) {
        return text.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(text.split(" ")));
    }
}
