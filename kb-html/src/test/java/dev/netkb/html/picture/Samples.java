package dev.netkb.html.picture;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sample snapshots, evaluated. */
final class Samples {

    private static final Path FOLDER = Path.of("..", "kb-samples", "snapshots");
    private static final KnowledgeBase KNOWLEDGE_BASE = KnowledgeBase.packaged();
    private static final Map<String, SnapshotReport> REPORTS = new ConcurrentHashMap<>();

    /** A location and what is said of it. */
    record Sample(LocationSummary location, List<Result> results) {

        Diagram diagram() {
            return NetworkDiagram.of(location, results);
        }

        String svg() {
            return NetworkPicture.of(location, results).svg("p");
        }

        /** As a report without {@code --all} has it. */
        Sample withoutPassed() {
            return new Sample(
                    location,
                    results.stream()
                            .filter(result -> switch (result.outcome()) {
                                case PASSED, NOT_APPLICABLE -> false;
                                default -> true;
                            })
                            .toList());
        }
    }

    private Samples() {}

    /** A location of a sample, with the results of all requirements. */
    static Sample of(String name, int location) {
        SnapshotReport report = REPORTS.computeIfAbsent(name, Samples::evaluate);
        LocationSummary summary = report.locations().get(location);
        return new Sample(
                summary,
                report.results().stream()
                        .filter(result -> summary.service()
                                        .equals(result.subject().id())
                                && summary.location().equals(result.subject().location()))
                        .toList());
    }

    private static SnapshotReport evaluate(String name) {
        return KNOWLEDGE_BASE.evaluate(
                SnapshotFiles.snapshot(FOLDER.resolve(name)).read(SnapshotReader.create()),
                Options.DEFAULT.withAll(true));
    }
}
