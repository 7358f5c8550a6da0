package dev.netkb.api.internal.drools.language;

import dev.netkb.api.internal.drools.language.Syntax.Annotation;
import dev.netkb.api.internal.drools.language.Token.Kind;
import dev.netkb.api.rules.RuleProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.ParserError;
import org.jspecify.annotations.Nullable;
import org.kie.internal.builder.conf.LanguageLevelOption;

/** What the engine's own parser makes of a text. */
final class EngineParser {

    private static final Pattern LINE = Pattern.compile("[Ll]ine (\\d+):(\\d+)");
    private static final Pattern NEAR =
            Pattern.compile("(?:mismatched input|no viable alternative at input|extraneous input) '([^']*)'");

    private EngineParser() {}

    /** @param rules empty where there are problems */
    record Read(
            List<Described> rules,
            List<RuleProblem> problems,
            @Nullable PackageDescr parsed) {}

    static Read read(SourceText source) {
        List<RuleProblem> problems = new ArrayList<>();
        PackageDescr parsed = null;
        DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
        try {
            parsed = parser.parse(false, source.text());
            for (DroolsError error : parser.getErrors()) {
                problems.add(problem(source, error));
            }
        } catch (Exception | StackOverflowError | AssertionError e) {
            // The engine's parser throws what it likes on texts that it does not expect.
            problems.add(
                    source.problem(
                            LanguageCode.SYNTAX,
                            1,
                            0,
                            0,
                            null,
                            "the file cannot be read as rules",
                            "A text in quotation marks or a bracket that is not closed is the usual cause; take rules out one by one to find it."));
        }
        if (parsed == null && problems.isEmpty()) {
            problems.add(source.problem(
                    LanguageCode.SYNTAX,
                    1,
                    0,
                    0,
                    null,
                    "there is no rule in this file",
                    "Write a rule, or remove the file."));
        }
        List<Described> rules = new ArrayList<>();
        if (parsed != null && problems.isEmpty()) {
            for (RuleDescr rule : parsed.getRules()) {
                rules.add(described(source, rule));
            }
        }
        return new Read(rules, problems, parsed);
    }

    private static RuleProblem problem(SourceText source, DroolsError error) {
        int line = 0;
        int column = 0;
        if (error instanceof ParserError at) {
            line = at.getRow();
            column = Math.max(0, at.getCol());
        }
        Matcher place = LINE.matcher(error.getMessage());
        if (line <= 0 && place.find()) {
            line = Integer.parseInt(place.group(1));
        }
        Matcher near = NEAR.matcher(error.getMessage());
        String found =
                near.find() ? "'" + near.group(1) + "' stands where it cannot be read" : "the text cannot be read here";
        return source.problem(
                LanguageCode.SYNTAX,
                Math.max(1, line),
                column,
                0,
                null,
                found,
                "A word, a bracket or a comma is missing or misspelt here or shortly before.");
    }

    private static Described described(SourceText source, RuleDescr rule) {
        List<Annotation> annotations = new ArrayList<>();
        for (AnnotationDescr annotation : rule.getAnnotations()) {
            Object value = annotation.getValue("value");
            String text = value == null ? "\"\"" : value.toString();
            if (!text.startsWith("\"")) {
                text = "\"" + text + "\"";
            }
            // The engine does not say where metadata stand.
            int line = source.lineOf("@" + annotation.getName(), rule.getLine());
            annotations.add(
                    new Annotation(token(Kind.WORD, annotation.getName(), line, 0), token(Kind.TEXT, text, line, 0)));
        }
        return new Described(
                source, token(Kind.TEXT, "\"" + rule.getName() + "\"", rule.getLine(), rule.getColumn()), annotations);
    }

    private static Token token(Kind kind, String text, int line, int column) {
        return new Token(kind, text, 0, Math.max(1, line), Math.max(0, column));
    }

    /**
     * Whether the engine sees in a text exactly the rule that the grammar of the restricted language saw, and nothing
     * besides.
     */
    static boolean agrees(String text, String name, TreeSet<String> annotations) {
        Read read = read(new SourceText("", text));
        PackageDescr parsed = read.parsed();
        if (parsed == null || !read.problems().isEmpty() || parsed.getRules().size() != 1) {
            return false;
        }
        RuleDescr rule = parsed.getRules().get(0);
        return parsed.getFunctions().isEmpty()
                && parsed.getGlobals().isEmpty()
                && parsed.getFunctionImports().isEmpty()
                && parsed.getAccumulateImports().isEmpty()
                && parsed.getTypeDeclarations().isEmpty()
                && parsed.getEnumDeclarations().isEmpty()
                && parsed.getEntryPointDeclarations().isEmpty()
                && parsed.getWindowDeclarations().isEmpty()
                && parsed.getAttributes().isEmpty()
                && rule.getClass() == RuleDescr.class
                && rule.getName().equals(name)
                && rule.getParentName() == null
                && rule.getAttributes().isEmpty()
                && rule.getNamedConsequences().isEmpty()
                && rule.getAnnotationNames().stream()
                        .map(each -> each.substring(each.lastIndexOf('.') + 1))
                        .collect(java.util.stream.Collectors.toCollection(TreeSet::new))
                        .equals(annotations)
                && String.valueOf(rule.getConsequence()).trim().startsWith("insert");
    }
}
