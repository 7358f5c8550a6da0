package dev.netkb.api.internal.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.derived.Tier;
import dev.netkb.model.derived.Tier.Generation;
import dev.netkb.model.derived.Tier.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TierTableTest {

    private final List<RuleProblem> problems = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tier,generation,uses,most_units,unit_addresses\nUltra,v2,injection; zones,40.0,3\n",
                "Unit addresses;Generation;Uses;Tier;Most units\n\n3;V2;zones,INJECTION;Ultra;40\n",
                "tier\tgeneration\tuses\tmost_units\tunit_addresses\r\nUltra\tv2\tinjection,zones\t40\t3\r\n",
                "tier,generation,uses,most_units,unit_addresses\n\"Ultra\",v2,\"injection,zones\",40,3\n",
            })
    void readsATableHoweverItIsWritten(String text) {
        List<TierRow> rows = TierTable.read("tiers.csv", text, problems);

        assertThat(problems).isEmpty();
        assertThat(rows)
                .extracting(TierRow::tier)
                .containsExactly(new Tier("Ultra", Generation.V2, Set.of(Use.INJECTION, Use.ZONES), 40, 3));
    }

    @Test
    void aRowStandsInThePlaceOfTheOneOfItsName() {
        Tier old = new Tier("Premium", Generation.CLASSIC, Set.of(), 31, 2);
        List<TierRow> rows =
                TierTable.read("tiers.csv", "tier,generation,most_units\npremium,classic,62\nUltra,v2,\n", problems);

        assertThat(TierTable.over(List.of(old), rows))
                .containsExactly(
                        new Tier("premium", Generation.CLASSIC, Set.of(), 62, 2),
                        new Tier("Ultra", Generation.V2, Set.of(), 0, 2));
    }

    @Test
    void tellsEveryCellThatIsWrong() {
        TierTable.read("tiers.csv", """
                tier,generation,use,most_units
                Ultra,v3,,40
                ,v2,,
                Mega,v2,,many
                Giga,classic,,0
                Tera,v2,,
                tera,v2,,
                """, problems);

        assertThat(problems)
                .extracting(p -> p.code() + " " + p.at().text() + ": " + p.message())
                .containsExactly(
                        "KB-E364 tiers.csv, cell C1: a table of tiers has no column 'use'",
                        "KB-E364 tiers.csv, cell B2: 'v3' is none of consumption, classic, v2",
                        "KB-E364 tiers.csv, cell A3: the row names no tier",
                        "KB-E364 tiers.csv, cell D4: 'many' is no whole number from 1 to 10000",
                        "KB-E364 tiers.csv, cell D5: '0' is no whole number from 1 to 10000",
                        "KB-E364 tiers.csv, cell A7: tier 'tera' stands in row 6 too");
        assertThat(problems.get(0).hint()).contains("Did you mean uses?");
    }

    @Test
    void aListWithoutQuotesIsNotCutOff() {
        TierTable.read("tiers.csv", "tier,generation,uses\nUltra,v2,injection,zones\n", problems);

        assertThat(problems)
                .extracting(p -> p.code() + " " + p.at().text() + ": " + p.message())
                .containsExactly("KB-E364 tiers.csv, cell D2: 'zones' stands in a column without a name");
    }

    @Test
    void knowsATableOfTiersByItsFirstLine() {
        assertThat(TierTable.isHeader(List.of("Generation", "Tier "))).isTrue();
        assertThat(TierTable.isHeader(List.of("id", "tiers", "ports"))).isFalse();
    }
}
