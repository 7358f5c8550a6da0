package dev.netkb.model.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.reach.FlowDecision.StageDecision;
import dev.netkb.model.report.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What requirements C.3 and B.4 say of routes, one sentence a test. */
class RouteSentencesTest {

    private static final String ALLOW_ALL_OUT = "out 100 allow * * -> *:*";
    private static final String ALLOW_ALL_IN = "in 100 allow * * -> *:*";

    private static TestNetwork network() {
        return new TestNetwork().onAllStages().rule(ALLOW_ALL_OUT).rule(ALLOW_ALL_IN);
    }

    @Nested
    class Out {

        @Test
        void withoutARouteTableTheInternetIsReached() {
            FlowDecision decision = network().out("Tcp", "Storage", "443");

            assertThat(decision.verdict()).isEqualTo(Verdict.ALLOWED);
            assertThat(routes(decision)).containsExactly("system route (0.0.0.0/0 to Internet)");
        }

        @Test
        void aRouteToNoneDrops() {
            FlowDecision decision = network()
                    .tag("Sql", "20.1.0.0/16")
                    .route("20.1.2.0/24", NextHopType.NONE)
                    .out("Tcp", "Sql", "1433");

            assertThat(decision.verdict()).isEqualTo(Verdict.PARTIAL);
            assertThat(decision.witness()).isNotNull();
            assertThat(decision.witness().destination()).hasToString("20.1.2.0");
            assertThat(decision.witnessDecider())
                    .hasValueSatisfying(decider -> assertThat(
                                    ((Decider.Routed) decider).route().destination())
                            .isEqualTo("20.1.2.0/24"));
        }

        @Test
        void whatAnApplianceLetsPassIsNotKnown() {
            FlowDecision decision =
                    network().route("0.0.0.0/0", NextHopType.VIRTUAL_APPLIANCE).out("Tcp", "Sql", "1433");

            assertThat(decision.verdict()).isEqualTo(Verdict.UNDETERMINED);
            assertThat(decision.missing())
                    .containsExactly(
                            "what VirtualAppliance lets pass (user route 0.0.0.0-0 (0.0.0.0/0 to VirtualAppliance))");
        }

        @Test
        void whyTheAddressOfAnApplianceIsNotKnownIsSaid() {
            FlowDecision decision = network()
                    .routeToUnknown("0.0.0.0/0", "[reference('fw').ipConfigurations[0].properties.privateIPAddress]")
                    .out("Tcp", "Sql", "1433");

            assertThat(decision.missing())
                    .containsExactly(
                            "which appliance user route 0.0.0.0-0 (0.0.0.0/0 to VirtualAppliance) leads to, because"
                                    + " its address is not known: [reference('fw').ipConfigurations[0].properties.privateIPAddress]"
                                    + " (give the address, or export the route table and the appliance once they are deployed)");
        }

        @Test
        void anApplianceLetsTheSamePassWhicheverRouteLeadsToIt() {
            FlowDecision decision = network()
                    .route("20.0.0.0/8", NextHopType.VIRTUAL_APPLIANCE, "10.0.9.4")
                    .route("30.0.0.0/8", NextHopType.VIRTUAL_APPLIANCE, "10.0.9.4")
                    .route("0.0.0.0/0", NextHopType.VIRTUAL_APPLIANCE, "10.0.9.4")
                    .out("Tcp", "Sql", "1433");

            assertThat(decision.missing()).singleElement().asString().endsWith(" and 2 more)");
        }

        @Test
        void appliancesWhoseAddressesAreNotKnownNeedNotBeOne() {
            FlowDecision decision = network()
                    .route("0.0.0.0/1", NextHopType.VIRTUAL_APPLIANCE)
                    .route("0.0.0.0/0", NextHopType.VIRTUAL_APPLIANCE)
                    .out("Tcp", "Sql", "1433");

            assertThat(decision.missing()).hasSize(2);
        }

        @Test
        void whichOfManyTagsHasTheLongerPrefixDoesNotMatterWhereAllLeadToOneHop() {
            TestNetwork network = network().route("0.0.0.0/0", NextHopType.NONE).route("Storage", NextHopType.INTERNET);
            for (int i = 0; i < 25; i++) {
                network.route("Tag" + i, NextHopType.INTERNET);
            }

            assertThat(network.out("Tcp", "Storage", "443").verdict()).isEqualTo(Verdict.ALLOWED);
            assertThat(network.out("Tcp", "Internet", "443").verdict()).isNotEqualTo(Verdict.ALLOWED);
            assertThat(network.out("Tcp", "Internet", "443").missing())
                    .noneMatch(missing -> missing.contains("more than"));
        }

        @Test
        void aRouteForATagThatOnlyRulesMayNameDecidesNothing() {
            TestNetwork network = network().route("Internet", NextHopType.NONE);

            assertThat(network.out("Tcp", "Sql", "1433").verdict()).isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void theLongestPrefixDecides() {
            TestNetwork network = network()
                    .tag("Sql", "20.1.0.0/16")
                    .route("0.0.0.0/0", NextHopType.NONE)
                    .route("20.0.0.0/8", NextHopType.INTERNET);

            assertThat(network.out("Tcp", "Sql", "1433").verdict()).isEqualTo(Verdict.ALLOWED);
            assertThat(network.out("Tcp", "30.0.0.0/8", "1433").verdict()).isEqualTo(Verdict.DENIED);
        }

        @Test
        void aUserRouteForATagIsLongerThanADefaultRouteThoughItsPrefixesAreNotKnown() {
            TestNetwork network = network().route("0.0.0.0/0", NextHopType.NONE).route("Storage", NextHopType.INTERNET);

            assertThat(network.out("Tcp", "Storage", "443").verdict()).isEqualTo(Verdict.ALLOWED);
            assertThat(network.out("Tcp", "Storage.westeurope", "443").verdict())
                    .isEqualTo(Verdict.ALLOWED);
            assertThat(network.out("Tcp", "Sql", "443").verdict()).isEqualTo(Verdict.UNDETERMINED);
        }

        @Test
        void aPrefixAndATagWithoutDataMayEachBeTheLongerOne() {
            TestNetwork network =
                    network().route("20.0.0.0/8", NextHopType.NONE).route("Storage", NextHopType.INTERNET);

            FlowDecision decision = network.out("Tcp", "Storage", "443");

            assertThat(decision.verdict()).isEqualTo(Verdict.UNDETERMINED);
            assertThat(decision.missing()).containsExactly("the addresses of service tag Storage");
        }

        @Test
        void forOnePrefixAWrittenRouteBeatsThatOfATag() {
            TestNetwork network = network()
                    .tag("Storage", "20.1.0.0/16")
                    .route("20.1.0.0/16", NextHopType.NONE)
                    .route("Storage", NextHopType.INTERNET);

            assertThat(network.out("Tcp", "Storage", "443").verdict()).isEqualTo(Verdict.DENIED);
        }

        @Test
        void forOnePrefixARegionalTagBeatsTheTag() {
            TestNetwork network = network()
                    .tag("Storage", "20.1.0.0/16", "20.2.0.0/16")
                    .tag("Storage.westeurope", "20.1.0.0/16")
                    .route("Storage", NextHopType.NONE)
                    .route("Storage.westeurope", NextHopType.INTERNET);

            assertThat(network.out("Tcp", "Storage.westeurope", "443").verdict())
                    .isEqualTo(Verdict.ALLOWED);
            assertThat(network.out("Tcp", "Storage", "443").verdict()).isEqualTo(Verdict.PARTIAL);
        }

        @Test
        void halvesOfTheDefaultRouteBeatIt() {
            TestNetwork network = network()
                    .route("0.0.0.0/0", NextHopType.INTERNET)
                    .route("0.0.0.0/1", NextHopType.NONE)
                    .route("128.0.0.0/1", NextHopType.NONE);

            assertThat(network.out("Tcp", "Sql", "1433").verdict()).isEqualTo(Verdict.DENIED);
        }

        @Test
        void theInternetDoesNotRoutePrivateAddresses() {
            assertThat(network()
                            .route("192.168.0.0/16", NextHopType.INTERNET)
                            .out("Tcp", "192.168.1.0/24", "53")
                            .verdict())
                    .isEqualTo(Verdict.DENIED);
        }

        @Test
        void privateAddressesElsewhereHaveNoRoute() {
            FlowDecision decision = network().out("Tcp", "192.168.1.0/24", "53");

            assertThat(decision.verdict()).isEqualTo(Verdict.DENIED);
            assertThat(routes(decision)).containsExactly("system route (192.168.0.0/16 to None)");
        }

        @Test
        void peersAreReached() {
            TestNetwork network = network().peer("hub", "192.168.0.0/16");

            FlowDecision decision = network.out("Tcp", "192.168.1.0/24", "53");

            assertThat(decision.verdict()).isEqualTo(Verdict.ALLOWED);
            assertThat(routes(decision)).containsExactly("system route (192.168.0.0/16 to VNetPeering)");
        }

        @Test
        void aUserRouteForTheOwnNetworkTakesItsPlace() {
            TestNetwork network = network().route("10.0.0.0/16", NextHopType.NONE);

            assertThat(network.out("Tcp", "10.0.3.0/24", "53").verdict()).isEqualTo(Verdict.DENIED);
        }

        @Test
        void thePlatformIsReachedWhateverRoutesSay() {
            TestNetwork network =
                    network().route("0.0.0.0/0", NextHopType.NONE).route("168.63.129.16", NextHopType.NONE);

            assertThat(network.out("Udp", "168.63.129.16", "53").verdict()).isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void aDeniedFlowIsNotRouted() {
            FlowDecision decision = network().rule("out 90 deny * * -> *:*").out("Tcp", "Sql", "1433");

            assertThat(decision.stages()).extracting(StageDecision::stage).containsExactly(Stage.NSG);
        }
    }

    @Nested
    class Back {

        @Test
        void repliesToTheInternetThroughAnApplianceAreLost() {
            FlowDecision decision =
                    network().route("0.0.0.0/0", NextHopType.VIRTUAL_APPLIANCE).in("Tcp", "ApiManagement", "3443");

            assertThat(decision.verdict()).isEqualTo(Verdict.DENIED);
            assertThat(decision.stages()).extracting(StageDecision::stage).containsExactly(Stage.NSG, Stage.ROUTE);
        }

        @Test
        void aRouteForTheTagBringsTheRepliesBack() {
            FlowDecision decision = network()
                    .route("0.0.0.0/0", NextHopType.VIRTUAL_APPLIANCE)
                    .route("ApiManagement", NextHopType.INTERNET)
                    .in("Tcp", "ApiManagement", "3443");

            assertThat(decision.verdict()).isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void aRouteForARegionalTagBringsAPartBack() {
            FlowDecision decision = network()
                    .tag("ApiManagement", "20.1.0.0/16", "20.2.0.0/16")
                    .tag("ApiManagement.westeurope", "20.1.0.0/16")
                    .route("0.0.0.0/0", NextHopType.VIRTUAL_APPLIANCE)
                    .route("ApiManagement.westeurope", NextHopType.INTERNET)
                    .in("Tcp", "ApiManagement", "3443");

            assertThat(decision.verdict()).isEqualTo(Verdict.PARTIAL);
            assertThat(decision.witness().source()).hasToString("20.2.0.0");
        }

        @Test
        void probesComeBack() {
            assertThat(network()
                            .route("0.0.0.0/0", NextHopType.NONE)
                            .in("Tcp", "168.63.129.16", "6390")
                            .verdict())
                    .isEqualTo(Verdict.ALLOWED);
        }
    }

    @Nested
    class TagRoutes {

        @Test
        void aTagBeatsTheCloudOfItsRegion() {
            assertThat(ofOnePrefix("Storage", "AzureCloud.westeurope")).isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void theCloudOfARegionBeatsTheCloud() {
            assertThat(ofOnePrefix("AzureCloud.westeurope", "AzureCloud")).isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void aLongerPrefixOfTheCloudBeatsATag() {
            Verdict verdict = network()
                    .tag("Storage", "20.1.0.0/16")
                    .tag("AzureCloud", "20.1.2.0/24")
                    .route("Storage", NextHopType.NONE)
                    .route("AzureCloud", NextHopType.INTERNET)
                    .out("Tcp", "20.1.2.0/24", "443")
                    .verdict();

            assertThat(verdict).isEqualTo(Verdict.ALLOWED);
        }

        /** The verdict where both tags are one prefix, the first leads to the internet, and the second nowhere. */
        private static Verdict ofOnePrefix(String first, String second) {
            return network()
                    .tag(first, "20.1.0.0/16")
                    .tag(second, "20.1.0.0/16")
                    .route(second, NextHopType.NONE)
                    .route(first, NextHopType.INTERNET)
                    .out("Tcp", "20.1.0.0/16", "443")
                    .verdict();
        }
    }

    @Nested
    class Networks {

        @Test
        void vnetLocalReachesTheNetwork() {
            assertThat(toVnetLocal("10.0.7.0/24")).isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void vnetLocalReachesPeers() {
            assertThat(toVnetLocal("192.168.1.0/24")).isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void vnetLocalReachesNothingElse() {
            assertThat(toVnetLocal("30.0.0.0/24")).isEqualTo(Verdict.DENIED);
        }

        private static Verdict toVnetLocal(String remote) {
            return network()
                    .peer("hub", "192.168.0.0/16")
                    .route("0.0.0.0/0", NextHopType.VNET_LOCAL)
                    .out("Tcp", remote, "443")
                    .verdict();
        }

        @Test
        void aPeerThatIsNotConnectedIsNotReached() {
            assertThat(network()
                            .peer("hub", "192.168.0.0/16", "Initiated", true)
                            .out("Tcp", "192.168.1.0/24", "53")
                            .verdict())
                    .isEqualTo(Verdict.DENIED);
        }

        @Test
        void aPeerOfOtherSubnetsIsNotReached() {
            assertThat(subnetPeered("cache").verdict()).isEqualTo(Verdict.DENIED);
        }

        @Test
        void aPeerOfThisSubnetIsReached() {
            assertThat(subnetPeered("apim").verdict()).isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void whichPartOfANetworkThatWasNotExportedSubnetsArePeeredWithIsNotKnown() {
            TestNetwork peered =
                    network().subnetPeeringWith("hub", "192.168.0.0/16", List.of("apim"), List.of("there"));

            assertThat(peered.out("Tcp", "192.168.1.0/24", "53").verdict()).isEqualTo(Verdict.UNDETERMINED);
            assertThat(peered.out("Tcp", "172.16.0.0/24", "53").missing()).noneMatch(what -> what.contains("hub"));
        }

        @Test
        void aPeeredSubnetThatWasNotExportedLiesSomewhereInItsNetwork() {
            assertThat(network()
                            .subnetPeer("hub", "192.168.0.0/16", List.of("apim"), List.of("there", "unseen"))
                            .subnetOf("hub", "there", "192.168.1.0/24", ALLOW_ALL_IN)
                            .out("Tcp", "192.168.2.0/24", "53")
                            .verdict())
                    .isEqualTo(Verdict.UNDETERMINED);
        }

        private static FlowDecision subnetPeered(String local) {
            return network()
                    .subnetPeer("hub", "192.168.0.0/16", List.of(local), List.of("there"))
                    .subnetOf("hub", "there", "192.168.1.0/24", ALLOW_ALL_IN)
                    .out("Tcp", "192.168.1.0/24", "53");
        }

        @Test
        void aRangeInAPrivateBlockTakesTheRouteToNowhereAway() {
            FlowDecision decision = network().range("192.168.7.0/24").out("Tcp", "192.168.1.0/24", "53");

            assertThat(routes(decision)).containsExactly("system route (0.0.0.0/0 to Internet)");
            assertThat(decision.verdict()).isEqualTo(Verdict.DENIED);
        }

        @Test
        void metadataAreReachedWhateverRoutesSay() {
            assertThat(network()
                            .route("169.254.169.254", NextHopType.NONE)
                            .out("Tcp", "169.254.169.254", "80")
                            .verdict())
                    .isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void ipv6IsRoutedAsIpv4() {
            TestNetwork network = network()
                    .range("fd00:1::/48")
                    .own("10.0.0.0/24 fd00:1:0:1::/64")
                    .route("::/0", NextHopType.NONE);

            assertThat(network.out("Tcp", "2603::/16", "443").verdict()).isEqualTo(Verdict.DENIED);
            assertThat(network.out("Tcp", "fd00:1:0:2::/64", "443").verdict()).isEqualTo(Verdict.ALLOWED);
        }
    }

    @Nested
    class ServiceEndpoints {

        @Test
        void aServiceEndpointTakesItsServiceOffADefaultRoute() {
            assertThat(toStorage(network().serviceEndpoint("Microsoft.Storage", "*")))
                    .isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void aRegionalServiceEndpointReachesItsRegionOnly() {
            assertThat(toStorage(network().serviceEndpoint("Microsoft.Storage", "westeurope")))
                    .isEqualTo(Verdict.PARTIAL);
        }

        @Test
        void withoutRegionsAnEndpointReachesThatOfTheNetwork() {
            assertThat(toStorage(network().location("westeurope").serviceEndpoint("Microsoft.Storage")))
                    .isEqualTo(Verdict.PARTIAL);
        }

        @Test
        void withoutAnyRegionItIsNotKnownWhatAnEndpointReaches() {
            assertThat(toStorage(network().serviceEndpoint("Microsoft.Storage")))
                    .isEqualTo(Verdict.UNDETERMINED);
        }

        @Test
        void theGlobalEndpointReachesEveryRegion() {
            assertThat(toStorage(network().serviceEndpoint("Microsoft.Storage.Global", "westeurope")))
                    .isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void aUserRouteForThePrefixTakesTheEndpointAway() {
            assertThat(toStorage(
                            network().serviceEndpoint("Microsoft.Storage", "*").route("Storage", NextHopType.NONE)))
                    .isEqualTo(Verdict.DENIED);
        }

        private static Verdict toStorage(TestNetwork network) {
            return network.tag("Storage", "20.1.0.0/16", "20.2.0.0/16")
                    .tag("Storage.westeurope", "20.1.0.0/16")
                    .route("0.0.0.0/0", NextHopType.NONE)
                    .out("Tcp", "Storage", "443")
                    .verdict();
        }
    }

    @Nested
    class Gateways {

        @Test
        void aGatewayReachesTheSitesItIsConnectedWith() {
            FlowDecision decision =
                    network().gateway("home", false).site("192.168.0.0/16").out("Tcp", "192.168.1.0/24", "53");

            assertThat(decision.verdict()).isEqualTo(Verdict.ALLOWED);
            assertThat(routes(decision)).containsExactly("gateway route (192.168.0.0/16 to VirtualNetworkGateway)");
        }

        @Test
        void aGatewayReachesItsVpnClients() {
            assertThat(network()
                            .gateway("home", false)
                            .in("Tcp", "172.31.0.0/24", "443")
                            .verdict())
                    .isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void routesOfGatewaysNeverBeatTheNetworkHoweverSpecific() {
            assertThat(routes(
                            network().gateway("home", false).site("10.0.7.0/24").out("Tcp", "10.0.7.0/24", "53")))
                    .containsExactly("system route (10.0.0.0/16 to VnetLocal)");
        }

        @Test
        void routesOfGatewaysNeverBeatPeersHoweverSpecific() {
            assertThat(routes(network()
                            .peer("hub", "192.168.0.0/16")
                            .gateway("home", false)
                            .site("192.168.1.0/24")
                            .out("Tcp", "192.168.1.0/24", "53")))
                    .containsExactly("system route (192.168.0.0/16 to VNetPeering)");
        }

        @Test
        void routesOfGatewaysNeverBeatServiceEndpointsHoweverSpecific() {
            assertThat(routes(network()
                            .tag("EventHub", "20.1.0.0/16")
                            .serviceEndpoint("Microsoft.EventHub")
                            .gateway("home", false)
                            .site("20.1.2.0/24")
                            .out("Tcp", "20.1.2.0/24", "443")))
                    .containsExactly("system route (EventHub to VirtualNetworkServiceEndpoint)");
        }

        @Test
        void aUserRouteBeatsThatOfAGatewayForOnePrefix() {
            assertThat(network()
                            .gateway("home", false)
                            .site("192.168.0.0/16")
                            .route("192.168.0.0/16", NextHopType.NONE)
                            .out("Tcp", "192.168.0.0/16", "53")
                            .verdict())
                    .isEqualTo(Verdict.DENIED);
        }

        @Test
        void aTableKeepsRoutesOfGatewaysAway() {
            assertThat(network()
                            .gateway("home", false)
                            .site("192.168.0.0/16")
                            .keepsGatewayRoutesAway(true)
                            .out("Tcp", "192.168.0.0/16", "53")
                            .verdict())
                    .isEqualTo(Verdict.DENIED);
        }

        @Test
        void aTableThatDoesNotSayItLetsRoutesOfGatewaysIn() {
            assertThat(network()
                            .gateway("home", false)
                            .site("192.168.0.0/16")
                            .keepsGatewayRoutesAway(null)
                            .out("Tcp", "192.168.0.0/16", "53")
                            .verdict())
                    .isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void theGatewayOfAPeerIsUsedWhereItIsOffered() {
            assertThat(throughPeer(true)).isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void theGatewayOfAPeerIsNotUsedWhereItIsNotOffered() {
            assertThat(throughPeer(false)).isEqualTo(Verdict.DENIED);
        }

        private static Verdict throughPeer(boolean offered) {
            return network()
                    .peerWithGateway("hub", "172.16.0.0/16", offered)
                    .gateway("hub", false)
                    .site("192.168.0.0/16")
                    .out("Tcp", "192.168.0.0/16", "53")
                    .verdict();
        }

        @Test
        void aDefaultSiteLosesRepliesToTheInternet() {
            assertThat(network()
                            .gateway("home", false, true)
                            .in("Tcp", "Internet", "443")
                            .verdict())
                    .isEqualTo(Verdict.DENIED);
        }

        @Test
        void withBgpADefaultRouteMayHaveBeenLearned() {
            FlowDecision decision = network().gateway("home", true).out("Tcp", "20.1.0.0/16", "443");

            assertThat(decision.verdict()).isEqualTo(Verdict.UNDETERMINED);
            assertThat(decision.missing()).anyMatch(text -> text.contains("show-effective-route-table"));
        }

        @Test
        void withBgpPrivatePrefixesMayHaveBeenLearned() {
            TestNetwork network = network().gateway("home", true).route("0.0.0.0/0", NextHopType.INTERNET);

            assertThat(network.out("Tcp", "192.168.0.0/16", "53").verdict()).isEqualTo(Verdict.UNDETERMINED);
        }

        @Test
        void withBgpPublicPrefixesOtherThanTheDefaultRouteAreNotThoughtOf() {
            TestNetwork network = network().gateway("home", true).route("0.0.0.0/0", NextHopType.INTERNET);

            assertThat(network.out("Tcp", "20.1.0.0/16", "443").verdict()).isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void whereATableKeepsThemAwayNothingWasLearned() {
            TestNetwork network = network().gateway("home", true).keepsGatewayRoutesAway(true);

            assertThat(network.out("Tcp", "20.1.0.0/16", "443").verdict()).isEqualTo(Verdict.ALLOWED);
        }
    }

    @Nested
    class PrivateEndpoints {

        @Test
        void aPrivateEndpointBeatsUserRoutes() {
            assertThat(toEndpoint(null)).isEqualTo(Verdict.ALLOWED);
            assertThat(toEndpoint("Disabled")).isEqualTo(Verdict.ALLOWED);
            assertThat(toEndpoint("NetworkSecurityGroupEnabled")).isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void aPolicyForRouteTablesPutsAPrivateEndpointUnderUserRoutes() {
            assertThat(toEndpoint("RouteTableEnabled")).isEqualTo(Verdict.DENIED);
            assertThat(toEndpoint("Enabled")).isEqualTo(Verdict.DENIED);
        }

        @Test
        void evenThenADefaultRouteDoesNotBeatIt() {
            assertThat(network()
                            .privateEndpoint("10.0.9.4", "Enabled")
                            .route("0.0.0.0/0", NextHopType.NONE)
                            .out("Tcp", "10.0.9.4", "443")
                            .verdict())
                    .isEqualTo(Verdict.ALLOWED);
        }

        private static Verdict toEndpoint(@Nullable String policy) {
            return network()
                    .privateEndpoint("10.0.9.4", policy)
                    .route("10.0.9.4", NextHopType.NONE)
                    .out("Tcp", "10.0.9.4", "443")
                    .verdict();
        }
    }

    @Nested
    class Exports {

        @Test
        void reportedRoutesTakeThePlaceOfComputedOnes() {
            FlowDecision decision = network()
                    .route("0.0.0.0/0", NextHopType.NONE)
                    .reportedRoute("Default", "Active", "0.0.0.0/0", NextHopType.INTERNET)
                    .out("Tcp", "20.1.0.0/16", "443");

            assertThat(decision.verdict()).isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void anInvalidReportedRouteDoesNotDecide() {
            FlowDecision decision = network()
                    .reportedRoute("Default", "Invalid", "0.0.0.0/0", NextHopType.INTERNET)
                    .reportedRoute("User", "Active", "0.0.0.0/0", NextHopType.NONE)
                    .out("Tcp", "20.1.0.0/16", "443");

            assertThat(decision.verdict()).isEqualTo(Verdict.DENIED);
        }

        @Test
        void whereNoRouteWasReportedPacketsAreLost() {
            FlowDecision decision = network()
                    .reportedRoute("Default", "Active", "10.0.0.0/16", NextHopType.VNET_LOCAL)
                    .out("Tcp", "20.1.0.0/16", "443");

            assertThat(decision.verdict()).isEqualTo(Verdict.DENIED);
            assertThat(routes(decision)).containsExactly("system route (any other address to None)");
        }

        @Test
        void anUnknownTableLeavesEverythingOpen() {
            TestNetwork network = network().withUnexportedTable();

            assertThat(network.out("Tcp", "20.1.0.0/16", "443").verdict()).isEqualTo(Verdict.UNDETERMINED);
            assertThat(network.out("Tcp", "10.0.7.0/24", "443").verdict()).isEqualTo(Verdict.UNDETERMINED);
            assertThat(network.out("Udp", "168.63.129.16", "53").verdict()).isEqualTo(Verdict.ALLOWED);
        }

        @Test
        void manyNamesWithoutDataAreFollowed() {
            TestNetwork network = network()
                    .serviceEndpoint("Microsoft.Storage", "*")
                    .serviceEndpoint("Microsoft.Sql", "*")
                    .serviceEndpoint("Microsoft.EventHub")
                    .serviceEndpoint("Microsoft.KeyVault")
                    .route("0.0.0.0/0", NextHopType.VIRTUAL_APPLIANCE)
                    .route("20.0.0.0/8", NextHopType.INTERNET)
                    .route("ApiManagement", NextHopType.INTERNET);

            assertThat(network.out("Tcp", "Storage", "443").verdict()).isEqualTo(Verdict.ALLOWED);
            assertThat(network.in("Tcp", "ApiManagement", "3443").verdict()).isEqualTo(Verdict.ALLOWED);
        }
    }

    @Nested
    class OtherMachines {

        @Test
        void repliesThroughAGatewayByAUserRouteAreLost() {
            assertThat(network()
                            .route("0.0.0.0/0", NextHopType.VIRTUAL_NETWORK_GATEWAY)
                            .in("Tcp", "Internet", "443")
                            .verdict())
                    .isEqualTo(Verdict.DENIED);
        }

        @Test
        void whatAnApplianceLetsBackToPrivateAddressesIsNotKnown() {
            assertThat(network()
                            .route("192.168.0.0/16", NextHopType.VIRTUAL_APPLIANCE)
                            .in("Tcp", "192.168.0.0/16", "443")
                            .verdict())
                    .isEqualTo(Verdict.UNDETERMINED);
        }

        @Test
        void groupsAtTheOtherEndDecideWhatRoutesBringThere() {
            FlowDecision decision = network()
                    .subnet("cache", "10.0.7.0/24", "in 100 deny * * -> *:*")
                    .out("Tcp", "10.0.7.0/24", "6380");

            assertThat(decision.verdict()).isEqualTo(Verdict.DENIED);
            assertThat(decision.stages())
                    .extracting(StageDecision::stage)
                    .containsExactly(Stage.NSG, Stage.ROUTE, Stage.PEER_NSG);
        }
    }

    private static List<String> routes(FlowDecision decision) {
        return decision.stages().stream()
                .filter(stage -> stage.stage() == Stage.ROUTE)
                .flatMap(stage -> stage.parts().stream())
                .map(part -> ((Decider.Routed) part.decider()).route().text())
                .toList();
    }
}
