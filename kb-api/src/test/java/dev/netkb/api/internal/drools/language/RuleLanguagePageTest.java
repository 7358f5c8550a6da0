package dev.netkb.api.internal.drools.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.internal.pack.RuleFile;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference of the language, and the pages of what can be wrong, are in step with the code. */
class RuleLanguagePageTest {

    private static final String MARK = "<!-- generated from here on: RuleLanguagePageTest -->\n";
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void factTypesAndFieldsAreThoseOfTheCode() throws IOException {
        Path page = DOCS.resolve("rule-language.md");
        String written = Files.readString(page).split(MARK, 2)[0];
        String wanted = written + MARK + generated();
        if (Boolean.getBoolean("netkb.golden.update")) {
            Files.writeString(page, wanted);
        }

        assertThat(Files.readString(page)).isEqualTo(wanted);
    }

    @Test
    void everyMetadataKeyIsDescribed() throws IOException {
        String page = Files.readString(DOCS.resolve("rule-language.md"));

        assertThat(LanguageCheck.metadataKeys()).allMatch(key -> page.contains("`@" + key + "`"));
    }

    @Test
    void limitsAreThoseOfTheCode() throws IOException {
        assertThat(Files.readString(DOCS.resolve("rule-language.md")))
                .contains(String.format(
                        "%,d characters and %d conditions", LanguageCheck.LONGEST_RULE, RuleCheck.MOST_PATTERNS));
    }

    @Test
    void theExampleOfThePageIsAccepted() throws IOException {
        String page = Files.readString(DOCS.resolve("rule-language.md"));
        String example = page.split("```\n")[1];

        assertThat(RuleFixtures.check(new RuleFile("example.drl", example)).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LanguageCode.class)
    void everyCodeHasAPageWithMeaningExampleAndCure(LanguageCode code) throws IOException {
        Path page = DOCS.resolve("errors").resolve(code.code() + ".md");

        assertThat(page).exists();
        assertThat(Files.readString(page))
                .startsWith("# " + code.code() + ": ")
                .contains("Error: ", "## What it means", "## Example", "## What to do");
    }

    /** Rules can ask only for values: nothing that runs, waits, loads or opens something. */
    @Test
    void whatCanBeAskedOfFactsGivesValues() {
        List<Class<?>> types = FactCatalogue.types().stream()
                .<Class<?>>map(FactCatalogue::type)
                .toList();

        assertThat(types).doesNotContainNull().allSatisfy(type -> {
            assertThat(type.getName()).startsWith("dev.netkb.model.");
            assertThat(FactCatalogue.members(type)).allSatisfy(method -> {
                assertThat(Modifier.isStatic(method.getModifiers())).isFalse();
                assertThat(method.getName()).isNotIn("getClass", "wait", "notify", "notifyAll");
                assertThat(method.getReturnType().getName())
                        .doesNotStartWith("java.lang.Class")
                        .doesNotStartWith("java.util.function")
                        .doesNotStartWith("java.util.stream")
                        .doesNotStartWith("[");
            });
        });
    }

    private static String generated() {
        return "\n## Fact types\n\nFields are asked in `when` by their name, after `then` with brackets. A ? marks those that may be missing.\n\n"
                + FactCatalogue.types().stream().map(RuleLanguagePageTest::type).collect(Collectors.joining("\n"))
                + "\n## Fixed values\n\n| list | values |\n|---|---|\n"
                + FactCatalogue.fixedTypes().stream()
                        .map(name -> "| `" + name + "` | `"
                                + String.join("`, `", Kind.constants(FactCatalogue.fixed(name))) + "` |\n")
                        .collect(Collectors.joining());
    }

    private static String type(String name) {
        Class<?> type = FactCatalogue.type(name);
        return "### " + name + "\n\n"
                + (FactCatalogue.isSingle(type) ? "There is one of it, so it needs no join.\n\n" : "")
                + FactCatalogue.members(type).stream()
                        .map(RuleLanguagePageTest::member)
                        .collect(Collectors.joining());
    }

    private static String member(Method method) {
        Kind kind = Kind.of(method.getAnnotatedReturnType());
        String parameters = Arrays.stream(method.getAnnotatedParameterTypes())
                .map(each -> Kind.of(each).words())
                .collect(Collectors.joining(", "));
        String name = method.getParameterCount() > 0
                ? method.getName() + "( " + parameters + " )"
                : FactCatalogue.fields(method.getDeclaringClass()).stream()
                        .filter(field -> method.equals(FactCatalogue.field(method.getDeclaringClass(), field)))
                        .findFirst()
                        .orElse(method.getName());
        return "- `" + name + "`" + (kind.optional() ? " ?" : "") + ": " + kind.words() + "\n";
    }
}
