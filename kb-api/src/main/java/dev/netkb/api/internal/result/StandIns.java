package dev.netkb.api.internal.result;

/**
 * What stands for a value that a template knows only when it is deployed: {@code {resourceGroup}}, or
 * <code>{parameters('name')}</code> as a part of a name. In a command it is a gap that somebody has to fill in, and looks
 * like all others: {@code <resourceGroup>}.
 */
final class StandIns {

    private StandIns() {}

    /** The text with every stand-in as a gap. Braces that do not match are no stand-in. */
    static String asGaps(String text) {
        if (text.indexOf('{') < 0) {
            return text;
        }
        StringBuilder gaps = new StringBuilder(text.length());
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                gaps.append(depth == 0 ? '<' : c);
                depth++;
            } else if (c == '}') {
                depth--;
                gaps.append(depth == 0 ? '>' : c);
            } else if (depth == 0 || c != '\'') {
                // Quotes of an expression would only have to be quoted again.
                gaps.append(c);
            }
            if (depth < 0) {
                return text;
            }
        }
        return depth == 0 ? gaps.toString() : text;
    }
}
