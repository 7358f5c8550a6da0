package dev.netkb.api.internal.drools.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.internal.pack.RuleFile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that attack the program are refused by what they say, before anything is compiled. */
class HostileRulesTest {

    private static final String FOLDER = "hostile";

    static List<RuleFile> hostile() throws IOException {
        return RuleFixtures.files(FOLDER);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void everyAttackIsRefusedWithItsPlace(RuleFile file) {
        LanguageCheck.Result result = RuleFixtures.check(file);

        assertThat(file.text()).startsWith("// attack: ");
        assertThat(result.rules()).isEmpty();
        assertThat(result.problems()).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.isError()).isTrue();
            assertThat(problem.at().line()).isGreaterThan(1);
        });
    }

    @Test
    void placesAndReasonsAreThoseThatWereReviewed() throws IOException {
        String told = RuleFixtures.told(FOLDER);

        assertThat(told).isEqualTo(RuleFixtures.expected(FOLDER, told));
    }

    @Test
    void thereAreManyOfThem() throws IOException {
        assertThat(hostile()).hasSizeGreaterThan(80);
    }
}
