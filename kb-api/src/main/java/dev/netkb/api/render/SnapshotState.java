package dev.netkb.api.render;

import dev.netkb.model.report.Problem;
import dev.netkb.model.report.SnapshotReport;
import java.util.Optional;

/** Whether the results of a snapshot are all there are to be: silence must not look like a pass. */
enum SnapshotState {
    EVALUATED("evaluated"),
    REJECTED("rejected"),
    INCOMPLETE("incomplete"),
    NOTHING_CHECKED("nothingChecked");

    private final String word;

    SnapshotState(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static SnapshotState of(SnapshotReport snapshot) {
        if (!snapshot.evaluated()) {
            return REJECTED;
        }
        if (!snapshot.complete()) {
            return INCOMPLETE;
        }
        return snapshot.locations().isEmpty() && snapshot.results().isEmpty() ? NOTHING_CHECKED : EVALUATED;
    }

    /** Why nobody may take it for a pass; empty where all is well. */
    static String why(SnapshotReport snapshot) {
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
    static Optional<Problem> error(SnapshotReport snapshot) {
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
