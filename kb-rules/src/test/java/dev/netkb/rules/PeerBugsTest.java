package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.FlowQuestion;
import dev.netkb.api.read.ReadResult;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.test.ExampleNetwork;
import dev.netkb.test.RuleVerifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other tools get wrong, each case by its name. */
class PeerBugsTest {

    private static final RuleVerifier RULES = RuleVerifier.packaged();
    private static final ExampleNetwork EXTERNAL = base("external");
    private static final ExampleNetwork INTERNAL = base("internal");

    /** Rules that let every needed flow of a classic external instance pass. */
    private static final String DOCUMENTED = """
            AllowClients: 100 Allow In Tcp from Internet to VirtualNetwork port 443
            AllowManagement: 110 Allow In Tcp from ApiManagement to VirtualNetwork port 3443
            AllowProbes: 120 Allow In Tcp from AzureLoadBalancer to VirtualNetwork port 6390
            AllowStorage: 100 Allow Out Tcp from VirtualNetwork to Storage port 443
            AllowSql: 110 Allow Out Tcp from VirtualNetwork to Sql port 1433
            AllowKeyVault: 120 Allow Out Tcp from VirtualNetwork to AzureKeyVault port 443
            AllowMonitor: 130 Allow Out Tcp from VirtualNetwork to AzureMonitor port 1886,443
            AllowCertificates: 140 Allow Out Tcp from VirtualNetwork to Internet port 80
            """;

    private static ExampleNetwork base(String name) {
        return ExampleNetwork.read(Path.of("src/test/resources/examples/bases/" + name + ".yaml"));
    }

    /** A base whose group has these custom rules and no others. */
    private static ExampleNetwork rules(ExampleNetwork base, String rules) {
        ExampleNetwork empty = base.with("nsg: {securityRules: null}");
        return rules.isBlank() ? empty : empty.with("nsg:\n  securityRules:\n" + rules.indent(4));
    }

    /** Microsoft's own check of API Management networks in the portal. */
    @Nested
    class PortalCheck {

        @Test
        void internalModeOnAnUntouchedDefaultGroupReports3443Blocked() {
            RULES.rule("C-FLOW-IN-3443")
                    .given(rules(INTERNAL, ""))
                    .isViolated()
                    .withSeverity(Severity.ERROR)
                    .withVerdict("denied")
                    .deniedBy("DenyAllInBound");
        }

        @Test
        void theUsualHardeningBlocksManagementAndProbes() {
            ExampleNetwork hardened = rules(INTERNAL, """
                    AllowVnet: 4000 Allow In * from VirtualNetwork to VirtualNetwork
                    DenyAll: 4096 Deny In *
                    """);

            RULES.rule("C-FLOW-IN-3443").given(hardened).isViolated().deniedBy("DenyAll");
            // VirtualNetwork contains 168.63.129.16, so a rule that allows it lets the probes pass.
            RULES.rule("C-FLOW-IN-LB").given(hardened).isPassed();
            RULES.rule("C-FLOW-IN-LB")
                    .given(rules(INTERNAL, "DenyAll: 4096 Deny In *\n"))
                    .isViolated()
                    .deniedBy("DenyAll");
        }

        @Test
        void externalModeOnTheDefaultGroupReportsClientsAndManagement() {
            RULES.rule("C-FLOW-IN-CLIENT").given(rules(EXTERNAL, "")).isViolated();
            RULES.rule("C-FLOW-IN-3443").given(rules(EXTERNAL, "")).isViolated();
        }

        @ParameterizedTest
        @CsvSource({"C-FLOW-OUT-STORAGE", "C-FLOW-OUT-SQL", "C-FLOW-OUT-KV", "C-FLOW-OUT-MONITOR"})
        void aDenyForInternetHitsTheServicesBehindTags(String flow) {
            RULES.rule(flow)
                    .given(rules(EXTERNAL, "DenyInternet: 4000 Deny Out * to Internet\n"))
                    .isViolated()
                    .withSeverity(Severity.ERROR)
                    .withVerdict("denied")
                    .deniedBy("DenyInternet");
        }

        @Test
        void aDenyWithSeveralDestinationsHitsEachOfThem() {
            ExampleNetwork plural = rules(EXTERNAL, "DenyBoth: 100 Deny Out * to Storage,Sql\n");

            RULES.rule("C-FLOW-OUT-STORAGE").given(plural).isViolated().deniedBy("DenyBoth");
            RULES.rule("C-FLOW-OUT-SQL").given(plural).isViolated().deniedBy("DenyBoth");
        }

        @Test
        void sqlIs1433() {
            RULES.rule("C-FLOW-OUT-SQL")
                    .given(rules(EXTERNAL, "DenySql: 100 Deny Out Tcp to Sql port 1433\n"))
                    .isViolated();
            RULES.rule("C-FLOW-OUT-SQL")
                    .given(rules(EXTERNAL, "DenyWrongPort: 100 Deny Out Tcp to Sql port 1443\n"))
                    .isPassed();
        }

        @ParameterizedTest
        @CsvSource({"10.0.0.0/8", "203.0.113.0/24"})
        void managementFromAForeignBlockIsNotManagement(String block) {
            RULES.rule("C-FLOW-IN-3443")
                    .given(rules(EXTERNAL, "AllowSome: 100 Allow In Tcp from " + block + " port 3443\n")
                            .withServiceTags(Map.of("ApiManagement", List.of("20.90.0.0/24"))))
                    .isViolated()
                    .withVerdict("denied");
        }

        @ParameterizedTest
        @CsvSource({
            "C-FLOW-OUT-SQL",
            "C-FLOW-OUT-STORAGE",
            "C-FLOW-OUT-KV",
            "C-FLOW-OUT-MONITOR",
            "C-FLOW-OUT-CERT80",
            "C-FLOW-IN-3443",
            "C-FLOW-IN-CLIENT",
            "C-FLOW-IN-LB"
        })
        void everyDocumentedAllowBeforeADenyOfEverythingIsFine(String flow) {
            RULES.rule(flow).given(rules(EXTERNAL, DOCUMENTED + """
                                    DenyAllIn: 4096 Deny In *
                                    DenyAllOut: 4096 Deny Out *
                                    """)).isPassed().withVerdict("allowed");
        }

        @Test
        void theRegionalTagOfTheOwnRegionSuffices() {
            RULES.rule("C-FLOW-OUT-STORAGE")
                    .given(rules(EXTERNAL, """
                            AllowStorage: 100 Allow Out Tcp to Storage.WestEurope port 443
                            DenyAll: 4096 Deny Out *
                            """))
                    .isPassed()
                    .withVerdict("partial")
                    .withNoteContaining("C-REGTAG");
        }

        @Test
        void aDenyForOneForeignHostIsHarmless() {
            ExampleNetwork network = rules(EXTERNAL, DOCUMENTED + "DenyHost: 105 Deny Out * to 10.9.9.9/32\n");

            for (String flow : List.of("C-FLOW-OUT-STORAGE", "C-FLOW-OUT-SQL", "C-FLOW-OUT-KV", "C-FLOW-OUT-MONITOR")) {
                RULES.rule(flow).given(network).isPassed();
            }
        }

        @Test
        void keyVaultIsOnlyAHintOnPlatformStv1() {
            RULES.rule("C-FLOW-OUT-KV")
                    .given(rules(EXTERNAL, "DenyVault: 100 Deny Out * to AzureKeyVault\n")
                            .with("apim: {platformVersion: stv1}"))
                    .isViolated()
                    .withSeverity(Severity.INFO);
        }

        @Test
        void aSubnetWithoutAGroupIsAFindingAndNotACrash() {
            RULES.rule("C-NET-05")
                    .given(EXTERNAL.with("vnet: {subnets: {apim: {networkSecurityGroup: null}}}"))
                    .isViolated()
                    .withSeverity(Severity.ERROR);
        }

        @Test
        void anUnreadableRouteTableIsNotClean() {
            RULES.rule("C-FLOW-IN-3443")
                    .given(rules(EXTERNAL, "DenyVnet: 200 Deny In * from VirtualNetwork\n" + DOCUMENTED)
                            .with("vnet: {subnets: {apim: {routeTable: {id: '/subscriptions/s/resourceGroups/g"
                                    + "/providers/Microsoft.Network/routeTables/missing'}}}}"))
                    .isUndetermined();
            RULES.rule("C-FLOW-IN-3443")
                    .given(rules(
                                    EXTERNAL,
                                    "DenyVnet: 100 Deny In * from VirtualNetwork\nAllow: 110 Allow In Tcp port 3443\n")
                            .with("vnet: {subnets: {apim: {routeTable: {id: '/subscriptions/s/resourceGroups/g"
                                    + "/providers/Microsoft.Network/routeTables/missing'}}}}"))
                    .isUndetermined();
        }
    }

    /** "Is SSH open from the internet?", asked of groups on which scanners are wrong. */
    @Nested
    class Scanners {

        @ParameterizedTest(name = "{0} is {1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "A: 100 Allow In Tcp port 22 | allowed",
                    "A: 100 Allow In Tcp from Internet port 22 | allowed",
                    "A: 100 Allow In Tcp from 0.0.0.0/0 port 22 | allowed",
                    "A: 100 Allow In Tcp from 0.0.0.0/1,128.0.0.0/1 port 22 | allowed",
                    "D: 100 Deny In * ; A: 200 Allow In Tcp port 22 | denied",
                    "D: 100 Deny In * from 10.0.0.0/8 ; A: 200 Allow In Tcp port 22 | allowed",
                    "A: 100 Allow In Tcp port 20-25,443 | allowed",
                    "A: 100 Allow In Udp port 22 | denied",
                    "A: 100 Allow In Tcp from AzureCloud port 22 | partial"
                })
        void seesWhetherSshIsOpenFromTheInternet(String rules, String verdict) {
            String lines = rules.replace(" ; ", "\n") + "\n";

            assertThat(ask(rules(INTERNAL, lines), "Internet", "apim", 22)
                            .verdict()
                            .word())
                    .isEqualTo(verdict);
        }
    }

    /** A network verifier whose model of Azure is small. */
    @Nested
    class Batfish {

        @Test
        void virtualNetworkIsTheNetworkOfTheSubnetAndNotEveryPrivateBlock() {
            ExampleNetwork network = rules(INTERNAL, "");

            assertThat(ask(network, "10.0.7.7", "apim", 443).verdict()).isEqualTo(Verdict.ALLOWED);
            assertThat(ask(network, "10.1.7.7", "apim", 443).verdict()).isEqualTo(Verdict.DENIED);
            assertThat(ask(network, "172.16.0.1", "apim", 443).verdict()).isEqualTo(Verdict.DENIED);
        }

        @Test
        void aTagWithoutDataIsNotEmpty() {
            ExampleNetwork network = rules(INTERNAL, "A: 100 Deny Out * to Sql\n");

            assertThat(ask(network, "apim", "Sql", 1433).verdict()).isEqualTo(Verdict.DENIED);
        }

        @Test
        void onlyPluralPrefixesDoNotMeanEverything() {
            ExampleNetwork network =
                    rules(INTERNAL, "A: 100 Allow In Tcp from 203.0.113.0/25,203.0.113.128/25 port 443\n");

            assertThat(ask(network, "203.0.113.200", "apim", 443).verdict()).isEqualTo(Verdict.ALLOWED);
            assertThat(ask(network, "198.51.100.1", "apim", 443).verdict()).isEqualTo(Verdict.DENIED);
        }

        @Test
        void protocolAnyKeepsItsPorts() {
            ExampleNetwork network = rules(INTERNAL, "A: 100 Allow In * from Internet port 443\n");

            assertThat(ask(network, "203.0.113.1", "apim", 443).verdict()).isEqualTo(Verdict.ALLOWED);
            assertThat(ask(network, "203.0.113.1", "apim", 80).verdict()).isEqualTo(Verdict.DENIED);
        }

        @Test
        void accessIsReadInAnyLetterCase() {
            ExampleNetwork network = rules(INTERNAL, "").with("""
                            nsg:
                              securityRules:
                                Lower: {priority: 100, direction: inbound, access: allow, protocol: TCP,
                                        sourceAddressPrefix: internet, destinationAddressPrefix: '*',
                                        sourcePortRange: '*', destinationPortRange: '443'}
                            """);

            assertThat(ask(network, "203.0.113.1", "apim", 443).verdict()).isEqualTo(Verdict.ALLOWED);
        }
    }

    private static FlowResult ask(ExampleNetwork network, String from, String to, int port) {
        ReadResult read = network.read("asked");
        Snapshot snapshot =
                Objects.requireNonNull(read.snapshot(), () -> read.problems().toString());
        return new FlowQuestion(from, to, ProtocolSet.TCP, PortSet.ALL, PortSet.of(port)).answer(snapshot);
    }
}
