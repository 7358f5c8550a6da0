package dev.netkb.api.internal.drools.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.internal.pack.RuleFile;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The packaged rules need not keep to the language of folders, but most of those that decide a requirement do: else the
 * language could not say what rules have to say.
 */
class PackagedRulesLanguageTest {

    private static final Pattern TYPE = Pattern.compile("\\b([A-Z][A-Za-z]+)\\(");

    @Test
    void mostRulesThatDecideARequirementAreWithinTheLanguage() throws IOException {
        List<RuleFile> files = files();
        LanguageCheck.Result result = check(files);
        Set<String> outside = result.problems().stream()
                .map(problem -> problem.at().file() + " " + problem.rule())
                .collect(Collectors.toSet());
        int deciding = 0;
        int within = 0;
        for (RuleFile file : files) {
            for (String rule : decidingRules(file)) {
                deciding++;
                within += outside.contains(file.path() + " " + rule) ? 0 : 1;
            }
        }
        if (Boolean.getBoolean("netkb.golden.update")) {
            Map<String, List<String>> why = new TreeMap<>();
            result.problems()
                    .forEach(problem -> why.computeIfAbsent(problem.code(), code -> new ArrayList<>())
                            .add(problem.at().text() + " " + problem.rule() + ": " + problem.message()));
            Path list = Path.of("target", "packaged-rules-outside-the-language.txt");
            Files.writeString(
                    list,
                    within + " of " + deciding + "\n"
                            + why.entrySet().stream()
                                    .map(each -> each.getKey() + " "
                                            + each.getValue().size() + "\n  " + String.join("\n  ", each.getValue()))
                                    .collect(Collectors.joining("\n")));
        }

        assertThat(deciding).isGreaterThan(250);
        assertThat(within).as("within the language, of %s", deciding).isGreaterThan(deciding * 7 / 10);
    }

    @Test
    void theEngineReadsTheSameRulesInThem() throws IOException {
        assertThat(check(files()).problems())
                .noneMatch(problem -> problem.message().contains("another way"));
    }

    /** What rules of folders can match is what evaluations have: types that packaged rules match or insert. */
    @Test
    void everyFactTypeThatPackagedRulesMatchIsListed() throws IOException {
        Set<String> unknown = check(files()).problems().stream()
                .filter(problem -> problem.code().equals(LanguageCode.UNKNOWN_TYPE.code()))
                .map(RuleProblem::message)
                .collect(Collectors.toSet());

        assertThat(unknown).isEmpty();
    }

    @Test
    void everyListedFactTypeStandsInPackagedRulesOrInExports() throws IOException {
        Set<String> named = new HashSet<>(FactCatalogue.exportedTypes());
        // Firewall rules are in every evaluation, though no packaged rule matches them itself.
        named.add("FirewallRule");
        for (RuleFile file : files()) {
            Matcher type = TYPE.matcher(file.text());
            while (type.find()) {
                named.add(type.group(1));
            }
        }

        assertThat(FactCatalogue.types()).isSubsetOf(named);
    }

    private static LanguageCheck.Result check(List<RuleFile> files) {
        return RuleFixtures.readByBoth(LanguageCheck.check(
                files,
                Trust.RESTRICTED,
                new KnownNames(
                        named(files, "id"),
                        Set.of(),
                        named(files, "requires"),
                        named(files, "remediation"),
                        RuleFixtures.TIERS)));
    }

    private static Set<String> named(List<RuleFile> files, String key) {
        Pattern annotation = Pattern.compile("@" + key + "\\(\"([^\"]*)\"");
        return files.stream()
                .flatMap(file -> annotation.matcher(file.text()).results())
                .flatMap(match -> Stream.of(match.group(1).split(", *")))
                .collect(Collectors.toSet());
    }

    private static List<String> decidingRules(RuleFile file) {
        return Pattern.compile("(?m)^rule \"([^\"]+)\"\\s+@id")
                .matcher(file.text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** Each file alone is checked as one of a folder. */
    private static List<RuleFile> files() throws IOException {
        Path folder = Path.of("..", "kb-rules", "src", "main", "resources", "rules");
        try (Stream<Path> paths = Files.walk(folder)) {
            List<RuleFile> files = new ArrayList<>();
            for (Path path : paths.filter(each -> each.toString().endsWith(".drl"))
                    .sorted()
                    .toList()) {
                files.add(new RuleFile(path.getFileName().toString(), Files.readString(path)));
            }
            return files;
        }
    }
}
