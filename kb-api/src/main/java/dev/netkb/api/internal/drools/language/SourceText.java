package dev.netkb.api.internal.drools.language;

import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Level;
import dev.netkb.api.rules.RuleProblem.Spot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of rules and its lines. */
final class SourceText {

    private static final int SHOWN = 300;

    private final String path;
    private final String text;
    private final List<String> lines;

    SourceText(String path, String text) {
        this.path = path;
        this.text = text;
        this.lines = List.of(text.split("\r\n|\r|\n", -1));
    }

    String path() {
        return path;
    }

    String text() {
        return text;
    }

    /** The first line from another one on that has a word; the other one where none has. */
    int lineOf(String word, int from) {
        for (int line = Math.max(1, from); line <= lines.size(); line++) {
            if (lines.get(line - 1).contains(word)) {
                return line;
            }
        }
        return Math.max(1, from);
    }

    RuleProblem problem(LanguageCode code, Token at, @Nullable String rule, String message, String hint) {
        int length = at.column() == 0 ? 0 : Math.max(1, at.text().length());
        return problem(code, at.line(), at.column(), length, rule, message, hint);
    }

    /** @param column,length 0 where the whole line is meant */
    RuleProblem problem(
            LanguageCode code, int line, int column, int length, @Nullable String rule, String message, String hint) {
        int within = Math.max(1, Math.min(line, lines.size()));
        return new RuleProblem(
                code.code(), Level.ERROR, Spot.of(path, within, column, length), rule, message, excerpt(within), hint);
    }

    private @Nullable String excerpt(int line) {
        String excerpt = lines.get(line - 1);
        return excerpt.isBlank() ? null : excerpt.length() > SHOWN ? excerpt.substring(0, SHOWN) : excerpt;
    }
}
