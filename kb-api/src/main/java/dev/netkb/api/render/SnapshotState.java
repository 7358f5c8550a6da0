package dev.netkb.api.render;

import dev.netkb.model.report.Problem;
import dev.netkb.model.report.SnapshotReport;
import java.util.List;
import java.util.Optional;

/** Whether the results of a snapshot are all there are to be: silence must not look like a pass. */
public enum SnapshotState {
    EVALUATED("evaluated"),
    REJECTED("rejected"),
    INCOMPLETE("incomplete"),
    NOTHING_CHECKED("nothingChecked");

    private final String word;

    SnapshotState(String word) {
        this.word = word;
    }

    /** The word in reports. */
    public String word() {
        return word;
    }

    /** That of a snapshot. */
    public static SnapshotState of(SnapshotReport snapshot) {
        if (!snapshot.evaluated()) {
            return REJECTED;
        }
        if (!snapshot.complete()) {
            return INCOMPLETE;
        }
        return snapshot.locations().isEmpty() && snapshot.results().isEmpty() ? NOTHING_CHECKED : EVALUATED;
    }

    /** {@code ; 2 snapshots are no pass}, for a headline; empty where each was checked to its end. */
    public static String noPass(List<SnapshotReport> snapshots) {
        int count = (int)
                snapshots.stream().filter(snapshot -> of(snapshot) != EVALUATED).count();
        return count == 0 ? "" : "; " + Words.count(count, "snapshot") + (count == 1 ? " is" : " are") + " no pass";
    }

    /** Why nobody may take it for a pass; empty where all is well. */
    public static String why(SnapshotReport snapshot) {
        return switch (of(snapshot)) {
            case EVALUATED -> "";
            case REJECTED -> "the snapshot was rejected" + cause(snapshot);
            case INCOMPLETE -> "a rule failed or was stopped, so results may be missing" + cause(snapshot);
            case NOTHING_CHECKED ->
                "no location of a service was found, so no requirement was checked; export the API Management service"
                        + " too";
        };
    }

    /** The first error. */
    public static Optional<Problem> error(SnapshotReport snapshot) {
        return snapshot.problems().stream()
                .filter(problem -> problem.level() == Problem.Level.ERROR)
                .findFirst();
    }

    private static String cause(SnapshotReport snapshot) {
        return error(snapshot)
                .map(problem -> ": " + problem.code() + Words.bracketed(problem.at()) + " "
                        + Words.sentence(problem.message()) + (problem.hint().isEmpty() ? "" : " " + problem.hint()))
                .orElse("");
    }
}
