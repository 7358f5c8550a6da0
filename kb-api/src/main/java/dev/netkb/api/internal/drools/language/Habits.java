package dev.netkb.api.internal.drools.language;

import dev.netkb.api.internal.drools.language.Syntax.Expression;
import dev.netkb.api.internal.drools.language.Token.Kind;
import java.util.Locale;

/** What those write who know queries, spreadsheets or scripts, and how it is written in rules. */
final class Habits {

    private Habits() {}

    /** Words that compare in queries; the next one stands behind what is compared. */
    static void comparison(Expression left, Cursor words) {
        boolean negated = words.at("not");
        Token at = words.peek(negated ? 1 : 0);
        String name = ExpressionParser.dotted(left);
        String field = name == null ? "field" : name;
        String wayOut = switch (at.text().toLowerCase(Locale.ROOT)) {
            case "is" -> "Write: " + field + (words.peek(1).is("not") ? " != " : " == ") + "null.";
            case "isnull" -> "Write: " + field + " == null.";
            case "like" -> "Write: " + like(field, negated, words.peek(negated ? 2 : 1)) + ".";
            case "between" -> between(field, negated, words);
            default -> null;
        };
        if (wayOut != null) {
            throw new Broken(LanguageCode.SYNTAX, at, at.shown() + " is no comparison of rules", wayOut);
        }
    }

    private static String like(String field, boolean negated, Token pattern) {
        String not = negated ? "not " : "";
        if (pattern.kind() != Kind.TEXT) {
            return field + " " + not + "str[startsWith] \"…\"";
        }
        String text = pattern.value();
        String plain = "\"" + text.replaceAll("^[%*]+|[%*]+$", "") + "\"";
        boolean openBefore = text.matches("[%*].*");
        boolean openAfter = text.matches(".*[%*]");
        if (openBefore && openAfter) {
            return field + " " + not + "contains " + plain;
        }
        if (openBefore || openAfter) {
            return field + " " + not + "str[" + (openAfter ? "startsWith" : "endsWith") + "] " + plain;
        }
        return field + (negated ? " != " : " == ") + plain;
    }

    private static String between(String field, boolean negated, Cursor words) {
        int from = negated ? 2 : 1;
        boolean complete = words.peek(from + 1).is("and") && words.peek(from).kind() == Kind.NUMBER;
        String low = complete ? words.peek(from).text() : "…";
        String high = complete ? words.peek(from + 2).text() : "…";
        return negated
                ? "Write: " + field + " < " + low + " || " + field + " > " + high + "."
                : "Write two comparisons: " + field + " >= " + low + ", " + field + " <= " + high + ".";
    }

    /** {@code not} before a test of one fact. */
    static Broken not(Cursor words) {
        Token next = words.peek(1);
        String asked = next.is("(") ? "( … )" : next.text() + (words.peek(2).is("(") ? "( … )" : "");
        if (words.peek(2).is("(") && words.peek(3).is(")")) {
            asked = next.text() + "()";
        }
        return new Broken(
                LanguageCode.SYNTAX,
                words.peek(),
                "'not' stands before whole facts; a test of one fact is turned round by '!'",
                "Write: !" + asked + ".");
    }

    /** A line that begins as comments do elsewhere. */
    static void comment(Cursor words) {
        Token at = words.peek();
        if ((at.is("--") || at.is("#")) && words.startsLine()) {
            throw new Broken(
                    LanguageCode.SYNTAX,
                    at,
                    at.shown() + " begins no comment in rules",
                    "A comment begins with //, to the end of the line.");
        }
    }
}
