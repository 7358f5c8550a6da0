package dev.netkb.api.read.json;

import java.util.regex.Pattern;

/**
 * Recognises what {@code ConvertTo-Json} of PowerShell writes in the place of what is nested deeper than its {@code -Depth}: the
 * object as a text of its members, or the name of its class.
 */
final class CutByDepth {

    private static final Pattern MEMBERS = Pattern.compile("@\\{[A-Za-z_][\\w.$-]*=.*\\}", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile(
            "(System\\.(Object|Collections|Management)|Microsoft\\.Azure\\.(Commands|Management|PowerShell))"
                    + "[\\w.+]*(`\\d+)?(\\[[^\\s]*\\])?");

    private CutByDepth() {}

    static boolean isIn(String text) {
        return text.startsWith("@{") && MEMBERS.matcher(text).matches()
                || (text.startsWith("System.") || text.startsWith("Microsoft.Azure."))
                        && CLASS.matcher(text).matches();
    }
}
