package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lists that say that they are only a part: what is not in them decides nothing. */
class IncompletePagesTest {

    private static final Path SNAPSHOTS = Path.of("snapshots");
    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    @Test
    void whatIsNotOnThePageLeavesOpenWhatItWouldDecide() throws IOException {
        int opened = 0;
        try (Stream<Path> samples = Files.list(SNAPSHOTS)) {
            for (Path sample : samples.filter(Files::isDirectory).sorted().toList()) {
                Set<String> passed = keys(sample, false, Outcome.PASSED);
                Set<String> passedThen = keys(sample, true, Outcome.PASSED);
                Set<String> violated = keys(sample, false, Outcome.VIOLATED);

                assertThat(passed)
                        .as("%s: nothing passes for being on a page", sample)
                        .containsAll(passedThen);
                assertThat(violated)
                        .as("%s: nothing is violated for being on a page", sample)
                        .containsAll(keys(sample, true, Outcome.VIOLATED));
                opened += passed.size() - passedThen.size();
            }
        }
        assertThat(opened).as("requirements that were passed and are open").isPositive();
    }

    private static Set<String> keys(Path sample, boolean pages, Outcome outcome) throws IOException {
        ReadResult read = SnapshotReader.create().read(new SnapshotSource(sample.toString(), files(sample, pages)));
        return RULES.evaluate(read, Options.DEFAULT.withAll(true)).results().stream()
                .filter(result -> result.outcome() == outcome)
                .map(IncompletePagesTest::key)
                .collect(Collectors.toSet());
    }

    private static String key(Result result) {
        return result.rule() + " " + result.subject() + " "
                + (result.flow() == null ? "" : result.flow().direction());
    }

    private static List<SourceFile> files(Path sample, boolean pages) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        try (Stream<Path> children = Files.list(sample)) {
            for (Path file : children.filter(child -> child.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                String text = Files.readString(file).strip();
                String page = text.startsWith("[") ? "{\"data\": " + text + ", \"skip_token\": \"more\"}" : text;
                files.add(new SourceFile(
                        file.getFileName().toString(), (pages ? page : text).getBytes(StandardCharsets.UTF_8)));
            }
        }
        return files;
    }
}
