package dev.netkb.api.fix;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Looks for edits of templates that mend violations: a rule that a remediation adds to a network security group, or a route
 * that it adds to a route table, written where the template has the others of them. Each edit is tried out: the edited files are read and evaluated again, and
 * it is kept only where the requirement is met then and nothing is worse than before. So it does not matter how a template
 * comes to its resources: what has another effect elsewhere, such as in a list that two groups share, is dropped.
 *
 * <p>Only what people write is edited: ARM templates and parameters files in UTF-8, not what Bicep made, and no exports,
 * plans or states.
 *
 * <p>Immutable and thread-safe. Writes nothing.
 */
public final class TemplateFixes {

    /** How many edits of one snapshot are tried at most; each costs about what the snapshot itself did. */
    public static final int MOST_TRIALS = 50;

    /** How many bytes are read again at most, so that a small template beside large exports does not take for ever. */
    private static final long MOST_BYTES = 200_000_000;

    private final KnowledgeBase rules;
    private final Options options;
    private final SnapshotReader reader;
    private final BiPredicate<SnapshotSource, SourceFile> editable;
    private final int mostTrials;

    /**
     * @param options those of the evaluation
     * @param reader that which read the snapshots
     * @param editable which files can be edited, such as those that are in no archive
     */
    public TemplateFixes(
            KnowledgeBase rules,
            Options options,
            SnapshotReader reader,
            BiPredicate<SnapshotSource, SourceFile> editable) {
        this(rules, options, reader, editable, MOST_TRIALS);
    }

    TemplateFixes(
            KnowledgeBase rules,
            Options options,
            SnapshotReader reader,
            BiPredicate<SnapshotSource, SourceFile> editable,
            int mostTrials) {
        this.rules = rules;
        this.options = options.withAll(true);
        this.reader = reader;
        this.editable = editable;
        this.mostTrials = mostTrials;
    }

    /** As the other one, for files all of which can be edited. */
    public TemplateFixes(KnowledgeBase rules, Options options, SnapshotReader reader) {
        this(rules, options, reader, (source, file) -> true);
    }

    /**
     * The fixes of a snapshot; none where it was not evaluated to its end.
     *
     * @param read what was read, by a reader that says of which files
     * @param report what became of it
     */
    public FixesFound of(ReadResult read, SnapshotReport report) {
        SnapshotSource files = read.files();
        Snapshot snapshot = read.snapshot();
        if (files == null || snapshot == null || !report.evaluated() || !report.complete()) {
            return FixesFound.NONE;
        }
        Edits edits = new Edits(snapshot, new EditableFiles(files, editable));
        Trials trials = new Trials(
                read, report, changed -> read(files, changed), again -> rules.evaluate(again, options), trials(files));
        return trials.of(edits::of);
    }

    private int trials(SnapshotSource files) {
        long bytes =
                files.files().stream().mapToLong(file -> file.content().length).sum();
        return (int) Math.max(1, Math.min(mostTrials, MOST_BYTES / Math.max(1, bytes)));
    }

    private ReadResult read(SnapshotSource source, List<TextEdit> edits) {
        List<SourceFile> files = source.files().stream()
                .map(file -> {
                    List<TextEdit> own = edits.stream()
                            .filter(edit -> edit.file().equals(file.name()))
                            .toList();
                    return own.isEmpty()
                            ? file
                            : new SourceFile(file.name(), TextEdit.apply(own, file.content()), file.firstLine());
                })
                .toList();
        return reader.read(new SnapshotSource(source.name(), files, source.notices()));
    }
}
