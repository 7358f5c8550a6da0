package dev.netkb.api;

import dev.netkb.api.read.ReadResult;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import java.util.List;

/**
 * The rules, loaded once: what a network must be like for a managed service to work in it.
 *
 * <p>Immutable and thread-safe: one instance serves any number of threads. Evaluating never throws for what a snapshot
 * contains; a rule that fails makes its own result undetermined.
 */
public interface KnowledgeBase {

    /** Evaluates a snapshot that the caller built or read. */
    SnapshotReport evaluate(String source, Snapshot snapshot, Options options);

    /** Evaluates what a reader read; a rejected snapshot gives a report without results. */
    SnapshotReport evaluate(ReadResult read, Options options);

    /** Joins the reports of single snapshots into one. */
    Report report(List<SnapshotReport> snapshots, dev.netkb.model.value.ServiceTags serviceTags);

    /** Everything the knowledge base knows of, sorted by id. */
    List<RuleInfo> catalogue();
}
