package dev.netkb.api.internal.drools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a rule with one thing changed: a comparison, a number, a severity, or a constraint less. The pattern that
 * ties a rule to its id and joins between patterns stay, because no rule may be without them.
 */
final class TextMutations {

    private static final Pattern SEVERITY = Pattern.compile("@severity\\s*\\(\\s*\"(error|warning|info)\"");
    private static final Pattern COMPARISON = Pattern.compile("==|!=|>=|<=|(?<![-=])>|<");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.$])\\d{1,9}(?![\\w.])");
    private static final Pattern CONDITION = Pattern.compile("\\bwhen\\b");
    private static final Pattern CONSEQUENCE = Pattern.compile("\\bthen\\b");
    private static final Pattern JOIN = Pattern.compile("==\\s*\\$|\\$[\\w.]+\\s*==");
    private static final Pattern BINDING = Pattern.compile("^\\s*\\$\\w+\\s*:");
    private static final Pattern OPENING = Pattern.compile("\\b([A-Z]\\w*|accumulate)\\s*\\(");

    private static final Map<String, String> OPPOSITE =
            Map.of("==", "!=", "!=", "==", ">", ">=", ">=", ">", "<", "<=", "<=", "<");

    private TextMutations() {}

    /**
     * @param offset where the change is in the text
     * @param change such as {@code capacity > 3 -> capacity >= 3}
     */
    record Mutation(int offset, String change, String text) {}

    static List<Mutation> of(String text) {
        String code = withoutTexts(text);
        List<Mutation> mutations = new ArrayList<>();
        Matcher severity = SEVERITY.matcher(text);
        while (severity.find()) {
            String other = severity.group(1).equals("error") ? "warning" : "error";
            replace(
                    mutations,
                    text,
                    severity.start(1),
                    severity.end(1),
                    other,
                    "severity " + severity.group(1) + " -> " + other);
        }
        Matcher condition = CONDITION.matcher(code);
        Matcher consequence = CONSEQUENCE.matcher(code);
        int at = 0;
        while (condition.find(at) && consequence.find(condition.end())) {
            for (Constraint constraint : constraints(code, condition.end(), consequence.start())) {
                mutate(mutations, text, code, constraint);
            }
            at = consequence.end();
        }
        // What stands in a pattern inside of another one is found twice; the inner one is found last and says it
        // shorter.
        Map<String, Mutation> distinct = new LinkedHashMap<>();
        mutations.forEach(mutation -> distinct.put(mutation.text(), mutation));
        return List.copyOf(distinct.values());
    }

    private static void mutate(List<Mutation> mutations, String text, String code, Constraint constraint) {
        if (constraint.joins(code)) {
            return;
        }
        String whole = constraint.in(text).strip();
        Matcher comparison = COMPARISON.matcher(code).region(constraint.start(), constraint.end());
        comparison.useTransparentBounds(true);
        while (comparison.find()) {
            String other = OPPOSITE.getOrDefault(comparison.group(), comparison.group());
            replaceIn(mutations, text, constraint, comparison.start(), comparison.end(), other, whole);
        }
        Matcher number = NUMBER.matcher(code).region(constraint.start(), constraint.end());
        number.useTransparentBounds(true);
        while (number.find()) {
            int value = Integer.parseInt(number.group());
            for (int other : new int[] {value + 1, value - 1}) {
                if (other >= 0) {
                    replaceIn(mutations, text, constraint, number.start(), number.end(), "" + other, whole);
                }
            }
        }
        if (constraint.droppable() && !constraint.binds(code)) {
            int end = code.startsWith(",", constraint.end()) ? constraint.end() + 1 : constraint.end();
            int start = end > constraint.end() || !code.startsWith(",", constraint.start() - 1)
                    ? constraint.start()
                    : constraint.start() - 1;
            replace(mutations, text, start, end, "", "without " + whole);
        }
    }

    private static void replaceIn(
            List<Mutation> mutations, String text, Constraint constraint, int start, int end, String by, String whole) {
        String changed = text.substring(constraint.start(), start) + by + text.substring(end, constraint.end());
        replace(mutations, text, start, end, by, whole + " -> " + changed.strip());
    }

    private static void replace(List<Mutation> mutations, String text, int start, int end, String by, String change) {
        mutations.add(new Mutation(
                start, change.replaceAll("\\s+", " "), text.substring(0, start) + by + text.substring(end)));
    }

    /** One constraint of a pattern. */
    private record Constraint(int start, int end, boolean droppable) {

        String in(String text) {
            return text.substring(start, end);
        }

        /** Whether it compares with what another pattern bound. */
        boolean joins(String code) {
            return JOIN.matcher(in(code)).find();
        }

        boolean binds(String code) {
            return BINDING.matcher(in(code)).find();
        }
    }

    /** The constraints of all patterns but the first, in a region of the text. */
    private static List<Constraint> constraints(String code, int from, int to) {
        Map<Integer, Constraint> found = new LinkedHashMap<>();
        Matcher opening = OPENING.matcher(code).region(from, to);
        boolean first = true;
        while (opening.find()) {
            if (!first) {
                boolean pattern = !opening.group(1).equals("accumulate");
                split(code, opening.end(), to, pattern)
                        .forEach(constraint -> found.put(constraint.start(), constraint));
            }
            first = false;
        }
        return List.copyOf(found.values());
    }

    /** What stands between the commas up to the closing bracket. */
    private static List<Constraint> split(String code, int from, int to, boolean droppable) {
        List<Constraint> parts = new ArrayList<>();
        int depth = 0;
        int start = from;
        for (int i = from; i < to; i++) {
            char c = code.charAt(i);
            if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (depth > 0 && (c == ')' || c == ']' || c == '}')) {
                depth--;
            } else if (depth == 0 && (c == ',' || c == ';' || c == ')')) {
                if (!code.substring(start, i).isBlank()) {
                    parts.add(new Constraint(start, i, droppable));
                }
                start = i + 1;
                if (c == ')') {
                    return parts;
                }
            }
        }
        return List.of();
    }

    /** The text with blanks in place of what stands in quotes and comments, so that places stay. */
    static String withoutTexts(String text) {
        StringBuilder code = new StringBuilder(text);
        int i = 0;
        while (i < text.length()) {
            int end = i + 1;
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                while (end < text.length() && text.charAt(end) != c && text.charAt(end) != '\n') {
                    end += text.charAt(end) == '\\' ? 2 : 1;
                }
                blank(code, i + 1, Math.min(end, text.length()));
                end++;
            } else if (text.startsWith("//", i)) {
                int lineEnd = text.indexOf('\n', i);
                end = lineEnd < 0 ? text.length() : lineEnd;
                blank(code, i, end);
            } else if (text.startsWith("/*", i)) {
                int close = text.indexOf("*/", i + 2);
                end = close < 0 ? text.length() : close + 2;
                blank(code, i, end);
            }
            i = end;
        }
        return code.toString();
    }

    private static void blank(StringBuilder code, int from, int to) {
        for (int i = from; i < to; i++) {
            if (code.charAt(i) != '\n') {
                code.setCharAt(i, ' ');
            }
        }
    }
}
