package dev.netkb.api.internal.drools.language;

/** A rule cannot be read any further. It carries no trace: it never leaves the parser. */
final class Broken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient LanguageCode code;
    private final transient Token at;
    private final String hint;

    Broken(LanguageCode code, Token at, String message, String hint) {
        super(message, null, false, false);
        this.code = code;
        this.at = at;
        this.hint = hint;
    }

    LanguageCode code() {
        return code;
    }

    Token at() {
        return at;
    }

    String hint() {
        return hint;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
