package dev.netkb.api.internal.drools.language;

import dev.netkb.api.internal.pack.RuleFile;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files of rules that stand among the test resources. */
final class RuleFixtures {

    private static final Path ROOT = Path.of("src", "test", "resources", "dev", "netkb", "api");

    static final List<String> TIERS = List.of(
            "Consumption",
            "Developer",
            "Basic",
            "Standard",
            "Premium",
            "Isolated",
            "BasicV2",
            "StandardV2",
            "PremiumV2");

    private static final KnownNames KNOWN = new KnownNames(
            Set.of("C-NET-07", "SEED-TIER"),
            Set.of(),
            Set.of("Subnet.ipConfigurations"),
            Set.of("R-MODE", "R-NSG-RULE-ADD"),
            TIERS);

    private RuleFixtures() {}

    /** The files of a folder, sorted by name. */
    static List<RuleFile> files(String folder) throws IOException {
        try (Stream<Path> paths = Files.list(ROOT.resolve(folder))) {
            return paths.filter(path -> path.toString().endsWith(".drl"))
                    .sorted()
                    .map(path -> new RuleFile(path.getFileName().toString(), read(path)))
                    .toList();
        }
    }

    static LanguageCheck.Result check(RuleFile... files) {
        return readByBoth(LanguageCheck.check(List.of(files), Trust.RESTRICTED, KNOWN));
    }

    /** What passed the check is refused before it is compiled, where the engine would read something else in it. */
    static LanguageCheck.Result readByBoth(LanguageCheck.Result checked) {
        List<RuleProblem> otherwise = checked.rules().stream()
                .flatMap(rule -> LanguageCheck.readOtherwise(rule).stream())
                .toList();
        return otherwise.isEmpty()
                ? checked
                : new LanguageCheck.Result(
                        List.of(),
                        Stream.concat(checked.problems().stream(), otherwise.stream())
                                .toList());
    }

    static LanguageCheck.Result checkTrusted(RuleFile... files) {
        return LanguageCheck.check(List.of(files), Trust.FULL, KNOWN);
    }

    /** What is expected of a folder, as the file beside its rules says; written anew where that is asked for. */
    static String expected(String folder, String actual) throws IOException {
        Path golden = ROOT.resolve(folder).resolve("expected.txt");
        if (Boolean.getBoolean("netkb.golden.update")) {
            Files.writeString(golden, actual);
        }
        return Files.readString(golden);
    }

    /** All problems of the files of a folder, each file checked by itself. */
    static String told(String folder) throws IOException {
        return files(folder).stream()
                .map(file -> file.path() + "\n"
                        + check(file).problems().stream()
                                .map(RuleFixtures::text)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private static String text(RuleProblem problem) {
        return "  " + problem.code() + " " + problem.at().line() + ":"
                + problem.at().column() + " "
                + (problem.rule() == null ? "" : "[" + problem.rule() + "] ") + problem.message() + "\n      "
                + problem.hint() + "\n";
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
