package dev.netkb.api.internal.drools.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.internal.pack.RuleFile;
import dev.netkb.api.rules.RuleProblem;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What rule editors are told of their mistakes. */
class BrokenRulesTest {

    private static final String FOLDER = "broken-rules";

    static List<RuleFile> broken() throws IOException {
        return RuleFixtures.files(FOLDER);
    }

    @Test
    void messagesAreThoseThatWereReviewed() throws IOException {
        String told = RuleFixtures.told(FOLDER);

        assertThat(told).isEqualTo(RuleFixtures.expected(FOLDER, told));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void everyMistakeIsRefusedWithItsPlaceAndAWayOut(RuleFile file) {
        LanguageCheck.Result result = RuleFixtures.check(file);

        assertThat(result.rules()).isEmpty();
        assertThat(result.problems()).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.at().file()).isEqualTo(file.path());
            assertThat(problem.at().line()).isPositive();
            assertThat(problem.hint()).isNotBlank();
            assertThat(problem.message() + problem.hint())
                    .doesNotContain("drools", "Exception", "dev.netkb", "java.", "null pointer", "antlr", "token");
        });
    }

    @Test
    void everyCodeIsShownByAnExample() throws IOException {
        Set<String> shown = broken().stream()
                .flatMap(file -> RuleFixtures.check(file).problems().stream())
                .map(RuleProblem::code)
                .collect(Collectors.toSet());
        RuleFixtures.files("hostile")
                .forEach(file -> RuleFixtures.check(file).problems().forEach(problem -> shown.add(problem.code())));

        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(LanguageCode.values())
                        .map(LanguageCode::code)
                        .toList());
    }

    @Test
    void allFilesAndAllRulesAreToldOfAtOnce() throws IOException {
        RuleFile[] all = broken().toArray(RuleFile[]::new);

        LanguageCheck.Result result = RuleFixtures.check(all);

        assertThat(result.problems().stream()
                        .map(problem -> problem.at().file())
                        .distinct())
                .hasSize(all.length);
        assertThat(result.problems()).isSortedAccordingTo(RuleProblem.ORDER);
    }

    @Test
    void aRuleAfterABrokenOneIsCheckedToo() {
        RuleFile file = new RuleFile("two.drl", """
                package custom;
                rule "OPS-001 One"
                when
                    Subnet( id = 1 )
                then
                end
                rule "OPS-002 Two"
                    @id("OPS-002") @severity("error") @requires("Subnet") @description("Two.")
                when
                    $a : Applicable( rule == "OPS-002", $loc : location )
                    Subnett( id == $loc.subnetId )
                then
                    insert( Finding.violated( $a, "x" ) );
                end
                """);

        assertThat(RuleFixtures.check(file).problems())
                .extracting(problem -> problem.at().text() + " " + problem.rule())
                .containsExactly("two.drl:4:16 OPS-001 One", "two.drl:11:5 OPS-002 Two");
    }

    @Test
    void idsAndNamesAreUniqueInAllFilesOfAFolder() throws IOException {
        RuleFile good = RuleFixtures.files("good-rules").get(0);
        RuleFile copy = new RuleFile("zz-copy.drl", good.text());

        assertThat(RuleFixtures.check(good, copy).problems())
                .allMatch(problem -> problem.code().equals(LanguageCode.DUPLICATE.code()))
                .allMatch(problem -> problem.at().file().equals("zz-copy.drl"))
                .hasSize(2)
                .allMatch(problem -> problem.message().contains(good.path() + ", line "));
    }
}
