package dev.netkb.api.read.json;

import dev.netkb.model.report.Problem;
import dev.netkb.model.value.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with the files of one snapshot. Repeated notices become one with a count. Not thread-safe. */
public final class Problems {

    /** Beyond this many errors a user needs another cure than reading on. */
    static final int MOST_ERRORS = 100;

    private static final int LONGEST_VALUE = 120;

    /** Names of Azure are short enough for every id to be shorter. */
    private static final int LONGEST_ID = 1_000;

    private final List<Problem> errors = new ArrayList<>();
    private final Map<String, Counted> notices = new LinkedHashMap<>();
    private int moreErrors;

    private record Counted(ProblemCode code, String message, Place first, String hint, int count) {}

    /** Adds a problem of its own. */
    public void add(ProblemCode code, Place at, String message, String hint) {
        if (code.level() != Problem.Level.ERROR) {
            notices.putIfAbsent(code + "|" + at + "|" + message, new Counted(code, message, at, hint, 1));
        } else if (errors.size() < MOST_ERRORS) {
            Problem error = new Problem(code.code(), code.level(), message, at, hint);
            if (!errors.contains(error)) {
                errors.add(error);
            }
        } else {
            moreErrors++;
        }
    }

    /** Adds a notice, or counts it where one with the same message is there already. */
    public void count(ProblemCode code, Place at, String message, String hint) {
        notices.merge(
                code + "|" + message,
                new Counted(code, message, at, hint, 1),
                (old, one) -> new Counted(code, message, old.first(), hint, old.count() + 1));
    }

    /** How many errors there are so far, listed or not. */
    public int errorCount() {
        return errors.size() + moreErrors;
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** Everything, errors first, each group in the order in which it was found. */
    public List<Problem> toList() {
        List<Problem> all = new ArrayList<>(errors);
        if (moreErrors > 0) {
            all.add(new Problem(
                    ProblemCode.TOO_MUCH.code(),
                    Problem.Level.ERROR,
                    moreErrors + " more errors are not listed",
                    errors.get(errors.size() - 1).at(),
                    "Mend the listed ones first; the others often have the same cause."));
        }
        for (Counted notice : notices.values()) {
            String message = notice.count() == 1
                    ? notice.message()
                    : notice.message() + " (" + notice.count() + " times, the first one here)";
            all.add(new Problem(notice.code().code(), notice.code().level(), message, notice.first(), notice.hint()));
        }
        return List.copyOf(all);
    }

    /** A value as a message quotes it: cut where it is long, without line breaks. An id is not cut: its end matters. */
    public static String quote(String value) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        int most = line.startsWith("/subscriptions/") ? LONGEST_ID : LONGEST_VALUE;
        return "'" + (line.length() <= most ? line : line.substring(0, most) + "…") + "'";
    }
}
