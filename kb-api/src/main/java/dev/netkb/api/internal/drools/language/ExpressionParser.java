package dev.netkb.api.internal.drools.language;

import dev.netkb.api.internal.drools.language.Syntax.Binary;
import dev.netkb.api.internal.drools.language.Syntax.Choice;
import dev.netkb.api.internal.drools.language.Syntax.Expression;
import dev.netkb.api.internal.drools.language.Syntax.Head;
import dev.netkb.api.internal.drools.language.Syntax.In;
import dev.netkb.api.internal.drools.language.Syntax.Member;
import dev.netkb.api.internal.drools.language.Syntax.Not;
import dev.netkb.api.internal.drools.language.Syntax.Nothing;
import dev.netkb.api.internal.drools.language.Syntax.Number;
import dev.netkb.api.internal.drools.language.Syntax.Text;
import dev.netkb.api.internal.drools.language.Syntax.YesNo;
import dev.netkb.api.internal.drools.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a value or a test. In {@code when} it is a constraint, in {@code then} a part of what is inserted. */
final class ExpressionParser {

    private static final int MOST_PARTS = 60;
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final Cursor words;
    private final boolean consequence;

    ExpressionParser(Cursor words, boolean consequence) {
        this.words = words;
        this.consequence = consequence;
    }

    Expression read() {
        words.enter();
        Expression test = or();
        if (consequence && words.at("?")) {
            Token at = words.next();
            Expression yes = read();
            words.expect(":", "in a choice", "A choice is written: test ? one : other.");
            test = new Choice(at, test, yes, read());
        }
        words.leave();
        return test;
    }

    private Expression or() {
        return chain(this::and, "||");
    }

    private Expression and() {
        return chain(this::comparison, "&&");
    }

    private Expression chain(Supplier<Expression> part, String operator) {
        Expression left = part.get();
        for (int parts = 1; words.at(operator); parts++) {
            limit(parts);
            Token at = words.next();
            left = new Binary(at, operator, left, part.get());
        }
        return left;
    }

    private void limit(int parts) {
        if (parts > MOST_PARTS) {
            throw new Broken(
                    LanguageCode.TOO_LARGE,
                    words.peek(),
                    "more than " + MOST_PARTS + " parts are put together here",
                    "Write several rules.");
        }
    }

    private Expression comparison() {
        if (COMPARISONS.contains(words.peek().text()) && words.peek().kind() == Kind.SIGN) {
            throw new Broken(
                    LanguageCode.SYNTAX,
                    words.peek(),
                    "what is compared is missing before '" + words.peek().text() + "'",
                    "Write the field again for each comparison: units > 1 && units < 5.");
        }
        Expression left = sum();
        Token at = words.peek();
        if (at.is("<") && words.peek(1).is(">")) {
            throw new Broken(LanguageCode.SYNTAX, at, "'<>' is no comparison of rules", "Unequal is written '!='.");
        }
        if (at.kind() == Kind.SIGN && COMPARISONS.contains(at.text())) {
            words.next();
            return new Binary(at, at.text(), left, sum());
        }
        if (at.kind() != Kind.WORD || consequence) {
            return left;
        }
        boolean negated = at.text().equals("not") && words.peek(1).kind() == Kind.WORD;
        Token word = negated ? words.peek(1) : at;
        switch (word.text()) {
            case "in" -> {
                skip(negated);
                return new In(word, negated, left, values());
            }
            case "contains", "memberOf" -> {
                skip(negated);
                Expression test = new Binary(word, word.text(), left, sum());
                return negated ? new Not(at, test) : test;
            }
            case "str" -> {
                skip(negated);
                words.expect("[", "after 'str'", "Write str[startsWith] or str[endsWith].");
                Token how = words.next();
                if (!how.is("startsWith") && !how.is("endsWith")) {
                    throw new Broken(
                            LanguageCode.FORBIDDEN,
                            how,
                            "str[" + how.text() + "] is not a comparison that rules of a folder may use",
                            "Write str[startsWith] or str[endsWith].");
                }
                words.expect("]", "after '" + how.text() + "'", "Write str[startsWith] or str[endsWith].");
                Expression test = new Binary(word, "str[" + how.text() + "]", left, sum());
                return negated ? new Not(at, test) : test;
            }
            default -> {
                Refused.expression(word);
                Habits.comparison(left, words);
                return left;
            }
        }
    }

    private void skip(boolean negated) {
        words.next();
        if (negated) {
            words.next();
        }
    }

    private List<Expression> values() {
        words.expect("(", "after 'in'", "Write the values in brackets: in ( \"a\", \"b\" ).");
        List<Expression> values = new ArrayList<>();
        do {
            limit(values.size());
            values.add(sum());
        } while (words.skip(","));
        words.expect(")", "after the values of 'in'", "Put a comma between the values and ')' after the last.");
        return values;
    }

    private Expression sum() {
        Expression left = product();
        for (int parts = 1; words.at("+") || words.at("-"); parts++) {
            limit(parts);
            Token at = words.next();
            left = new Binary(at, at.text(), left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = unary();
        for (int parts = 1; words.at("*"); parts++) {
            limit(parts);
            Token at = words.next();
            left = new Binary(at, "*", left, unary());
        }
        Refused.sign(words.peek());
        return left;
    }

    private Expression unary() {
        Token at = words.peek();
        if (!consequence
                && at.is("not")
                && (words.peek(1).kind() == Kind.WORD || words.peek(1).is("("))) {
            throw Habits.not(words);
        }
        if (words.skip("!")) {
            words.enter();
            Expression operand = unary();
            words.leave();
            return new Not(at, operand);
        }
        if (words.at("-") && words.peek(1).kind() == Kind.NUMBER) {
            words.next();
            Token number = words.next();
            return new Number(new Token(Kind.NUMBER, "-" + number.text(), at.offset(), at.line(), at.column()));
        }
        return members(primary());
    }

    private Expression primary() {
        Token at = words.peek();
        Refused.expression(at);
        switch (at.kind()) {
            case TEXT -> {
                words.next();
                return new Text(at);
            }
            case NUMBER -> {
                if (!at.text().matches("(0|[1-9][0-9]{0,8})(\\.[0-9]{1,6})?")) {
                    throw new Broken(
                            LanguageCode.UNREADABLE,
                            at,
                            "'" + at.text() + "' is not a number that a rule can use",
                            "Write a number of at most nine digits, without separators, leading zeros or letters.");
                }
                words.next();
                return new Number(at);
            }
            case VARIABLE -> {
                words.next();
                return new Head(at);
            }
            case WORD -> {
                words.next();
                return switch (at.text()) {
                    case "true", "false" -> new YesNo(at);
                    case "null" -> new Nothing(at);
                    default -> words.at("(") ? new Member(null, false, at, arguments()) : new Head(at);
                };
            }
            default -> {
                if (words.skip("(")) {
                    return bracketed(at);
                }
                if (at.is(")") && words.previous().is(",")) {
                    throw new Broken(
                            LanguageCode.SYNTAX,
                            words.previous(),
                            "a comma stands before ')', and nothing follows it",
                            "Take the comma away.");
                }
                Refused.sign(at);
                throw words.missing(
                        "a value",
                        "after " + words.previous().shown(),
                        "A value is a field, a variable, a text in \"…\", a number, true, false or null.");
            }
        }
    }

    private Expression bracketed(Token at) {
        Expression inner = read();
        Refused.join(words.peek());
        words.expect(")", "to close the bracket of line " + at.line(), "Close each '(' with ')'.");
        Token next = words.peek();
        if (inner instanceof Head
                && (next.kind() == Kind.WORD && !isOperator(next)
                        || next.kind() == Kind.VARIABLE
                        || next.kind() == Kind.TEXT
                        || next.is("("))) {
            throw new Broken(
                    LanguageCode.FORBIDDEN,
                    at,
                    "a type in brackets turns a value into one of that type, which rules of a folder must not do",
                    "Use the value as it is.");
        }
        return inner;
    }

    private static boolean isOperator(Token token) {
        return Set.of("in", "not", "contains", "memberOf", "str", "and", "or").contains(token.text());
    }

    private Expression members(Expression start) {
        Expression expression = start;
        for (int parts = 1; ; parts++) {
            limit(parts);
            Token at = words.peek();
            Refused.sign(at.is("/") || at.is("%") ? at : at.is("[") || at.is("#") || at.is("{") ? at : words.peek());
            boolean guarded = at.is("!.");
            if (!guarded && !at.is(".")) {
                return expression;
            }
            if (guarded && consequence) {
                throw new Broken(
                        LanguageCode.SYNTAX,
                        at,
                        "'!.' can be used in 'when' only",
                        "Test in 'when' that the value is there (… != null), and write '.' here.");
            }
            words.next();
            Token name = words.next();
            if (name.kind() != Kind.WORD) {
                throw new Broken(
                        LanguageCode.SYNTAX,
                        name,
                        "the name of a field is missing after '" + at.text() + "'; " + name.shown() + " stands here",
                        "Write the field: $loc.subnetId.");
            }
            if (name.is("class") || name.is("new") || name.is("this") || name.is("super")) {
                throw new Broken(
                        LanguageCode.FORBIDDEN,
                        name,
                        "'" + name.text() + "' reaches into the program, so rules of a folder must not use it",
                        "Use the fields and methods of the facts, as docs/rule-language.md lists them.");
            }
            expression = new Member(expression, guarded, name, words.at("(") ? arguments() : null);
        }
    }

    private List<Expression> arguments() {
        Token open = words.next();
        words.enter();
        List<Expression> arguments = new ArrayList<>();
        if (!words.at(")")) {
            do {
                limit(arguments.size());
                arguments.add(read());
            } while (words.skip(","));
        }
        words.leave();
        if (!words.at(")")) {
            Refused.expression(words.peek());
            Refused.sign(words.peek());
            throw words.missing(
                    "',' or ')'",
                    "after " + words.previous().shown(),
                    "The bracket opened in line " + open.line() + ", column " + open.column() + " is not closed.");
        }
        words.next();
        return arguments;
    }

    /** Null where what was read says more than a name with dots. */
    static @Nullable String dotted(Expression expression) {
        if (expression instanceof Head head) {
            return head.at().text();
        }
        if (expression instanceof Member member && member.arguments() == null && member.owner() != null) {
            String owner = dotted(member.owner());
            return owner == null ? null : owner + "." + member.at().text();
        }
        return null;
    }
}
