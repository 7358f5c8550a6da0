package dev.netkb.api.internal.drools.language;

import dev.netkb.api.internal.drools.language.Token.Kind;
import dev.netkb.api.rules.RuleProblem;
import java.util.ArrayList;
import java.util.List;

/** Reads the words of a file of rules. It knows texts and comments, and goes on after what it cannot read. */
final class Lexer {

    private static final List<String> SIGNS =
            List.of("==", "!=", "<=", ">=", "&&", "||", "!.", ":=", "::", "->", "++", "--", "+=", "-=", "?/");

    private static final String ESCAPES = "\"\\nt";

    private final SourceText source;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<RuleProblem> problems = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private Lexer(SourceText source) {
        this.source = source;
        this.text = source.text();
    }

    /**
     * What was read.
     *
     * @param tokens the words; the last one is of kind {@code END}
     */
    record Read(List<Token> tokens, List<RuleProblem> problems) {}

    static Read read(SourceText source) {
        Lexer lexer = new Lexer(source);
        lexer.run();
        return new Read(lexer.tokens, lexer.problems);
    }

    private void run() {
        if (text.startsWith("\uFEFF")) {
            at = 1;
            lineStart = 1;
        }
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r') {
                newLine(c);
            } else if (c == ' ' || c == '\t') {
                at++;
            } else if (text.startsWith("//", at)) {
                skipTo(endOfLine());
            } else if (text.startsWith("/*", at)) {
                blockComment();
            } else if (c == '"') {
                quoted();
            } else if (c == '\'') {
                singleQuoted();
            } else if (isLetter(c)) {
                word();
            } else if (c >= '0' && c <= '9') {
                number();
            } else if (c > ' ' && c < 127) {
                sign(c);
            } else {
                strange(c);
                at++;
            }
        }
        tokens.add(new Token(Kind.END, "", at, line, column(at)));
    }

    private void newLine(char c) {
        at += c == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n' ? 2 : 1;
        line++;
        lineStart = at;
    }

    private int column(int offset) {
        return offset - lineStart + 1;
    }

    private int endOfLine() {
        int end = at;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    /** Comments may say what they like, but for what could be taken for something else. */
    private void skipTo(int end) {
        while (at < end) {
            char c = text.charAt(at);
            if (c == '\n' || c == '\r') {
                newLine(c);
            } else {
                if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == 'u' || hides(text.codePointAt(at))) {
                    strange(c);
                }
                at++;
            }
        }
    }

    private void blockComment() {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            problem(
                    LanguageCode.UNREADABLE,
                    at,
                    2,
                    "a comment begins here and does not end",
                    "Close it with */, or begin each of its lines with //.");
            skipTo(text.length());
        } else {
            skipTo(end + 2);
        }
    }

    private void quoted() {
        int start = at;
        int end = endOfLine();
        at++;
        while (at < end && text.charAt(at) != '"') {
            char c = text.charAt(at);
            if (c == '\\') {
                char next = at + 1 < end ? text.charAt(at + 1) : ' ';
                if (next == 'u') {
                    strange(c);
                } else if (ESCAPES.indexOf(next) < 0) {
                    problem(
                            LanguageCode.UNREADABLE,
                            at,
                            2,
                            "'\\" + next + "' stands in a text and means nothing there",
                            "A backslash is written \\\\, a quotation mark \\\".");
                }
                at += at + 1 < end ? 2 : 1;
            } else {
                if (hides(text.codePointAt(at))) {
                    strange(c);
                }
                at++;
            }
        }
        if (at >= end) {
            at = end;
            problem(
                    LanguageCode.UNREADABLE,
                    start,
                    end - start,
                    "a text begins here and its closing quotation mark is missing",
                    "Close it with \" on the same line. A long text is written as several, with + between them.");
        } else {
            at++;
        }
        add(Kind.TEXT, start);
    }

    private void singleQuoted() {
        int start = at;
        int end = text.indexOf('\'', at + 1);
        int stop = end < 0 || end > endOfLine() ? at + 1 : end + 1;
        problem(
                LanguageCode.UNREADABLE,
                start,
                stop - start,
                "a text stands in single quotation marks",
                "Write it in double ones: \"…\".");
        at = stop;
        tokens.add(new Token(Kind.TEXT, "\"\"", start, line, column(start)));
    }

    private void word() {
        int start = at;
        while (at < text.length() && (isLetter(text.charAt(at)) || Character.isDigit(text.charAt(at)))) {
            if (text.charAt(at) > 127) {
                strange(text.charAt(at));
            }
            at++;
        }
        add(text.charAt(start) == '$' ? Kind.VARIABLE : Kind.WORD, start);
    }

    private void number() {
        int start = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        if (at + 1 < text.length() && text.charAt(at) == '.' && Character.isDigit(text.charAt(at + 1))) {
            at++;
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
        }
        add(Kind.NUMBER, start);
    }

    private void sign(char c) {
        int start = at;
        if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == 'u') {
            strange(c);
        }
        at += SIGNS.stream()
                .filter(sign -> text.startsWith(sign, start))
                .mapToInt(String::length)
                .findFirst()
                .orElse(1);
        add(Kind.SIGN, start);
    }

    private void add(Kind kind, int start) {
        tokens.add(new Token(kind, text.substring(start, at), start, line, column(start)));
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '$' || c == '_' || c > 127 && Character.isLetter(c);
    }

    /** Control characters, and those that turn around or hide what stands beside them. */
    private static boolean hides(int c) {
        return c != '\t'
                && (Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                        || Character.getType(c) == Character.PRIVATE_USE
                        || Character.getType(c) == Character.UNASSIGNED);
    }

    private void strange(char c) {
        boolean escape = c == '\\';
        boolean visible = !hides(text.codePointAt(at)) && !Character.isWhitespace(c) && !Character.isSpaceChar(c);
        problem(
                LanguageCode.CHARACTER,
                at,
                escape ? 2 : 1,
                escape
                        ? "'\\u' stands for another character, so the rule would not say what one reads"
                        : visible
                                ? "'" + c
                                        + "' stands outside of a text; names and signs are plain English letters and signs"
                                : String.format(
                                        "the invisible character U+%04X could hide what the rule says",
                                        text.codePointAt(at)),
                escape
                        ? "Write the character itself, in a text."
                        : "\u201c\u201d\u201e\u2018\u2019".indexOf(c) >= 0
                                ? "Write straight quotation marks: \"…\"."
                                : visible
                                        ? "Put it into a text in \"…\", or write it in plain English letters."
                                        : "Remove it.");
    }

    private void problem(LanguageCode code, int offset, int length, String message, String hint) {
        problems.add(source.problem(code, line, column(offset), length, null, message, hint));
    }
}
