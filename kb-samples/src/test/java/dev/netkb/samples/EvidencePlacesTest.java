package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.report.Evidence;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever has to mend something is told where: each violation of each sample names file, pointer, line and column. */
class EvidencePlacesTest {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    static List<Path> samples() throws IOException {
        try (Stream<Path> children = Files.list(Path.of("snapshots"))) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyViolationHasAPlace(Path sample) {
        ReadResult read = SnapshotFiles.snapshot(sample).read(SnapshotReader.create());
        List<Result> violations = RULES.evaluate(read, Options.DEFAULT).results().stream()
                .filter(result -> result.outcome() == Outcome.VIOLATED)
                .toList();

        assertThat(violations)
                .allSatisfy(result -> assertThat(result.evidence())
                        .as("%s: %s", result.rule(), result.message())
                        .isNotEmpty()
                        .allSatisfy(evidence -> assertThat(isLocated(sample, evidence))
                                .as(evidence.toString())
                                .isTrue()));
    }

    private static boolean isLocated(Path sample, Evidence evidence) {
        return evidence.at().line() > 0
                && evidence.at().column() > 0
                && evidence.at().pointer().startsWith("/")
                && Files.isRegularFile(sample.resolve(evidence.at().file()));
    }
}
