package dev.netkb.api.read.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in plain words why bytes are not JSON. The parser speaks of its own tokens, classes and settings; of what it says
 * only the character and the word that it met are passed on.
 */
final class ParseTrouble {

    private static final String ELSE = "something stands here that JSON does not allow";

    /** What the parser's message contains → what it means; {@code %s} is what stands there. The first match counts. */
    private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put("utf-8", "this is not text in UTF-8");
        MEANINGS.put("utf-16", "this is not text in UTF-8");
        MEANINGS.put("utf-32", "this is not text in UTF-8");
        MEANINGS.put("surrogate", "half of a character stands here");
        MEANINGS.put("comment", "JSON has no comments, but here stands %s");
        MEANINGS.put("hex-digit", "four hexadecimal digits must follow \\u, not %s");
        MEANINGS.put(
                "character escape",
                "a backslash in a text must be doubled, or be followed by n, t, \" or the like," + " not by %s");
        MEANINGS.put(
                "unquoted character",
                "a line end or another control character stands within a text; the quote that"
                        + " ends the text may be missing");
        MEANINGS.put(
                "non-standard token",
                "the word %s is not JSON: a number, true, false, null or a text in double" + " quotes must stand here");
        MEANINGS.put(
                "unrecognized token",
                "the word %s is not JSON: a value must stand here, and a text in double" + " quotes");
        MEANINGS.put("leading zero", "a number must not begin with more than one zero");
        MEANINGS.put("numeric value", "a number is written in a way that JSON does not allow, with %s");
        MEANINGS.put("valid number", "a number is written in a way that JSON does not allow, with %s");
        MEANINGS.put(
                "double-quote to start field name", "the name of a field, in double quotes, must stand here, not %s");
        MEANINGS.put("separate field name and value", "a colon must stand here, between a field and its value, not %s");
        MEANINGS.put("comma to separate", "a comma or a closing bracket must stand here, not %s");
        MEANINGS.put("close marker", "the bracket %s closes what is not open here");
        MEANINGS.put("expected a value", "a value must stand here, not %s");
        MEANINGS.put("expected a valid value", "a value must stand here, not %s");
        MEANINGS.put("regular white space", "a control character stands between values, so this may be binary data");
    }

    /** The one limit that the parser does not watch itself. */
    static final String VALUE_COUNT = "value count";

    private static final Map<String, String> LIMITS = Map.of(
            "nesting depth",
            "its nesting is deeper than " + Limits.NESTING + " levels",
            "number value length",
            "a number has more than " + Limits.NUMBER + " digits",
            "string value length",
            "a text has more than " + Limits.TEXT + " characters",
            "name length",
            "the name of a field has more than " + Limits.NAME + " characters",
            VALUE_COUNT,
            "the snapshot has more than " + Limits.VALUES + " values");

    private static final Pattern CHARACTER =
            Pattern.compile("\\('(.)' \\(code |escape '(.)' |marker '(.)'", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("(?:Unrecognized|Non-standard) token '([^']*)'");

    private ParseTrouble() {}

    /** What is wrong, to go on behind {@code this is not JSON: }. */
    static String inWords(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return "the file ends before its value does";
        }
        String message = String.valueOf(e.getOriginalMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        return MEANINGS.entrySet().stream()
                .filter(meaning -> lower.contains(meaning.getKey()))
                .findFirst()
                .map(meaning -> meaning.getValue().replace("%s", met(message)))
                .orElse(ELSE);
    }

    /** Which limit a file goes beyond. */
    static String inWords(StreamConstraintsException e) {
        String lower = String.valueOf(e.getOriginalMessage()).toLowerCase(Locale.ROOT);
        return LIMITS.entrySet().stream()
                .filter(limit -> lower.contains(limit.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse("it is too large");
    }

    private static String met(String message) {
        Matcher word = WORD.matcher(message);
        if (word.find()) {
            return Problems.quote(word.group(1));
        }
        Matcher character = CHARACTER.matcher(message);
        if (!character.find()) {
            return "what stands here";
        }
        for (int group = 1; group <= character.groupCount(); group++) {
            if (character.group(group) != null) {
                return Problems.quote(character.group(group));
            }
        }
        return "what stands here";
    }
}
