package dev.netkb.api.internal.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.netkb.api.accept.KnownViolations;
import dev.netkb.api.accept.Waivers;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RulesRejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files in YAML as people break them. Whichever file of a folder it is, its editor is told the place, what is wrong there in
 * plain words and a way out; how a parser works is not his business.
 */
class BrokenYamlTest {

    /** Words of parsers, of Java and of its libraries. */
    private static final List<String> NOT_FOR_READERS = List.of(
            "Exception",
            "com.",
            "org.",
            "java.",
            "Stream",
            "while parsing",
            "while scanning",
            "reader",
            "token",
            "<block",
            "scalar",
            "null",
            "Constraint");

    /** What an editor wrote, where he is told about it, and in which words. */
    private record Broken(byte[] bytes, String place, String words) {

        static Broken of(String text, String place, String words) {
            return new Broken(text.getBytes(StandardCharsets.UTF_8), place, words);
        }
    }

    private static final List<Broken> BROKEN = List.of(
            Broken.of("name: web\n\tversion: 1\n", "2:1", "begins with a tab"),
            Broken.of("\tname: web\n", "1:1", "begins with a tab"),
            Broken.of("a: \t@x\n", "1:4", "here stands a tab"),
            Broken.of("name: 'web\nversion: 1\n", "1:7", "the quote that begins here is never closed"),
            Broken.of("name: \"web\nversion: 1\n", "1:7", "the quote that begins here is never closed"),
            Broken.of("name: 'don't'\n", "1:12", "more text stands behind the closing quote"),
            Broken.of("path: \"C:\\qrules\"\n", "1:11", "a backslash begins a special character"),
            Broken.of("name: web\n  version: 1\n", "2:3", "does not begin in the column"),
            Broken.of(" name: web\nversion: 1\n", "2:1", "does not begin in the column"),
            Broken.of("a:\n  b: 1\n c: 2\n", "3:2", "does not begin in the column"),
            Broken.of("version: 1: 2\n", "1:11", "a second colon stands in this line"),
            Broken.of("name: &x web\nversion: 1\n", "1:7", "begins with '&' needs quotes"),
            Broken.of("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "1:4", "begins with '&' needs quotes"),
            Broken.of("subject: */shop\n", "1:10", "begins with '*' needs quotes"),
            Broken.of("a: *\n", "1:4", "begins with '*' needs quotes"),
            Broken.of("owner: !team\n", "1:8", "begins with '!' needs quotes"),
            Broken.of("a: !!binary \"@@@\"\n", "1:4", "begins with '!' needs quotes"),
            Broken.of("share: %50\n", "1:8", "begins with '%' needs quotes"),
            Broken.of("% a comment\na: 1\n", "1:1", "'%'"),
            Broken.of("owner: @team\n", "1:8", "begins with '@' needs quotes"),
            Broken.of("rule: `C-NET-05`\n", "1:7", "begins with '`' needs quotes"),
            Broken.of("a: [1, 2\nb: 3\n", "1:4", "the '[' that begins here is never closed"),
            Broken.of("a: {x: 1\nb: 3\n", "1:4", "the '{' that begins here is never closed"),
            Broken.of("a: [1, 2\n", "1:4", "the '[' that begins here is never closed"),
            Broken.of("a: [b]]\n", "1:7", "the ']' here closes nothing"),
            Broken.of("a: , b\n", "1:4", "before the ',' here a value is missing"),
            Broken.of("{severity:warning}\n", "1:2", "no blank behind the colon of 'severity'"),
            Broken.of("C-NET-05: {severity:warning}\n", "1:12", "no blank behind the colon of 'severity'"),
            Broken.of("C-NET-05:\n  severity:warning\n", "2:3", "no blank behind the colon of 'severity'"),
            Broken.of("name: web\nversion:1\nother: 2\n", "2:1", "no blank behind the colon of 'version'"),
            Broken.of("name:web\nversion: 1\n", "1:1", "no blank behind the colon of 'name'"),
            Broken.of("name:web\n", "1:1", "no blank behind the colon of 'name'"),
            Broken.of("name\nversion: 1\n", "1:1", "no colon behind the key"),
            Broken.of("name: web\nversion\nother: 1\n", "2:1", "no colon behind the key"),
            Broken.of("a: - b\n", "1:4", "a list cannot begin here"),
            Broken.of("a: 1\n- b\n", "2:1", "an entry of a list stands among keys"),
            Broken.of("- a\nb: 1\n", "2:1", "a key stands among the entries of a list"),
            Broken.of("a: |x\n b\n", "1:5", "behind '|'"),
            Broken.of("? [a]\n: b\n", "1:4", "a key is no text here"),
            Broken.of("a: 1\n---\nb: 2\n", "3:1", "a second document begins here"),
            Broken.of("a: 1\n...\nb\n", "3:1", "does not begin in the column"),
            Broken.of("a: " + "[".repeat(3_000) + "\n", "1:20", "nested more than 16 levels deep"),
            Broken.of("a: " + "{b: ".repeat(3_000) + "\n", "1:68", "nested more than 16 levels deep"),
            Broken.of("a: " + "9".repeat(5_000) + "\n", "1:4", "this number has more than 100 digits"),
            Broken.of("a: " + "x".repeat(40_000) + "\n", "1:4", "more than 32767 characters"),
            Broken.of("a: 1\n".repeat(700_000), "1:1", "more than 3000000 characters"),
            Broken.of("a: b\u0007c\n", "1:5", "a character that is no text: U+0007"),
            Broken.of("a: 1\nb: x\u0000y\n", "2:5", "the file is not text"),
            new Broken("a: 1\n".getBytes(StandardCharsets.UTF_16LE), "1:1", "may be UTF-16 without a mark"),
            new Broken("a: 1\n".getBytes(StandardCharsets.UTF_16BE), "1:1", "may be UTF-16 without a mark"),
            new Broken("a: f\u00fcr\n".getBytes(StandardCharsets.ISO_8859_1), "1:5", "is not UTF-8: byte FC"),
            new Broken(new byte[] {'P', 'K', 3, 4, 0, 0}, "1:1", "a workbook or an archive"),
            new Broken(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0}, "1:1", "is not UTF-8: byte 89"),
            new Broken(new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0, ':'}, "1:2", "cut off or is not UTF-16"));

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyOneIsExplainedInPlainWords() {
        return BROKEN.stream()
                .flatMap(broken -> READERS.entrySet().stream()
                        .map(reader -> DynamicTest.dynamicTest(
                                reader.getKey() + ": " + broken.words() + " at " + broken.place(),
                                () -> check(broken, reader.getKey(), reader.getValue()))));
    }

    /** Reads a file and knows all that is wrong. */
    private interface Reading {
        List<RuleProblem> problems(Path file);
    }

    private static final Map<String, Reading> READERS = Map.of(
            "pack.yaml",
            BrokenYamlTest::folder,
            "parameters.yaml",
            BrokenYamlTest::folder,
            "waivers.yaml",
            file -> rejected(() -> Waivers.load(file, Map.of())),
            "known.yaml",
            file -> rejected(() -> KnownViolations.load(file, Map.of())));

    private static List<RuleProblem> folder(Path file) {
        return RuleFolder.read(file.getParent(), SmallPack.pack()).problems();
    }

    private static List<RuleProblem> rejected(Runnable load) {
        return catchThrowableOfType(RulesRejectedException.class, load::run).problems();
    }

    private void check(Broken broken, String name, Reading reading) throws IOException {
        Path file = Files.createTempDirectory(folder, "broken").resolve(name);
        Files.write(file, broken.bytes());

        List<RuleProblem> problems = reading.problems(file);

        assertThat(problems).isNotEmpty();
        RuleProblem first = problems.get(0);
        assertThat(first.at().text()).endsWith(name + ":" + broken.place());
        assertThat(first.message()).contains(broken.words());
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.code()).matches("KB-E3[0-9]{2}");
            assertThat(problem.hint()).isNotBlank();
            assertThat(problem.message() + problem.hint()).doesNotContain(NOT_FOR_READERS);
        });
    }

    @TestFactory
    Stream<DynamicTest> aKeyThatStandsTwiceIsTold() {
        return Stream.of("pack.yaml", "parameters.yaml")
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> check(
                                Broken.of("# two\nnetworkStatusMinutes: 3\nnetworkStatusMinutes: 4\n", "3:1", "twice"),
                                name,
                                file -> folder(file).stream()
                                        .filter(problem -> problem.message().contains("twice"))
                                        .toList())));
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoMapOrNoListIsTold() {
        return Map.of("pack.yaml", "- a\n", "parameters.yaml", "- a\n", "waivers.yaml", "a: b\n", "known.yaml", "[]\n")
                .entrySet()
                .stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getKey(),
                        () -> check(Broken.of(file.getValue(), "1:1", ""), file.getKey(), READERS.get(file.getKey()))));
    }

    /** Whatever somebody types. */
    @Property(tries = 5_000)
    void anyTextIsReadOrExplained(@ForAll("texts") String text) {
        List<RuleProblem> problems = new ArrayList<>();

        SettingsText.Item item = SettingsText.of("x.yaml", text).parse("KB-E305", problems);

        assertThat(item == null).isEqualTo(!problems.isEmpty());
        assertThat(problems).allSatisfy(problem -> {
            List<String> lines = text.lines().toList();
            assertThat(problem.at().line()).isBetween(1, Math.max(1, lines.size()));
            assertThat(problem.at().column())
                    .isBetween(
                            1,
                            lines.isEmpty()
                                    ? 1
                                    : lines.get(problem.at().line() - 1).length() + 2);
            assertThat(problem.message() + problem.hint()).doesNotContain(NOT_FOR_READERS);
        });
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a",
                        "b",
                        ":",
                        ": ",
                        "- ",
                        "\n",
                        "\n",
                        "\n  ",
                        " ",
                        "[",
                        "]",
                        "{",
                        "}",
                        "'",
                        "\"",
                        ",",
                        "#",
                        "&",
                        "*",
                        "!",
                        "%",
                        "@",
                        "`",
                        "|",
                        ">",
                        "?",
                        "~",
                        "\t",
                        "\\",
                        "---\n",
                        "...",
                        "1",
                        ".",
                        "<<",
                        "\u00fc",
                        "\ud83d\ude00",
                        "\u2028",
                        "\u0085",
                        "\ufeff",
                        "\u0000",
                        "\r",
                        "!!int ",
                        "!!binary ",
                        "\ud800")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }
}
