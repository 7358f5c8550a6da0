package dev.netkb.cli;

import org.jspecify.annotations.Nullable;

/** What the process ends with. Where several apply, the smallest above {@link #OK} wins. */
enum ExitStatus {
    OK("done"),
    INTERNAL("internal error"),
    USAGE("wrong use of the command line"),
    NOT_LOADED("some input or rule could not be loaded"),
    VIOLATIONS(null),
    UNDETERMINED(null);

    private final @Nullable String meaning;

    ExitStatus(@Nullable String meaning) {
        this.meaning = meaning;
    }

    int code() {
        return ordinal();
    }

    /** What it means for every command; null where only some end with it, which say themselves when they do. */
    @Nullable
    String meaning() {
        return meaning;
    }

    /** The one of the two that the process ends with. */
    ExitStatus and(ExitStatus other) {
        if (this == OK || other == OK) {
            return this == OK ? other : this;
        }
        return ordinal() < other.ordinal() ? this : other;
    }
}
