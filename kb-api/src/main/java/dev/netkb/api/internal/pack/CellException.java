package dev.netkb.api.internal.pack;

import dev.netkb.model.value.Nearest;
import java.util.Collection;

/** A cell that does not hold what its column holds. */
final class CellException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FolderCode code;
    private final String hint;

    /** @param message why the value is not allowed, to stand behind column and value */
    CellException(FolderCode code, String message, String hint) {
        super(message, null, false, false);
        this.code = code;
        this.hint = hint;
    }

    /** A value that is none of those that are allowed. */
    static CellException noneOf(Collection<String> allowed, String value) {
        return noneOf(allowed, value, allowed);
    }

    /** @param understood further words that are understood, among which the nearest is looked for */
    static CellException noneOf(Collection<String> allowed, String value, Collection<String> understood) {
        return new CellException(
                FolderCode.WRONG_VALUE,
                "is none of " + String.join(", ", allowed),
                Nearest.to(value, understood).stream()
                        .findFirst()
                        .map(nearest -> "Did you mean " + nearest + "?")
                        .orElse("Write one of these."));
    }

    FolderCode code() {
        return code;
    }

    String hint() {
        return hint;
    }
}
