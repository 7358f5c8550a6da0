package dev.netkb.api.internal.pack;

import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.report.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a folder of rules says: its tables read and checked, its rules as text.
 *
 * @param root the folder
 * @param origin the folder as it was named
 * @param sha256 hash over the names and bytes of all files that are read, sorted by name
 * @param flows the rows of its tables, but for those that are switched off
 * @param overrides what it changes of requirements that stand elsewhere, in the order in which they stand
 * @param rules its rules, sorted by path
 * @param sources documents of its own, by key
 * @param texts id → what more is to be said of it than its description
 * @param problems everything that is wrong with what was read so far
 */
public record RuleFolder(
        Path root,
        String name,
        String version,
        String origin,
        String sha256,
        List<FlowRow> flows,
        List<RuleOverride> overrides,
        List<RuleFile> rules,
        Map<String, Source> sources,
        Map<String, String> texts,
        List<RuleProblem> problems) {

    public RuleFolder {
        flows = List.copyOf(flows);
        overrides = List.copyOf(overrides);
        rules = List.copyOf(rules);
        sources = Map.copyOf(sources);
        texts = Map.copyOf(texts);
        problems = List.copyOf(problems);
    }

    /** The same folder with other rows. */
    public RuleFolder withFlows(List<FlowRow> other) {
        return new RuleFolder(root, name, version, origin, sha256, other, overrides, rules, sources, texts, problems);
    }

    /**
     * Reads a folder.
     *
     * @param packaged the rules to which it adds
     * @return what it says; where that is wrong, the {@code problems} tell
     */
    public static RuleFolder read(Path root, RulePack packaged) {
        return FolderReader.read(root, packaged);
    }
}
