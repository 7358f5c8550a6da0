package dev.netkb.api.internal.drools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.internal.drools.language.KnownNames;
import dev.netkb.api.internal.pack.RuleFile;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.Trust;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what changed is compiled, what was compiled is kept, and what does not compile is told in words for rule editors. */
class RuleCompilerTest {

    private static final ClassLoader LOADER = RuleCompilerTest.class.getClassLoader();
    private static final String IMPORTS =
            "package custom; import dev.netkb.model.azure.*; import dev.netkb.model.derived.*;";

    @TempDir
    private Path folder;

    /** How many texts were compiled, build by build. */
    private final List<Integer> builds = new ArrayList<>();

    // ---- units

    @Test
    void anEditOfOneRuleCompilesOneRule() {
        RuleCompiler compiler = compiler(null);
        List<RuleText> rules = rules(6);
        compile(compiler, rules);
        List<RuleText> edited = replaced(rules, 2, rule(2, "priority < 200"));

        List<Model> models = compile(compiler, edited);

        assertThat(builds).containsExactly(6, 1);
        assertThat(names(models)).containsExactlyInAnyOrderElementsOf(namesOf(edited));
        assertThat(names(models)).doesNotHaveDuplicates();
        assertThat(compile(compiler, edited)).hasSize(2);
        assertThat(builds).hasSize(2);
    }

    @Test
    void aTextInWhichTheEngineReadsSomethingElseIsNotCompiled() {
        RuleText rule = rule(3, "priority < 100");
        List<RuleProblem> problems = new ArrayList<>();

        List<Model> models =
                compiler(null).compile(List.of(rule.withText(rule.text() + "\nfunction void f() {}")), problems);

        assertThat(models).isEmpty();
        assertThat(builds).isEmpty();
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("KB-E330");
            assertThat(problem.at().text()).isEqualTo("rules.drl:31");
            assertThat(problem.rule()).isEqualTo("OWN-3 rule");
            assertThat(problem.excerpt()).startsWith("rule \"OWN-3 rule\"");
        });
    }

    @Test
    void aRuleThatOnlyMovedIsNotCompiledAgain() {
        RuleCompiler compiler = compiler(null);
        RuleText rule = rule(1, "priority < 100");
        compile(compiler, List.of(rule));

        compile(
                compiler,
                List.of(new RuleText("other.drl", 77, rule.names(), rule.ids(), rule.preamble(), rule.text())));

        assertThat(builds).containsExactly(1);
    }

    @Test
    void aUnitOfWhichLittleIsLeftIsCompiledAnew() {
        RuleCompiler compiler = compiler(null);
        List<RuleText> rules = rules(5);
        compile(compiler, rules);

        List<Model> models = compile(compiler, rules.subList(0, 2));

        assertThat(builds).containsExactly(5, 2);
        assertThat(models).hasSize(1);
        assertThat(names(models)).containsExactlyInAnyOrderElementsOf(namesOf(rules.subList(0, 2)));
    }

    @Test
    void removedRulesAreGoneAndNothingIsCompiled() {
        RuleCompiler compiler = compiler(null);
        List<RuleText> rules = rules(4);
        compile(compiler, rules);

        List<Model> models = compile(compiler, rules.subList(0, 3));

        assertThat(builds).containsExactly(4);
        assertThat(names(models)).containsExactlyInAnyOrderElementsOf(namesOf(rules.subList(0, 3)));
    }

    @Test
    void manyEditsDoNotPileUpUnits() {
        RuleCompiler compiler = compiler(null);
        List<RuleText> rules = rules(2);
        int most = 0;
        for (int i = 0; i < 30; i++) {
            most = Math.max(
                    most,
                    compile(compiler, replaced(rules, i % 2, rule(i % 2, "priority < " + i)))
                            .size());
        }

        assertThat(most).isLessThanOrEqualTo(2);
    }

    @Test
    void afterABadEditTheGoodRulesNeedNoCompiling() {
        RuleCompiler compiler = compiler(null);
        List<RuleText> rules = rules(3);
        compile(compiler, rules);
        List<RuleProblem> problems = new ArrayList<>();

        assertThat(compiler.compile(replaced(rules, 1, rule(1, "prioritie < 100")), problems))
                .isEmpty();
        assertThat(problems).hasSize(1);
        builds.clear();
        compile(compiler, rules);

        assertThat(builds).isEmpty();
    }

    @Test
    void rulesOfOneNameFromTwoFoldersDoNotCollide() {
        List<Model> models = compile(compiler(null), List.of(rule(1, "priority < 100"), rule(1, "priority < 200")));

        assertThat(models).hasSize(2);
    }

    // ---- cache

    @Test
    void theNextStartCompilesNothing() {
        List<RuleText> rules = rules(3);
        compile(compiler(folder), rules);
        builds.clear();

        List<Model> models = compile(compiler(folder), rules);

        assertThat(builds).isEmpty();
        assertThat(names(models)).containsExactlyInAnyOrderElementsOf(namesOf(rules));
    }

    @Test
    void theNextStartAfterAnEditCompilesNothing() {
        List<RuleText> rules = rules(3);
        RuleCompiler before = compiler(folder);
        compile(before, rules);
        List<RuleText> edited = replaced(rules, 0, rule(0, "priority < 200"));
        compile(before, edited);
        builds.clear();

        List<Model> models = compile(compiler(folder), edited);

        assertThat(builds).isEmpty();
        assertThat(names(models)).containsExactlyInAnyOrderElementsOf(namesOf(edited));
    }

    @Test
    void aDamagedFileIsCompiledAnew() throws IOException {
        List<RuleText> rules = rules(1);
        compile(compiler(folder), rules);
        byte[] good = Files.readAllBytes(kept().get(0));
        for (int at : new int[] {0, 40, good.length / 2, good.length - 1}) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            for (Path file : kept()) {
                Files.delete(file);
            }
            Files.write(folder.resolve("damaged.rules"), bad);
            builds.clear();

            assertThat(compile(compiler(folder), rules)).hasSize(1);
            assertThat(builds).as("byte %d", at).containsExactly(1);
        }
        Files.write(folder.resolve("short.rules"), new byte[] {1, 2, 3});
        Files.createDirectory(folder.resolve("folder.rules"));
        assertThat(compile(compiler(folder), rules)).hasSize(1);
    }

    @Test
    void whatWasCompiledAtFullTrustIsOfNoUseAtTheRestrictedLevel() {
        RuleText rule = rule(1, "priority < 100");
        RuleText file = new RuleText("r.drl", 1, rule.names(), rule.ids(), "", IMPORTS + rule.text());
        compile(new RuleCompiler(LOADER, Trust.FULL, folder, texts -> builds.add(texts.size())), List.of(file));

        compile(compiler(folder), List.of(file));

        assertThat(builds).containsExactly(1, 1);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoError() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        assertThat(compile(compiler(file), rules(1))).hasSize(1);
    }

    @Test
    void manyProcessesCanShareAFolder() throws Exception {
        List<RuleText> rules = rules(2);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Set<String>>> all = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> {
                        List<RuleProblem> problems = new ArrayList<>();
                        List<Model> models =
                                new RuleCompiler(LOADER, Trust.RESTRICTED, folder).compile(rules, problems);
                        assertThat(problems).isEmpty();
                        return (Set<String>) new TreeSet<>(names(models));
                    }))
                    .toList();
            for (Future<Set<String>> names : all) {
                assertThat(names.get()).containsExactlyInAnyOrderElementsOf(namesOf(rules));
            }
        } finally {
            threads.shutdown();
        }
        compile(compiler(folder), rules);
        assertThat(builds).isEmpty();
    }

    // ---- full trust

    @Test
    void aFileOfFullTrustHasItsOwnPackageFunctionsAndTypes() {
        RuleText file = new RuleText(
                "r.drl",
                1,
                List.of("OWN-1 x"),
                Set.of("OWN-1"),
                "",
                IMPORTS + "\ndeclare Own\n  name : String\nend\n"
                        + "function Own own(String name) { Own own = new Own(); own.setName(name); return own; }\n"
                        + "rule \"OWN-1 x\"\nwhen\n  $r : NsgRule()\nthen\n  insert(own(System.lineSeparator()));\nend\n");

        List<Model> models = compile(new RuleCompiler(LOADER, Trust.FULL, null), List.of(file));

        assertThat(KieBaseBuilder.createKieBaseFromModel(models).getFactType("custom", "Own"))
                .isNotNull();
    }

    private static RuleText trusted(String text) {
        RuleLanguage.Checked checked = RuleLanguage.check(
                List.of(new RuleFile("own.drl", text)),
                Trust.FULL,
                new KnownNames(Set.of(), Set.of(), Set.of(), Set.of(), List.of()));
        assertThat(checked.problems()).isEmpty();
        return checked.rules().get(0);
    }

    @Test
    void fullTrustKnowsTheTypesThatRestrictedRulesKnow() {
        RuleText file = trusted("""
                // ours
                /* and
                   yours */ package custom
                rule "OWN-1 x" when
                    $a : Applicable( rule == "OWN-1" )
                    $r : NsgRule( direction == Direction.INBOUND, access == Access.ALLOW )
                then
                    insert( Finding.violated( $a, "x" ) );
                end
                """);

        assertThat(compile(new RuleCompiler(LOADER, Trust.FULL, null), List.of(file)))
                .hasSize(1);
    }

    @Test
    void whatAFullyTrustedFileImportsItselfStands() {
        RuleText file = trusted("""
                package custom;
                import dev.netkb.model.azure.*;
                import dev.netkb.model.azure.SecurityAdminRule.Access;
                rule "OWN-1 x" when
                    $a : Applicable( rule == "OWN-1" )
                    $r : SecurityAdminRule( access == Access.ALWAYS_ALLOW )
                then
                    insert( Finding.violated( $a, "x" ) );
                end
                """);

        assertThat(file.preamble())
                .as("what the file does not find by itself")
                .isEqualTo("import dev.netkb.model.derived.Applicable; import dev.netkb.model.derived.Finding;");
        assertThat(compile(new RuleCompiler(LOADER, Trust.FULL, null), List.of(file)))
                .hasSize(1);
    }

    @Test
    void whatAFullyTrustedFileDeclaresItselfStands() {
        RuleText file = trusted("""
                package custom;
                declare Tier
                    units : int
                end
                rule "OWN-1 x" when
                    $l : Location( units == 3 )
                then
                    Tier tier = new Tier();
                    tier.setUnits( $l.units() );
                    insert( tier );
                end
                """);

        assertThat(file.preamble()).isEqualTo("import dev.netkb.model.azure.Location;");
        assertThat(compile(new RuleCompiler(LOADER, Trust.FULL, null), List.of(file)))
                .hasSize(1);
    }

    @Test
    void placesInAFullyTrustedFileAreThoseOfTheAuthor() {
        List<RuleProblem> problems = new ArrayList<>();

        new RuleCompiler(LOADER, Trust.FULL, null).compile(List.of(trusted("""
                package custom;

                rule "OWN-1 x" when
                    $r : NsgRule( prioritie == 1 )
                then
                    insert( Finding.violated( null, "x" ) );
                end
                """)), problems);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.at().text()).isEqualTo("own.drl:4:19");
            assertThat(problem.excerpt()).contains("prioritie == 1");
        });
    }

    // ---- what does not compile

    @Test
    void everyBadRuleIsToldWithItsPlace() {
        List<RuleText> rules = new ArrayList<>(rules(5));
        rules.set(1, rule(1, "prioritie < 100"));
        rules.set(3, rule(3, "priority < 100", "insert( Findin.violated( $a, \"x\" ) );"));
        List<RuleProblem> problems = new ArrayList<>();

        assertThat(compiler(null).compile(rules, problems)).isEmpty();

        assertThat(problems).extracting(RuleProblem::rule).containsExactlyInAnyOrder("OWN-1 rule", "OWN-3 rule");
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.code()).isEqualTo("KB-E359");
            assertThat(problem.message() + problem.hint()).doesNotContain("org.", "java.", "Lambda", "netkb.rules");
        });
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.at().text()).isEqualTo("rules.drl:14:34");
            assertThat(problem.excerpt()).contains("prioritie < 100");
            assertThat(problem.message()).isEqualTo("'prioritie' is no field of the facts that are looked at here");
        });
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.at().text()).isEqualTo("rules.drl:36:13");
            assertThat(problem.message()).isEqualTo("'Findin' is not known here");
        });
    }

    @Test
    void whatARuleMayNotUseIsToldWithItsPlace() {
        List<RuleProblem> problems = new ArrayList<>();

        compiler(null)
                .compile(
                        List.of(
                                rule(0, "name == \"x\"", "insert( $a.getClass() );"),
                                rule(1, "name.repeat(3) == \"xxx\"")),
                        problems);

        assertThat(problems).extracting(RuleProblem::code).containsOnly("KB-E358");
        assertThat(problems)
                .extracting(problem -> problem.at().text() + " " + problem.message())
                .containsExactlyInAnyOrder(
                        "rules.drl:6:16 'getClass' is nothing that a rule of a folder may use",
                        "rules.drl:14:39 'repeat' is nothing that a rule of a folder may use");
    }

    // ---- reload

    @Test
    void reloadsLeaveNoClassLoaderBehind() throws InterruptedException {
        RuleCompiler compiler = compiler(null);
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            loaders.add(loaderOf(compile(compiler, List.of(rule(1, "priority < " + i)))));
        }

        for (int i = 0; i < 20 && alive(loaders) > 1; i++) {
            System.gc();
            Thread.sleep(20);
        }

        assertThat(alive(loaders)).isEqualTo(1); // the one in force
        assertThat(compile(compiler, List.of(rule(1, "priority < 29")))).hasSize(1);
    }

    private static WeakReference<ClassLoader> loaderOf(List<Model> models) {
        KieBaseBuilder.createKieBaseFromModel(models).newKieSession().dispose();
        return new WeakReference<>(models.get(0).getClass().getClassLoader());
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    // ---- rules

    private RuleCompiler compiler(Path cache) {
        return new RuleCompiler(LOADER, Trust.RESTRICTED, cache, texts -> builds.add(texts.size()));
    }

    private static List<Model> compile(RuleCompiler compiler, List<RuleText> rules) {
        List<RuleProblem> problems = new ArrayList<>();
        List<Model> models = compiler.compile(rules, problems);
        assertThat(problems).isEmpty();
        return models;
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static List<RuleText> rules(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> rule(i, "priority < 100"))
                .toList();
    }

    private static List<RuleText> replaced(List<RuleText> rules, int at, RuleText rule) {
        List<RuleText> replaced = new ArrayList<>(rules);
        replaced.set(at, rule);
        return replaced;
    }

    private static RuleText rule(int number, String constraint) {
        return rule(number, constraint, "insert( Finding.violated( $a, \"x\" ).about( $r ) );");
    }

    /** Each takes ten lines of its file. */
    private static RuleText rule(int number, String constraint, String consequence) {
        String id = "OWN-" + number;
        return new RuleText(
                "rules.drl",
                1 + 10 * number,
                List.of(id + " rule"),
                Set.of(id),
                IMPORTS,
                "rule \"" + id + " rule\" @id(\"" + id + "\")\nwhen\n    $a : Applicable( rule == \"" + id
                        + "\" )\n    $r : NsgRule( nsgId != null, " + constraint + " )\nthen\n    " + consequence
                        + "\nend");
    }

    private static List<String> names(List<Model> models) {
        return models.stream()
                .flatMap(model -> model.getRules().stream())
                .map(rule -> rule.getName())
                .toList();
    }

    private static List<String> namesOf(List<RuleText> rules) {
        return rules.stream().flatMap(rule -> rule.names().stream()).toList();
    }
}
