package dev.netkb.api.internal.pack;

import dev.netkb.api.Parameters;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.report.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 * @param tiers rows of its table of tiers
 * @param parameters what its {@code parameters.yaml} sets
 * @param waivers the text of its {@code waivers.yaml}, null where it has none: what it accepts are ids of all folders
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
        List<TierRow> tiers,
        Parameters parameters,
        @Nullable String waivers,
        List<RuleProblem> problems) {

    /** The file of waivers. */
    public static final String WAIVERS = "waivers.yaml";

    /** The file of parameters. */
    public static final String PARAMETERS = "parameters.yaml";

    public RuleFolder {
        flows = List.copyOf(flows);
        overrides = List.copyOf(overrides);
        rules = List.copyOf(rules);
        sources = Map.copyOf(sources);
        texts = Map.copyOf(texts);
        tiers = List.copyOf(tiers);
        problems = List.copyOf(problems);
    }

    /** The same folder with other rows. */
    public RuleFolder withFlows(List<FlowRow> other) {
        return new RuleFolder(
                root,
                name,
                version,
                origin,
                sha256,
                other,
                overrides,
                rules,
                sources,
                texts,
                tiers,
                parameters,
                waivers,
                problems);
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
