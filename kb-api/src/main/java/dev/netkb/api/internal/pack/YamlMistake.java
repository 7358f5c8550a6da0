package dev.netkb.api.internal.pack;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a text is no YAML, in the words of people who write it. What the parser says is looked at and never shown: it speaks of
 * how parsers work.
 *
 * @param line,column where the mistake probably is, from 1
 * @param hint a way out
 */
record YamlMistake(int line, int column, String why, String hint) {

    static final String QUOTE_IT = "Put it between two ', such as '*/shop'.";

    /** How the parser names a place; lines of the file that it quotes are indented further. */
    private static final Pattern PLACE = Pattern.compile("(?m)^ in 'reader', line (\\d+), column (\\d+):");

    private static final Pattern TAB = Pattern.compile("^ *\t");
    private static final Pattern KEY_WITHOUT_BLANK =
            Pattern.compile("^ *(?:- +)?([A-Za-z][\\w.-]*):(?![/\\\\:])(\\S+)");
    private static final Pattern COLON = Pattern.compile(":( |$)");

    private record At(int line, int column) {}

    static String needsQuotes(char first) {
        return "a text that begins with '" + first + "' needs quotes";
    }

    static String noBlank(String key) {
        return "there is no blank behind the colon of '" + key + "'";
    }

    static String addBlank(String key, String value) {
        return "Write '" + key + ": " + value + "'.";
    }

    /** What the text of a value looks like where somebody forgot the blank: key and value; null where it does not. */
    static @Nullable YamlMistake blankForgotten(String text, int line, int column) {
        Matcher key = KEY_WITHOUT_BLANK.matcher(text);
        return key.find() && key.start(1) == 0
                ? new YamlMistake(line, column, noBlank(key.group(1)), addBlank(key.group(1), key.group(2)))
                : null;
    }

    static YamlMistake of(JsonProcessingException e, List<String> lines) {
        String message = String.valueOf(e.getOriginalMessage());
        List<At> places = new ArrayList<>();
        PLACE.matcher(message)
                .results()
                .forEach(place ->
                        places.add(new At(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)))));
        if (places.isEmpty()) {
            JsonLocation known = e.getLocation();
            places.add(known == null ? new At(1, 1) : new At(known.getLineNr(), known.getColumnNr()));
        }
        String said = message.lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .collect(Collectors.joining(" "));
        return new Reason(said, lines, within(places.get(0), lines), within(places.get(places.size() - 1), lines))
                .mistake();
    }

    /** Behind the last line stands its end. */
    private static At within(At place, List<String> lines) {
        if (place.line() <= lines.size()) {
            return new At(Math.max(1, place.line()), Math.max(1, place.column()));
        }
        return new At(lines.size(), lines.get(lines.size() - 1).length() + 1);
    }

    /**
     * What the parser knows.
     *
     * @param said its words
     * @param from where that begins in which something is wrong
     * @param at where it went on no more
     */
    private record Reason(String said, List<String> lines, At from, At at) {

        YamlMistake mistake() {
            for (int i = at.line(); i <= Math.min(at.line() + 1, lines.size()); i++) {
                Matcher tab = TAB.matcher(line(i));
                if (tab.find()) {
                    return new YamlMistake(
                            i,
                            tab.end(),
                            "this line begins with a tab, which YAML does not allow",
                            "Put blanks in its place.");
                }
            }
            if (says("(TAB)")) {
                return at("here stands a tab, which YAML does not allow", "Put blanks in its place.");
            }
            YamlMistake found = special();
            found = found == null ? quotes() : found;
            found = found == null ? brackets() : found;
            found = found == null ? colons() : found;
            found = found == null ? places() : found;
            return found != null
                    ? found
                    : at(
                            "this cannot be read as YAML",
                            "Look at the indentation, the colons and the quotes here and on the line above; a text that has"
                                    + " ': ' or begins with one of *&!%@`{[ needs quotes.");
        }

        /** Texts that begin with a character that means something in YAML. */
        private @Nullable YamlMistake special() {
            if (says(
                    "cannot start any token",
                    "scanning an alias",
                    "scanning an anchor",
                    "scanning a tag",
                    "scanning a directive")) {
                At place = says("cannot start any token") ? at : from;
                return new YamlMistake(place.line(), place.column(), needsQuotes(character(place)), QUOTE_IT);
            }
            if (says("base64")) {
                int typed = at.line();
                while (typed > 1 && line(typed).indexOf('!') < 0) {
                    typed--;
                }
                return new YamlMistake(typed, Math.max(1, line(typed).indexOf('!') + 1), needsQuotes('!'), QUOTE_IT);
            }
            if (says("expected '<document start>'")) {
                for (int i = 1; i < at.line(); i++) {
                    if (line(i).startsWith("%")) {
                        return new YamlMistake(
                                i, 1, "a line cannot begin with '%'", "Take it away, or put the text in quotes.");
                    }
                }
            }
            if (says("while scanning a block scalar")) {
                return at(
                        "behind '" + character(from) + "', which begins a text of several lines, stands something else",
                        "Begin the text on the next line, indented; a short text that begins with '" + character(from)
                                + "' needs quotes.");
            }
            return null;
        }

        private @Nullable YamlMistake quotes() {
            if (says("quoted scalar") && says("found unexpected")) {
                return from("the quote that begins here is never closed", "Put the same quote behind the text.");
            }
            if (says("double-quoted scalar")) {
                return at(
                        "in a text between two \" a backslash begins a special character, and here it is none",
                        "Put the text between two ', where a backslash is only a backslash.");
            }
            if (says("found '<scalar>'") && before().matches(".*['\"] *")) {
                return at(
                        "more text stands behind the closing quote",
                        "Put all of it between the quotes; a ' between two ' is written twice: 'don''t'.");
            }
            return null;
        }

        private @Nullable YamlMistake brackets() {
            if (says("while parsing a flow sequence", "while parsing a flow mapping")) {
                String close = says("flow sequence") ? "]" : "}";
                return at.line() == from.line() && !says("<stream end>")
                        ? at(
                                "here a ',' or the closing '" + close + "' is missing",
                                "Put a comma between values, and close each bracket.")
                        : from(
                                "the '" + character(from) + "' that begins here is never closed",
                                "Put a '" + close + "' behind its last value.");
            }
            if (says("found ']'", "found '}'")) {
                return at(
                        "the '" + character(at) + "' here closes nothing",
                        "Take it away, or open it before the first value.");
            }
            if (says("expected the node content")) {
                return at(
                        "before the '" + character(at) + "' here a value is missing",
                        "Write the value; a text that begins so needs quotes.");
            }
            return null;
        }

        private @Nullable YamlMistake colons() {
            if (!says("mapping values", "could not find expected ':'", "<block end>", "<document start>")) {
                return null;
            }
            for (int i = Math.max(1, Math.min(from.line(), at.line() - 1)); i <= at.line(); i++) {
                Matcher key = KEY_WITHOUT_BLANK.matcher(line(i));
                if (key.find()) {
                    return new YamlMistake(
                            i, key.start(1) + 1, noBlank(key.group(1)), addBlank(key.group(1), key.group(2)));
                }
            }
            if (says("could not find expected ':'")) {
                return from("there is no colon behind the key of this line", "Write key: value.");
            }
            if (says("mapping values") && COLON.matcher(before()).find()) {
                return at("a second colon stands in this line", "Put the text behind the first colon between two '.");
            }
            int above = at.line() - 1;
            while (above > 0 && line(above).isBlank()) {
                above--;
            }
            if (says("mapping values")
                    && above > 0
                    && !COLON.matcher(line(above)).find()) {
                return new YamlMistake(
                        above,
                        indent(line(above)) + 1,
                        "there is no colon behind the key of this line",
                        "Write key: value.");
            }
            return null;
        }

        /** Lines that begin in the wrong column. */
        private @Nullable YamlMistake places() {
            if (says("sequence entries are not allowed")) {
                return at(
                        "a list cannot begin here",
                        "Write [a, b], or put each '- ' on a line of its own below the key.");
            }
            if (says("found '-'")) {
                return at(
                        "an entry of a list stands among keys",
                        "Put the list below its key: 'key:' and then the lines with '- '.");
            }
            if (says("block collection") && says("found '?'")) {
                return at(
                        "a key stands among the entries of a list",
                        "Indent it like the other keys of its entry, or begin it with '- '.");
            }
            if (says("mapping values", "<block end>", "<document start>")) {
                return new YamlMistake(
                        at.line(),
                        indent(line(at.line())) + 1,
                        "this line does not begin in the column of those that it belongs to",
                        "Lines of one map or one list begin in the same column; what is inside of them is indented further.");
            }
            return says("Expected a field name") ? at("a key is no text here", "Write key: value.") : null;
        }

        private boolean says(String... words) {
            for (String word : words) {
                if (said.contains(word)) {
                    return true;
                }
            }
            return false;
        }

        private String line(int number) {
            return lines.get(number - 1);
        }

        /** What stands in the line before that place. */
        private String before() {
            String line = line(at.line());
            return line.substring(0, Math.min(line.length(), at.column() - 1));
        }

        private static int indent(String line) {
            return line.length() - line.stripLeading().length();
        }

        private char character(At place) {
            String line = line(place.line());
            return place.column() <= line.length() ? line.charAt(place.column() - 1) : ' ';
        }

        private YamlMistake at(String why, String hint) {
            return new YamlMistake(at.line(), at.column(), why, hint);
        }

        private YamlMistake from(String why, String hint) {
            return new YamlMistake(from.line(), from.column(), why, hint);
        }
    }
}
