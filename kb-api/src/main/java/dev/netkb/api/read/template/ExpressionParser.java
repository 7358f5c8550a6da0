package dev.netkb.api.read.template;

import java.util.ArrayList;
import java.util.List;

/** Parses what stands between the square brackets of a template expression. */
final class ExpressionParser {

    private static final int DEEPEST = 100;

    private final String text;
    private int at;
    private int depth;

    private ExpressionParser(String text) {
        this.text = text;
    }

    /** Thrown where the text is no expression; never leaves this class. */
    private static final class SyntaxException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SyntaxException(String message) {
            super(message, null, false, false);
        }
    }

    /** Whether a text of a template is an expression rather than a literal. */
    static boolean isExpression(String text) {
        return text.length() > 2 && text.startsWith("[") && text.endsWith("]") && !text.startsWith("[[");
    }

    /** The text that a literal stands for: {@code [[} is one bracket. */
    static String literal(String text) {
        return text.startsWith("[[") ? text.substring(1) : text;
    }

    /** The expression between the brackets; {@link Expression.Invalid} where it cannot be parsed. */
    static Expression parse(String bracketed) {
        ExpressionParser parser = new ExpressionParser(bracketed.substring(1, bracketed.length() - 1));
        try {
            Expression expression = parser.expression();
            parser.blanks();
            return parser.at == parser.text.length() ? expression : parser.invalid("there is more behind its end");
        } catch (SyntaxException e) {
            return parser.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** The opening bracket counts as the first character. */
    private Expression invalid(String why) {
        return new Expression.Invalid(why + " at character " + (at + 2));
    }

    private Expression expression() {
        if (++depth > DEEPEST) {
            throw new SyntaxException("nested too deeply");
        }
        blanks();
        Expression result = start();
        while (true) {
            blanks();
            if (take('.')) {
                blanks();
                result = new Expression.Property(result, name());
            } else if (take('[')) {
                Expression index = expression();
                blanks();
                expect(']');
                result = new Expression.Index(result, index);
            } else {
                depth--;
                return result;
            }
        }
    }

    private Expression start() {
        char c = peek();
        if (c == '\'') {
            return new Expression.Text(quoted());
        }
        if (c == '-' || c >= '0' && c <= '9') {
            return new Expression.Number(number());
        }
        StringBuilder name = new StringBuilder(name());
        // A function of the template's own has a namespace.
        while (peek() == '.') {
            at++;
            name.append('.').append(name());
        }
        blanks();
        expect('(');
        List<Expression> arguments = new ArrayList<>();
        blanks();
        if (!take(')')) {
            do {
                arguments.add(expression());
                blanks();
            } while (take(','));
            expect(')');
        }
        return new Expression.Call(name.toString(), arguments);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            if (at >= text.length()) {
                throw new SyntaxException("a text without end");
            }
            char c = text.charAt(at++);
            if (c != '\'') {
                value.append(c);
            } else if (peek() == '\'') {
                value.append('\'');
                at++;
            } else {
                return value.toString();
            }
        }
    }

    private String number() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int digits = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == digits || at - digits > 18) {
            throw new SyntaxException("not a number");
        }
        return text.substring(start, at);
    }

    private String name() {
        int start = at;
        while (Character.isLetter(peek())
                || at > start && Character.isDigit(peek())
                || peek() == '_'
                || peek() == '$') {
            at++;
        }
        if (at == start) {
            throw new SyntaxException("a name is missing");
        }
        return text.substring(start, at);
    }

    private void expect(char c) {
        if (!take(c)) {
            throw new SyntaxException("'" + c + "' is missing");
        }
    }

    private boolean take(char c) {
        if (peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
