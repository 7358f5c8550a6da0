package dev.netkb.api.internal.drools.language;

import dev.netkb.api.internal.drools.language.Token.Kind;
import java.util.List;

/** Goes through some words of a file one by one. */
final class Cursor {

    private static final int DEEPEST = 12;

    private final List<Token> tokens;
    private final int limit;
    private int at;
    private int depth;

    /** @param limit the first word that is not its own; after the last own one stands a word of kind {@code END} */
    Cursor(List<Token> tokens, int from, int limit) {
        this.tokens = tokens;
        this.at = from;
        this.limit = limit;
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        int wanted = at + ahead;
        if (wanted < limit) {
            return tokens.get(wanted);
        }
        if (limit == 0) {
            Token first = tokens.get(0);
            return new Token(Kind.END, "", first.offset(), first.line(), first.column());
        }
        Token last = tokens.get(limit - 1);
        if (last.kind() == Kind.END) {
            return last;
        }
        return new Token(
                Kind.END,
                "",
                last.end(),
                last.line(),
                last.column() + last.text().length());
    }

    boolean ended() {
        return peek().kind() == Kind.END;
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    /** The word before the next one. */
    Token previous() {
        return tokens.get(Math.max(0, Math.min(at, limit) - 1));
    }

    boolean at(String text) {
        return peek().is(text);
    }

    boolean skip(String text) {
        if (at(text)) {
            at++;
            return true;
        }
        return false;
    }

    /** Passes a sign or a word that has to stand here. */
    Token expect(String text, String after, String hint) {
        if (!at(text)) {
            throw missing("'" + text + "'", after, hint);
        }
        return next();
    }

    Broken missing(String what, String after, String hint) {
        return new Broken(
                LanguageCode.SYNTAX, peek(), what + " is missing " + after + "; " + found() + " stands here", hint);
    }

    private String found() {
        return ended() && limit < tokens.size() ? "the end of the rule" : peek().shown();
    }

    /** Goes into a part of a part; rules that are nested without end are refused. */
    void enter() {
        if (++depth > DEEPEST) {
            throw new Broken(
                    LanguageCode.TOO_LARGE,
                    peek(),
                    "brackets and conditions are nested more than " + DEEPEST + " deep here",
                    "Write several rules, or several constraints with a comma between them.");
        }
    }

    void leave() {
        depth--;
    }

    /** Whether the next word is the first one of its line. */
    boolean startsLine() {
        return at < limit && startsLine(tokens, at);
    }

    /** Whether a word is the first one of its line. */
    static boolean startsLine(List<Token> tokens, int index) {
        return index == 0 || tokens.get(index - 1).line() < tokens.get(index).line();
    }
}
