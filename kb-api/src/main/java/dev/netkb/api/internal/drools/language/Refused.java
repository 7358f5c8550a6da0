package dev.netkb.api.internal.drools.language;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words of the engine's language that rules of folders must not use, each with its reason and what to do instead. */
final class Refused {

    private Refused() {}

    /** @param reason completes "…, which" */
    record Reason(String reason, String instead) {}

    private static final Reason ORDER = new Reason(
            "changes the order in which rules run; what a rule finds must not depend on it",
            "Remove it; say in 'when' what has to hold.");
    private static final Reason CODE = new Reason(
            "holds program code", "Use the fields and methods of the facts, as docs/rule-language.md lists them.");
    private static final Reason SWITCH = new Reason(
            "switches rules on and off in a way that no report shows",
            "Use @since and @until, or 'enabled: false' in pack.yaml.");
    private static final Reason CHANGE = new Reason(
            "changes facts; what was exported stays as it is",
            "Insert one finding: insert( Finding.violated( $a, \"…\" ) );");

    /** What can stand between rules. */
    static final Map<String, Reason> SECTIONS = Map.of(
            "function",
            CODE,
            "query",
            new Reason("asks from outside of rules", "Write the condition into the rule that needs it."),
            "global",
            new Reason("lets objects of a program into rules", "Use a parameter in parameters.yaml, or a literal."),
            "declare",
            new Reason("makes new types of facts", "Use the types that there are: docs/rule-language.md lists them."),
            "unit",
            new Reason("belongs to another way of running rules", "Remove the line."),
            "dialect",
            CODE,
            "template",
            CODE,
            "expander",
            CODE);

    /** Attributes of a rule, by the first word of their name. */
    static final Map<String, Reason> ATTRIBUTES = Map.ofEntries(
            Map.entry("salience", ORDER),
            Map.entry("agenda", ORDER),
            Map.entry("activation", ORDER),
            Map.entry("ruleflow", ORDER),
            Map.entry("auto", ORDER),
            Map.entry("lock", ORDER),
            Map.entry("no", ORDER),
            Map.entry("refract", ORDER),
            Map.entry("direct", ORDER),
            Map.entry("enabled", SWITCH),
            Map.entry("date", SWITCH),
            Map.entry("duration", SWITCH),
            Map.entry("timer", SWITCH),
            Map.entry("calendars", SWITCH),
            Map.entry("attributes", ORDER),
            Map.entry("dialect", CODE));

    /** What can stand where a condition stands. */
    private static final Map<String, Reason> CONDITIONS = Map.of(
            "eval", CODE,
            "collect",
                    new Reason("gathers facts into a list", "Use 'accumulate' with count, sum, min, max or average."),
            "from",
                    new Reason(
                            "lets a rule compute what it matches",
                            "Match a fact type; docs/rule-language.md lists them."),
            "groupby",
                    new Reason("gathers facts into groups", "Use 'accumulate' with count, sum, min, max or average."),
            "acc", new Reason("is another word for 'accumulate'", "Write 'accumulate'."),
            "do", CODE,
            "if", CODE,
            "over", new Reason("looks at facts in the course of time", "An export is one moment; remove it."));

    /** What can stand in a constraint or in what is inserted. */
    private static final Map<String, Reason> EXPRESSIONS = Map.ofEntries(
            Map.entry("eval", CODE),
            Map.entry("new", CODE),
            Map.entry(
                    "matches",
                    new Reason(
                            "compares with a pattern of characters that can take for ever",
                            "Use ==, in, contains, str[startsWith] or str[endsWith].")),
            Map.entry(
                    "soundslike",
                    new Reason(
                            "guesses what a text sounds like",
                            "Use ==, in, contains, str[startsWith] or str[endsWith].")),
            Map.entry("excludes", new Reason("is an old word for 'not contains'", "Write 'not contains'.")),
            Map.entry(
                    "instanceof",
                    new Reason("asks for the inner type of a value", "Match the fact type that is meant.")),
            Map.entry("class", CODE),
            Map.entry("super", CODE),
            Map.entry("drools", CODE),
            Map.entry("switch", CODE),
            Map.entry("assert", CODE),
            Map.entry("throw", CODE),
            Map.entry("try", CODE),
            Map.entry("for", CODE),
            Map.entry("while", CODE),
            Map.entry("if", CODE),
            Map.entry("return", CODE),
            Map.entry("kcontext", CODE));

    private static final Map<String, Reason> CONSEQUENCES = Map.of(
            "modify", CHANGE,
            "update", CHANGE,
            "delete", CHANGE,
            "retract", CHANGE,
            "insertLogical", new Reason("inserts something that is taken back later", "Write insert( … );"),
            "drools", CODE,
            "kcontext", CODE,
            "System", CODE);

    static void condition(Token at) {
        refuse(CONDITIONS.get(at.text()), at);
    }

    static void expression(Token at) {
        refuse(EXPRESSIONS.get(at.text()), at);
    }

    static void consequence(Token at) {
        refuse(CONSEQUENCES.get(at.text()), at);
    }

    private static void refuse(@Nullable Reason reason, Token at) {
        if (reason != null && at.kind() == Token.Kind.WORD) {
            throw of(at, at.text(), reason);
        }
    }

    static Broken of(Token at, String what, Reason reason) {
        return new Broken(LanguageCode.FORBIDDEN, at, message(what, reason), reason.instead());
    }

    static String message(String what, Reason reason) {
        return "'" + what + "' " + reason.reason() + ", so rules of a folder must not use it";
    }

    /** Words that join whole facts, where tests of one fact are joined. */
    static void join(Token at) {
        String word = at.text().toLowerCase(Locale.ROOT);
        if (at.kind() == Token.Kind.WORD && (word.equals("or") || word.equals("and"))) {
            String sign = word.equals("or") ? "'||'" : "'&&' or a comma";
            throw new Broken(
                    LanguageCode.SYNTAX,
                    at,
                    at.shown() + " stands between tests of one fact, and joins whole facts only",
                    "Write " + sign + " here.");
        }
    }

    /** Signs that only program code has. */
    static void sign(Token at) {
        if (at.is("=")) {
            throw new Broken(
                    LanguageCode.SYNTAX,
                    at,
                    "a single '=' stands here, which compares nothing",
                    "A comparison is written '=='.");
        }
        String why = switch (at.text()) {
            case "->", "::" -> "makes a function";
            case "++", "--", "+=", "-=" -> "changes a value";
            case "{", "}" -> "begins or ends program code";
            case "[" -> "takes one value out of a list, which fails where the list is shorter";
            case "#" -> "turns a fact into one of another type";
            case "/" -> "divides, which fails where the divisor is 0";
            case "%" -> "divides, which fails where the divisor is 0";
            case "?/" -> "walks through facts by a path";
            case "^", "&", "|", "~" -> "computes with bits";
            case "<<", ">>" -> "computes with bits";
            default -> null;
        };
        if (why != null && at.kind() == Token.Kind.SIGN) {
            throw new Broken(
                    LanguageCode.FORBIDDEN,
                    at,
                    "'" + at.text() + "' " + why + ", so rules of a folder must not use it",
                    "docs/rule-language.md lists what a condition may say.");
        }
    }
}
