package dev.netkb.api.internal.result;

import java.util.regex.Pattern;

/** Quotes values for shells, so that a name from an export is never more than a name. */
final class ShellText {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_./:-]+");

    private ShellText() {}

    static String posix(String text) {
        return HARMLESS.matcher(text).matches() && !text.startsWith("-")
                ? text
                : "'" + text.replace("'", "'\\''") + "'";
    }

    static String powershell(String text) {
        return "'" + insidePowershellQuotes(text) + "'";
    }

    /** For a template that has the single quotes itself. */
    static String insidePowershellQuotes(String text) {
        return text.replace("'", "''");
    }
}
