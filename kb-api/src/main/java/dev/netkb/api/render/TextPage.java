package dev.netkb.api.render;

import java.util.ArrayList;
import java.util.List;

/**
 * Text for people, line by line: broken at the width of the style, coloured where it says so, and free of characters
 * that a terminal could obey.
 */
final class TextPage {

    /** The colours that are used, each with one meaning. */
    enum Ink {
        ERROR("1;31"),
        WARNING("33"),
        UNDETERMINED("35"),
        INFO("36"),
        GOOD("32"),
        HEADING("1"),
        QUIET("2"),
        PLAIN("");

        private final String code;

        Ink(String code) {
            this.code = code;
        }
    }

    private static final int LABEL_WIDTH = 13;
    private static final String MARGIN = "  ";

    private final StringBuilder text = new StringBuilder();
    private final TextStyle style;

    TextPage(TextStyle style) {
        this.style = style;
    }

    /** A piece of text in one ink, safe to print. */
    String ink(Ink ink, String words) {
        String safe = Printable.of(words);
        return style.colour() && !ink.code.isEmpty() ? "\u001b[" + ink.code + "m" + safe + "\u001b[0m" : safe;
    }

    void blank() {
        int end = text.length();
        if (end > 1 && text.charAt(end - 2) != '\n') {
            text.append('\n');
        }
    }

    /** A line that has been made by {@link #ink}; it is not broken. */
    void line(String inked) {
        text.append(inked).append('\n');
    }

    /** Words in one ink, broken at the width, continued {@code indent} columns in. */
    void words(Ink ink, String indent, String words) {
        words(ink, indent, indent, words);
    }

    void words(Ink ink, String first, String next, String words) {
        String before = first;
        for (String line : broken(Printable.of(words), style.width() - next.length())) {
            line(before + ink(ink, line));
            before = next;
        }
    }

    /** A head that has been made by {@link #ink} and takes {@code headWidth} columns, then words after it. */
    void headed(String head, int headWidth, String indent, String words) {
        int width = style.width() - Math.max(headWidth + 1, indent.length());
        headed(head, indent, words, width, width);
    }

    /** As {@link #headed}, for an indent that leaves little: the lines after the first take all of it. */
    void headedInColumn(String head, int headWidth, String indent, String words) {
        headed(head, indent, words, style.width() - headWidth - 1, style.width() - indent.length());
    }

    private void headed(String head, String indent, String words, int first, int next) {
        String safe = Printable.of(words);
        List<String> lines = broken(safe, first, next);
        String before = head + (safe.isEmpty() ? "" : " ");
        for (String line : lines) {
            line(before + line);
            before = indent;
        }
    }

    /** {@code   label        words}, continued below the words. */
    void labelled(String label, String words) {
        labelled(label, Ink.PLAIN, words);
    }

    void labelled(String label, Ink ink, String words) {
        String indent = MARGIN + " ".repeat(LABEL_WIDTH);
        String before = MARGIN + ink(Ink.QUIET, label) + " ".repeat(Math.max(1, LABEL_WIDTH - label.length()));
        for (String line : broken(Printable.of(words), style.width() - indent.length())) {
            line(before + ink(ink, line));
            before = indent;
        }
    }

    /** Lines below one label; the label stands before the first. */
    void labelled(String label, List<String> lines) {
        String name = label;
        for (String line : lines) {
            labelled(name, line);
            name = "";
        }
    }

    /**
     * A command that can be copied into a POSIX shell: a line that is too long is continued with a backslash before an
     * option, never inside quotes.
     */
    void command(String command) {
        String indent = MARGIN + " ".repeat(LABEL_WIDTH);
        String before = indent;
        List<String> parts = optionParts(Printable.of(command));
        StringBuilder line = new StringBuilder(parts.get(0));
        for (String part : parts.subList(1, parts.size())) {
            if (before.length() + line.length() + part.length() + 3 > style.width()) {
                line(before + ink(Ink.HEADING, line + " \\"));
                line.setLength(0);
                before = indent + MARGIN;
            } else {
                line.append(' ');
            }
            line.append(part);
        }
        line(before + ink(Ink.HEADING, line.toString()));
    }

    private static List<String> optionParts(String command) {
        List<String> parts = new ArrayList<>();
        char quote = 0;
        int start = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (command.startsWith(" --", i)) {
                parts.add(command.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(command.substring(start));
        return parts;
    }

    private static List<String> broken(String words, int width) {
        return broken(words, width, width);
    }

    private static List<String> broken(String words, int first, int next) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (String word : words.split(" ", -1)) {
            int length = word.codePointCount(0, word.length());
            if (used > 0 && used + 1 + length > (lines.isEmpty() ? first : next)) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
                used = 0;
            } else if (line.length() > 0) {
                line.append(' ');
                used++;
            }
            line.append(word);
            used += length;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
