package dev.netkb.api.internal.drools.language;

/**
 * A word of a file of rules.
 *
 * @param text as it stands in the file, for a text in quotes with them
 * @param offset where it begins in the file, from 0
 * @param line,column where it begins, from 1
 */
record Token(Kind kind, String text, int offset, int line, int column) {

    enum Kind {
        WORD,
        VARIABLE,
        NUMBER,
        TEXT,
        SIGN,
        END
    }

    boolean is(String wanted) {
        return text.equals(wanted) && (kind == Kind.SIGN || kind == Kind.WORD);
    }

    int end() {
        return offset + text.length();
    }

    /** What a text in quotes says. */
    String value() {
        if (kind != Kind.TEXT) {
            return text;
        }
        String inner =
                text.length() >= 2 && text.endsWith("\"") ? text.substring(1, text.length() - 1) : text.substring(1);
        return inner.replace("\\\"", "\"").replace("\\\\", "\\");
    }

    /** As it is named in a message. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the file";
            case TEXT -> text.length() > 40 ? text.substring(0, 37) + "…\"" : text;
            default -> "'" + text + "'";
        };
    }
}
