package dev.netkb.model.report;

import java.util.Locale;

/** How bad a violation is; the worst comes first. */
public enum Severity {
    ERROR,
    WARNING,
    INFO;

    /** The word in reports: {@code error}, {@code warning}, {@code info}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@code error}, {@code warning} or {@code info} in any letter case. */
    public static Severity of(String word) {
        return valueOf(word.trim().toUpperCase(Locale.ROOT));
    }
}
