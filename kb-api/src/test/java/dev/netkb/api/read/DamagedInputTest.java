package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.report.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is done to a good input, the reader does not throw: it gives a snapshot, or errors that say where. */
class DamagedInputTest {

    private static final List<String> FIXTURES = List.of(
            "dialects/arm-list.json",
            "dialects/arg-table.json",
            "dialects/az.json",
            "dialects/powershell.json",
            "templates/apim.json",
            "templates/apim.parameters.json",
            "shapes/answers.json",
            "network/az.json",
            "network/template.json",
            "terraform/modules.json",
            "terraform/unresolved.json",
            "terraform/azapi.json",
            "terraform/old.json",
            "terraform/update.json",
            "terraform/same-plan.json",
            "terraform/terraform.tfstate.json");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "99999999999999999999",
            "\"\"",
            "\"x\"",
            "\"*\"",
            "\"/\"",
            "\"/subscriptions/s/providers/\"",
            "\"[parameters('x')]\"",
            "\"[concat(\"",
            "[]",
            "{}",
            "[[[]]]",
            "[null, 1, {}]",
            "{\"id\": 1}",
            "{\"properties\": []}",
            "\"\\ud800\"",
            "\"a\\u0000b/c\"");

    /** Words of the parser and of Java, which say nothing to the person who exported. */
    private static final String[] PARSER_WORDS = {
        "Exception",
        "com.fasterxml",
        "java.",
        "end-of-input",
        "VALUE_",
        "(code ",
        "CTRL-CHAR",
        "JsonReadFeature",
        "StreamReadConstraints",
        "Unexpected",
        "Unrecognized",
        "Invalid ",
        "Illegal",
        "ParserMinimalBase"
    };

    @Property(tries = 150)
    void aCutOffFile(@ForAll("fixtures") String fixture, @ForAll Random random) {
        byte[] good = Reading.fixture(fixture);

        check(Arrays.copyOf(good, random.nextInt(good.length)));
    }

    @Property(tries = 300)
    void flippedBytes(@ForAll("fixtures") String fixture, @ForAll Random random) {
        byte[] bytes = Reading.fixture(fixture).clone();
        int flips = 1 + random.nextInt(4);
        for (int i = 0; i < flips; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }

        check(bytes);
    }

    @Property(tries = 600)
    void aValueOfAnotherType(@ForAll("fixtures") String fixture, @ForAll Random random) {
        String text = new String(Reading.fixture(fixture), StandardCharsets.UTF_8);
        int swaps = 1 + random.nextInt(3);
        for (int i = 0; i < swaps; i++) {
            text = swap(text, random);
        }

        check(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 150)
    void aPieceMovedElsewhere(@ForAll("fixtures") String fixture, @ForAll Random random) {
        String text = new String(Reading.fixture(fixture), StandardCharsets.UTF_8);
        List<int[]> values = values(text);
        int[] from = values.get(random.nextInt(values.size()));
        int[] to = values.get(random.nextInt(values.size()));

        check((text.substring(0, to[0]) + text.substring(from[0], from[1]) + text.substring(to[1]))
                .getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 300)
    void bytesOfAnyKind(@ForAll byte[] bytes) {
        check(bytes);
    }

    private static void check(byte[] bytes) {
        ReadResult result = Reading.bytes(bytes);

        List<Problem> errors = result.problems().stream()
                .filter(problem -> problem.level() == Problem.Level.ERROR)
                .toList();
        assertThat(result.snapshot() == null).isEqualTo(!errors.isEmpty());
        assertThat(result.problems()).allSatisfy(problem -> {
            assertThat(problem.at().file()).isEqualTo("a.json");
            assertThat(problem.at().line()).as("%s", problem).isPositive();
            assertThat(problem.message()).isNotBlank().doesNotContain(PARSER_WORDS);
            assertThat(problem.hint()).isNotBlank();
        });
        if (result.snapshot() != null) {
            SnapshotWriterTest.assertComesBack(result.snapshot());
        }
    }

    /** Puts another value in the place of one. */
    private static String swap(String text, Random random) {
        List<int[]> values = values(text);
        int[] at = values.get(random.nextInt(values.size()));
        return text.substring(0, at[0]) + VALUES.get(random.nextInt(VALUES.size())) + text.substring(at[1]);
    }

    /** Begin and end of every value of a JSON text, found by a scanner of its own. */
    private static List<int[]> values(String text) {
        List<int[]> found = new ArrayList<>();
        value(text, 0, found);
        return found;
    }

    private static int value(String text, int from, List<int[]> found) {
        int at = blanks(text, from);
        int start = at;
        char c = text.charAt(at);
        if (c == '{' || c == '[') {
            at = blanks(text, at + 1);
            while (text.charAt(at) != '}' && text.charAt(at) != ']') {
                if (c == '{') {
                    at = blanks(text, string(text, at)) + 1;
                }
                at = blanks(text, value(text, at, found));
                if (text.charAt(at) == ',') {
                    at = blanks(text, at + 1);
                }
            }
            at++;
        } else if (c == '"') {
            at = string(text, at);
        } else {
            while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
                at++;
            }
        }
        found.add(new int[] {start, at});
        return at;
    }

    private static int string(String text, int from) {
        int at = from + 1;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int blanks(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    @Provide
    Arbitrary<String> fixtures() {
        return Arbitraries.of(FIXTURES);
    }
}
