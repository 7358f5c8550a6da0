package dev.netkb.api.internal.drools.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.internal.pack.RuleFile;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.drools.model.codegen.ExecutableModelProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;

/** What rules of folders may say. */
class GoodRulesTest {

    static List<RuleFile> good() throws IOException {
        return RuleFixtures.files("good-rules");
    }

    @ParameterizedTest
    @MethodSource("good")
    void passesAndKeepsItsLines(RuleFile file) {
        LanguageCheck.Result result = RuleFixtures.check(file);

        assertThat(result.problems()).isEmpty();
        assertThat(result.rules()).isNotEmpty().allSatisfy(rule -> {
            String[] lines = file.text().split("\n", -1);
            String first = rule.text().split("\n", -1)[0];
            assertThat(lines[rule.line() - 1]).startsWith(first.stripTrailing());
            assertThat(rule.preamble()).startsWith("package custom; import ").doesNotContain("\n");
            assertThat(rule.text()).doesNotContain("/*").endsWith("end");
            assertThat(rule.ids()).hasSize(1);
        });
    }

    @Test
    void commentsAreBlanks() throws IOException {
        RuleFile file = good().stream()
                .filter(each -> each.path().equals("comments.drl"))
                .findFirst()
                .orElseThrow();

        assertThat(RuleFixtures.check(file).rules().get(0).text())
                .contains("nsgId == null")
                .contains("\"subnet // \"")
                .doesNotContain("none", "then */", "// end");
    }

    @Test
    void theEngineCompilesAllOfThem() throws IOException {
        List<String> texts = RuleFixtures.check(good().toArray(RuleFile[]::new)).rules().stream()
                .map(rule -> rule.preamble() + " " + rule.text())
                .toList();

        assertThat(texts).hasSizeGreaterThan(15);
        assertThat(compileErrors(texts)).isEmpty();
    }

    private static List<Message> compileErrors(List<String> texts) {
        KieServices services = KieServices.get();
        ReleaseId release = services.newReleaseId("dev.netkb", "language-test", "1");
        KieFileSystem files = services.newKieFileSystem();
        files.generateAndWritePomXML(release);
        for (int i = 0; i < texts.size(); i++) {
            files.write("src/main/resources/custom/r" + i + ".drl", texts.get(i));
        }
        KieBuilder builder = services.newKieBuilder(files);
        try {
            builder.buildAll(ExecutableModelProject.class);
            return builder.getResults().getMessages(Message.Level.ERROR);
        } finally {
            services.getRepository().removeKieModule(release);
        }
    }

    /** Whatever the page of the language offers can be written as it stands there. */
    @Test
    void theEngineCompilesEveryFieldThatIsOffered() {
        StringBuilder text = new StringBuilder("package custom; ");
        FactCatalogue.types()
                .forEach(type -> text.append("import ")
                        .append(FactCatalogue.type(type).getCanonicalName())
                        .append("; "));
        for (String type : FactCatalogue.types()) {
            List<String> fields = FactCatalogue.fields(FactCatalogue.type(type));
            text.append("rule \"").append(type).append("\" when ").append(type).append("( ");
            text.append(IntStream.range(0, fields.size())
                    .mapToObj(i -> "$f" + i + " : " + fields.get(i))
                    .collect(Collectors.joining(", ")));
            text.append(" ) then end\n");
        }

        assertThat(compileErrors(List.of(text.toString()))).isEmpty();
    }

    @Test
    void fullTrustChecksOnlyFormAndMetadata() {
        RuleFile anything = new RuleFile("any.drl", """
                package mine;
                import java.util.List;
                function boolean yes() { return true; }
                rule "Derive" salience 10
                when
                    eval( yes() )
                then
                    System.out.println( "x" );
                end
                rule "OPS-900 Judged" @id("OPS-900") @severity("eror") @description("d") @requires("Subnet")
                when
                then
                end
                """);
        LanguageCheck.Result result = RuleFixtures.checkTrusted(anything);

        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(LanguageCode.METADATA_VALUE.code());
            assertThat(problem.at().line()).isEqualTo(10);
            assertThat(problem.message()).contains("\"eror\"", "Did you mean error?");
        });
    }

    @Test
    void fullTrustTellsSyntaxErrorsWithTheirLine() {
        RuleFile broken = new RuleFile("any.drl", """
                package mine;
                rule "One"
                when
                    String( length > )
                then
                end
                """);

        assertThat(RuleFixtures.checkTrusted(broken).problems())
                .isNotEmpty()
                .allMatch(problem -> problem.code().equals(LanguageCode.SYNTAX.code()))
                .anyMatch(problem -> problem.at().line() == 4);
    }
}
