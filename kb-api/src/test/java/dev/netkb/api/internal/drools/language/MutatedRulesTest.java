package dev.netkb.api.internal.drools.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.internal.pack.RuleFile;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file says, the check says something of it or lets it pass; it never fails itself. */
class MutatedRulesTest {

    private static final List<String> PIECES = List.of(
            "",
            " ",
            "\n",
            "\"",
            "'",
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            ",",
            ";",
            ":",
            ".",
            "!.",
            "==",
            "=",
            "&&",
            "||",
            "!",
            "$",
            "$x",
            "@",
            "@id",
            "rule",
            "rule \"x\"",
            "when",
            "then",
            "end",
            "not",
            "exists",
            "forall",
            "accumulate",
            "from",
            "eval(",
            "or",
            "and",
            "in",
            "contains",
            "str[",
            "null",
            "true",
            "1",
            "99999999999",
            "1.5",
            "\\",
            "\\u0022",
            "/*",
            "*/",
            "//",
            "\0",
            "\u202e",
            "\ud83d",
            "é",
            "package",
            "import",
            "import java.lang.System;",
            "function",
            "insert(",
            "Finding",
            "System.exit(1)",
            "this",
            "-",
            "+",
            "*",
            "/",
            "%",
            "?",
            "#",
            "->",
            "::",
            "\r",
            "\t",
            "Subnet(",
            "Applicable(",
            "location");

    @Property(tries = 400)
    void neverThrows(@ForAll("mutated") String text) {
        LanguageCheck.Result result = RuleFixtures.check(new RuleFile("x.drl", text));

        assertThat(result.problems().isEmpty()).isEqualTo(!result.rules().isEmpty());
        assertThat(result.problems())
                .allMatch(
                        problem -> problem.at().line() > 0 && !problem.message().isBlank());
    }

    @Property(tries = 100)
    void neverThrowsAtTheFullLevel(@ForAll("mutated") String text) {
        assertThat(RuleFixtures.checkTrusted(new RuleFile("x.drl", text)).problems())
                .allMatch(problem -> problem.at().line() > 0);
    }

    private record Edit(double at, int cut, String put) {
        String of(String text) {
            int from = (int) (at * text.length());
            return text.substring(0, from) + put + text.substring(Math.min(text.length(), from + cut));
        }
    }

    @Provide
    Arbitrary<String> mutated() throws IOException {
        Arbitrary<Edit> edit = Combinators.combine(
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.of(PIECES))
                .as(Edit::new);
        return Combinators.combine(
                        Arbitraries.of(RuleFixtures.files("good-rules")),
                        edit.list().ofMinSize(1).ofMaxSize(4))
                .as((file, edits) -> {
                    String text = file.text();
                    for (Edit each : edits) {
                        text = each.of(text);
                    }
                    return text;
                });
    }
}
