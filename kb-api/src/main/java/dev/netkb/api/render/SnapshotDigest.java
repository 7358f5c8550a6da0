package dev.netkb.api.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import java.util.ArrayList;
import java.util.List;

/**
 * What remains of the report of one snapshot once it was written: what the end of a run tells of it.
 *
 * @param source the name of the input
 * @param complete false where it was rejected, or a result may be missing
 * @param summary its counts
 * @param problems what was told about it
 */
public record SnapshotDigest(String source, boolean complete, Report.Summary summary, List<Told> problems) {

    /** Lines are netkb's own, however long a text in them is. */
    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());

    /** A problem without its place. */
    public record Told(String code, String message, String hint) {}

    public SnapshotDigest {
        problems = List.copyOf(problems);
    }

    public boolean evaluated() {
        return summary.evaluated() > 0;
    }

    /** Whether there is a problem with a code. */
    public boolean tells(String code) {
        return problems.stream().anyMatch(problem -> problem.code().equals(code));
    }

    public static SnapshotDigest of(SnapshotReport report) {
        return new SnapshotDigest(
                report.source(),
                report.evaluated() && report.complete(),
                Report.Summary.of(report),
                report.problems().stream().map(SnapshotDigest::told).toList());
    }

    private static Told told(Problem problem) {
        return new Told(problem.code(), problem.message(), problem.hint());
    }

    /**
     * Reads a line that {@link JsonLinesRenderer} wrote.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static SnapshotDigest read(String line) {
        try {
            JsonNode snapshot = JSON.readTree(line);
            if (!snapshot.path("source").isTextual()
                    || !snapshot.path("results").isArray()) {
                throw new IllegalArgumentException("it has no source and no results");
            }
            boolean evaluated = snapshot.path("status").asText().equals("evaluated");
            List<Told> problems = new ArrayList<>();
            snapshot.path("problems")
                    .forEach(problem -> problems.add(new Told(
                            problem.path("code").asText(),
                            problem.path("message").asText(),
                            problem.path("hint").asText())));
            return new SnapshotDigest(
                    snapshot.path("source").asText(),
                    evaluated && snapshot.path("complete").asBoolean(true),
                    summary(snapshot, evaluated),
                    problems);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not JSON", e);
        }
    }

    private static Report.Summary summary(JsonNode snapshot, boolean evaluated) {
        return new Report.Summary(
                1,
                evaluated ? 1 : 0,
                evaluated ? 0 : 1,
                snapshot.path("locations").size(),
                violations(snapshot, Severity.ERROR),
                violations(snapshot, Severity.WARNING),
                violations(snapshot, Severity.INFO),
                count(snapshot, Outcome.UNDETERMINED),
                count(snapshot, Outcome.WAIVED),
                count(snapshot, Outcome.KNOWN));
    }

    private static int violations(JsonNode snapshot, Severity severity) {
        int count = 0;
        for (JsonNode result : snapshot.path("results")) {
            if (is(result, Outcome.VIOLATED) && result.path("severity").asText().equals(severity.word())) {
                count++;
            }
        }
        return count;
    }

    private static int count(JsonNode snapshot, Outcome outcome) {
        int count = 0;
        for (JsonNode result : snapshot.path("results")) {
            count += is(result, outcome) ? 1 : 0;
        }
        return count;
    }

    private static boolean is(JsonNode result, Outcome outcome) {
        return result.path("outcome").asText().equals(outcome.word());
    }
}
