package dev.netkb.model.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.reach.FlowDecision.Piece;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PacketSetTest {

    private static TestNetwork network(String... rules) {
        TestNetwork network = new TestNetwork().tag("Sql", "20.61.0.0/24").tag("Storage", "20.60.0.0/24");
        Stream.of(rules).forEach(network::rule);
        return network;
    }

    private static PacketSet passed(FlowDecision decision) {
        return Objects.requireNonNull(decision.passed());
    }

    private static List<Piece> minus(FlowDecision decision, FlowDecision other) {
        return passed(decision).minus(passed(other)).orElseThrow();
    }

    @Test
    void theDifferenceIsExactlyWhatARuleTakesAway() {
        FlowDecision open = network().out("tcp", "Sql", "1433");
        FlowDecision half = network("out 200 deny tcp * -> 20.61.0.128/25:1433").out("tcp", "Sql", "1433");

        List<Piece> closed = minus(open, half);

        assertThat(closed).allMatch(Piece::isConcrete);
        assertThat(closed.stream().map(piece -> piece.box().destination()).toList())
                .containsExactly(TestNetwork.addresses("20.61.0.128/25"));
        assertThat(minus(half, open)).isEmpty();
    }

    @Test
    void rulesThatCutTheSamePacketsOtherwiseDoNotDiffer() {
        FlowDecision one = network("out 200 deny tcp * -> 20.61.0.0/25:1433").out("tcp", "Sql", "1433");
        FlowDecision two = network(
                        "out 200 deny tcp * -> 20.61.0.64/26:1433", "out 300 deny tcp * -> 20.61.0.0/26:1433")
                .out("tcp", "Sql", "1433");

        assertThat(minus(one, two)).isEmpty();
        assertThat(minus(two, one)).isEmpty();
    }

    @Test
    void whatATagWithoutDataDecidesIsNamed() {
        FlowDecision open = new TestNetwork().out("tcp", "Sql", "1433");
        FlowDecision cut = new TestNetwork()
                .rule("out 200 deny tcp * -> Sql.WestEurope:1433")
                .out("tcp", "Sql", "1433");

        List<Piece> closed = minus(open, cut);

        assertThat(closed)
                .singleElement()
                .satisfies(piece -> assertThat(piece.inside()).contains("Sql.WestEurope"));
        assertThat(minus(cut, open)).isEmpty();
    }

    @Test
    void everythingIsTheDifferenceToADeniedFlow() {
        FlowDecision open = network().out("tcp", "Sql", "1433");
        FlowDecision denied = network("out 200 deny tcp * -> *:*").out("tcp", "Sql", "1433");

        assertThat(passed(denied)).isEqualTo(PacketSet.EMPTY);
        assertThat(minus(open, denied))
                .singleElement()
                .satisfies(piece ->
                        assertThat(piece.box().destination()).isEqualTo(TestNetwork.addresses("20.61.0.0/24")));
    }
}
