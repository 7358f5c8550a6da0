package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.rules.RequirementsIndex.Line;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each sentence of the article of 2016 has a network that breaks it and one that keeps it, under the seed baseline. */
class SeedPairsTest {

    /** Kinds that no network breaks: their pages say why. */
    private static final Set<String> NOT_DECIDED = Set.of("note", "modifier");

    static Stream<Line> sentences() {
        return RequirementsIndex.read().stream().filter(line -> !line.seed().isEmpty());
    }

    @Test
    void thereAreFortyFourSentences() {
        List<String> numbers =
                IntStream.rangeClosed(1, 44).mapToObj(n -> "S" + n).toList();

        assertThat(sentences().map(Line::seed).distinct()).containsExactlyInAnyOrderElementsOf(numbers);
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void hasAPair(Line line) {
        if (NOT_DECIDED.contains(line.state())) {
            return;
        }
        RuleCases cases = RuleCases.of(line.id()).orElseThrow(() -> new AssertionError(line + " has no examples"));

        assertThat(under(cases, "violated"))
                .as("%s %s: networks that break it", line.seed(), line.id())
                .isTrue();
        assertThat(under(cases, "passed") || cases.reasons().containsKey("cannotPass"))
                .as("%s %s: networks that keep it", line.seed(), line.id())
                .isTrue();
    }

    private static boolean under(RuleCases cases, String outcome) {
        return cases.cases().stream()
                .filter(example -> example.baseline().equals("seed"))
                .anyMatch(
                        example -> example.idsThatAre(outcome, cases.decides()).contains(cases.id()));
    }
}
