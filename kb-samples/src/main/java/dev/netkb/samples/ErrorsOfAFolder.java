package dev.netkb.samples;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Embeds the library: how many errors has each of the snapshots in a folder, however many there are? */
public final class ErrorsOfAFolder {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    private ErrorsOfAFolder() {}

    /**
     * Tells the errors of one snapshot after the other. The reports come one by one, so memory does not grow with their
     * number; closing the stream stops the threads where {@code told} throws.
     *
     * @param told the name of the snapshot, and its errors; -1 where it could not be read
     */
    public static void tell(Path folder, BiConsumer<String, Integer> told) {
        try (Stream<SnapshotReport> reports = RULES.evaluateAll(SnapshotFiles.each(folder), Options.DEFAULT)) {
            reports.forEachOrdered(report -> told.accept(
                    report.source(),
                    report.evaluated() ? Report.Summary.of(report).errors() : -1));
        }
    }

    /** Prints the errors of each snapshot in the folder that is named as the argument. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        tell(Path.of(arguments[0]), (snapshot, errors) -> System.out.println(errors + " " + snapshot));
    }
}
