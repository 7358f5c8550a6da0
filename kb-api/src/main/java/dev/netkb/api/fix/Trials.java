package dev.netkb.api.fix;

import dev.netkb.api.read.ReadResult;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Question;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tries edits, each once, and keeps those that mend something and spoil nothing. Not thread-safe. */
final class Trials {

    private final ReadResult unedited;
    private final SnapshotReport before;
    private final Function<List<TextEdit>, ReadResult> reading;
    private final Function<ReadResult, SnapshotReport> evaluation;
    private final Set<List<String>> problems;

    /** Edits → what is as it should be with them; nothing where something is worse than before. */
    private final Map<List<TextEdit>, Set<Question>> tried = new HashMap<>();

    private @Nullable Standing standing;
    private int left;

    /**
     * @param read what was read before
     * @param before what became of it
     * @param reading reads the snapshot with edits
     * @param evaluation evaluates what was read; its report holds all results
     * @param most how many edits may be tried
     */
    Trials(
            ReadResult read,
            SnapshotReport before,
            Function<List<TextEdit>, ReadResult> reading,
            Function<ReadResult, SnapshotReport> evaluation,
            int most) {
        this.before = before;
        this.reading = reading;
        this.evaluation = evaluation;
        this.unedited = read;
        this.problems = problems(read);
        this.left = most;
    }

    /** @param edits the ways that may mend a violation, likely ones first */
    FixesFound of(Function<Result, List<List<TextEdit>>> edits) {
        List<Fix> fixes = new ArrayList<>();
        int untried = 0;
        for (Result result : before.results()) {
            Remediation remediation = result.remediation();
            if (result.outcome() != Outcome.VIOLATED || remediation == null) {
                continue;
            }
            List<List<TextEdit>> ways = edits.apply(result);
            Optional<List<TextEdit>> mending = ways.stream()
                    .filter(way ->
                            isTried(way) && tried.getOrDefault(way, Set.of()).contains(result.question()))
                    .findFirst();
            if (mending.isPresent()) {
                fixes.add(new Fix(result.question(), remediation.hint(), mending.get()));
            } else if (!ways.stream().allMatch(tried::containsKey)) {
                untried++;
            }
        }
        return new FixesFound(fixes, untried);
    }

    /** Whether an edit was tried, now or before. */
    private boolean isTried(List<TextEdit> edits) {
        if (!tried.containsKey(edits) && left > 0) {
            left--;
            tried.put(
                    edits,
                    Optional.of(reading.apply(edits))
                            .filter(read -> read.snapshot() != null && problems.containsAll(problems(read)))
                            .map(evaluation)
                            .filter(after -> standing().holdsFor(after))
                            .map(Trials::passed)
                            .orElse(Set.of()));
        }
        return tried.containsKey(edits);
    }

    private static Set<Question> passed(SnapshotReport report) {
        Set<Question> passed = new HashSet<>();
        Set<Question> others = new HashSet<>();
        report.results()
                .forEach(result -> (result.outcome() == Outcome.PASSED ? passed : others).add(result.question()));
        passed.removeAll(others);
        return passed;
    }

    /** As it stands without an edit. */
    private Standing standing() {
        if (standing == null) {
            standing = Standing.of(evaluation.apply(unedited));
        }
        return standing;
    }

    /** Without their places: lines move. */
    private static Set<List<String>> problems(ReadResult read) {
        return read.problems().stream()
                .map(problem -> List.of(problem.code(), problem.message()))
                .collect(Collectors.toSet());
    }
}
