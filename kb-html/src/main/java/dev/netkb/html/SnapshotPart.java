package dev.netkb.html;

import dev.netkb.api.render.MissingData;
import dev.netkb.api.render.SnapshotState;
import dev.netkb.api.render.Words;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.value.Place;
import java.util.List;

/**
 * A snapshot as a page shows it.
 *
 * @param id its anchor
 * @param parts its locations, worst first, then what belongs to none
 */
record SnapshotPart(String id, SnapshotReport report, Tally tally, List<Part> parts) {

    String source() {
        return Words.shortened(report.source(), 1_000);
    }

    SnapshotState state() {
        return SnapshotState.of(report);
    }

    boolean isAlarming() {
        return state() != SnapshotState.EVALUATED;
    }

    /** {@code rejected}. */
    String alarm() {
        return state() == SnapshotState.NOTHING_CHECKED ? "nothing checked" : state().word();
    }

    /** Why nobody may take it for a pass. */
    String why() {
        return SnapshotState.why(report);
    }

    /** Errors and warnings of its input. */
    List<Problem> problems() {
        return report.problems().stream()
                .filter(problem -> problem.level() != Problem.Level.NOTICE)
                .sorted((one, other) -> one.level().compareTo(other.level()))
                .toList();
    }

    /** What should be known of its input. */
    List<Problem> notices() {
        return report.problems().stream()
                .filter(problem -> problem.level() == Problem.Level.NOTICE && !MissingData.isMissing(problem))
                .toList();
    }

    /** What the whole export lacks, each with the command that fetches it. */
    List<Problem> missing() {
        return report.problems().stream().filter(MissingData::isMissing).toList();
    }

    static String message(Problem problem) {
        return Words.shortened(
                MissingData.isMissing(problem) ? MissingData.inWords(problem) : problem.message(), 1_500);
    }

    static String place(Problem problem) {
        Place at = problem.at();
        return Words.place(at);
    }
}
