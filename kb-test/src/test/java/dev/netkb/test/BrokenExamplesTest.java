package dev.netkb.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.rules.RuleProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples are read as all files in YAML are: their editor is told the place, in plain words. */
class BrokenExamplesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rule: T-1\\n\\tbase: external\\n | 2:1 | begins with a tab",
                "rule: 'T-1\\n | 1:7 | the quote that begins here is never closed",
                "rule: T-1\\nbase: [external\\n | 2:7 | the '[' that begins here is never closed",
                "rule: T-1\\nrule: T-1\\n | 2:1 | 'rule' stands twice, first in line 1",
                "rule: T-1\\ncases:\\n- it: is\\n  then:passed\\n | 4:3 | no blank behind the colon of 'then'",
                "rule: @T-1\\n | 1:7 | begins with '@' needs quotes",
                "a: &a 1\\nb: *a\\n | 1:4 | begins with '&' needs quotes",
                "rule: T-1\\n---\\nrule: T-2\\n | 3:1 | a second document",
                "- rule: T-1\\n | 1:1 | must be a map",
                "`` | 1:1 | the file is empty",
                "rule: \u0007\\n | 1:7 | U+0007",
            })
    void everyOneIsExplainedInPlainWords(String text, String place, String words) throws IOException {
        Files.createDirectories(folder.resolve("examples"));
        Files.writeString(
                folder.resolve("examples/T-1.yaml"), text.replace("\\n", "\n").replace("\\t", "\t"));

        check(place, words);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, 1:1, may be UTF-16", "ISO-8859-1, 1:8, is not UTF-8: byte FC"})
    void anotherEncodingIsTold(String charset, String place, String words) throws IOException {
        Files.createDirectories(folder.resolve("examples"));
        byte[] bytes = "about: \u00fcbung\n".getBytes(charset);
        Files.write(folder.resolve("examples/T-1.yaml"), bytes);

        check(place, words);
    }

    private void check(String place, String words) {
        assertThat(ExampleSuite.read(folder).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("KB-E370");
            assertThat(problem.at().text()).isEqualTo(folder + "/examples/T-1.yaml:" + place);
            assertThat(problem.message()).contains(words);
            assertThat(said(problem))
                    .doesNotContain(
                            "Exception", "com.", "org.", "java.", "Stream", "while ", "reader", "token", "scalar");
        });
    }

    private static String said(RuleProblem problem) {
        return problem.message() + problem.hint();
    }

    @ParameterizedTest
    @CsvSource({
        "a: 1, 1",
        "a: 1.10, 1.10",
        "a: yes, true",
        "a: off, false",
        "a: true, true",
        "a: 007, 007",
        "a: '', ''",
        "a: 1e3, 1e3"
    })
    void valuesAreReadAsYamlMeansThem(String yaml, String text) {
        assertThat(YamlText.object(yaml, "x").get("a").asText()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"a:", "a: null", "a: ~"})
    void nothingIsNull(String yaml) {
        assertThat(YamlText.object(yaml, "x").get("a").isNull()).isTrue();
    }
}
