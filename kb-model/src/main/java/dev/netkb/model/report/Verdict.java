package dev.netkb.model.report;

import java.util.Locale;

/** What becomes of the packets of a flow. */
public enum Verdict {
    /** Every packet passes. */
    ALLOWED,
    /** No packet passes. */
    DENIED,
    /** Some packets pass, some do not. */
    PARTIAL,
    /** Data that would decide it are missing. */
    UNDETERMINED;

    /** The word in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
