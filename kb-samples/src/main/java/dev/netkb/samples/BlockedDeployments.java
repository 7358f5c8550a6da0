package dev.netkb.samples;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Embeds the library: which of these deployments would not work, and why? */
public final class BlockedDeployments {

    /** Load once, keep, share between threads. */
    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    private BlockedDeployments() {}

    /** One line for each error of each snapshot. */
    public static List<String> errors(List<Path> snapshots) {
        SnapshotReader reader = SnapshotReader.create();
        return snapshots.stream()
                .map(path -> SnapshotFiles.snapshot(path).read(reader))
                .map(read -> RULES.evaluate(read, Options.DEFAULT))
                .flatMap(BlockedDeployments::errors)
                .toList();
    }

    private static Stream<String> errors(SnapshotReport report) {
        return report.results().stream()
                .filter(result -> result.outcome() == Outcome.VIOLATED && result.severity() == Severity.ERROR)
                .map(result -> result.subject().location() + " " + result.rule() + ": " + result.message());
    }

    /** Prints the errors of the snapshots that are named as arguments. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        errors(Stream.of(arguments).map(Path::of).toList()).forEach(System.out::println);
    }
}
