package dev.netkb.html;

import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import java.util.Arrays;
import java.util.List;

/** What a reader tells results apart by: the outcome, and of what is violated the severity. The worst comes first. */
enum Kind {
    ERROR("error", "errors", "e"),
    WARNING("warning", "warnings", "w"),
    INFO("info", "infos", "i"),
    UNDETERMINED("undetermined", "undetermined", "u"),
    WAIVED("waived", "waived", "a"),
    KNOWN("known before", "known before", "k"),
    PASSED("passed", "passed", "p"),
    NOT_APPLICABLE("not applicable", "not applicable", "n");

    private final String one;
    private final String many;
    private final String key;

    Kind(String one, String many, String key) {
        this.one = one;
        this.many = many;
        this.key = key;
    }

    static Kind of(Result result) {
        return switch (result.outcome()) {
            case VIOLATED ->
                switch (result.severity()) {
                    case ERROR -> ERROR;
                    case WARNING -> WARNING;
                    case INFO -> INFO;
                };
            case UNDETERMINED -> UNDETERMINED;
            case WAIVED -> WAIVED;
            case KNOWN -> KNOWN;
            case PASSED -> PASSED;
            case NOT_APPLICABLE -> NOT_APPLICABLE;
        };
    }

    static List<Kind> all() {
        return Arrays.asList(values());
    }

    /** Whether something is {@link Outcome#VIOLATED}. */
    boolean isViolated() {
        return compareTo(INFO) <= 0;
    }

    /** The class in the style sheet, and the word of the filter: short, because it stands at every result. */
    String key() {
        return key;
    }

    /** What stands at a single result. */
    String label() {
        return one;
    }

    /** {@code 3 errors}. */
    String counted(int count) {
        return count + " " + plural(count);
    }

    /** {@code error} or {@code errors}. */
    String plural(int count) {
        return count == 1 ? one : many;
    }
}
