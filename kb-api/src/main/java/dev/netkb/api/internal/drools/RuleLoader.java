package dev.netkb.api.internal.drools;

import dev.netkb.api.Parameters;
import dev.netkb.api.accept.Waivers;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.ParametersFile;
import dev.netkb.api.internal.pack.RuleFolder;
import dev.netkb.api.internal.pack.RuleOverride;
import dev.netkb.api.internal.pack.RulePack;
import dev.netkb.api.internal.pack.TextFile;
import dev.netkb.api.internal.pack.TierRow;
import dev.netkb.api.internal.pack.TierTable;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.api.rules.RulesRejectedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.drools.model.Model;

/**
 * Loads the packaged rules and folders of rules, and loads them again when something changed; what did not change is
 * taken over. Not thread-safe.
 */
public final class RuleLoader {

    /** The file of a folder with its waivers. */
    private static final String WAIVERS = "waivers.yaml";

    /** The file of a folder with what it sets. */
    private static final String PARAMETERS = "parameters.yaml";

    private static final String UNREADABLE = "KB-E367";

    /** The file of a folder with the tiers that it adds or changes. */
    private static final String TIERS = "tiers.csv";

    private static final String TIER_TABLE = "KB-E364";

    private final RulePack packaged;
    private final CompiledRules packagedRules;
    private final RuleSources sources;
    private final String toolVersion;
    private final RuleCompiler compiler;

    public RuleLoader(ClassLoader loader, RuleSources sources, String toolVersion) {
        this.packaged = RulePack.packaged(loader);
        this.packagedRules = CompiledRules.packaged(loader);
        this.sources = sources;
        this.toolVersion = toolVersion;
        this.compiler = new RuleCompiler(loader, sources.trust(), sources.cache());
    }

    /**
     * What came of it.
     *
     * @param problems what was noticed and does not keep the rules from being used
     */
    public record Loaded(DroolsKnowledgeBase knowledgeBase, List<RuleProblem> problems) {}

    /**
     * Reads the folders as they are now.
     *
     * @throws RulesRejectedException when one of them has an error; it knows every problem of all of them
     */
    public Loaded load() {
        List<RuleProblem> problems = new ArrayList<>();
        List<RuleFolder> folders = new ArrayList<>();
        Map<RuleFolder, List<RuleText>> texts = new LinkedHashMap<>();
        for (Path root : sources.folders()) {
            RuleFolder folder = RuleFolder.read(root, packaged);
            problems.addAll(folder.problems());
            RuleLanguage.Checked checked = RuleLanguage.check(folder.rules(), sources.trust());
            problems.addAll(checked.problems());
            folders.add(folder);
            texts.put(folder, checked.rules());
        }
        rejectErrors(problems);
        List<Model> models =
                compiler.compile(texts.values().stream().flatMap(List::stream).toList(), problems);
        rejectErrors(problems);
        DroolsKnowledgeBase composed = compose(packaged.with(tiers(folders, problems)), folders, texts, models);
        Waivers waivers = waivers(folders, composed.ids(), problems);
        Parameters parameters = parameters(folders, problems);
        rejectErrors(problems);
        return new Loaded(composed.with(waivers, parameters), List.copyOf(problems));
    }

    /** What {@code parameters.yaml} of the folders says; a later folder wins. */
    private static Parameters parameters(List<RuleFolder> folders, List<RuleProblem> problems) {
        Parameters all = Parameters.NONE;
        for (RuleFolder folder : folders) {
            Path file = folder.root().resolve(PARAMETERS);
            String text = Files.exists(file) ? TextFile.read(file, UNREADABLE, problems) : null;
            if (text != null) {
                all = ParametersFile.read(PARAMETERS, text, problems).over(all);
            }
        }
        all.contradictions()
                .forEach(trouble -> problems.add(new RuleProblem(
                        trouble.code(),
                        RuleProblem.Level.ERROR,
                        RuleProblem.Spot.of(PARAMETERS),
                        null,
                        trouble.message(),
                        null,
                        trouble.hint())));
        return all;
    }

    /** What {@code tiers.csv} of the folders says, later folders last. */
    private static List<TierRow> tiers(List<RuleFolder> folders, List<RuleProblem> problems) {
        List<TierRow> rows = new ArrayList<>();
        for (RuleFolder folder : folders) {
            Path file = folder.root().resolve(TIERS);
            String text = Files.exists(file) ? TextFile.read(file, TIER_TABLE, problems) : null;
            if (text != null) {
                rows.addAll(TierTable.read(TIERS, text, problems));
            }
        }
        return rows;
    }

    /** What {@code waivers.yaml} of the folders says; their rules may be those that the folders bring. */
    private static Waivers waivers(List<RuleFolder> folders, Map<String, String> ids, List<RuleProblem> problems) {
        Waivers all = Waivers.NONE;
        for (RuleFolder folder : folders) {
            Path file = folder.root().resolve(WAIVERS);
            if (Files.exists(file)) {
                all = all.and(Waivers.of(file, WAIVERS, ids, problems));
            }
        }
        return all;
    }

    private static void rejectErrors(List<RuleProblem> problems) {
        if (problems.stream().anyMatch(RuleProblem::isError)) {
            throw new RulesRejectedException(problems);
        }
    }

    private DroolsKnowledgeBase compose(
            RulePack pack, List<RuleFolder> folders, Map<RuleFolder, List<RuleText>> texts, List<Model> models) {
        Map<RuleFolder, Set<String>> ruleIds = new HashMap<>();
        Map<String, String> owners = new TreeMap<>();
        Set<String> dropped = new HashSet<>();
        for (RuleFolder folder : folders) {
            Set<String> decided = new HashSet<>();
            texts.getOrDefault(folder, List.of()).forEach(text -> decided.addAll(text.ids()));
            ruleIds.put(folder, decided);
            Set<String> own = new HashSet<>(decided);
            folder.flows().stream().map(FlowRow::id).forEach(own::add);
            dropped.addAll(own);
            own.forEach(id -> owners.put(id, folder.name()));
            folder.overrides().stream().map(RuleOverride::id).forEach(id -> owners.put(id, folder.name()));
        }
        dropped.retainAll(packagedRules.ids());
        return DroolsKnowledgeBase.of(
                packagedRules.with(models, dropped), pack.with(folders, ruleIds), toolVersion, folders, owners);
    }
}
