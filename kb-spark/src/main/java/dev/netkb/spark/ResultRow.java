package dev.netkb.spark;

import dev.netkb.spark.row.EvidenceStruct;
import dev.netkb.spark.row.FlowStruct;
import dev.netkb.spark.row.LocationStruct;
import dev.netkb.spark.row.ProblemStruct;
import dev.netkb.spark.row.RemediationStruct;
import dev.netkb.spark.row.SourceStruct;
import dev.netkb.spark.row.SubjectStruct;
import dev.netkb.spark.row.WaiverStruct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of results: one of kind {@code snapshot} for every snapshot, whatever became of it, and one of kind {@code result}
 * for each of its results. Names are those of the JSON report, but for {@code snapshot}, which is called {@code source}
 * there. A Java bean, because Spark makes columns of beans.
 *
 * @see ResultRows
 */
public final class ResultRow {

    private String kind = "";
    private String snapshot = "";
    private String status = "";
    private boolean complete;
    private int position;
    private @Nullable String rule;
    private @Nullable String pack;
    private @Nullable String outcome;
    private @Nullable String severity;
    private @Nullable String title;
    private @Nullable String message;
    private @Nullable SubjectStruct subject;
    private @Nullable String subscription;
    private @Nullable FlowStruct flow;
    private List<EvidenceStruct> evidence = List.of();
    private List<String> notes = List.of();
    private @Nullable RemediationStruct remediation;
    private List<SourceStruct> source = List.of();
    private @Nullable WaiverStruct waiver;
    private @Nullable ProblemStruct problem;
    private List<ProblemStruct> problems = List.of();
    private List<LocationStruct> locations = List.of();

    /** {@code snapshot} or {@code result}. */
    public String getKind() {
        return kind;
    }

    public void setKind(String kind) {
        this.kind = kind;
    }

    /**
     * The name of the snapshot; of one that came without, the SHA-256 of its line: SQL's {@code sha2(value,
     * 256)}.
     */
    public String getSnapshot() {
        return snapshot;
    }

    public void setSnapshot(String snapshot) {
        this.snapshot = snapshot;
    }

    /** {@code evaluated} or {@code rejected}, of the snapshot. */
    public String getStatus() {
        return status;
    }

    public void setStatus(String status) {
        this.status = status;
    }

    /** False where a rule failed or the evaluation was stopped, so that results may be missing. */
    public boolean isComplete() {
        return complete;
    }

    public void setComplete(boolean complete) {
        this.complete = complete;
    }

    /** 0 for the snapshot itself; results are counted from 1 in the order of the report. */
    public int getPosition() {
        return position;
    }

    public void setPosition(int position) {
        this.position = position;
    }

    /**
     * The id of the requirement; like all that follows up to {@code waiver} null or empty in a row of kind
     * {@code snapshot}.
     */
    public @Nullable String getRule() {
        return rule;
    }

    public void setRule(@Nullable String rule) {
        this.rule = rule;
    }

    /** The pack of rules that decides it. */
    public @Nullable String getPack() {
        return pack;
    }

    public void setPack(@Nullable String pack) {
        this.pack = pack;
    }

    /**
     * {@code violated}, {@code undetermined}, {@code waived}, {@code known}, {@code passed} or {@code
     * notApplicable}.
     */
    public @Nullable String getOutcome() {
        return outcome;
    }

    public void setOutcome(@Nullable String outcome) {
        this.outcome = outcome;
    }

    /** {@code error}, {@code warning} or {@code info}. */
    public @Nullable String getSeverity() {
        return severity;
    }

    public void setSeverity(@Nullable String severity) {
        this.severity = severity;
    }

    /** The state that should hold. */
    public @Nullable String getTitle() {
        return title;
    }

    public void setTitle(@Nullable String title) {
        this.title = title;
    }

    /** What was found. */
    public @Nullable String getMessage() {
        return message;
    }

    public void setMessage(@Nullable String message) {
        this.message = message;
    }

    /** What it is about. */
    public @Nullable SubjectStruct getSubject() {
        return subject;
    }

    public void setSubject(@Nullable SubjectStruct subject) {
        this.subject = subject;
    }

    /** The subscription of the subject; empty where its id has none. */
    public @Nullable String getSubscription() {
        return subscription;
    }

    public void setSubscription(@Nullable String subscription) {
        this.subscription = subscription;
    }

    /** Null where the requirement is not about a flow. */
    public @Nullable FlowStruct getFlow() {
        return flow;
    }

    public void setFlow(@Nullable FlowStruct flow) {
        this.flow = flow;
    }

    /** What decided it. */
    public List<EvidenceStruct> getEvidence() {
        return evidence;
    }

    public void setEvidence(List<EvidenceStruct> evidence) {
        this.evidence = evidence;
    }

    /** What a reader should know besides. */
    public List<String> getNotes() {
        return notes;
    }

    public void setNotes(List<String> notes) {
        this.notes = notes;
    }

    /** Null where there is none. */
    public @Nullable RemediationStruct getRemediation() {
        return remediation;
    }

    public void setRemediation(@Nullable RemediationStruct remediation) {
        this.remediation = remediation;
    }

    /** The documents that demand it. */
    public List<SourceStruct> getSource() {
        return source;
    }

    public void setSource(List<SourceStruct> source) {
        this.source = source;
    }

    /** Null unless it is waived. */
    public @Nullable WaiverStruct getWaiver() {
        return waiver;
    }

    public void setWaiver(@Nullable WaiverStruct waiver) {
        this.waiver = waiver;
    }

    /**
     * The first error of the snapshot, such as why it was rejected; null where there is none, and in a row
     * of kind {@code result}.
     */
    public @Nullable ProblemStruct getProblem() {
        return problem;
    }

    public void setProblem(@Nullable ProblemStruct problem) {
        this.problem = problem;
    }

    /** All problems of the snapshot; empty in a row of kind {@code result}. */
    public List<ProblemStruct> getProblems() {
        return problems;
    }

    public void setProblems(List<ProblemStruct> problems) {
        this.problems = problems;
    }

    /** The locations that were evaluated; empty in a row of kind {@code result}. */
    public List<LocationStruct> getLocations() {
        return locations;
    }

    public void setLocations(List<LocationStruct> locations) {
        this.locations = locations;
    }
}
