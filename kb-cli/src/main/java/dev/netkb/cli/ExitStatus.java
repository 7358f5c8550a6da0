package dev.netkb.cli;

/** What the process ends with. Where several apply, the smallest above {@link #OK} wins. */
enum ExitStatus {
    OK("nothing at or above --fail-on"),
    INTERNAL("internal error"),
    USAGE("wrong use of the command line"),
    NOT_LOADED("some input or rule could not be loaded"),
    VIOLATIONS("violations at or above --fail-on"),
    UNDETERMINED("undetermined results, and --fail-on-undetermined was given");

    private final String meaning;

    ExitStatus(String meaning) {
        this.meaning = meaning;
    }

    int code() {
        return ordinal();
    }

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
