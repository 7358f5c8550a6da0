package dev.netkb.api.internal.drools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextMutationsTest {

    private static final String RULE = """
            rule "OPS-1 A > B"
                @id("OPS-1")
                @severity("warning")
            when
                // more than 3
                $a : Applicable( rule == "OPS-1", $loc : location )
                $s : Location( key == $loc.key, $sku : sku, units < 2, name != "x == 7" )
                not Subnet( id == $s.subnetId )
                accumulate( Route( nextHop == "None" ); $n : count(); $n >= 1 )
            then
                insert( Finding.violated( $a, "1 > 0" ) );
            end
            """;

    @Test
    void changesOneThingAtATime() {
        List<String> changes = TextMutations.of(RULE).stream()
                .map(TextMutations.Mutation::change)
                .toList();

        assertThat(changes)
                .containsExactlyInAnyOrder(
                        "severity warning -> error",
                        "units < 2 -> units <= 2",
                        "units < 2 -> units < 3",
                        "units < 2 -> units < 1",
                        "without units < 2",
                        "name != \"x == 7\" -> name == \"x == 7\"",
                        "without name != \"x == 7\"",
                        "nextHop == \"None\" -> nextHop != \"None\"",
                        "without nextHop == \"None\"",
                        "$n >= 1 -> $n > 1",
                        "$n >= 1 -> $n >= 2",
                        "$n >= 1 -> $n >= 0");
    }

    @Test
    void leavesTheRestOfTheTextAsItIs() {
        TextMutations.Mutation dropped = TextMutations.of(RULE).stream()
                .filter(mutation -> mutation.change().equals("without units < 2"))
                .findFirst()
                .orElseThrow();

        assertThat(dropped.text())
                .contains("Location( key == $loc.key, $sku : sku, name != \"x == 7\" )")
                .hasLineCount((int) RULE.lines().count());
        assertThat(TextMutations.of(RULE))
                .allSatisfy(mutation -> assertThat(mutation.text()).isNotEqualTo(RULE));
    }

    @Test
    void findsNothingWhereThereIsNoRule() {
        assertThat(TextMutations.of("")).isEmpty();
        assertThat(TextMutations.of("when ( \"")).isEmpty();
    }
}
