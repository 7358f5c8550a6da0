package dev.netkb.model.report;

/** What became of a requirement for one subject; in the order in which people want to read them. */
public enum Outcome {
    VIOLATED("violated"),
    UNDETERMINED("undetermined"),
    WAIVED("waived"),
    KNOWN("known"),
    PASSED("passed"),
    NOT_APPLICABLE("notApplicable");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** The word in reports. */
    public String word() {
        return word;
    }
}
