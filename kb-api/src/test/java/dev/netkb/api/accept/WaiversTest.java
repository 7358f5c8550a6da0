package dev.netkb.api.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RulesRejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaiversTest {

    private static final String GOOD = """
            - rule: C-NET-05
              subject: '*/virtualNetworks/shop'
              reason: moved in March
              owner: network team
              expires: 2027-03-31
            """;

    private static List<String> problems(String file, String text) {
        List<RuleProblem> problems = new ArrayList<>();
        Waivers.parse(file, text, Violations.IDS, problems);
        return problems.stream()
                .map(p -> p.code() + " " + p.at().text() + ": " + p.message() + " | " + p.hint())
                .toList();
    }

    @Test
    void readsYamlAndJson() {
        List<RuleProblem> problems = new ArrayList<>();
        Waivers yaml = Waivers.parse("w.yaml", GOOD, Violations.IDS, problems);
        Waivers json = Waivers.parse(
                "w.json",
                "[\n\t{\"rule\": \"C-NET-05\", \"subject\": \"*/virtualNetworks/shop\", \"reason\": \"moved in March\","
                        + " \"owner\": \"network team\", \"expires\": \"2027-03-31\"}\n]",
                Violations.IDS,
                problems);

        assertThat(problems).isEmpty();
        assertThat(yaml.entries())
                .containsExactly(new Waivers.Accepting(
                        "w.yaml",
                        1,
                        "C-NET-05",
                        "*/virtualNetworks/shop",
                        "moved in March",
                        "network team",
                        LocalDate.of(2027, 3, 31)));
        assertThat(json.entries()).extracting(Waivers.Accepting::line).containsExactly(2);
        assertThat(Waivers.parse("w.yaml", "[]", Violations.IDS, problems).isEmpty())
                .isTrue();
        assertThat(problems).isEmpty();
    }

    @Test
    void takesAFormerIdForThePresentOne() {
        List<RuleProblem> problems = new ArrayList<>();
        Waivers waivers = Waivers.parse("w.yaml", GOOD.replace("C-NET-05", "C-NET-5"), Violations.IDS, problems);

        assertThat(problems).isEmpty();
        assertThat(waivers.entries()).extracting(Waivers.Accepting::rule).containsExactly("C-NET-05");
    }

    @Test
    void tellsEveryProblemAtOnceWithItsPlace() {
        String text = """
                - rule: C-NET-5O
                  subject: shop
                  reason: ' '
                  owner: network team
                  expires: 31.03.2027
                - rule: c-net-06
                  subject: '*'
                  reson: typing error
                  owner: [a, b]
                  expires: 2027-02-30
                - rule: C-NET-05
                  rule: C-NET-06
                  subject: '*/shop'
                  reason: twice
                  owner: me
                  expires: 2027-01-01
                - C-NET-05
                - rule: C-NET-05
                  expires: 2027-01-01
                """;

        assertThat(problems("w.yaml", text))
                .containsExactly(
                        "KB-E362 w.yaml:1:9: there is no rule 'C-NET-5O' | Write an id as the report prints it, such as C-NET-05;"
                                + " netkb rules list shows all. Did you mean C-NET-05 or C-NET-06?",
                        "KB-E362 w.yaml:2:12: subject 'shop' is no id and no pattern of one | An id begins with /subscriptions/; to"
                                + " mean it in any group, write '*/shop'.",
                        "KB-E362 w.yaml:3:11: reason is empty | Say it: reason: the gateway is moved in March.",
                        "KB-E362 w.yaml:5:12: expires '31.03.2027' is no day | Write the last day on which it is accepted as"
                                + " YYYY-MM-DD, such as 2027-03-31.",
                        "KB-E361 w.yaml:8:3: a waiver has no 'reson' | It has rule, subject, reason, owner, expires. Did you mean"
                                + " reason?",
                        "KB-E362 w.yaml:9:10: owner is no text | Write one text: owner: network team.",
                        "KB-E362 w.yaml:6:9: there is no rule 'c-net-06' | Write C-NET-06.",
                        "KB-E362 w.yaml:10:12: expires '2027-02-30' is no day | Write the last day on which it is accepted as"
                                + " YYYY-MM-DD, such as 2027-03-31.",
                        "KB-E361 w.yaml:12:3: 'rule' stands twice in one waiver | Keep one of them; a second waiver begins with a"
                                + " '-' of its own.",
                        "KB-E360 w.yaml:17:3: this entry is no waiver | A file of waivers is a list whose entries have rule,"
                                + " subject, reason, owner and expires.",
                        "KB-E361 w.yaml:18:3: this waiver has no subject, no reason, no owner | Say it: subject:"
                                + " /subscriptions/*/resourceGroups/shop/*.");
    }

    @Test
    void tellsTextsThatBecameComments() {
        assertThat(problems("w.yaml", GOOD.replace("moved in March", "#123 is moved")))
                .containsExactly("KB-E362 w.yaml:3:10: reason is empty: a # behind a blank begins a comment"
                        + " | Put the text in quotes: reason: \"#123 is moved\".");
    }

    @Test
    void tellsAWaiverThatStandsTwice() {
        assertThat(problems("w.yaml", GOOD + GOOD.replace("shop", "SHOP")))
                .containsExactly(
                        "KB-E363 w.yaml:6:3: the waiver of C-NET-05 for '*/virtualNetworks/SHOP' stands twice: line 1 has it"
                                + " too | Keep the one whose reason and date hold.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rule: C-NET-05 | w.yaml:1:1: the file is no list",
                "- rule: C-NET-05\\n\\tsubject: x | w.yaml:2:1: this line begins with a tab",
                "- rule: 'C-NET-05\\n | w.yaml:1:9: the quote that begins here is never closed",
                "- rule: C-NET-05\\n  subject: */x | w.yaml:2:12: a text that begins with '*' needs quotes",
                "`` | w.yaml:1:1: the file is empty",
                "[]\\n---\\n[] | a second document begins here",
                "[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]] | nested more than 16 levels deep",
            })
    void tellsWhatIsNoListOfWaivers(String text, String expected) {
        assertThat(problems("w.yaml", text.replace("\\n", "\n").replace("\\t", "\t")))
                .singleElement()
                .asString()
                .startsWith("KB-E360 ")
                .contains(expected)
                .doesNotContain("com.fasterxml", "snakeyaml", "Exception");
    }

    @Test
    void tellsWhereJsonBreaks() {
        assertThat(problems("w.json", "[\n{\"rule\" \"C-NET-05\"}]"))
                .singleElement()
                .asString()
                .startsWith("KB-E360 w.json:2:")
                .contains("this cannot be read as JSON");
    }

    @Test
    void tellsAFileThatCannotBeRead(@TempDir Path folder) throws IOException {
        Path latin = Files.write(folder.resolve("latin.yaml"), "- rule: \u00fc".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(rejected(folder.resolve("gone.yaml"))).contains("KB-E360", "there is no such file");
        assertThat(rejected(folder)).contains("it is a folder");
        assertThat(rejected(latin)).contains("latin.yaml:1:9: the file is not UTF-8: byte FC");
    }

    private static String rejected(Path file) {
        return catchThrowableOfType(RulesRejectedException.class, () -> Waivers.load(file, Violations.IDS))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "*, true, true",
        "/subscriptions/*, true, true",
        "/subscriptions/0000/*, true, true",
        "/subscriptions/0000/resourcegroups/*, true, true",
        "*/SHOP, true, false",
        "*shop*, true, false",
        "/subscriptions/*/resourceGroups/shop/*, true, false",
        "/subscriptions/*/resourceGroups/shop, false, false",
        "/subscriptions/0000/resourceGroups/Shop/providers/Microsoft.Network/virtualNetworks/shop, true, false",
        "/subscriptions/0000/resourceGroups/other/*, false, false",
        "*/virtualNetworks/*hop, true, false",
        "*a*a*a*a*, false, false",
    })
    void knowsWhichSubjectsAreMeantAndWhetherTheyAreTooMany(String pattern, boolean matches, boolean broad) {
        SubjectPattern subject = new SubjectPattern(pattern);

        assertThat(subject.matches(Violations.of("C-NET-05", "shop").subject().id()))
                .isEqualTo(matches);
        assertThat(subject.isWholeSubscription()).isEqualTo(broad);
    }
}
