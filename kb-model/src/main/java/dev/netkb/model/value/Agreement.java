package dev.netkb.model.value;

/** Whether two values are the same, as far as that is known. */
public enum Agreement {
    SAME,
    DIFFERENT,
    /** At least one of the two is not known. */
    UNKNOWN
}
