package dev.netkb.model.reach;

import static dev.netkb.model.report.Verdict.DENIED;
import static dev.netkb.model.report.Verdict.PARTIAL;
import static dev.netkb.model.report.Verdict.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.NextHopType;
import dev.netkb.model.reach.FlowDecision.Part;
import dev.netkb.model.reach.FlowDecision.Piece;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is dropped whichever way the unknown sets lie, and whether anybody gets all of its packets through. */
class SurelyDeniedTest {

    private static TestNetwork network() {
        return new TestNetwork();
    }

    private static List<String> rules(List<Part> parts) {
        return parts.stream()
                .map(part -> part.decider() instanceof Decider.Rule decider
                        ? decider.rule().name()
                        : part.decider().toString())
                .toList();
    }

    private static List<Piece> pieces(List<Part> parts) {
        return parts.stream().flatMap(part -> part.pieces().stream()).toList();
    }

    @Nested
    class InPart {

        @Test
        @DisplayName("a port that no rule can let pass is surely denied, though the other depends on a tag")
        void aPortIsDeniedWhereverTheTagsLie() {
            FlowDecision decision = network()
                    .rule("out 100 allow tcp * -> Sql:443")
                    .rule("out 200 deny tcp * -> Storage:*")
                    .rule("out 300 deny * * -> *:*")
                    .out("tcp", "AzureMonitor", "443,1886");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(decision.witness()).isNull();
            List<Part> parts = decision.surelyDenied(true);
            assertThat(rules(parts)).containsExactly("out-200", "out-300");
            assertThat(pieces(parts)).allSatisfy(piece -> {
                assertThat(piece.box().destinationPorts().toTexts()).containsExactly("1886");
                assertThat(piece.inside()).containsExactly("AzureMonitor");
                assertThat(piece.outside()).isEmpty();
            });
        }

        @Test
        @DisplayName("addresses that are known and denied have a witness")
        void knownAddressesAreDenied() {
            FlowDecision decision = network()
                    .tag("AzureMonitor", "20.40.0.0/16")
                    .rule("out 100 deny tcp * -> *:1886")
                    .rule("out 200 allow tcp * -> Sql:443")
                    .rule("out 300 deny * * -> *:*")
                    .out("tcp", "AzureMonitor", "443,1886");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(decision.witness()).isNotNull();
            List<Part> parts = decision.surelyDenied(false);
            assertThat(rules(parts)).containsExactly("out-100");
            assertThat(pieces(parts))
                    .singleElement()
                    .satisfies(piece -> assertThat(piece.isConcrete()).isTrue());
        }

        @Test
        @DisplayName("known addresses are denied too where only unknown sets divide who denies them")
        void knownAddressesAreDeniedByOneRuleOrTheOther() {
            FlowDecision decision = network()
                    .tag("AzureMonitor", "20.40.0.0/16")
                    .rule("out 100 deny tcp * -> Sql:*")
                    .rule("out 200 deny tcp * -> 20.40.7.0/24:*")
                    .rule("out 300 allow tcp * -> Storage:*")
                    .rule("out 400 deny * * -> *:*")
                    .out("tcp", "AzureMonitor", "443");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(decision.witness()).isNull();
            List<Part> parts = decision.surelyDenied(false);
            assertThat(rules(parts)).containsExactly("out-100", "out-200");
            assertThat(pieces(parts)).allSatisfy(piece -> {
                assertThat(piece.isConcrete()).isTrue();
                assertThat(piece.box().destination().toPrefixes()).containsExactly("20.40.7.0/24");
            });
        }

        @Test
        @DisplayName("nothing is sure where a tag may cover all")
        void nothingIsSureWhereATagMayCoverAll() {
            FlowDecision decision = network()
                    .rule("out 100 allow tcp * -> Sql:*")
                    .rule("out 200 deny * * -> *:*")
                    .out("tcp", "AzureMonitor", "443,1886");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(decision.surelyDenied(true)).isEmpty();
        }

        @Test
        @DisplayName("a tag and a region hold addresses without any data, but with data they may be empty")
        void aTagHoldsAddressesOnlyWithoutData() {
            TestNetwork network = network()
                    .rule("out 100 deny tcp * -> Storage.WestEurope:*")
                    .rule("out 200 allow tcp * -> Sql:*")
                    .rule("out 300 deny * * -> *:*");
            List<Part> parts = network.out("tcp", "Storage", "443").surelyDenied(true);

            assertThat(rules(parts)).containsExactly("out-100");
            assertThat(pieces(parts))
                    .singleElement()
                    .satisfies(piece -> assertThat(piece.inside()).containsExactly("Storage", "Storage.WestEurope"));
            assertThat(network.tag("AzureMonitor", "20.40.0.0/16")
                            .out("tcp", "Storage", "443")
                            .surelyDenied(false))
                    .isEmpty();
        }

        @Test
        @DisplayName("of the internet each tag is a part, in every spelling")
        void tagsArePartsOfTheInternet() {
            FlowDecision decision = network()
                    .rule("in 100 deny tcp SQL -> *:*")
                    .rule("in 200 deny tcp Storage|sql -> *:*")
                    .rule("in 300 allow tcp * -> *:*")
                    .in("tcp", "Internet", "443");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(rules(decision.surelyDenied(true))).containsExactly("in-100", "in-200");
        }

        @Test
        @DisplayName("what a tag in a route takes out of the internet may be all that another tag leaves over")
        void aTagMayLieInTheVirtualNetwork() {
            FlowDecision decision = network()
                    .route("Storage", NextHopType.INTERNET)
                    .rule("in 100 deny tcp Storage -> *:*")
                    .rule("in 200 allow tcp Storage|Sql -> *:*")
                    .rule("in 300 deny * * -> *:*")
                    .in("tcp", "Internet", "443");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(decision.surelyDenied(true)).isEmpty();
        }

        @Test
        @DisplayName("what an unreadable entry covers is not sure, whatever it is called")
        void anUnknownEntryIsNoTag() {
            FlowDecision decision = network()
                    .rule("in 100 deny tcp ?masked -> *:*")
                    .rule("in 200 allow tcp * -> *:*")
                    .in("tcp", "Internet", "443");

            assertThat(decision.verdict()).isEqualTo(UNDETERMINED);
            assertThat(decision.surelyDenied(true)).isEmpty();
        }

        @Test
        @DisplayName("a flow that is denied or partial says the same as its pieces")
        void knownVerdictsKeepTheirPieces() {
            FlowDecision partial =
                    network().rule("out 100 deny tcp * -> *:1886").out("tcp", "Internet", "443,1886");
            FlowDecision denied = network().rule("out 100 deny tcp * -> *:*").out("tcp", "Internet", "443,1886");

            assertThat(partial.verdict()).isEqualTo(PARTIAL);
            assertThat(pieces(partial.surelyDenied(true))).isEqualTo(partial.denied());
            assertThat(denied.verdict()).isEqualTo(DENIED);
            assertThat(pieces(denied.surelyDenied(true))).isEqualTo(denied.denied());
        }
    }

    @Nested
    class Whole {

        @Test
        @DisplayName("who is not named by any deny passes whole")
        void othersPassWhole() {
            assertThat(network()
                            .rule("in 100 deny * 8.8.8.0/24 -> *:*")
                            .rule("in 200 allow * Internet -> *:*")
                            .in("tcp", "Internet", "443")
                            .mayLetOneRemotePassWhole())
                    .isTrue();
        }

        @Test
        @DisplayName("nobody passes whole to a part of the subnet, or on a part of the ports")
        void aPartOfTheSubnetOrOfThePortsIsNotWhole() {
            TestNetwork half = network().rule("in 100 allow tcp Internet -> 10.0.0.0/25:443");
            TestNetwork port = network().rule("in 100 allow tcp Internet -> *:443");

            assertThat(half.in("tcp", "Internet", "443").verdict()).isEqualTo(PARTIAL);
            assertThat(half.in("tcp", "Internet", "443").mayLetOneRemotePassWhole())
                    .isFalse();
            assertThat(port.in("tcp", "Internet", "80,443").verdict()).isEqualTo(PARTIAL);
            assertThat(port.in("tcp", "Internet", "80,443").mayLetOneRemotePassWhole())
                    .isFalse();
        }

        @Test
        @DisplayName("nobody passes whole where each is left out of one part or another")
        void everybodyIsLeftOutOfSomething() {
            FlowDecision decision = network()
                    .rule("in 100 deny tcp 0.0.0.0/1 -> *:80")
                    .rule("in 200 deny tcp 128.0.0.0/1 -> *:443")
                    .rule("in 300 allow tcp * -> *:*")
                    .in("tcp", "Internet", "80,443");

            assertThat(decision.verdict()).isEqualTo(PARTIAL);
            assertThat(decision.mayLetOneRemotePassWhole()).isFalse();
        }

        @Test
        @DisplayName("somebody passes whole where those outside of a tag do")
        void thoseOutsideOfATagPassWhole() {
            assertThat(network()
                            .rule("in 100 deny tcp Sql -> 10.0.0.0/25:*")
                            .rule("in 200 allow tcp Internet -> *:*")
                            .in("tcp", "Internet", "443")
                            .mayLetOneRemotePassWhole())
                    .isTrue();
        }

        @Test
        @DisplayName("what may lie in either of two networks that nobody knows is not surely asked about")
        void whatMayLieInEitherOfTwoUnknownNetworksIsNotSurelyInTheFlow() {
            assertThat(network()
                            .peeringWith("a")
                            .peeringWith("b")
                            .tag("Sql", "40.79.0.0/24")
                            .rule("out 100 deny * * -> Sql:*")
                            .out("tcp", "VirtualNetwork", "443")
                            .surelyDenied(false))
                    .isEmpty();
        }

        @Test
        @DisplayName("nothing is said where a flow was cut into too many parts")
        void nothingIsSaidOfAnUndecidedFlow() {
            FlowDecision undecided = new FlowDecision(
                    network().out("tcp", "Sql", "443").flow(),
                    TestNetwork.addresses("10.0.0.0/8"),
                    UNDETERMINED,
                    List.of(),
                    null,
                    List.of("service tag data"),
                    null);

            assertThat(undecided.mayLetOneRemotePassWhole()).isTrue();
            assertThat(undecided.surelyDenied(true)).isEmpty();
        }
    }
}
