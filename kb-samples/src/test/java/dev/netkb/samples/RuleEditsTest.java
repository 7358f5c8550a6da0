package dev.netkb.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.accept.Acceptance;
import dev.netkb.api.accept.KnownViolations;
import dev.netkb.api.edit.RuleCheck;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.api.rules.Trust;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The edits of the guide for people who edit rules: each folder of {@code rule-edits} loads without an error, changes
 * the verdicts that stand beside it in {@code expected.txt} and no other, and stands in the guide word for word.
 */
class RuleEditsTest {

    private static final Path EDITS = Path.of("rule-edits");
    private static final Path GUIDE = Path.of("..", "docs", "rule-editing.md");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);
    private static final KnowledgeBase PACKAGED = KnowledgeBase.packaged();

    static Stream<Path> edits() throws IOException {
        try (Stream<Path> folders = Files.list(EDITS)) {
            return folders.filter(Files::isDirectory).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("edits")
    void changesWhatStandsBesideItAndNothingElse(Path edit) throws IOException {
        RuleSources sources = RuleSources.of(edit.resolve("rules"));
        assertThat(RuleCheck.of(sources, TODAY))
                .filteredOn(RuleProblem::isError)
                .isEmpty();
        KnowledgeBase edited = KnowledgeBase.load(sources);
        ReadResult read = SnapshotFiles.snapshot(snapshot(edit)).read(SnapshotReader.create());
        Map<String, String> before = verdicts(PACKAGED, read);
        Map<String, String> after = verdicts(edited, read);

        StringBuilder changes = new StringBuilder();
        Stream.concat(before.keySet().stream(), after.keySet().stream())
                .distinct()
                .sorted()
                .filter(key -> !before.getOrDefault(key, "").equals(after.getOrDefault(key, "")))
                .forEach(key -> changes.append(key)
                        .append(": ")
                        .append(before.getOrDefault(key, "nothing"))
                        .append(" -> ")
                        .append(after.getOrDefault(key, "nothing"))
                        .append('\n'));

        Path expected = edit.resolve("expected.txt");
        if (Boolean.getBoolean("netkb.golden.update")) {
            Files.writeString(expected, changes);
        }
        assertThat(changes).isNotEmpty();
        assertThat(changes.toString()).isEqualTo(Files.readString(expected));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void decidesTheSameWithFullTrust(Path edit) throws IOException {
        RuleSources restricted = RuleSources.of(edit.resolve("rules"));
        RuleSources trusted = new RuleSources(restricted.folders(), Trust.FULL, null);
        ReadResult read = SnapshotFiles.snapshot(snapshot(edit)).read(SnapshotReader.create());

        assertThat(verdicts(KnowledgeBase.load(trusted), read))
                .isEqualTo(verdicts(KnowledgeBase.load(restricted), read));
    }

    /** One of its own, or the sample that it names. */
    private static Path snapshot(Path edit) throws IOException {
        Path own = edit.resolve("snapshot");
        return Files.isDirectory(own)
                ? own
                : Path.of(
                        "snapshots",
                        Files.readString(edit.resolve("snapshot.txt")).strip());
    }

    /** What is asked, such as {@code C-FLOW-OUT-SQL Outbound Tcp 1433}, → the answers, of all subjects. */
    private static Map<String, String> verdicts(KnowledgeBase rules, ReadResult read) {
        SnapshotReport evaluated = rules.evaluate(read, Options.DEFAULT.withAll(true));
        SnapshotReport accepted = new Acceptance(rules.waivers(), KnownViolations.NONE, TODAY).of(evaluated);
        assertThat(accepted.complete()).isTrue();
        return accepted.results().stream()
                .filter(result -> result.outcome() != Outcome.NOT_APPLICABLE)
                .collect(Collectors.groupingBy(
                        RuleEditsTest::question,
                        TreeMap::new,
                        Collectors.mapping(
                                result -> result.outcome().word() + " "
                                        + result.severity().word(),
                                Collectors.collectingAndThen(
                                        Collectors.toList(),
                                        answers -> answers.stream().sorted().collect(Collectors.joining(", "))))));
    }

    private static String question(Result result) {
        return result.flow() == null
                ? result.rule()
                : result.rule() + " " + result.flow().direction() + " "
                        + result.flow().protocol() + " "
                        + String.join(",", result.flow().ports());
    }

    @Test
    void thereAreTwelve() throws IOException {
        assertThat(edits()).hasSize(12);
    }

    @ParameterizedTest
    @MethodSource("edits")
    void standsInTheGuide(Path edit) throws IOException {
        String guide = Files.readString(GUIDE);
        try (Stream<Path> files = Files.list(edit.resolve("rules"))) {
            List<Path> all = files.toList();
            assertThat(all)
                    .filteredOn(file -> all.size() == 1 || !file.endsWith("pack.yaml"))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(guide).contains(Files.readString(file)));
        }
    }
}
