package dev.netkb.test;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.edit.LoadedRules;
import dev.netkb.api.rules.RuleItem;
import dev.netkb.api.rules.RuleMutant;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Level;
import dev.netkb.api.rules.RuleProblem.Spot;
import dev.netkb.api.rules.RuleTestReport;
import dev.netkb.api.rules.RuleTestReport.Case;
import dev.netkb.api.rules.RuleTestReport.Coverage;
import dev.netkb.api.rules.RuleTestReport.Mutation;
import dev.netkb.api.rules.RuleTestReport.Survivor;
import dev.netkb.model.value.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The examples of a folder of rules, run without JUnit: {@code examples/*.yaml}, which start from the networks in
 * {@code examples/bases} or from those of this library, such as {@code external}.
 */
public final class ExampleSuite {

    private static final String EXAMPLES = "examples";
    private static final Pattern SENTENCE =
            Pattern.compile("^[-\\s{]*(?<key>it):\\s+[\"']?(?<sentence>[^\"'#]+?)[\"']?\\s*$");

    private static final Pattern QUOTED = Pattern.compile("'([^'\n]+)'");

    private final Path folder;
    private final List<Example> examples;
    private final List<RuleProblem> problems;

    private ExampleSuite(Path folder, List<Example> examples, List<RuleProblem> problems) {
        this.folder = folder;
        this.examples = List.copyOf(examples);
        this.problems = List.copyOf(problems);
    }

    /** A case, ready to run. */
    private record Example(ExampleFile file, ExampleFile.Case it, ExampleNetwork base) {

        Optional<List<String>> unmet(ExampleRun run) {
            List<String> unmet;
            try {
                unmet = run.unmet(file.rule(), it, base);
            } catch (ExampleException e) {
                unmet = List.of(String.valueOf(e.getMessage()));
            }
            return unmet.isEmpty() ? Optional.empty() : Optional.of(unmet);
        }

        /** Why its networks cannot be made, empty where they can. */
        Optional<String> notBuilt() {
            try {
                it.before(base).read(EXAMPLES);
                if (it.hasSides()) {
                    it.after(base).read(EXAMPLES);
                }
                return Optional.empty();
            } catch (ExampleException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }

        boolean isAbout(String rule) {
            return file.rule().equals(rule)
                    || it.then().stream().anyMatch(e -> e.rule().equals(rule));
        }
    }

    /** Reads the examples of a folder of rules; what cannot be read is among the {@link #problems}. */
    public static ExampleSuite read(Path folder) {
        ExampleFolder read = ExampleFolder.read(folder.resolve(EXAMPLES));
        List<RuleProblem> problems = new ArrayList<>();
        read.unreadable().forEach(each -> problems.add(unreadable(folder, each)));
        Map<String, ExampleNetwork> bases = new HashMap<>(read.bases());
        List<Example> examples = new ArrayList<>();
        for (ExampleFile file : read.files()) {
            if (file.cases().isEmpty()) {
                problems.add(withoutCases(folder, file));
            }
            for (ExampleFile.Case each : file.cases()) {
                Optional.ofNullable(bases.get(each.base()))
                        .or(() -> PackagedBases.named(each.base()))
                        .ifPresentOrElse(
                                base -> {
                                    bases.put(each.base(), base);
                                    Example example = new Example(file, each, base);
                                    example.notBuilt()
                                            .ifPresentOrElse(
                                                    why -> problems.add(notBuilt(folder, file, each, why)),
                                                    () -> examples.add(example));
                                },
                                () -> problems.add(unknownBase(
                                        folder, file, each, read.bases().keySet())));
            }
        }
        return new ExampleSuite(folder, examples, problems);
    }

    private static RuleProblem unreadable(Path folder, ExampleFolder.Unreadable file) {
        Spot at = Spot.of(EXAMPLES + "/" + file.file());
        RuleProblem told = file.problem();
        if (told == null) {
            return problem(
                    folder,
                    at,
                    null,
                    file.message(),
                    "Mend the file: its keys are explained in docs/rule-examples.md.");
        }
        Spot place = new Spot(
                at.file(), told.at().line(), told.at().column(), null, told.at().length());
        return new RuleProblem(told.code(), told.level(), place, null, told.message(), told.excerpt(), told.hint())
                .in(folder.toString());
    }

    private static RuleProblem withoutCases(Path folder, ExampleFile file) {
        return problem(
                folder,
                Spot.of(EXAMPLES + "/" + file.file().getFileName()),
                file.rule(),
                "the file has no case, so it shows nothing",
                "Write cases: and below it what happens and what must come out, each with it, with and then;"
                        + " docs/rule-examples.md shows how.");
    }

    private static RuleProblem notBuilt(Path folder, ExampleFile file, ExampleFile.Case example, String why) {
        return problem(
                folder,
                Spot.of(EXAMPLES + "/" + file.file().getFileName()),
                file.rule(),
                "the case '" + example.it() + "' cannot be run: " + why,
                "Mend what the case changes; docs/rule-examples.md explains it.");
    }

    private static RuleProblem unknownBase(Path folder, ExampleFile file, ExampleFile.Case example, Set<String> own) {
        Set<String> known = new TreeSet<>(own);
        known.addAll(PackagedBases.names());
        return problem(
                folder,
                Spot.of(EXAMPLES + "/" + file.file().getFileName()),
                file.rule(),
                "the case '" + example.it() + "' starts from the network '" + example.base()
                        + "', which does not exist." + Nearest.question(example.base(), known),
                "Use one of " + String.join(", ", known) + ", or write " + EXAMPLES + "/bases/" + example.base()
                        + ".yaml.");
    }

    private static RuleProblem problem(Path folder, Spot at, @Nullable String rule, String message, String hint) {
        Spot place = at.line() > 0 ? at : placeOfCase(folder, at, message);
        return new RuleProblem("KB-E370", Level.ERROR, place, rule, message, null, hint).in(folder.toString());
    }

    /** Where the case stands whose sentence a message quotes; the file where it quotes none. */
    private static Spot placeOfCase(Path folder, Spot file, String message) {
        List<String> lines;
        try {
            lines = Files.readAllLines(folder.resolve(file.file()));
        } catch (IOException e) {
            return file;
        }
        for (int i = 0; i < lines.size(); i++) {
            Matcher sentence = SENTENCE.matcher(lines.get(i));
            if (sentence.find() && message.contains(sentence.group("sentence"))) {
                String rest = message.replace(sentence.group("sentence"), "");
                Spot named = placeOfValue(file, lines, i + 1, rest);
                return named == null ? Spot.of(file.file(), i + 1, sentence.start("key") + 1, 0) : named;
            }
        }
        return file;
    }

    /** Where, in the case that goes on at a line, the first thing stands that a message quotes; null where it does not. */
    private static @Nullable Spot placeOfValue(Spot file, List<String> lines, int from, String message) {
        Matcher quoted = QUOTED.matcher(message);
        while (quoted.find()) {
            String word = quoted.group(1);
            Pattern whole = Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])");
            for (int i = from;
                    i < lines.size() && !SENTENCE.matcher(lines.get(i)).find();
                    i++) {
                Matcher found = whole.matcher(lines.get(i));
                if (found.find()) {
                    return Spot.of(file.file(), i + 1, found.start() + 1, word.length());
                }
            }
        }
        return null;
    }

    /** What keeps examples from being run; file names begin with the folder. */
    public List<RuleProblem> problems() {
        return problems;
    }

    public boolean isEmpty() {
        return examples.isEmpty();
    }

    /**
     * Runs all examples.
     *
     * @param rules rules among which are those of the folder
     * @param mutate whether to try changes of the rules and rows of the folder
     * @param progress is told how many changes have been tried
     */
    public RuleTestReport run(LoadedRules rules, boolean mutate, IntConsumer progress) {
        Trace trace = new Trace();
        ExampleRun run = new ExampleRun(rules.knowledgeBase().traced(trace));
        List<Case> cases = new ArrayList<>();
        List<Example> passing = new ArrayList<>();
        for (Example example : examples) {
            List<String> unmet = example.unmet(run).orElse(List.of());
            if (unmet.isEmpty()) {
                passing.add(example);
            }
            cases.add(new Case(
                    EXAMPLES + "/" + example.file().file().getFileName(),
                    example.file().rule(),
                    example.it().it(),
                    unmet));
        }
        List<Coverage> coverage = rules.items(folder).stream()
                .map(item -> new Coverage(item, trace.missing(item)))
                .toList();
        return new RuleTestReport(
                folder.toString(), cases, coverage, mutate ? mutation(rules, passing, progress) : null);
    }

    /** Only examples that pass can notice something. */
    private Mutation mutation(LoadedRules rules, List<Example> passing, IntConsumer progress) {
        int tried = 0;
        List<Survivor> survivors = new ArrayList<>();
        for (RuleMutant mutant : rules.mutants(folder)) {
            Optional<KnowledgeBase> changed = mutant.rules().get();
            if (changed.isPresent()) {
                progress.accept(++tried);
                if (!isNoticed(mutant.item(), changed.get(), passing)) {
                    survivors.add(new Survivor(mutant.item(), mutant.place(), mutant.change()));
                }
            }
        }
        return new Mutation(tried, tried - survivors.size(), survivors);
    }

    /** The examples of the changed id come first: they are the ones that should notice it. */
    private static boolean isNoticed(RuleItem item, KnowledgeBase changed, List<Example> passing) {
        ExampleRun run = new ExampleRun(changed);
        return passing.stream()
                .sorted(Comparator.comparing(example -> !example.isAbout(item.id())))
                .anyMatch(example -> example.unmet(run).isPresent());
    }
}
