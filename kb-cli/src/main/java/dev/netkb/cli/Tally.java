package dev.netkb.cli;

import dev.netkb.api.BatchEvaluation;
import dev.netkb.api.render.SnapshotDigest;
import dev.netkb.model.report.Report;
import java.util.ArrayList;
import java.util.List;

/** What the snapshots of a run came to, without their reports. */
final class Tally {

    /** The problem of a snapshot without a service. */
    private static final String NO_SERVICE = "KB-N201";

    /** The problem of a snapshot in which there is nothing that is read. */
    private static final String NOTHING_UNDERSTOOD = "KB-N109";

    /** Of many snapshots without a service so many are named. */
    private static final int SNAPSHOTS_NAMED = 3;

    private Report.Summary summary = Report.Summary.NONE;
    private ExitStatus status = ExitStatus.OK;
    private int withoutService;
    private final List<SnapshotDigest.Told> named = new ArrayList<>();

    /** Whether a snapshot could not be evaluated, or results of it may be missing, because of a defect. */
    static boolean isDefect(SnapshotDigest snapshot) {
        return snapshot.tells(BatchEvaluation.INTERNAL_ERROR) || snapshot.evaluated() && !snapshot.complete();
    }

    void add(SnapshotDigest snapshot) {
        summary = summary.and(snapshot.summary());
        if (isDefect(snapshot)) {
            status = status.and(ExitStatus.INTERNAL);
        }
        if (!snapshot.evaluated() || snapshot.tells(NOTHING_UNDERSTOOD)) {
            status = status.and(ExitStatus.NOT_LOADED);
        }
        for (SnapshotDigest.Told problem : snapshot.problems()) {
            if (problem.code().equals(NO_SERVICE)) {
                withoutService++;
                if (named.size() < SNAPSHOTS_NAMED) {
                    named.add(problem);
                }
            }
        }
    }

    Report.Summary summary() {
        return summary;
    }

    /** What defects and inputs that could not be read make of the exit status. */
    ExitStatus status() {
        return status;
    }

    /** A run that checked nothing must not look like one in which all is well. */
    void tellThatNothingWasChecked(Messages messages) {
        if (summary.locations() > 0 || summary.evaluated() == 0) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("nothing was checked, which is no pass: there is no location of an API Management service");
        named.forEach(problem -> lines.add(problem.message()));
        if (withoutService > SNAPSHOTS_NAMED) {
            lines.add("and so in " + (withoutService - SNAPSHOTS_NAMED) + " more snapshots");
        }
        named.stream().limit(1).forEach(problem -> lines.add(problem.hint()));
        messages.error(lines);
    }

    /** The counts in one line. */
    String inWords() {
        List<String> counts = new ArrayList<>(List.of(
                count(summary.errors(), "error"),
                count(summary.warnings(), "warning"),
                count(summary.infos(), "info"),
                summary.undetermined() + " undetermined"));
        if (summary.waived() > 0) {
            counts.add(summary.waived() + " waived");
        }
        if (summary.known() > 0) {
            counts.add(summary.known() + " known");
        }
        return String.join(", ", counts) + " in " + count(summary.snapshots(), "snapshot")
                + (summary.rejected() == 0 ? "" : " (" + summary.rejected() + " rejected)") + ", "
                + count(summary.locations(), "location");
    }

    private static String count(int count, String singular) {
        return count + " " + singular + (count == 1 ? "" : "s");
    }
}
