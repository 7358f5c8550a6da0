package dev.netkb.model.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.reach.FlowDecision.StageDecision;
import dev.netkb.model.report.Verdict;
import java.util.List;
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

    private static List<String> routes(FlowDecision decision) {
        return decision.stages().stream()
                .filter(stage -> stage.stage() == Stage.ROUTE)
                .flatMap(stage -> stage.parts().stream())
                .map(part -> ((Decider.Routed) part.decider()).route().text())
                .toList();
    }
}
