package dev.netkb.model.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.report.Verdict;
import org.junit.jupiter.api.Test;

/** What requirements C.6 say of Azure Firewall as next hop, one sentence a test. */
class FirewallSentencesTest {

    private static final String ALLOWS = "network 200 allow tcp * -> *:*";

    private static TestNetwork network() {
        return new TestNetwork()
                .onAllStages()
                .rule("out 100 allow * * -> *:*")
                .rule("in 100 allow * * -> *:*")
                .peer("hub", "172.16.0.0/16")
                .route("0.0.0.0/0", NextHopType.VIRTUAL_APPLIANCE, "172.16.1.4");
    }

    private static Verdict sql(TestNetwork network) {
        return network.out("Tcp", "Sql", "1433").verdict();
    }

    @Test
    void withoutItsRulesNobodyKnowsWhatItLetsPass() {
        assertThat(sql(network())).isEqualTo(Verdict.UNDETERMINED);
    }

    @Test
    void whatNoRuleMatchesIsDenied() {
        FlowDecision decision = network().firewall("172.16.1.4").out("Tcp", "Sql", "1433");

        assertThat(decision.verdict()).isEqualTo(Verdict.DENIED);
        assertThat(decision.stages().get(1).parts())
                .singleElement()
                .satisfies(part -> assertThat(part.decider()).isInstanceOf(Decider.Firewall.class));
    }

    @Test
    void aNetworkRuleForTheTagLetsItPass() {
        assertThat(sql(network().firewall("172.16.1.4", "network 200 allow tcp 10.0.0.0/24 -> Sql:1433")))
                .isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void aNetworkRuleForOtherSourcesDoesNot() {
        assertThat(sql(network().firewall("172.16.1.4", "network 200 allow tcp 10.0.9.0/24 -> Sql:1433")))
                .isEqualTo(Verdict.DENIED);
    }

    @Test
    void theLowerNumberDecides() {
        assertThat(sql(network()
                        .firewall("172.16.1.4", "network 300 allow tcp * -> *:*", "network 200 deny tcp * -> *:1433")))
                .isEqualTo(Verdict.DENIED);
    }

    @Test
    void networkRulesComeBeforeApplicationRulesWhateverTheirNumber() {
        assertThat(network()
                        .firewall("172.16.1.4", "application 100 allow https * -> *", "network 200 deny tcp * -> *:443")
                        .out("Tcp", "Storage", "443")
                        .verdict())
                .isEqualTo(Verdict.DENIED);
    }

    @Test
    void anApplicationRuleForEveryNameLetsItsPortsPass() {
        TestNetwork network = network().firewall("172.16.1.4", "application 100 allow https * -> *");

        assertThat(network.out("Tcp", "Storage", "443").verdict()).isEqualTo(Verdict.ALLOWED);
        assertThat(network.out("Tcp", "Storage", "445").verdict()).isEqualTo(Verdict.DENIED);
    }

    @Test
    void whetherAnApplicationRuleForNamesMatchesIsNotKnown() {
        FlowDecision decision = network()
                .firewall("172.16.1.4", "application 100 allow https * -> *.blob.core.windows.net")
                .out("Tcp", "Storage", "443");

        assertThat(decision.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(decision.missing()).anyMatch(text -> text.contains("names of firewall rule"));
    }

    @Test
    void aRouteAroundItNeedsNoRule() {
        assertThat(sql(network().firewall("172.16.1.4").route("Sql", NextHopType.INTERNET)))
                .isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void repliesToClientsAreLostWhateverItAllows() {
        assertThat(network()
                        .firewall("172.16.1.4", "network 200 allow * * -> *:*")
                        .in("Tcp", "Internet", "443")
                        .verdict())
                .isEqualTo(Verdict.DENIED);
    }

    @Test
    void anApplicationRuleOfUnknownProtocolsLeavesTheFlowOpen() {
        assertThat(network()
                        .firewall("172.16.1.4", "application 100 allow ? * -> *")
                        .out("Tcp", "Storage", "443")
                        .verdict())
                .isEqualTo(Verdict.UNDETERMINED);
    }

    @Test
    void applicationRulesSeeTcpOnly() {
        assertThat(network()
                        .firewall("172.16.1.4", "application 100 allow https * -> *")
                        .out("Udp", "Storage", "443")
                        .verdict())
                .isEqualTo(Verdict.DENIED);
    }

    @Test
    void anIpGroupStandsForItsAddresses() {
        TestNetwork network = network()
                .firewall("172.16.1.4", "network 200 allow tcp group:apim -> Sql:1433")
                .ipGroup("apim", false, "10.0.0.0/24");

        assertThat(sql(network)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void anIpGroupThatWasNotExportedLeavesTheFlowOpen() {
        FlowDecision decision = network()
                .firewall("172.16.1.4", "network 200 allow tcp group:apim -> Sql:1433")
                .out("Tcp", "Sql", "1433");

        assertThat(decision.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(decision.missing()).anyMatch(text -> text.contains("IP group apim"));
    }

    @Test
    void soDoesOneThatWasExportedInPart() {
        assertThat(sql(network()
                        .firewall("172.16.1.4", "network 200 allow tcp group:apim -> Sql:1433")
                        .ipGroup("apim", true, "10.9.0.0/24")))
                .isEqualTo(Verdict.UNDETERMINED);
    }

    @Test
    void soDoIpGroupsOfWhichNobodyKnowsTheNames() {
        assertThat(sql(network().firewall("172.16.1.4", "network 200 allow tcp group:? -> Sql:1433")))
                .isEqualTo(Verdict.UNDETERMINED);
    }

    @Test
    void rulesOfTheBasePolicyComeFirstWhateverTheirNumber() {
        assertThat(sql(network()
                        .firewallOf("own", "172.16.1.4")
                        .policy("own", "base", ALLOWS)
                        .policy("base", "", "network 900 deny tcp * -> Sql:1433")))
                .isEqualTo(Verdict.DENIED);
    }

    @Test
    void networkRulesComeBeforeApplicationRulesOfTheBasePolicy() {
        assertThat(network()
                        .firewallOf("own", "172.16.1.4")
                        .policy("own", "base", ALLOWS)
                        .policy("base", "", "application 100 deny https * -> *")
                        .out("Tcp", "Storage", "443")
                        .verdict())
                .isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void withoutItsBasePolicyNobodyKnows() {
        assertThat(sql(network().firewallOf("own", "172.16.1.4").policy("own", "base", ALLOWS)))
                .isEqualTo(Verdict.UNDETERMINED);
    }

    @Test
    void policiesThatAreBasedOnEachOtherSayNothing() {
        assertThat(sql(network()
                        .firewallOf("own", "172.16.1.4")
                        .policy("own", "base", ALLOWS)
                        .policy("base", "own", ALLOWS)))
                .isEqualTo(Verdict.UNDETERMINED);
    }

    @Test
    void ofFirewallsWithTheSameAddressTheOneInReachIsTheNextHop() {
        TestNetwork network = network().firewallIn("elsewhere", "172.16.1.4");

        assertThat(sql(network)).isEqualTo(Verdict.UNDETERMINED);
        assertThat(sql(network.firewallIn("hub", "172.16.1.4", ALLOWS))).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void whereTwoInReachHaveTheAddressNobodyKnowsWhich() {
        assertThat(sql(network().firewall("172.16.1.4", ALLOWS).firewallIn("hub", "172.16.1.4", ALLOWS)))
                .isEqualTo(Verdict.UNDETERMINED);
    }

    @Test
    void anApplianceThatSomebodyTrustsLetsEverythingPass() {
        assertThat(sql(network().trusting("172.16.1.4"))).isEqualTo(Verdict.ALLOWED);
        assertThat(sql(network().trusting("172.16.1.5"))).isEqualTo(Verdict.UNDETERMINED);
    }

    @Test
    void rulesThatAreKnownCountMoreThanTrust() {
        assertThat(sql(network().firewall("172.16.1.4").trusting("172.16.1.4"))).isEqualTo(Verdict.DENIED);
    }

    @Test
    void repliesThroughATrustedApplianceAreLostAllTheSame() {
        assertThat(network().trusting("172.16.1.4").in("Tcp", "Internet", "443").verdict())
                .isEqualTo(Verdict.DENIED);
    }
}
