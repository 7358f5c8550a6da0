package dev.netkb.api.internal.drools.language;

import dev.netkb.api.internal.drools.language.Syntax.Annotation;
import dev.netkb.api.internal.drools.language.Syntax.Name;
import dev.netkb.api.internal.drools.language.Syntax.Rule;
import dev.netkb.api.internal.pack.RuleFile;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.Trust;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.derived.Finding;
import dev.netkb.model.value.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks files of rules before anything of them is compiled, and tells everything that is wrong at once. What passes at the
 * restricted level is within the language that {@code docs/rule-language.md} describes.
 */
public final class LanguageCheck {

    /** The package of rules of folders. */
    public static final String PACKAGE = "custom";

    static final int LONGEST_RULE = 8_000;
    static final int LONGEST_FILE = 1_000_000;

    /** Short names of nested lists of fixed values, such as {@code Access}. */
    private static final Map<String, Class<?>> SHORT = shortNames();

    private LanguageCheck() {}

    /** @param rules the rules of files without errors */
    public record Result(List<CheckedRule> rules, List<RuleProblem> problems) {}

    private record FileRead(
            SourceText source,
            List<Token> tokens,
            Set<String> unreadable,
            Syntax.File file,
            Map<String, Class<?>> imported) {}

    public static Result check(List<RuleFile> files, Trust trust, KnownNames known) {
        return trust == Trust.FULL ? full(files, known) : restricted(files, known);
    }

    // ---- full trust: the engine's own language

    private static Result full(List<RuleFile> files, KnownNames known) {
        List<RuleProblem> problems = new ArrayList<>();
        List<Described> described = new ArrayList<>();
        List<CheckedRule> rules = new ArrayList<>();
        for (RuleFile file : files) {
            EngineParser.Read read = EngineParser.read(new SourceText(file.path(), file.text()));
            problems.addAll(read.problems());
            described.addAll(read.rules());
            rules.add(new CheckedRule(
                    file.path(),
                    1,
                    read.rules().stream().map(rule -> rule.name().value()).toList(),
                    read.rules().stream()
                            .flatMap(rule -> Stream.ofNullable(rule.id()))
                            .collect(Collectors.toSet()),
                    read.parsed() == null ? "" : DefaultImports.of(read.parsed(), file.text(), importable(), SHORT),
                    file.text()));
        }
        problems.addAll(new MetadataCheck(known, false).run(described));
        return result(rules, problems);
    }

    // ---- restricted: the language of this package

    private static Result restricted(List<RuleFile> files, KnownNames known) {
        List<RuleProblem> problems = new ArrayList<>();
        List<FileRead> read = new ArrayList<>();
        for (RuleFile file : files) {
            SourceText source = new SourceText(file.path(), file.text());
            if (file.text().length() > LONGEST_FILE) {
                problems.add(source.problem(
                        LanguageCode.TOO_LARGE,
                        1,
                        0,
                        0,
                        null,
                        "the file has more than " + LONGEST_FILE + " characters",
                        "Divide it into several files."));
            } else {
                read.add(read(source, problems));
            }
        }
        List<Described> described = read.stream()
                .flatMap(file -> file.file().rules().stream()
                        .map(rule -> new Described(file.source(), rule.name(), rule.annotations())))
                .toList();
        problems.addAll(new MetadataCheck(known, true).run(described));
        Set<String> ids = new TreeSet<>(known.packaged());
        ids.addAll(known.own());
        Map<String, Map<String, Set<String>>> seeds = new HashMap<>();
        for (Described rule : described) {
            if (rule.id() != null) {
                ids.add(rule.id());
                if (rule.isComplete()) {
                    seeds.putIfAbsent(rule.id(), MetadataCheck.seeds(rule));
                }
            }
        }
        List<CheckedRule> rules = new ArrayList<>();
        for (FileRead file : read) {
            for (Rule rule : file.file().rules()) {
                rules.add(meaning(file, rule, ids, seeds, known.tiers(), problems));
            }
        }
        return result(rules, problems);
    }

    private static Result result(List<CheckedRule> rules, List<RuleProblem> problems) {
        Set<String> broken = problems.stream()
                .filter(RuleProblem::isError)
                .map(problem -> problem.at().file())
                .collect(Collectors.toSet());
        return new Result(
                rules.stream().filter(rule -> !broken.contains(rule.file())).toList(),
                problems.stream().distinct().sorted(RuleProblem.ORDER).toList());
    }

    private static FileRead read(SourceText source, List<RuleProblem> problems) {
        Lexer.Read words = Lexer.read(source);
        RuleParser.Parsed parsed = RuleParser.parse(source, words.tokens());
        List<RuleProblem> unreadable = words.problems().stream()
                .map(problem -> inRule(problem, words.tokens(), parsed.starts()))
                .toList();
        problems.addAll(unreadable);
        // What follows from a text that does not end is not told once more.
        parsed.problems().stream()
                .filter(problem -> unreadable.stream().noneMatch(cause -> hides(cause, problem)))
                .forEach(problems::add);
        header(source, words.tokens(), parsed, problems);
        Map<String, Class<?>> imported = new HashMap<>(SHORT);
        parsed.file().imports().forEach(name -> imported(source, name, imported, problems));
        return new FileRead(
                source,
                words.tokens(),
                unreadable.stream()
                        .map(problem -> String.valueOf(problem.rule()))
                        .collect(Collectors.toSet()),
                parsed.file(),
                imported);
    }

    private static boolean hides(RuleProblem cause, RuleProblem problem) {
        boolean sameRule =
                cause.rule() == null ? problem.rule() == null : cause.rule().equals(problem.rule());
        return sameRule
                && cause.code().equals(LanguageCode.UNREADABLE.code())
                && cause.at().line() <= problem.at().line();
    }

    private static RuleProblem inRule(RuleProblem problem, List<Token> tokens, List<Token> starts) {
        String rule = null;
        for (Token start : starts) {
            if (start.line() <= problem.at().line()) {
                rule = tokens.get(tokens.indexOf(start) + 1).value();
            }
        }
        return new RuleProblem(
                problem.code(),
                problem.level(),
                problem.at(),
                rule,
                problem.message(),
                problem.excerpt(),
                problem.hint());
    }

    private static void header(
            SourceText source, List<Token> tokens, RuleParser.Parsed parsed, List<RuleProblem> problems) {
        Name name = parsed.file().packageName();
        String hint = "The first line of a file of rules is: package custom;";
        if (tokens.size() == 1 || parsed.starts().isEmpty() && parsed.problems().isEmpty()) {
            problems.add(source.problem(
                    LanguageCode.SYNTAX,
                    1,
                    0,
                    0,
                    null,
                    "there is no rule in this file",
                    "Write a rule, or remove the file."));
        } else if (name == null) {
            problems.add(source.problem(
                    LanguageCode.PACKAGE, tokens.get(0), null, "the file does not begin with 'package custom;'", hint));
        } else if (!name.text().equals(PACKAGE)) {
            problems.add(source.problem(
                    LanguageCode.PACKAGE,
                    name.at(),
                    null,
                    "the package is '" + name.text() + "', and that of rules of a folder is 'custom'",
                    hint));
        }
    }

    private static void imported(
            SourceText source, Name name, Map<String, Class<?>> imported, List<RuleProblem> problems) {
        String simple = name.text().substring(name.text().lastIndexOf('.') + 1);
        List<Class<?>> all = importable();
        for (Class<?> type : all) {
            if (String.valueOf(type.getCanonicalName()).equals(name.text())) {
                if (type.isEnum()) {
                    imported.put(simple, type);
                }
                return;
            }
        }
        List<String> meant = all.stream()
                .filter(type -> type.getSimpleName().equals(simple))
                .map(Class::getCanonicalName)
                .toList();
        problems.add(source.problem(
                LanguageCode.FORBIDDEN,
                name.at(),
                null,
                "'" + name.text() + "' is no fact type, so rules of a folder must not import it."
                        + (meant.isEmpty()
                                ? Nearest.question(simple, FactCatalogue.types())
                                : " Did you mean " + meant.get(0) + "?"),
                "Remove the line; all fact types are there without it."));
    }

    private static List<Class<?>> importable() {
        List<Class<?>> all = new ArrayList<>();
        FactCatalogue.types().forEach(name -> add(all, FactCatalogue.type(name)));
        FactCatalogue.fixedTypes().forEach(name -> add(all, FactCatalogue.fixed(name)));
        all.add(Finding.class);
        return all;
    }

    private static void add(List<Class<?>> all, @Nullable Class<?> type) {
        if (type != null) {
            all.add(type);
        }
    }

    private static Map<String, Class<?>> shortNames() {
        Map<String, Class<?>> names = new HashMap<>();
        for (String name : FactCatalogue.fixedTypes()) {
            Class<?> type = FactCatalogue.fixed(name);
            if (type != null && type.getEnclosingClass() != null) {
                // Where several types have one of that name, that of rules of security groups is meant.
                names.merge(
                        type.getSimpleName(),
                        type,
                        (one, other) -> other.getEnclosingClass() == NsgRule.class ? other : one);
            }
        }
        return Map.copyOf(names);
    }

    private static CheckedRule meaning(
            FileRead file,
            Rule rule,
            Set<String> ids,
            Map<String, Map<String, Set<String>>> seeds,
            List<String> tiers,
            List<RuleProblem> problems) {
        SourceText source = file.source();
        String name = rule.name().value();
        String id = new Described(source, rule.name(), rule.annotations()).id();
        RuleCheck check = new RuleCheck(
                source, rule, id, ids, seeds.getOrDefault(id == null ? "" : id, Map.of()), file.imported(), tiers);
        List<RuleProblem> found = new ArrayList<>();
        if (rule.end().end() - rule.at().offset() > LONGEST_RULE) {
            found.add(source.problem(
                    LanguageCode.TOO_LARGE,
                    rule.at(),
                    name,
                    "the rule has more than " + LONGEST_RULE + " characters",
                    "Split it into several rules."));
        } else if (!file.unreadable().contains(name)) {
            // Where a text or a character could not be read, what the rule means is not known either.
            found.addAll(check.run());
        }
        String text = withoutComments(file, rule);
        String preamble = preamble(check.used(), file.imported());
        problems.addAll(found);
        return new CheckedRule(
                source.path(), rule.at().line(), List.of(name), id == null ? Set.of() : Set.of(id), preamble, text);
    }

    /**
     * Whether the engine reads a rule that passed as the check did, and nothing besides. Asked before a rule is compiled:
     * one that was compiled earlier does not wait for the engine's parser again.
     *
     * @return what is wrong; empty where both read the same
     */
    public static Optional<RuleProblem> readOtherwise(CheckedRule checked) {
        SourceText source = new SourceText(checked.file(), checked.preamble() + " " + checked.text());
        List<Rule> rules =
                RuleParser.parse(source, Lexer.read(source).tokens()).file().rules();
        boolean same = rules.size() == 1
                && EngineParser.agrees(
                        source.text(),
                        rules.get(0).name().value(),
                        rules.get(0).annotations().stream()
                                .map(Annotation::at)
                                .map(Token::text)
                                .collect(Collectors.toCollection(TreeSet::new)));
        return same
                ? Optional.empty()
                : Optional.of(new SourceText(checked.file(), "\n".repeat(checked.line() - 1) + checked.text())
                        .problem(
                                LanguageCode.SYNTAX,
                                checked.line(),
                                0,
                                0,
                                checked.names().get(0),
                                "the rule engine reads this rule in another way than it is written",
                                "Write it more simply, after the examples in docs/rule-language.md."));
    }

    /** The rule with blanks in the place of comments, so that lines and columns stay. */
    private static String withoutComments(FileRead file, Rule rule) {
        StringBuilder text = new StringBuilder(" ".repeat(rule.at().column() - 1));
        int from = rule.at().offset();
        int end = rule.end().end();
        int at = from;
        for (Token token : file.tokens()) {
            if (token.offset() < from || token.end() > end) {
                continue;
            }
            blank(file.source().text(), at, token.offset(), text);
            text.append(token.text());
            at = token.end();
        }
        return text.toString();
    }

    private static void blank(String text, int from, int to, StringBuilder into) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            into.append(c == '\n' || c == '\r' ? c : ' ');
        }
    }

    private static String preamble(Set<Class<?>> used, Map<String, Class<?>> imported) {
        Set<String> names = new TreeSet<>();
        for (Class<?> type : used) {
            Class<?> outer = type;
            while (outer.getEnclosingClass() != null) {
                outer = outer.getEnclosingClass();
            }
            names.add(outer.getCanonicalName());
            if (outer != type && type.equals(imported.get(type.getSimpleName()))) {
                names.add(type.getCanonicalName());
            }
        }
        return "package " + PACKAGE + "; "
                + names.stream().map(each -> "import " + each + ";").collect(Collectors.joining(" "));
    }

    /** What the language knows, for its documentation. */
    static List<String> metadataKeys() {
        return MetadataCheck.KEYS;
    }
}
