package dev.netkb.api.internal.drools;

import dev.netkb.api.internal.drools.Composition.Part;
import dev.netkb.api.internal.drools.language.KnownNames;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.RuleFolder;
import dev.netkb.api.internal.pack.RulePack;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.api.rules.RulesRejectedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Loads the packaged rules and folders of rules, and loads them again when something changed; what did not change is
 * taken over. Not thread-safe.
 */
public final class RuleLoader {

    private final RulePack packaged;
    private final CompiledRules packagedRules;
    private final RuleSources sources;
    private final String toolVersion;
    /** One for each folder, which remembers what it compiled. */
    private final List<RuleCompiler> compilers;

    public RuleLoader(ClassLoader loader, RuleSources sources, String toolVersion) {
        this.packaged = RulePack.packaged(loader);
        this.packagedRules = CompiledRules.packaged(loader);
        this.sources = sources;
        this.toolVersion = toolVersion;
        this.compilers = sources.folders().stream()
                .map(folder -> new RuleCompiler(loader, sources.trust(), sources.cache()))
                .toList();
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
        List<List<RuleText>> texts = new ArrayList<>();
        for (Path root : sources.folders()) {
            RuleFolder folder = RuleFolder.read(root, packaged);
            problems.addAll(folder.problems());
            RuleLanguage.Checked checked = RuleLanguage.check(folder.rules(), sources.trust(), knownTo(folder));
            problems.addAll(checked.problems());
            folders.add(folder);
            texts.add(checked.rules());
        }
        problems.addAll(namedTwice(packaged.name(), folders));
        rejectErrors(problems);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < folders.size(); i++) {
            List<RuleText> rules = texts.get(i);
            parts.add(new Part(
                    folders.get(i),
                    rules.stream().flatMap(rule -> rule.ids().stream()).collect(Collectors.toSet()),
                    compilers.get(i).compile(rules, problems)));
        }
        rejectErrors(problems);
        return new Loaded(
                DroolsKnowledgeBase.of(Composition.of(packagedRules, packaged, parts), toolVersion),
                List.copyOf(problems));
    }

    private KnownNames knownTo(RuleFolder folder) {
        Set<String> ids = new HashSet<>(packagedRules.ids());
        packaged.flows().stream().map(FlowRow::id).forEach(ids::add);
        return new KnownNames(
                ids,
                folder.flows().stream().map(FlowRow::id).collect(Collectors.toSet()),
                required(),
                packaged.remediations().keySet());
    }

    private Set<String> required() {
        Set<String> required = new HashSet<>();
        packagedRules.metadata().forEach((name, metadata) -> {
            if (RuleMetadata.isComplete(metadata)) {
                required.addAll(RuleMetadata.of(name, metadata).requirement().requires());
            }
        });
        return required;
    }

    private static void rejectErrors(List<RuleProblem> problems) {
        if (problems.stream().anyMatch(RuleProblem::isError)) {
            throw new RulesRejectedException(problems);
        }
    }

    /** A report names the pack that decides a requirement, so each pack needs a name of its own. */
    static List<RuleProblem> namedTwice(String packagedName, List<RuleFolder> folders) {
        Map<String, String> origins = new HashMap<>(Map.of(packagedName, "the packaged rules"));
        List<RuleProblem> problems = new ArrayList<>();
        for (RuleFolder folder : folders) {
            String other = origins.putIfAbsent(folder.name(), folder.origin());
            if (other != null) {
                problems.add(new RuleProblem(
                        "KB-E309",
                        RuleProblem.Level.ERROR,
                        RuleProblem.Spot.of("pack.yaml"),
                        null,
                        "the pack of " + folder.origin() + " is named '" + folder.name() + "' like that of " + other
                                + ", so a report could not tell them apart",
                        null,
                        "Give it another name in its pack.yaml; name each folder only once."));
            }
        }
        return problems;
    }
}
