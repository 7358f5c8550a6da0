package dev.netkb.api.internal.drools;

import dev.netkb.api.internal.drools.compile.Fault;
import dev.netkb.api.internal.drools.compile.Refusal;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Level;
import dev.netkb.api.rules.RuleProblem.Spot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a compiler says of a text, in words for those who write rules. It often does not know the place, and speaks of
 * classes that it made itself; so what it quotes is looked for in the text, and nothing else of its words is shown.
 */
final class CompileProblems {

    private static final String REFUSED = "KB-E358";
    private static final String NOT_COMPILED = "KB-E359";

    private static final Pattern RULE = Pattern.compile("^\\s*rule\\s+(?:\"([^\"]+)\"|'([^']+)'|(\\S+))");
    private static final Pattern WHEN = Pattern.compile("(?m)^\\s*when\\b");
    private static final Pattern THEN = Pattern.compile("(?m)^\\s*then\\b");
    private static final Pattern CONSEQUENCE = Pattern.compile(
            "^Unable to parse consequence caused by: \\(line (\\d+),col (\\d+)\\) .*?Found \"(.*?)\",? ");
    private static final Pattern LINE_AND_COLUMN = Pattern.compile("Line (\\d+):(\\d+)");
    private static final Pattern PACKAGE_OF_CLASS = Pattern.compile("\\b(?:[a-z_]\\w*\\.)+(?=[A-Z])");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_$][\\w$]*");
    private static final Pattern QUOTED = Pattern.compile("'([^'\n]+)'|\"([^\"\n]+)\"");

    /** Words of the engine and the compiler that say nothing about a text, wherever they stand. */
    private static final Pattern NOISE = Pattern.compile("^(?:Parser returned a null Package|Java source of )");

    /**
     * How the compiler says something, and how it is told: {@code $1} and so on are what the pattern found.
     *
     * @param about the group that is looked for in the text; 0 where there is none
     */
    private record Saying(Pattern said, int about, String told, String hint) {
        Saying(String said, int about, String told, String hint) {
            this(Pattern.compile(said), about, told, hint);
        }
    }

    private static final String TYPE_MISMATCH = "^Type mismatch: cannot convert from (.+) to (\\S+)";

    private static final String SPELLING =
            "Check the spelling, and that it was named in an earlier pattern: $name : ...";

    private static final String IMPORT_SPELLING = "Check the spelling; types of facts need no import.";

    private static final List<Saying> SAYINGS = List.of(
            new Saying(
                    "(?:mismatched input|no viable alternative at input|extraneous input) '(?:<eof>)?'",
                    0,
                    "the rule ends too early",
                    "A rule needs 'when', 'then' and 'end', every ( its ), and every text its second quotation mark."),
            new Saying(
                    "^The method \\w+IndexedBy\\(.* for the arguments \\(Class<(\\w+)>, .*, (\\w+)\\)",
                    0,
                    "a value of the kind $2 is compared with one of the kind $1",
                    "Compare only values of one kind; a value of a list of names is written Direction.INBOUND."),
            new Saying("^([\\w.$]+) cannot be resolved", 1, "'$1' is not known here", SPELLING),
            new Saying(
                    "^The method (\\w+)\\(.*\\) is undefined for the type (\\S+)",
                    1,
                    "'$1' is nothing that $2 has",
                    "Check the spelling; docs/rule-language.md lists the fields of each type."),
            new Saying(
                    "^The method (\\w+)\\((.*)\\) in the type (\\S+) is not applicable for the arguments \\((.*)\\)",
                    1,
                    "'$1' was given ($4), and takes ($2)",
                    "Give it values of the kinds that it takes, in that order."),
            new Saying(
                    "^The constructor (\\w+)\\(.*\\) is undefined",
                    1,
                    "'$1' cannot be made from these values",
                    "Give it the values that it takes, in that order."),
            new Saying(
                    "^The field (?:[\\w.$]+\\.)?(\\w+) is not visible",
                    1,
                    "'$1' needs parentheses where the rule acts",
                    "Write $1() after 'then'; without parentheses it is for conditions."),
            new Saying(
                    "^The import (\\S+) cannot be resolved",
                    1,
                    "there is nothing named '$1' to import",
                    IMPORT_SPELLING),
            new Saying(
                    "^Only a type can be imported\\. (\\S+) ",
                    1,
                    "there is nothing named '$1' to import",
                    IMPORT_SPELLING),
            new Saying(
                    "^Unable to parse left part of expression: ([\\w$.]+)",
                    1,
                    "'$1' is no field of the facts that are looked at here",
                    "Check the spelling; docs/rule-language.md lists the fields of each type."),
            new Saying(
                    "^Unknown field (\\w+) on (?:class )?(\\S+)",
                    1,
                    "'$1' is nothing that $2 has",
                    "Check the spelling; docs/rule-language.md lists the fields and values of each type."),
            new Saying(
                    "^Method (\\w+) on (?:class )?(\\S+) with arguments",
                    1,
                    "'$1' is nothing that can be asked of the kind $2",
                    "Check the spelling; docs/rule-language.md lists what conditions can ask."),
            new Saying(
                    "^For input string: \"([^\"]+)\"",
                    1,
                    "'$1' is no number",
                    "Write a number without quotation marks."),
            new Saying(
                    TYPE_MISMATCH,
                    0,
                    "a value of the kind $1 stands where one of the kind $2 is needed",
                    "Compare and pass only values of one kind."),
            new Saying(
                    "^The operator (\\S+) is undefined for the argument type\\(s\\) (.+)$",
                    0,
                    "'$1' does not work between values of the kinds $2",
                    "Compare and add only values of one kind."),
            new Saying(
                    "^Incompatible operand types (\\S+) and (\\S+)",
                    0,
                    "values of the kinds $1 and $2 are compared, which are never equal",
                    "Compare only values of one kind."),
            new Saying(
                    "Comparison operation requires compatible types\\. Found (.+) and (.+)",
                    0,
                    "values of different kinds are compared: $1 and $2",
                    "Compare only values of one kind."),
            new Saying(
                    "^Syntax error(?:, insert| on tokens?(?:\\(s\\))?,?) \"([^\"]+)\"",
                    1,
                    "'$1' is missing or too much here",
                    "Look for a missing ), ; or quotation mark on this line and the one before."),
            new Saying(
                    "String literal is not properly closed",
                    0,
                    "a text has no closing quotation mark",
                    "End every text with a quotation mark on the same line."),
            new Saying("^Duplicate local variable (\\S+)", 1, "'$1' is named twice", "Give each its own name."),
            new Saying(
                    "^The local variable (\\S+) may not have been initialized",
                    1,
                    "'$1' may have no value here",
                    "Give it a value first."),
            new Saying(
                    "^Unhandled exception type (\\S+)",
                    0,
                    "what the rule calls can fail with $1, and the rule does not say what then",
                    "Catch it."),
            new Saying(
                    "^Unable to (?:find class|resolve ObjectType|resolve class):? '?([\\w.$]+)'?",
                    1,
                    "'$1' is no type of facts",
                    "Check the spelling; docs/rule-language.md lists the types of facts."),
            new Saying(
                    "Unable to Analyse Expression (.+?):?$",
                    1,
                    "the condition '$1' is not understood",
                    "Look for a field that the type does not have, or a value of another kind."),
            new Saying(
                    "^Unknown accumulate function: '(\\w+)'",
                    1,
                    "'$1' is no function of accumulate",
                    "There are count, sum, min, max and average."),
            new Saying(
                    "Duplicate rule name: (.+)$",
                    1,
                    "there are two rules named '$1'",
                    "Give one of them another name."),
            new Saying(
                    "(?:mismatched input|no viable alternative at input|extraneous input) '([^']+)'",
                    1,
                    "'$1' is not expected here",
                    "Look for a missing or superfluous parenthesis, comma or word on this line and the one before."),
            new Saying("missing '?(\\S+?)'? at", 0, "'$1' is missing here", "Add it on this line or the one before."));

    private CompileProblems() {}

    /** Why a text does not compile; at least one problem. */
    static List<RuleProblem> ofFaults(RuleText text, List<Fault> faults) {
        Map<String, RuleProblem> found = new LinkedHashMap<>();
        for (Fault fault : faults) {
            RuleProblem problem = NOISE.matcher(fault.text()).find() ? null : ofFault(text, fault);
            if (problem != null) {
                found.putIfAbsent(problem.at().text() + problem.message(), problem);
            }
        }
        if (found.isEmpty()) {
            return List.of(problem(
                    text,
                    NOT_COMPILED,
                    quoted(text, faults),
                    "the rule cannot be compiled, and the compiler does not say why",
                    "Take parts of the rule away until it loads; the part that makes the difference is the cause."));
        }
        return List.copyOf(found.values());
    }

    /**
     * What a compiled rule may not use; at least one problem.
     *
     * @param restricted whether rules are held to a list; others are refused only where they cannot be loaded
     */
    static List<RuleProblem> ofRefusals(RuleText text, List<Refusal> refusals, boolean restricted) {
        if (!restricted) {
            return List.of(problem(
                    text,
                    REFUSED,
                    null,
                    "the rule was compiled, and cannot be loaded",
                    "Look for what fails whenever it is computed, such as a division by 0."));
        }
        Map<String, RuleProblem> found = new LinkedHashMap<>();
        String hint =
                "Rules of a folder can compare facts and insert one finding; docs/rule-language.md lists all they may use."
                        + " Rules that need more are loaded with --trust-rules, where their author is trusted like the program.";
        for (Refusal refusal : refusals) {
            for (String word : refusal.spellings()) {
                Where where = find(text, word);
                if (where != null) {
                    String message = "'" + word + "' is nothing that a rule of a folder may use";
                    found.putIfAbsent(where.line() + word, problem(text, REFUSED, where, message, hint));
                    break;
                }
            }
        }
        return found.isEmpty()
                ? List.of(problem(
                        text,
                        REFUSED,
                        null,
                        "the rule, once compiled, does something that a rule of a folder may not do",
                        hint))
                : List.copyOf(found.values());
    }

    // ---- one fault

    private static @Nullable RuleProblem ofFault(RuleText text, Fault fault) {
        String said = fault.text().lines().findFirst().orElse("");
        Matcher consequence = CONSEQUENCE.matcher(said);
        if (consequence.find()) {
            return ofConsequence(text, consequence);
        }
        for (Saying saying : SAYINGS) {
            Matcher matcher = saying.said().matcher(said);
            if (matcher.find()) {
                String about = saying.about() == 0 ? null : matcher.group(saying.about());
                Where where = place(text, fault, about);
                if (where == null && TYPE_MISMATCH.equals(saying.said().pattern())) {
                    where = declared(text, matcher.group(2));
                }
                if (where == null && about != null) {
                    return null; // it speaks of what the compiler wrote, not of the text
                }
                return problem(
                        text, NOT_COMPILED, where, filled(saying.told(), matcher), filled(saying.hint(), matcher));
            }
        }
        return null;
    }

    /** The compiler counts lines from {@code then}, and sees a brace after the last one. */
    private static RuleProblem ofConsequence(RuleText text, Matcher said) {
        Matcher then = THEN.matcher(text.text());
        int first = then.find() ? line(text.text().substring(0, then.end())) : 0;
        boolean atEnd = said.group(3).equals("}");
        Where where = new Where(
                first + Integer.parseInt(said.group(1)) - 1,
                atEnd ? 0 : Integer.parseInt(said.group(2)),
                atEnd ? 0 : said.group(3).length());
        int last = lines(text).size() - 1;
        return problem(
                text,
                NOT_COMPILED,
                where.line() > last ? new Where(last, 0, 0) : where,
                atEnd ? "a ; or ) is missing before the end" : "'" + said.group(3) + "' is not expected here",
                "Every ( needs its ), every text its second quotation mark, and what the rule does ends with ;");
    }

    private static int line(String before) {
        return (int) before.chars().filter(c -> c == '\n').count();
    }

    private static String filled(String told, Matcher matcher) {
        String filled = told;
        for (int i = matcher.groupCount(); i > 0; i--) {
            filled = filled.replace("$" + i, plain(String.valueOf(matcher.group(i))));
        }
        return filled;
    }

    /** Without packages, and the commonest kinds of values in words. */
    private static String plain(String said) {
        String plain = PACKAGE_OF_CLASS.matcher(said).replaceAll("").replaceFirst("^class ", "");
        Map<String, String> words = Map.of(
                "String", "text",
                "int", "number",
                "Integer", "number",
                "long", "number",
                "Long", "number",
                "boolean", "true or false",
                "Boolean", "true or false",
                "Object", "anything");
        return WORD.matcher(plain)
                .replaceAll(word -> Matcher.quoteReplacement(words.getOrDefault(word.group(), word.group())));
    }

    // ---- places

    /**
     * A place in a text.
     *
     * @param line of the text, from 0
     * @param column from 1; 0 where it is the whole line
     */
    private record Where(int line, int column, int length) {}

    private static @Nullable Where place(RuleText text, Fault fault, @Nullable String about) {
        if (fault.path() != null && fault.line() > 0) {
            int line = Math.min(fault.line(), lines(text).size()) - 1;
            Matcher exact = LINE_AND_COLUMN.matcher(fault.text());
            if (exact.find() && line > 0) {
                return new Where(line, Integer.parseInt(exact.group(2)) + 1, about == null ? 1 : about.length());
            }
            Where named = about == null ? null : find(text, about);
            return named == null ? new Where(line, 0, 0) : named;
        }
        return about == null ? null : find(text, about);
    }

    /** Where a word stands: after {@code when}, or else in what comes before. */
    private static @Nullable Where find(RuleText text, String word) {
        Matcher when = WHEN.matcher(text.text());
        int body = when.find() ? when.start() : 0;
        boolean startsWord = WORD.matcher(word.substring(0, 1)).matches();
        boolean endsWord = Character.isLetterOrDigit(word.charAt(word.length() - 1));
        Pattern wanted = Pattern.compile(
                (startsWord ? "(?<![\\w$])" : "") + Pattern.quote(word) + (endsWord ? "(?![\\w$])" : ""));
        for (int from : body == 0 ? List.of(0) : List.of(body, 0)) {
            Matcher found = wanted.matcher(text.text());
            if (found.find(from)) {
                String before = text.text().substring(0, found.start());
                return new Where(line(before), before.length() - (before.lastIndexOf('\n') + 1) + 1, word.length());
            }
        }
        return null;
    }

    /** Where the consequence first gives a name to a value of a type. */
    private static @Nullable Where declared(RuleText text, String type) {
        Matcher then = THEN.matcher(text.text());
        Matcher named = Pattern.compile("(?<![\\w$.])" + Pattern.quote(type) + "\\s+[\\w$]+\\s*=")
                .matcher(text.text());
        if (!then.find() || !named.find(then.end())) {
            return null;
        }
        String before = text.text().substring(0, named.start());
        return new Where(line(before), before.length() - before.lastIndexOf('\n'), type.length());
    }

    /** The first thing that the compiler quotes and that stands in the text. */
    private static @Nullable Where quoted(RuleText text, List<Fault> faults) {
        for (Fault fault : faults) {
            String said = fault.text().lines().findFirst().orElse("");
            if (fault.path() != null && fault.line() > 1) {
                return place(text, fault, null);
            }
            Matcher quoted = QUOTED.matcher(said);
            while (quoted.find()) {
                Where where = find(text, quoted.group(1) == null ? quoted.group(2) : quoted.group(1));
                if (where != null) {
                    return where;
                }
            }
        }
        return null;
    }

    private static List<String> lines(RuleText text) {
        return text.text().lines().toList();
    }

    // ---- problems

    private static RuleProblem problem(RuleText text, String code, @Nullable Where where, String message, String hint) {
        List<String> lines = lines(text);
        Where at = where == null ? new Where(firstRule(lines), 0, 0) : where;
        return new RuleProblem(
                code,
                Level.ERROR,
                Spot.of(text.file(), text.line() + at.line(), at.column(), at.length()),
                rule(text, lines, at.line()),
                message,
                at.line() < lines.size() ? lines.get(at.line()) : null,
                hint);
    }

    private static int firstRule(List<String> lines) {
        for (int line = 0; line < lines.size(); line++) {
            if (RULE.matcher(lines.get(line)).find()) {
                return line;
            }
        }
        return 0;
    }

    /** The rule in which a line stands. */
    private static @Nullable String rule(RuleText text, List<String> lines, int line) {
        List<String> names = new ArrayList<>();
        for (String each : lines.subList(0, Math.min(line + 1, lines.size()))) {
            Matcher rule = RULE.matcher(each);
            if (rule.find()) {
                names.add(
                        rule.group(1) != null ? rule.group(1) : rule.group(2) != null ? rule.group(2) : rule.group(3));
            }
        }
        if (!names.isEmpty()) {
            return names.get(names.size() - 1);
        }
        return text.names().size() == 1 ? text.names().get(0) : null;
    }
}
