package dev.netkb.model.reach;

import static dev.netkb.model.report.Verdict.ALLOWED;
import static dev.netkb.model.report.Verdict.DENIED;
import static dev.netkb.model.report.Verdict.PARTIAL;
import static dev.netkb.model.report.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.PortSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sentences of the design that settle what two honest readers would decide differently, one by one. */
class SettledSentencesTest {

    private static TestNetwork network() {
        return new TestNetwork();
    }

    private static String decidedBy(FlowDecision decision) {
        return decision.witnessDecider().map(SettledSentencesTest::name).orElse("nobody");
    }

    private static List<String> deciders(FlowDecision decision, Stage stage) {
        return decision.stages().stream()
                .filter(at -> at.stage() == stage)
                .flatMap(at -> at.parts().stream())
                .map(part -> name(part.decider()))
                .distinct()
                .toList();
    }

    private static String name(Decider decider) {
        return decider instanceof Decider.Rule rule
                ? rule.rule().nsgId().name() + "/" + rule.rule().name()
                : decider.getClass().getSimpleName();
    }

    @Nested
    class OneFamilyPerPacket {

        @Test
        @DisplayName("a tag's IPv6 prefixes never make its flows partial")
        void ipv6PrefixesOfATagDoNotMakeItsFlowsPartial() {
            FlowDecision decision = network()
                    .tag("Storage", "20.38.0.0/16", "2603:1000::/40")
                    .rule("out 100 allow tcp * -> 20.38.0.0/16:443")
                    .rule("out 200 deny * * -> *:*")
                    .out("tcp", "Storage", "443");

            assertThat(decision.verdict()).isEqualTo(ALLOWED);
        }

        @Test
        void boxesPairAddressesOfOneFamilyOnly() {
            FlowDecision decision = network()
                    .own("10.0.0.0/24 fd00::/64")
                    .tag("Storage", "20.38.0.0/16", "2603:1000::/40")
                    .rule("out 100 deny * * -> 2603:1000::/40:*")
                    .out("tcp", "Storage", "443");

            assertThat(decision.verdict()).isEqualTo(PARTIAL);
            assertThat(decision.denied()).allSatisfy(piece -> {
                assertThat(piece.box().source().ipv4().isEmpty()).isTrue();
                assertThat(piece.box().destination().ipv4().isEmpty()).isTrue();
            });
        }
    }

    @Nested
    class LocalSide {

        @Test
        @DisplayName("a rule whose local side covers only a part of the subnet gives partial")
        void aRuleForAPartOfTheSubnetGivesPartial() {
            FlowDecision decision = network()
                    .rule("in 100 allow tcp Internet -> 10.0.0.0/25:443")
                    .in("tcp", "Internet", "443");

            assertThat(decision.verdict()).isEqualTo(PARTIAL);
            assertThat(decision.denied())
                    .allSatisfy(piece ->
                            assertThat(piece.box().destination().toPrefixes()).containsExactly("10.0.0.128/25"));
        }
    }

    @Nested
    class RemoteVirtualNetwork {

        @Test
        @DisplayName("no network holds the platform's own addresses, whatever its ranges are")
        void probesComeFromNoPeer() {
            assertThat(network()
                            .peeringWith("hub")
                            .in("tcp", "AzureLoadBalancer", "6390")
                            .verdict())
                    .isEqualTo(ALLOWED);
        }

        @Test
        @DisplayName("a neighbour of which nobody knows where it lies may be the one that refuses")
        void aNeighbourWithoutBlocksLeavesTheFlowOpen() {
            FlowDecision decision =
                    network().subnetSomewhere("db", "in 100 deny * * -> *:*").out("tcp", "VirtualNetwork", "6380");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(decision.missing())
                    .singleElement()
                    .asString()
                    .contains("subnets/db: a parameter without a value");
        }

        @Test
        @DisplayName("flows between machines of the service pass its outbound and its inbound rules")
        void flowsWithinTheSubnetPassBothDirections() {
            TestNetwork deniedOutbound = network().rule("out 100 deny udp * -> *:6381-6383");
            TestNetwork deniedInbound = network().rule("in 100 deny udp * -> *:6381-6383");

            assertThat(deniedOutbound.out("udp", "own", "6381-6383").verdict()).isEqualTo(DENIED);
            assertThat(decidedBy(deniedOutbound.in("udp", "own", "6381-6383"))).isEqualTo("nsg/out-100");
            assertThat(decidedBy(deniedInbound.out("udp", "own", "6381-6383"))).isEqualTo("nsg/in-100");
            assertThat(network().out("udp", "own", "6381-6383").verdict()).isEqualTo(ALLOWED);
        }

        @Test
        @DisplayName("the external cache has the VirtualNetwork set of the subnet as remote")
        void theWholeVirtualNetworkIsTheRemoteAndTheGroupThereDecidesToo() {
            FlowDecision decision = network()
                    .subnet("cache", "10.0.1.0/24", "in 100 deny tcp * -> *:6380")
                    .out("tcp", "VirtualNetwork", "6380");

            assertThat(decision.verdict()).isEqualTo(PARTIAL);
            assertThat(decidedBy(decision)).isEqualTo("nsg-cache/in-100");
            assertThat(decision.denied())
                    .allSatisfy(piece ->
                            assertThat(piece.box().destination().toPrefixes()).containsExactly("10.0.1.0/24"));
        }

        @Test
        void theGroupInAPeeredNetworkDecidesToo() {
            FlowDecision decision = network()
                    .peer("hub", "172.16.0.0/16")
                    .subnetOf("hub", "cache", "172.16.1.0/24", "in 100 deny tcp * -> *:*")
                    .out("tcp", "172.16.1.0/24", "6380");

            assertThat(decision.verdict()).isEqualTo(DENIED);
            assertThat(decidedBy(decision)).isEqualTo("nsg-cache/in-100");
        }

        @Test
        void theGroupOfANetworkThatIsNotConnectedDoesNotDecide() {
            FlowDecision decision = network()
                    .peer("hub", "172.16.0.0/16", "Initiated", true)
                    .subnetOf("hub", "cache", "172.16.1.0/24", "in 100 deny tcp * -> *:*")
                    .rule("out 100 allow tcp * -> 172.16.0.0/16:*")
                    .out("tcp", "172.16.1.0/24", "6380");

            assertThat(decision.verdict()).isEqualTo(ALLOWED);
        }
    }

    @Nested
    class SeveralPorts {

        @Test
        @DisplayName("some ports denied is partial, with those ports named")
        void deniedPortsAreNamed() {
            FlowDecision decision = network()
                    .rule("out 100 allow tcp * -> AzureMonitor:443")
                    .rule("out 200 deny * * -> *:*")
                    .tag("AzureMonitor", "20.38.0.0/16")
                    .out("tcp", "AzureMonitor", "443,1886");

            assertThat(decision.verdict()).isEqualTo(PARTIAL);
            assertThat(decision.denied())
                    .allSatisfy(
                            piece -> assertThat(piece.box().destinationPorts()).isEqualTo(PortSet.of(1886)));
        }
    }

    @Nested
    class RegionalTags {

        @Test
        @DisplayName("the verdict stays the verdict over the row's own remote")
        void aRegionalAllowLeavesTheRestDenied() {
            TestNetwork regional = network()
                    .rule("out 100 allow tcp * -> Storage.WestEurope:443")
                    .rule("out 200 deny * * -> *:*");

            assertThat(regional.out("tcp", "Storage", "443").verdict()).isEqualTo(PARTIAL);
            assertThat(regional.out("tcp", "Storage.WestEurope", "443").verdict())
                    .isEqualTo(ALLOWED);
        }
    }

    @Nested
    class AzureLoadBalancer {

        @Test
        @DisplayName("a deny-all before 65001 blocks the probes")
        void aDenyAllBlocksProbes() {
            FlowDecision decision = network().rule("in 4096 deny * * -> *:*").in("tcp", "AzureLoadBalancer", "6390");

            assertThat(decision.verdict()).isEqualTo(DENIED);
            assertThat(decidedBy(decision)).isEqualTo("nsg/in-4096");
            assertThat(network().in("tcp", "AzureLoadBalancer", "6390").verdict())
                    .isEqualTo(ALLOWED);
        }

        @Test
        @DisplayName("a rule for VirtualNetwork covers the probes too")
        void aRuleForVirtualNetworkCoversProbes() {
            FlowDecision denied =
                    network().rule("in 100 deny * VirtualNetwork -> *:*").in("tcp", "AzureLoadBalancer", "6390");
            FlowDecision allowed = network()
                    .rule("in 100 allow * VirtualNetwork -> *:*")
                    .rule("in 200 deny * * -> *:*")
                    .in("tcp", "AzureLoadBalancer", "6390");

            assertThat(denied.verdict()).isEqualTo(DENIED);
            assertThat(allowed.verdict()).isEqualTo(ALLOWED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"168.63.129.16", "169.254.169.254"})
        @DisplayName("the exemption is for traffic to the platform addresses")
        void trafficToThePlatformIsNotFiltered(String address) {
            FlowDecision decision = network().rule("out 100 deny * * -> *:*").out("udp", address, "53");

            assertThat(decision.verdict()).isEqualTo(ALLOWED);
            assertThat(deciders(decision, Stage.NSG)).containsExactly("Platform");
        }

        @Test
        @DisplayName("only the AzurePlatform tags act on it")
        void onlyThePlatformTagsActOnThePlatform() {
            TestNetwork network =
                    network().rule("out 100 allow * * -> *:*").rule("out 200 deny udp * -> AzurePlatformDNS:53");

            assertThat(network.out("udp", "168.63.129.16", "53").verdict()).isEqualTo(DENIED);
            assertThat(network.out("tcp", "168.63.129.16", "53").verdict()).isEqualTo(ALLOWED);
            assertThat(network.out("udp", "169.254.169.254", "53").verdict()).isEqualTo(ALLOWED);
        }
    }

    @Nested
    class NoNsg {

        @Test
        @DisplayName("on stv2 inbound flows are denied at stage nsg, decided by the missing group")
        void inboundIsDeniedByTheMissingGroup() {
            FlowDecision decision = network().withoutGroup().onStv2().in("tcp", "ApiManagement", "3443");

            assertThat(decision.verdict()).isEqualTo(DENIED);
            assertThat(deciders(decision, Stage.NSG)).containsExactly("NoNsg");
        }

        @Test
        @DisplayName("outbound flows pass the stage")
        void outboundPasses() {
            FlowDecision decision = network().withoutGroup().onStv2().out("tcp", "Sql", "1433");

            assertThat(decision.verdict()).isEqualTo(ALLOWED);
            assertThat(deciders(decision, Stage.NSG)).containsExactly("NoNsg");
        }

        @Test
        @DisplayName("packets between machines of the subnet leave it and do not get into it")
        void withinTheSubnetBothDirectionsAgree() {
            TestNetwork network = network().withoutGroup().onStv2();

            FlowDecision out = network.out("tcp", "own", "6380");

            assertThat(out.verdict()).isEqualTo(DENIED);
            assertThat(deciders(out, Stage.PEER_NSG)).containsExactly("NoNsg");
            assertThat(network.in("tcp", "own", "6380").verdict()).isEqualTo(DENIED);
        }

        @Test
        @DisplayName("where no group is demanded, no group passes everything")
        void elsewhereEverythingPasses() {
            assertThat(network().withoutGroup().in("tcp", "Internet", "443").verdict())
                    .isEqualTo(ALLOWED);
        }
    }

    @Nested
    class Witness {

        @Test
        @DisplayName("the lowest packet of the denied part")
        void theLowestPacketIsShown() {
            FlowDecision decision = network()
                    .tag("Storage", "20.38.0.0/16", "13.69.64.0/23")
                    .rule("out 100 allow tcp 10.0.0.0/25 -> Storage:80")
                    .rule("out 200 deny * * -> *:*")
                    .out("udp|tcp", "Storage", "80,443");

            assertThat(decision.verdict()).isEqualTo(PARTIAL);
            assertThat(decision.witness())
                    .hasToString(
                            "Packet[protocol=TCP, source=10.0.0.128, sourcePort=0, destination=13.69.64.0, destinationPort=80]");
            assertThat(decidedBy(decision)).isEqualTo("nsg/out-200");
        }

        @Test
        @DisplayName("stages come first in the order")
        void aPacketThatIsDroppedAtTheOwnGroupComesFirst() {
            FlowDecision decision = network()
                    .subnet("cache", "10.0.1.0/24", "in 100 deny tcp * -> *:80")
                    .rule("out 100 deny tcp * -> *:443")
                    .out("tcp", "10.0.1.0/24", "80,443");

            assertThat(decision.verdict()).isEqualTo(DENIED);
            assertThat(decision.witness()).isNotNull();
            assertThat(decision.witness().destinationPort()).isEqualTo(443);
            assertThat(decidedBy(decision)).isEqualTo("nsg/out-100");
        }

        @Test
        @DisplayName("where the denied part exists only symbolically there is no witness and the tag is named")
        void aSymbolicPartHasNoWitness() {
            FlowDecision decision =
                    network().rule("out 100 deny tcp * -> Sql:1433").out("tcp", "Sql", "1433");

            assertThat(decision.verdict()).isEqualTo(DENIED);
            assertThat(decision.witness()).isNull();
            assertThat(decision.denied())
                    .allSatisfy(piece -> assertThat(piece.inside()).containsExactly("Sql"));
        }
    }

    @Nested
    class UnknownContainment {

        @Test
        @DisplayName("allow X, deny X, allow all is always allowed")
        void allowXDenyXAllowAllIsAlwaysAllowed() {
            FlowDecision decision = network()
                    .rule("out 100 allow tcp * -> Sql:*")
                    .rule("out 200 deny tcp * -> Sql:*")
                    .rule("out 300 allow tcp * -> *:*")
                    .out("tcp", "Storage", "443");

            assertThat(decision.verdict()).isEqualTo(ALLOWED);
            assertThat(decision.missing()).isEmpty();
        }

        @Test
        @DisplayName("anything else is undetermined, naming the tags")
        void whatTheTagMayCoverIsUndetermined() {
            FlowDecision decision =
                    network().rule("out 100 deny tcp * -> Sql:*").out("tcp", "Storage", "443");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(decision.missing())
                    .containsExactly("the addresses of service tag Sql", "the addresses of service tag Storage");
        }

        @Test
        @DisplayName("both sides of X.Region in X are sure")
        void aRegionAndTheRestOfItsTagSurelyHoldPackets() {
            assertThat(network()
                            .rule("out 100 deny tcp * -> Sql.WestEurope:*")
                            .out("tcp", "Sql", "1433")
                            .verdict())
                    .isEqualTo(PARTIAL);
        }

        @Test
        @DisplayName("a public service tag is a proper part of the internet")
        void aTagIsAProperPartOfTheInternet() {
            TestNetwork network = network().rule("out 100 deny tcp * -> Sql:*");

            assertThat(network.out("tcp", "Internet", "1433").verdict()).isEqualTo(PARTIAL);
            assertThat(network()
                            .rule("out 100 deny * * -> Internet:*")
                            .out("tcp", "Sql", "1433")
                            .verdict())
                    .isEqualTo(DENIED);
        }

        @Test
        @DisplayName("X in AzureCloud does not hold in general")
        void azureCloudNeedNotCoverStorage() {
            assertThat(network()
                            .rule("out 100 allow tcp * -> AzureCloud:443")
                            .rule("out 200 deny * * -> *:*")
                            .out("tcp", "Storage", "443")
                            .verdict())
                    .isEqualTo(UNDETERMINED);
        }

        @Test
        @DisplayName("cells are capped; beyond that undetermined, saying so")
        void tooManyCellsAreUndetermined() {
            // Each rule speaks of one tag and of the ports with one bit set: every combination is a cell of its own.
            TestNetwork network = network();
            for (int bit = 0; bit < 13; bit++) {
                int width = 1 << bit;
                String ports = IntStream.iterate(width, first -> first < 8192, first -> first + 2 * width)
                        .mapToObj(first -> first + "-" + (first + width - 1))
                        .collect(Collectors.joining(","));
                network.rule("out " + (100 + bit) + " deny tcp * -> Tag" + bit + ":" + ports);
            }
            FlowDecision decision = network.out("tcp", "Storage", "*");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(decision.missing()).singleElement().asString().contains("more than 4096 parts");
        }
    }

    @Nested
    class VirtualNetworkAndInternet {

        @Test
        @DisplayName("VirtualNetwork is exactly the ranges of the network and 168.63.129.16")
        void theTagIsTheNetworkAndThePlatformAddress() {
            assertThat(network().covered("VirtualNetwork"))
                    .isEqualTo(TestNetwork.addresses("10.0.0.0/16", "168.63.129.16"));
        }

        @Test
        @DisplayName("ranges of connected peers belong to it")
        void connectedPeersBelongToTheTag() {
            assertThat(network().peer("hub", "172.16.0.0/16").covered("VirtualNetwork"))
                    .isEqualTo(TestNetwork.addresses("10.0.0.0/16", "168.63.129.16", "172.16.0.0/16"));
            assertThat(network()
                            .peer("hub", "172.16.0.0/16", "Disconnected", true)
                            .covered("VirtualNetwork"))
                    .isEqualTo(TestNetwork.addresses("10.0.0.0/16", "168.63.129.16"));
            assertThat(network()
                            .peer("hub", "172.16.0.0/16", "Connected", false)
                            .covered("VirtualNetwork"))
                    .isEqualTo(TestNetwork.addresses("10.0.0.0/16", "168.63.129.16"));
        }

        @Test
        @DisplayName("prefixes of user routes longer than /0 belong to it, and so not to Internet")
        void prefixesOfUserRoutesBelongToTheTag() {
            TestNetwork network = network().route("20.38.0.0/16", NextHopType.INTERNET);

            assertThat(network.covered("VirtualNetwork"))
                    .isEqualTo(TestNetwork.addresses("10.0.0.0/16", "168.63.129.16", "20.38.0.0/16"));
            assertThat(network.covered("Internet").intersects(TestNetwork.addresses("20.38.0.0/16")))
                    .isFalse();
        }

        @Test
        @DisplayName("a default route to an appliance makes it unknown whether the tag covers public addresses")
        void aDefaultRouteAwayLeavesTheTagOpen() {
            TestNetwork denying = network()
                    .rule("out 100 deny * * -> VirtualNetwork:*")
                    .route("0.0.0.0/0", NextHopType.VIRTUAL_APPLIANCE);

            FlowDecision decision = denying.out("tcp", "20.38.0.0/16", "443");
            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(decision.missing())
                    .singleElement()
                    .asString()
                    .contains("default route of routes ", "effective security rules");
        }

        @Test
        @DisplayName("halves of a default route count like one")
        void halvesOfADefaultRouteLeaveTheTagOpenWhereTheyReach() {
            TestNetwork denying = network()
                    .rule("out 100 deny * * -> VirtualNetwork:*")
                    .route("0.0.0.0/1", NextHopType.VIRTUAL_NETWORK_GATEWAY);

            assertThat(denying.out("tcp", "20.38.0.0/16", "443").verdict()).isEqualTo(UNDETERMINED);
            assertThat(denying.out("tcp", "200.0.0.0/16", "443").verdict()).isEqualTo(ALLOWED);
        }

        @Test
        @DisplayName("where user routes leave nothing of Internet, no address of it surely exists")
        void anEmptyInternetSurelyHoldsNoAddress() {
            TestNetwork network = network()
                    .rule("out 100 deny * * -> Storage:*")
                    .rule("out 110 allow * * -> *:*")
                    .route("0.0.0.0/1", NextHopType.INTERNET)
                    .route("128.0.0.0/1", NextHopType.INTERNET);

            assertThat(network.out("tcp", "20.38.0.0/16", "443").verdict()).isEqualTo(UNDETERMINED);
        }

        @Test
        @DisplayName("a tag name that Azure does not publish may hold nothing")
        void anUnknownTagNameMayHoldNothing() {
            TestNetwork denying = network().rule("out 100 deny * * -> FooBar:*").rule("out 110 allow * * -> *:*");
            TestNetwork regional =
                    network().rule("out 100 deny * * -> FooBar.WestEurope:*").rule("out 110 allow * * -> *:*");

            assertThat(denying.out("tcp", "Internet", "443").verdict()).isEqualTo(UNDETERMINED);
            assertThat(denying.out("tcp", "Internet", "443").surelyDenied(true)).isEmpty();
            assertThat(regional.out("tcp", "Internet", "443").verdict()).isEqualTo(UNDETERMINED);
            assertThat(network()
                            .rule("out 100 deny * * -> Storage:*")
                            .rule("out 110 allow * * -> *:*")
                            .out("tcp", "Internet", "443")
                            .verdict())
                    .isEqualTo(PARTIAL);
        }

        @Test
        @DisplayName("a default route to the internet changes nothing")
        void aDefaultRouteToTheInternetChangesNothing() {
            TestNetwork network = network().route("0.0.0.0/0", NextHopType.INTERNET);

            assertThat(network.covered("VirtualNetwork")).isEqualTo(network().covered("VirtualNetwork"));
            assertThat(network.out("tcp", "20.38.0.0/16", "443").verdict()).isEqualTo(ALLOWED);
        }

        @Test
        @DisplayName("unless effective rules with expansions were exported")
        void whatAzureReportedOfTheTagCounts() {
            TestNetwork denying = network()
                    .rule("out 100 deny * * -> VirtualNetwork:*")
                    .route("0.0.0.0/0", NextHopType.VIRTUAL_APPLIANCE)
                    .reported("10.0.0.0/16", "168.63.129.16", "20.38.0.0/24");

            assertThat(denying.out("tcp", "20.38.0.0/24", "443").verdict()).isEqualTo(DENIED);
            assertThat(denying.out("tcp", "20.38.1.0/24", "443").verdict()).isEqualTo(ALLOWED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.2.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "224.0.0.0/3",
                    "168.63.129.16"
                })
        @DisplayName("Internet is everything outside VirtualNetwork and outside the special blocks")
        void specialBlocksAreNotInternet(String block) {
            assertThat(network().covered("Internet").intersects(TestNetwork.addresses(block)))
                    .isFalse();
        }

        @Test
        void internetIsAllElse() {
            AddressSet left = AddressSet.ALL_IPV4
                    .minus(network().covered("Internet"))
                    .minus(TestNetwork.addresses(
                            "0.0.0.0/8",
                            "10.0.0.0/8",
                            "100.64.0.0/10",
                            "127.0.0.0/8",
                            "169.254.0.0/16",
                            "172.16.0.0/12",
                            "192.0.2.0/24",
                            "192.168.0.0/16",
                            "198.18.0.0/15",
                            "224.0.0.0/3",
                            "168.63.129.16"));

            assertThat(left.toPrefixes()).isEmpty();
        }

        @Test
        @DisplayName("a public range of the virtual network is not Internet")
        void aPublicRangeOfTheNetworkIsNotInternet() {
            TestNetwork network = network().range("20.50.0.0/24");

            assertThat(network.covered("Internet").intersects(TestNetwork.addresses("20.50.0.0/24")))
                    .isFalse();
        }

        @Test
        @DisplayName("AzureLoadBalancer is 168.63.129.16 and fe80::1234:5678:9abc")
        void theLoadBalancerHasTwoAddresses() {
            assertThat(network().covered("AzureLoadBalancer"))
                    .isEqualTo(TestNetwork.addresses("168.63.129.16", "fe80::1234:5678:9abc"));
        }
    }

    @Nested
    class ProvisioningState {

        @ParameterizedTest
        @ValueSource(strings = {"Succeeded", "Updating", "Failed", "Deleting"})
        @DisplayName("does not matter to the effect of a rule")
        void aRuleActsWhateverItsState(String state) {
            assertThat(network()
                            .rule("out 100 deny tcp * -> *:443")
                            .provisioningState(state)
                            .out("tcp", "Internet", "443")
                            .verdict())
                    .isEqualTo(DENIED);
        }
    }

    /** Requirements C.1 and C.2, where an example says more than a property. */
    @Nested
    class Groups {

        @Test
        void applicationGroupsNeverHoldTheServicesAddresses() {
            FlowDecision decision = network()
                    .rule("in 100 allow tcp * -> asg:web:443")
                    .rule("in 200 allow tcp asg:web -> *:443")
                    .in("tcp", "Internet", "443");

            assertThat(decision.verdict()).isEqualTo(DENIED);
            assertThat(decidedBy(decision)).isEqualTo("nsg/DenyAllInBound");
        }

        @Test
        void aRuleForInternetHitsServiceTagsThatAreNotAllowedBefore() {
            TestNetwork network =
                    network().rule("out 100 allow tcp * -> Storage:443").rule("out 4000 deny * * -> Internet:*");

            assertThat(network.out("tcp", "Storage", "443").verdict()).isEqualTo(ALLOWED);
            assertThat(network.out("tcp", "AzureKeyVault", "443").verdict()).isEqualTo(UNDETERMINED);
            assertThat(network.out("tcp", "AzureKeyVault", "1433").verdict()).isEqualTo(DENIED);
        }

        @Test
        void everyProtocolWithSomePortsIsAboutProtocolsWithPorts() {
            TestNetwork network = network().rule("in 100 allow * * -> *:443").rule("in 200 allow icmp * -> *:1-2");

            assertThat(network.in("icmp", "Internet", "*").verdict()).isEqualTo(ALLOWED);
            assertThat(network.in("esp", "Internet", "*").verdict()).isEqualTo(DENIED);
            assertThat(network.in("*", "Internet", "443").verdict()).isEqualTo(ALLOWED);
        }

        @Test
        void aTagThatLiesInAKnownSubnetPassesTheGroupThereToo() {
            FlowDecision decision = network()
                    .range("20.50.0.0/24")
                    .subnet("public", "20.50.0.0/25", "in 100 deny * * -> *:*")
                    .tag("Storage", "20.50.0.0/25")
                    .out("tcp", "Storage", "443");

            assertThat(decision.verdict()).isEqualTo(DENIED);
            assertThat(decidedBy(decision)).isEqualTo("nsg-public/in-100");
        }

        @Test
        void theStageOfThePeerIsAboutThePacketsThatGetThere() {
            FlowDecision decision = network()
                    .subnet("cache", "10.0.1.0/24", "in 100 deny * * -> *:*")
                    .out("tcp", "VirtualNetwork", "6380");

            FlowDecision.StageDecision peer = decision.stages().get(1);
            assertThat(peer.stage()).isEqualTo(Stage.PEER_NSG);
            assertThat(peer.verdict()).isEqualTo(PARTIAL);
            assertThat(peer.parts()).extracting(part -> name(part.decider())).contains("nsg-cache/in-100");
            FlowDecision toCache = network()
                    .subnet("cache", "10.0.1.0/24", "in 100 deny * * -> *:*")
                    .out("tcp", "10.0.1.0/24|10.0.9.0/24", "6380");
            assertThat(toCache.verdict()).isEqualTo(PARTIAL);
            assertThat(toCache.stages().get(1).verdict()).isEqualTo(DENIED);
        }

        @Test
        void anUnexportedPeerWithoutRangesLeavesPrivateFlowsOpenAndPublicOnesNot() {
            TestNetwork network = network().peeringWith("hub").rule("out 100 allow tcp * -> 172.16.0.0/16:*");

            FlowDecision decision = network.out("tcp", "172.16.0.0/16", "443");
            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(decision.missing()).anySatisfy(text -> assertThat(text).contains("virtualNetworks/hub"));
            assertThat(network.out("tcp", "Sql", "1433").verdict()).isEqualTo(ALLOWED);
        }
    }

    /** What is named is what decides next: no other data say anything while a rule set that lets nothing or all through lacks. */
    @Nested
    class MissingRuleSets {

        private static final String GROUP = "network security group /subscriptions/s/resourceGroups/g/providers/"
                + "Microsoft.Network/networkSecurityGroups/nsg (az network nsg show";

        @ParameterizedTest
        @ValueSource(strings = {"Sql", "Storage.WestEurope", "Internet", "20.38.0.0/20"})
        void theGroupAloneIsMissingWhereNoRulesAreKnown(String remote) {
            FlowDecision decision = network().groupNotExported().out("tcp", remote, "443");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(decision.missing()).singleElement().asString().startsWith(GROUP);
        }

        @Test
        void theDefaultRouteSaysNothingEither() {
            FlowDecision decision = network()
                    .groupNotExported()
                    .route("0.0.0.0/0", NextHopType.VIRTUAL_APPLIANCE)
                    .in("tcp", "Internet", "443");

            assertThat(decision.missing()).singleElement().asString().startsWith(GROUP);
        }

        @Test
        void theGroupAloneIsMissingWhereTheRulesAtTheOtherEndLetAllThrough() {
            FlowDecision decision = network()
                    .groupNotExported()
                    .range("20.50.0.0/24")
                    .subnet("public", "20.50.0.0/25", "in 100 allow * Sql -> *:*", "in 200 allow * * -> *:*")
                    .out("tcp", "Storage", "443");

            assertThat(decision.missing()).singleElement().asString().startsWith(GROUP);
        }

        @Test
        void theTagMattersWhereTheRulesAtTheOtherEndDropWhatItMayHold() {
            FlowDecision decision = network()
                    .groupNotExported()
                    .range("20.50.0.0/24")
                    .subnet("public", "20.50.0.0/25", "in 100 deny * * -> *:*")
                    .out("tcp", "Storage", "443");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(decision.missing()).hasSize(2).contains("the addresses of service tag Storage");
        }

        @Test
        void theOtherEndAloneIsMissingWhereTheOwnRulesLetAllThrough() {
            FlowDecision decision = network()
                    .peeringWith("hub")
                    .rule("out 100 allow tcp * -> Sql:*")
                    .rule("out 200 allow tcp * -> *:*")
                    .out("tcp", "172.16.0.0/16", "443");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(decision.missing())
                    .singleElement()
                    .asString()
                    .startsWith("the subnets of virtual network")
                    .contains("virtualNetworks/hub");
        }
    }

    /** People mask different addresses alike, and parameters of different templates have one name. */
    @Nested
    class UnknownEntries {

        @Test
        void entriesThatAreWrittenAlikeAreNotTheSame() {
            FlowDecision decision = network()
                    .rule("out 100 allow tcp * -> ?x.x.x.x:*")
                    .rule("out 200 deny tcp * -> ?x.x.x.x:*")
                    .rule("out 300 allow tcp * -> *:*")
                    .out("tcp", "Storage", "443");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
        }

        @Test
        void anUnknownSourceIsNotAnUnknownDestination() {
            FlowDecision decision = network()
                    .rule("out 100 allow tcp ?x.x.x.x -> *:*")
                    .rule("out 200 deny tcp * -> ?x.x.x.x:*")
                    .out("tcp", "Storage", "443");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
        }

        @Test
        void anUnknownDestinationMayBeATagOfThePlatform() {
            assertThat(network()
                            .rule("out 100 deny udp * -> ?parameter:53")
                            .out("udp", "168.63.129.16", "53")
                            .verdict())
                    .isEqualTo(UNDETERMINED);
        }

        @Test
        void aTagMayLieInThePublicPrefixesOfUserRoutes() {
            FlowDecision decision = network()
                    .route("20.38.0.0/16", NextHopType.INTERNET)
                    .rule("out 100 deny tcp * -> VirtualNetwork:*")
                    .out("tcp", "Storage", "443");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
        }
    }
}
