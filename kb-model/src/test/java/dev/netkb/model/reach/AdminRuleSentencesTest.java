package dev.netkb.model.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.report.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What requirements C.7 say of security admin rules, one sentence a test. */
class AdminRuleSentencesTest {

    private static final String GROUP_ALLOWS = "in 100 allow tcp * -> *:3443";
    private static final String GROUP_DENIES = "in 100 deny * * -> *:*";

    private static TestNetwork network() {
        return new TestNetwork().onAllStages();
    }

    private static FlowDecision management(TestNetwork network) {
        return network.in("Tcp", "ApiManagement", "3443");
    }

    private static List<Stage> stages(FlowDecision decision) {
        return decision.stages().stream().map(FlowDecision.StageDecision::stage).toList();
    }

    @Test
    void denyEndsWithABlock() {
        FlowDecision decision = management(network().rule(GROUP_ALLOWS).adminRule("in 10 deny tcp * -> *:3443"));

        assertThat(decision.verdict()).isEqualTo(Verdict.DENIED);
        assertThat(stages(decision)).containsExactly(Stage.ADMIN_RULES);
    }

    @Test
    void alwaysAllowEndsWithDeliveryAndSkipsGroups() {
        FlowDecision decision = management(network().rule(GROUP_DENIES).adminRule("in 10 alwaysallow tcp * -> *:3443"));

        assertThat(decision.verdict()).isEqualTo(Verdict.ALLOWED);
        assertThat(stages(decision)).containsExactly(Stage.ADMIN_RULES, Stage.ROUTE);
    }

    @Test
    void allowPassesOnToGroups() {
        TestNetwork allowed = network().adminRule("in 10 allow tcp * -> *:3443");

        assertThat(management(allowed.rule(GROUP_DENIES)).verdict()).isEqualTo(Verdict.DENIED);
        assertThat(stages(management(allowed))).containsExactly(Stage.ADMIN_RULES, Stage.NSG);
    }

    @Test
    void theLowestNumberDecides() {
        TestNetwork network = network().rule(GROUP_ALLOWS);

        assertThat(management(network.adminRule("in 20 deny tcp * -> *:*").adminRule("in 10 allow tcp * -> *:3443"))
                        .verdict())
                .isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void whatNoRuleMatchesGroupsDecide() {
        FlowDecision decision =
                management(network().rule(GROUP_ALLOWS).adminRule("in 10 deny tcp 20.1.0.0/16 -> *:3443"));

        assertThat(decision.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(decision.missing()).containsExactly("the addresses of service tag ApiManagement");
    }

    @Test
    void aPartDeliveredAndAPartDeniedIsPartial() {
        FlowDecision decision = network()
                .tag("ApiManagement", "20.1.0.0/16", "20.2.0.0/16")
                .rule(GROUP_DENIES)
                .adminRule("in 10 alwaysallow tcp 20.1.0.0/16 -> *:3443")
                .in("Tcp", "ApiManagement", "3443");

        assertThat(decision.verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(decision.witness()).isNotNull();
        assertThat(decision.witness().source()).hasToString("20.2.0.0");
    }

    @Test
    void rulesOfAnotherNetworkDoNotMatter() {
        assertThat(management(network().rule(GROUP_ALLOWS).adminRule("elsewhere", "in 10 deny tcp * -> *:*"))
                        .verdict())
                .isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void aRuleOfWhichNobodyKnowsWhereItIsInEffectLeavesTheFlowOpen() {
        FlowDecision decision = management(network().rule(GROUP_ALLOWS).adminRule("", "in 10 deny tcp * -> *:*"));

        assertThat(decision.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(decision.missing())
                .singleElement()
                .asString()
                .startsWith("the virtual network of security admin rule");
    }

    @Test
    void aRuleWithoutAPriorityLeavesTheFlowOpen() {
        assertThat(management(network().rule(GROUP_ALLOWS).adminRule("in ? deny tcp * -> *:*"))
                        .missing())
                .singleElement()
                .asString()
                .startsWith("the priority of security admin rule");
    }

    @Test
    void aRuleWithAnAccessThatIsNotKnownLeavesTheFlowOpen() {
        assertThat(management(network().rule(GROUP_ALLOWS).adminRule("in 10 what tcp * -> *:*"))
                        .verdict())
                .isEqualTo(Verdict.UNDETERMINED);
    }

    @Test
    void rulesOfAPeersNetworkDecideThereBeforeItsGroups() {
        TestNetwork hub = network()
                .rule("out 100 allow * * -> *:*")
                .peer("hub", "172.16.0.0/16")
                .subnetOf("hub", "dns", "172.16.1.0/24", "in 100 allow * * -> *:*");

        assertThat(hub.out("Udp", "172.16.1.0/24", "53").verdict()).isEqualTo(Verdict.ALLOWED);
        assertThat(hub.adminRule("hub", "in 10 deny udp * -> *:53")
                        .out("Udp", "172.16.1.0/24", "53")
                        .verdict())
                .isEqualTo(Verdict.DENIED);
    }

    @Test
    void deliveryDoesNotReplaceTheGroupThatPlatformStv2Demands() {
        assertThat(management(network().withoutGroup().onStv2().adminRule("in 10 alwaysallow tcp * -> *:3443"))
                        .verdict())
                .isEqualTo(Verdict.DENIED);
    }

    @Test
    void norBetweenMachinesOfTheSubnet() {
        assertThat(network()
                        .withoutGroup()
                        .onStv2()
                        .adminRule("in 10 alwaysallow tcp * -> *:*")
                        .out("Tcp", "own", "6381")
                        .verdict())
                .isEqualTo(Verdict.DENIED);
    }

    @Test
    void theMembersOfANetworkGroupMayBeAnyAddress() {
        FlowDecision decision = management(
                network().rule(GROUP_ALLOWS).adminRule("in 10 deny tcp ?the-members-of-network-group-hubs -> *:3443"));

        assertThat(decision.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(decision.missing())
                .singleElement()
                .asString()
                .startsWith("the value of the-members-of-network-group-hubs");
    }

    @Test
    void theRulesOfTheOwnNetworkDecideAboutItsOtherSubnetsToo() {
        TestNetwork cache = network()
                .rule("out 100 allow * * -> *:*")
                .subnet("cache", "10.0.1.0/24", "in 100 deny * * -> *:*")
                .adminRule("in 10 alwaysallow tcp 10.0.0.0/24 -> 10.0.1.0/24:6380");

        assertThat(cache.out("Tcp", "10.0.1.0/24", "6380").verdict()).isEqualTo(Verdict.ALLOWED);
        assertThat(cache.out("Tcp", "10.0.1.0/24", "6381").verdict()).isEqualTo(Verdict.DENIED);
    }

    @Test
    void whatIsDeliveredPastGroupsStillTakesItsRoute() {
        assertThat(network()
                        .rule("out 100 deny * * -> *:*")
                        .adminRule("out 10 alwaysallow tcp * -> Sql:1433")
                        .route("0.0.0.0/0", NextHopType.NONE)
                        .out("Tcp", "Sql", "1433")
                        .verdict())
                .isEqualTo(Verdict.DENIED);
    }

    @Test
    void theyDoNotActOnTrafficToThePlatform() {
        assertThat(network()
                        .rule("out 100 allow * * -> *:*")
                        .adminRule("out 10 deny * * -> *:*")
                        .out("Udp", "168.63.129.16", "53")
                        .verdict())
                .isEqualTo(Verdict.ALLOWED);
    }
}
