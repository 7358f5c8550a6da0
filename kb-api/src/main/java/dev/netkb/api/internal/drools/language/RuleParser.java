package dev.netkb.api.internal.drools.language;

import dev.netkb.api.internal.drools.language.Syntax.Accumulate;
import dev.netkb.api.internal.drools.language.Syntax.Annotation;
import dev.netkb.api.internal.drools.language.Syntax.Condition;
import dev.netkb.api.internal.drools.language.Syntax.Constraint;
import dev.netkb.api.internal.drools.language.Syntax.Expression;
import dev.netkb.api.internal.drools.language.Syntax.Forall;
import dev.netkb.api.internal.drools.language.Syntax.Function;
import dev.netkb.api.internal.drools.language.Syntax.Name;
import dev.netkb.api.internal.drools.language.Syntax.Pattern;
import dev.netkb.api.internal.drools.language.Syntax.Quantified;
import dev.netkb.api.internal.drools.language.Syntax.Rule;
import dev.netkb.api.internal.drools.language.Syntax.Several;
import dev.netkb.api.internal.drools.language.Token.Kind;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.value.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of rules by the grammar of the restricted language. What it has no word for is refused where it stands; the
 * other rules of the file are read all the same.
 */
final class RuleParser {

    private static final String PACKAGE_HINT = "The first line of a file of rules is: package custom;";
    private static final String SHAPE =
            "A rule is: rule \"ID name\" @id(\"ID\") … when conditions then insert( Finding.… ); end";
    private static final Set<String> COMPARING =
            Set.of("in", "not", "contains", "memberOf", "matches", "soundslike", "str", "excludes", "instanceof");
    private static final Set<String> SECTIONS =
            Set.of("rule", "import", "package", "query", "function", "global", "declare");

    private final SourceText source;
    private final List<Token> tokens;
    private final List<RuleProblem> problems = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<Name> imports = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private @Nullable Name packageName;
    private @Nullable String current;

    private RuleParser(SourceText source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    /** @param starts the word with which each rule begins, also of those that cannot be read */
    record Parsed(Syntax.File file, List<Token> starts, List<RuleProblem> problems) {}

    static Parsed parse(SourceText source, List<Token> tokens) {
        RuleParser parser = new RuleParser(source, tokens);
        parser.run();
        return new Parsed(
                new Syntax.File(parser.packageName, parser.imports, parser.rules),
                parser.starts.stream().map(tokens::get).toList(),
                parser.problems);
    }

    private void run() {
        for (int i = 0; i < tokens.size(); i++) {
            if (beginsRule(i)) {
                starts.add(i);
            }
        }
        int last = tokens.size() - 1;
        between(new Cursor(tokens, 0, starts.isEmpty() ? last : starts.get(0)));
        for (int i = 0; i < starts.size(); i++) {
            int limit = i + 1 < starts.size() ? starts.get(i + 1) : last;
            Cursor words = new Cursor(tokens, starts.get(i), limit);
            current = tokens.get(starts.get(i) + 1).value();
            try {
                rules.add(rule(words));
                current = null;
                between(words);
            } catch (Broken broken) {
                add(broken);
                sectionsAfter(words);
            }
        }
    }

    /** Field names can be {@code rule} too, so the word alone does not tell. */
    private boolean beginsRule(int index) {
        Token word = tokens.get(index);
        if (!word.is("rule") || index + 1 >= tokens.size()) {
            return false;
        }
        Token next = tokens.get(index + 1);
        boolean first = Cursor.startsLine(tokens, index);
        boolean after = index > 0
                && (tokens.get(index - 1).is("end") || tokens.get(index - 1).is(";"));
        return next.kind() == Kind.TEXT && (first || after)
                || next.kind() == Kind.WORD && first && next.line() == word.line() && !COMPARING.contains(next.text());
    }

    private void add(Broken broken) {
        problems.add(source.problem(broken.code(), broken.at(), current, broken.text(), broken.hint()));
    }

    // ---- what stands before, between and after rules

    private void between(Cursor words) {
        while (!words.ended()) {
            try {
                section(words);
            } catch (Broken broken) {
                add(broken);
                skipToSection(words);
            }
        }
    }

    /** After a rule that could not be read to its end: what else is there that must not be. */
    private void sectionsAfter(Cursor words) {
        skipToEnd(words);
        current = null;
        between(words);
    }

    private void skipToEnd(Cursor words) {
        while (!words.ended()) {
            Token word = words.next();
            if (word.is("end")) {
                return;
            }
        }
    }

    private void skipToSection(Cursor words) {
        words.next();
        while (!words.ended()) {
            String word = words.peek().text();
            if (Cursor.startsLine(tokens, words.position())
                    && (SECTIONS.contains(word) || Refused.SECTIONS.containsKey(word))) {
                return;
            }
            words.next();
        }
    }

    private void section(Cursor words) {
        Token at = words.peek();
        if (words.skip(";")) {
            return;
        }
        Habits.comment(words);
        if (words.skip("package")) {
            Name name = name(words);
            if (packageName != null || !rules.isEmpty() || !imports.isEmpty()) {
                throw new Broken(
                        LanguageCode.PACKAGE,
                        at,
                        "'package' stands here, but it is the first line of a file",
                        PACKAGE_HINT);
            }
            packageName = name;
            words.skip(";");
            return;
        }
        if (words.skip("import")) {
            importLine(words);
            return;
        }
        Refused.Reason reason = Refused.SECTIONS.get(at.text());
        if (reason == null) {
            reason = Refused.ATTRIBUTES.get(at.text());
        }
        if (reason != null) {
            throw Refused.of(at, at.text(), reason);
        }
        if (at.is("rule")) {
            throw new Broken(
                    LanguageCode.SYNTAX,
                    at,
                    "the name of the rule is missing after 'rule'",
                    "Write it in quotation marks: rule \"OPS-001 What must hold\".");
        }
        List<String> meant = Nearest.to(at.text(), SECTIONS.stream().sorted().toList());
        throw new Broken(
                LanguageCode.SYNTAX,
                at,
                at.shown() + " stands where a rule or the end of the file should be"
                        + (at.kind() == Kind.WORD && !meant.isEmpty() ? "; is '" + meant.get(0) + "' meant?" : ""),
                at.is("end") ? "Remove it, or the 'end' before it. " + SHAPE + "." : SHAPE + ".");
    }

    private void importLine(Cursor words) {
        Token kind = words.peek();
        if (words.at("function") || words.at("static") || words.at("accumulate") || words.at("acc")) {
            throw new Broken(
                    LanguageCode.FORBIDDEN,
                    kind,
                    "'import " + kind.text() + "' brings program code into rules, so rules of a folder must not use it",
                    "Remove the line; all fact types are there without it.");
        }
        imports.add(name(words));
        words.skip(";");
    }

    private Name name(Cursor words) {
        Token first = words.next();
        if (first.kind() != Kind.WORD) {
            throw new Broken(
                    LanguageCode.SYNTAX,
                    first,
                    "a name is missing; " + first.shown() + " stands here",
                    "Names are letters and digits, with dots between them.");
        }
        StringBuilder name = new StringBuilder(first.text());
        while (words.skip(".")) {
            Token part = words.next();
            if (part.kind() != Kind.WORD) {
                throw new Broken(
                        LanguageCode.FORBIDDEN,
                        part,
                        part.shown() + " stands in a name; whole packages are not imported",
                        "Remove the line; all fact types are there without it.");
            }
            name.append('.').append(part.text());
        }
        return new Name(first, name.toString());
    }

    // ---- a rule

    private Rule rule(Cursor words) {
        Token at = words.next();
        Token name = words.next();
        if (name.kind() != Kind.TEXT) {
            throw new Broken(
                    LanguageCode.SYNTAX,
                    name,
                    "the name of the rule does not stand in quotation marks",
                    "Write: rule \"" + name.text() + " …\".");
        }
        List<Annotation> annotations = new ArrayList<>();
        head(words, annotations);
        if (!words.at("when")) {
            Habits.comment(words);
            throw words.missing("'when'", "after the metadata of the rule", near(words.peek(), "when") + SHAPE + ".");
        }
        words.next();
        List<Condition> conditions = new ArrayList<>();
        while (!words.at("then")) {
            if (words.ended() || words.at("end")) {
                throw words.missing("'then'", "after the conditions", SHAPE + ".");
            }
            conditions.add(conditionOrNear(words));
            Token next = words.peek();
            if (words.at(",") || words.at(";")) {
                throw new Broken(
                        LanguageCode.SYNTAX,
                        next,
                        next.shown() + " stands after a condition; nothing stands between conditions",
                        "Remove it.");
            }
        }
        if (conditions.isEmpty()) {
            throw new Broken(
                    LanguageCode.SYNTAX,
                    words.peek(),
                    "the rule has no condition",
                    "Begin with $a : Applicable( rule == \"…\", $loc : location ), with the rule's own id.");
        }
        Token then = words.next();
        Expression consequence = consequence(words);
        if (!words.at("end")) {
            Habits.comment(words);
            String text = words.peek().text();
            if (words.ended() || !Nearest.to(text, Set.of("end")).isEmpty() || words.at("rule")) {
                throw words.missing("'end'", "after the rule", "Write 'end' after the last line of the rule.");
            }
            Refused.consequence(words.peek());
            throw new Broken(
                    LanguageCode.CONSEQUENCE,
                    words.peek(),
                    "a rule inserts one finding; " + words.peek().shown() + " stands after it",
                    "Write another rule for another finding, and 'end' after this one.");
        }
        return new Rule(at, name, annotations, conditions, then, consequence, words.next());
    }

    private static String near(Token word, String wanted) {
        return word.kind() == Kind.WORD
                        && !Nearest.to(word.text(), Set.of(wanted)).isEmpty()
                ? "Is '" + wanted + "' meant? "
                : "";
    }

    private void head(Cursor words, List<Annotation> annotations) {
        while (!words.ended()) {
            Token at = words.peek();
            if (words.at("@")) {
                annotation(words, annotations);
            } else if (words.at("extends")) {
                problems.add(source.problem(
                        LanguageCode.FORBIDDEN,
                        at,
                        current,
                        "'extends' takes over the conditions of another rule, so the rule cannot be read by itself; rules of a folder must not use it",
                        "Write the conditions again."));
                words.next();
                words.next();
            } else if (at.kind() == Kind.WORD && Refused.ATTRIBUTES.containsKey(at.text())) {
                StringBuilder attribute = new StringBuilder(words.next().text());
                while (words.at("-")) {
                    attribute.append(words.next().text()).append(words.next().text());
                }
                problems.add(source.problem(
                        LanguageCode.FORBIDDEN,
                        at,
                        current,
                        Refused.message(attribute.toString(), Refused.ATTRIBUTES.get(at.text())),
                        Refused.ATTRIBUTES.get(at.text()).instead()));
                skipAttribute(words);
            } else {
                return;
            }
        }
    }

    private static void skipAttribute(Cursor words) {
        int open = 0;
        while (!words.ended()
                && !(open <= 0
                        && (words.at("@")
                                || words.at("when")
                                || words.at("then")
                                || Refused.ATTRIBUTES.containsKey(words.peek().text())))) {
            open += words.at("(") ? 1 : words.at(")") ? -1 : 0;
            words.next();
        }
    }

    private void annotation(Cursor words, List<Annotation> annotations) {
        words.next();
        Token name = words.next();
        if (name.kind() != Kind.WORD) {
            throw new Broken(
                    LanguageCode.SYNTAX,
                    name,
                    "a name is missing after '@'; " + name.shown() + " stands here",
                    "Write: @id(\"OPS-001\").");
        }
        Token open = words.peek();
        if (!words.skip("(")) {
            throw words.missing("'('", "after '@" + name.text() + "'", "Write: @" + name.text() + "(\"…\").");
        }
        Token value = words.next();
        if (value.kind() == Kind.TEXT && words.skip(")")) {
            annotations.add(new Annotation(name, value));
            return;
        }
        if (value.kind() == Kind.TEXT && (words.at("@") || words.at("when") || words.at("then") || words.ended())) {
            throw words.missing(
                    "')'", "after the value of @" + name.text(), "Close the bracket of column " + open.column() + ".");
        }
        problems.add(source.problem(
                LanguageCode.METADATA_VALUE,
                value.is(")") ? name : value,
                current,
                value.is(")")
                        ? "@" + name.text() + " has no value"
                        : "the value of @" + name.text() + " is not one text in quotation marks",
                "Write: @" + name.text() + "(\"…\")."));
        int depth = value.is(")") ? 0 : value.is("(") ? 2 : 1;
        while (depth > 0 && !words.ended() && !words.at("when") && !words.at("then")) {
            Token word = words.next();
            depth += word.is("(") ? 1 : word.is(")") ? -1 : 0;
        }
    }

    // ---- conditions

    private Condition conditionOrNear(Cursor words) {
        Token first = words.peek();
        if (first.kind() == Kind.WORD
                && Character.isLowerCase(first.text().charAt(0))
                && !words.peek(1).is("(")
                && !near(first, "then").isEmpty()
                && first.text().startsWith("th")) {
            throw words.missing("'then'", "after the conditions", "Is 'then' meant? " + SHAPE + ".");
        }
        return condition(words);
    }

    private Condition condition(Cursor words) {
        words.enter();
        Condition left = both(words);
        if (words.at("or") || words.at("||")) {
            Token at = words.peek();
            List<Condition> parts = new ArrayList<>(List.of(left));
            while (words.skip("or") || words.skip("||")) {
                parts.add(both(words));
            }
            left = new Several(at, true, parts);
        }
        words.leave();
        return left;
    }

    private Condition both(Cursor words) {
        Condition left = single(words);
        if (words.at("and") || words.at("&&")) {
            Token at = words.peek();
            List<Condition> parts = new ArrayList<>(List.of(left));
            while (words.skip("and") || words.skip("&&")) {
                parts.add(single(words));
            }
            left = new Several(at, false, parts);
        }
        return left;
    }

    private Condition single(Cursor words) {
        Token at = words.peek();
        if (words.at("insert") && words.peek(1).is("(")) {
            throw words.missing("'then'", "after the conditions", SHAPE + ".");
        }
        Refused.condition(at);
        if (words.at("not") || words.at("exists")) {
            words.next();
            words.enter();
            Token first = words.peek();
            Condition inner = single(words);
            words.leave();
            if (inner instanceof Quantified || inner instanceof Forall || inner instanceof Accumulate) {
                throw new Broken(
                        LanguageCode.SYNTAX,
                        first,
                        first.shown() + " stands directly after '" + at.text() + "'",
                        "After 'not' and 'exists' stands one fact type with its constraints, or several in brackets.");
            }
            return new Quantified(at, inner);
        }
        if (words.skip("forall")) {
            words.expect("(", "after 'forall'", "Write: forall( A( … ) B( … ) ).");
            List<Pattern> patterns = new ArrayList<>();
            while (!words.at(")")) {
                patterns.add(pattern(words));
            }
            words.next();
            return new Forall(at, patterns);
        }
        if (words.skip("accumulate")) {
            return accumulate(words, at);
        }
        if (words.skip("(")) {
            List<Condition> parts = new ArrayList<>();
            do {
                parts.add(condition(words));
            } while (!words.at(")") && !words.ended() && !words.at("then"));
            words.expect(")", "to close the bracket of line " + at.line(), "Close each '(' with ')'.");
            return parts.size() == 1 ? parts.get(0) : new Several(at, false, parts);
        }
        return pattern(words);
    }

    private Pattern pattern(Cursor words) {
        Token variable = null;
        if (words.peek().kind() == Kind.VARIABLE) {
            variable = words.next();
            if (words.at(":=")) {
                throw new Broken(
                        LanguageCode.FORBIDDEN,
                        words.peek(),
                        "':=' joins without saying on what, so rules of a folder must not use it",
                        "Write ':' here and a constraint with '=='.");
            }
            words.expect(":", "after " + variable.shown(), "Write: $subnet : Subnet( … ).");
        } else if (words.peek().kind() == Kind.WORD && words.peek(1).is(":")) {
            throw new Broken(
                    LanguageCode.VARIABLE,
                    words.peek(),
                    "the variable '" + words.peek().text() + "' does not begin with '$'",
                    "Write: $" + words.peek().text() + " : ….");
        }
        Token at = words.next();
        if (at.kind() != Kind.WORD) {
            words.moveTo(words.position() - 1);
            Habits.comment(words);
            Refused.sign(at);
            if (at.is("/") || at.is("?")) {
                throw new Broken(
                        LanguageCode.FORBIDDEN,
                        at,
                        "'" + at.text() + "' walks through facts by a path, so rules of a folder must not use it",
                        "Match a fact type and join it with '=='.");
            }
            throw new Broken(
                    LanguageCode.SYNTAX,
                    at,
                    at.shown() + " stands where a condition should begin",
                    "A condition is: $subnet : Subnet( id == $loc.subnetId ), or 'not', 'exists' and one.");
        }
        Refused.condition(at);
        StringBuilder type = new StringBuilder(at.text());
        while (words.skip(".")) {
            type.append('.').append(words.next().text());
        }
        if (words.peek().is("[")) {
            throw new Broken(
                    LanguageCode.FORBIDDEN,
                    words.peek(),
                    "'[' looks at facts in the course of time, so rules of a folder must not use it",
                    "An export is one moment; remove it.");
        }
        Token open = words.peek();
        words.expect("(", "after " + type, "Write the constraints in brackets, or () where there are none.");
        List<Constraint> constraints = new ArrayList<>();
        if (!words.at(")")) {
            constraints(words, constraints, open);
        } else {
            words.next();
        }
        after(words);
        return new Pattern(variable, at, type.toString(), constraints, open);
    }

    private static void after(Cursor words) {
        Token next = words.peek();
        Refused.condition(next);
        if (words.at("@")) {
            throw new Broken(
                    LanguageCode.FORBIDDEN,
                    next,
                    "'@" + words.peek(1).text() + "' stands after a condition; metadata stand before 'when'",
                    "Remove it, or write it under the name of the rule.");
        }
    }

    private void constraints(Cursor words, List<Constraint> constraints, Token open) {
        do {
            constraints.add(constraint(words));
        } while (words.skip(","));
        if (words.at(";")) {
            throw new Broken(
                    LanguageCode.FORBIDDEN,
                    words.peek(),
                    "';' gives values by their position; rules of a folder name the field",
                    "Write: field == value.");
        }
        if (!words.at(")")) {
            Habits.comment(words);
            Refused.join(words.peek());
            Refused.expression(words.peek());
            Refused.sign(words.peek());
            throw words.missing(
                    "',' or ')'",
                    "after " + words.previous().shown(),
                    "Put a comma between constraints; the bracket opened in line " + open.line() + ", column "
                            + open.column() + " is closed with ')'.");
        }
        words.next();
    }

    private static Constraint constraint(Cursor words) {
        Habits.comment(words);
        Token variable = null;
        if (words.peek().kind() == Kind.VARIABLE
                && (words.peek(1).is(":") || words.peek(1).is(":="))) {
            variable = words.next();
            if (words.next().is(":=")) {
                throw new Broken(
                        LanguageCode.FORBIDDEN,
                        words.previous(),
                        "':=' joins without saying on what, so rules of a folder must not use it",
                        "Write ':' to name a value, '==' to compare it.");
            }
        }
        return new Constraint(variable, new ExpressionParser(words, false).read());
    }

    private Condition accumulate(Cursor words, Token at) {
        String shape = "Write: accumulate( X( … , $n : field ); $sum : sum( $n ); $sum > 3 ).";
        words.expect("(", "after 'accumulate'", shape);
        Condition of = condition(words);
        if (!isPlain(of)) {
            throw new Broken(
                    LanguageCode.SYNTAX,
                    of.at(),
                    "'accumulate' goes through facts, and " + of.at().shown() + " is none",
                    shape);
        }
        words.skip(",");
        if (words.at("init") || words.at("action") || words.at("result") || words.at("reverse")) {
            throw new Broken(
                    LanguageCode.FORBIDDEN,
                    words.peek(),
                    "'" + words.peek().text() + "' holds program code, so rules of a folder must not use it",
                    "Use count, sum, min, max or average.");
        }
        words.skip(";");
        List<Function> functions = new ArrayList<>();
        do {
            Token variable = words.next();
            if (variable.kind() != Kind.VARIABLE) {
                throw new Broken(
                        LanguageCode.SYNTAX,
                        variable,
                        "a variable is missing for what 'accumulate' computes; " + variable.shown() + " stands here",
                        shape);
            }
            words.expect(":", "after " + variable.shown(), shape);
            Token function = words.next();
            words.expect("(", "after " + function.shown(), shape);
            Expression argument = words.at(")") ? null : new ExpressionParser(words, false).read();
            words.expect(")", "after " + words.previous().shown(), shape);
            functions.add(new Function(variable, function, argument));
        } while (words.skip(","));
        List<Expression> constraints = new ArrayList<>();
        if (words.skip(";") && !words.at(")")) {
            do {
                constraints.add(new ExpressionParser(words, false).read());
            } while (words.skip(","));
        }
        words.expect(")", "at the end of 'accumulate'", shape);
        after(words);
        return new Accumulate(at, of, functions, constraints);
    }

    /** A pattern, or several of which all hold. */
    private static boolean isPlain(Condition condition) {
        return condition instanceof Pattern
                || condition instanceof Several several
                        && !several.or()
                        && several.conditions().stream().allMatch(RuleParser::isPlain);
    }

    // ---- what the rule does

    private static Expression consequence(Cursor words) {
        String hint = "Write: insert( Finding.violated( $a, \"what was found\" ) );";
        Token at = words.peek();
        Habits.comment(words);
        Refused.consequence(at);
        if (words.at("end") || words.ended()) {
            throw new Broken(LanguageCode.CONSEQUENCE, at, "the rule does nothing after 'then'", hint);
        }
        if (!words.at("insert") || !words.peek(1).is("(")) {
            throw new Broken(
                    LanguageCode.CONSEQUENCE,
                    at,
                    "after 'then' a rule inserts one finding; " + at.shown() + " stands here",
                    hint);
        }
        words.next();
        Token open = words.next();
        Expression inserted = new ExpressionParser(words, true).read();
        if (!words.at(")")) {
            Refused.expression(words.peek());
            Refused.sign(words.peek());
            throw words.missing(
                    "')'",
                    "after " + words.previous().shown(),
                    "Close the bracket of 'insert' (line " + open.line() + ", column " + open.column()
                            + "); texts are put together with '+'.");
        }
        words.next();
        words.expect(";", "after 'insert( … )'", "Write ';' at the end of the line.");
        return inserted;
    }
}
