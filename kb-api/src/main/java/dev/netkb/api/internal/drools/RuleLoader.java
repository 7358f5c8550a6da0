package dev.netkb.api.internal.drools;

import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.RuleFolder;
import dev.netkb.api.internal.pack.RuleOverride;
import dev.netkb.api.internal.pack.RulePack;
import dev.netkb.api.rules.RuleOrigin;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.api.rules.RulesRejectedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.drools.model.Model;

/**
 * Loads the packaged rules and folders of rules, and loads them again when something changed; what did not change is
 * taken over. Not thread-safe.
 */
public final class RuleLoader {

    private final RulePack packaged;
    private final CompiledRules packagedRules;
    private final RuleSources sources;
    private final String toolVersion;
    private final RuleCompiler compiler;

    /** The rules that were put together last, and of what. */
    private CompiledRules composed;

    private List<Object> composedOf;

    public RuleLoader(ClassLoader loader, RuleSources sources, String toolVersion) {
        this.packaged = RulePack.packaged(loader);
        this.packagedRules = CompiledRules.packaged(loader);
        this.composed = packagedRules;
        this.composedOf = List.of(List.of(), Set.of());
        this.sources = sources;
        this.toolVersion = toolVersion;
        this.compiler = new RuleCompiler(loader, sources.trust(), sources.cache());
    }

    /**
     * What came of it.
     *
     * @param problems what was noticed and does not keep the rules from being used
     */
    public record Loaded(DroolsKnowledgeBase knowledgeBase, List<RuleProblem> problems, List<Part> parts) {
        public Loaded {
            problems = List.copyOf(problems);
            parts = List.copyOf(parts);
        }
    }

    /** A folder, and its rules. */
    public record Part(RuleFolder folder, List<RuleText> rules) {
        public Part {
            rules = List.copyOf(rules);
        }
    }

    /**
     * Reads the folders as they are now.
     *
     * @throws RulesRejectedException when one of them has an error; it knows every problem of all of them
     */
    public Loaded load() {
        List<RuleProblem> problems = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (Path root : sources.folders()) {
            RuleFolder folder = RuleFolder.read(root, packaged);
            List<RuleProblem> found = new ArrayList<>(folder.problems());
            RuleLanguage.Checked checked = RuleLanguage.check(folder.rules(), sources.trust());
            found.addAll(checked.problems());
            found.forEach(problem -> problems.add(problem.in(root.toString())));
            parts.add(new Part(folder, checked.rules()));
        }
        rejectErrors(problems);
        List<Model> models = compiled(parts, problems);
        rejectErrors(problems);
        return new Loaded(compose(parts, models), problems, parts);
    }

    /** The rules of parts that were changed after they had been read; empty where they cannot be compiled. */
    Optional<DroolsKnowledgeBase> load(List<Part> parts) {
        List<RuleProblem> problems = new ArrayList<>();
        List<Model> models = compiled(parts, problems);
        return problems.stream().anyMatch(RuleProblem::isError)
                ? Optional.empty()
                : Optional.of(compose(parts, models));
    }

    private List<Model> compiled(List<Part> parts, List<RuleProblem> problems) {
        return compiler.compile(
                parts.stream()
                        .flatMap(part -> part.rules().stream()
                                .map(rule -> rule.in(part.folder().root().toString())))
                        .toList(),
                problems);
    }

    /** What the packaged rules say. */
    RulePack packaged() {
        return packaged;
    }

    /** The packaged rules alone. */
    DroolsKnowledgeBase packagedAlone() {
        return compose(List.of(), List.of());
    }

    private static void rejectErrors(List<RuleProblem> problems) {
        if (problems.stream().anyMatch(RuleProblem::isError)) {
            throw new RulesRejectedException(problems);
        }
    }

    private DroolsKnowledgeBase compose(List<Part> parts, List<Model> models) {
        Map<RuleFolder, Set<String>> ruleIds = new HashMap<>();
        Map<String, String> owners = new TreeMap<>();
        Map<String, List<RuleOrigin>> origins = new TreeMap<>();
        Set<String> dropped = new HashSet<>();
        for (Part part : parts) {
            RuleFolder folder = part.folder();
            Set<String> decided = new HashSet<>();
            part.rules().forEach(text -> decided.addAll(text.ids()));
            ruleIds.put(folder, decided);
            Set<String> own = new HashSet<>(decided);
            folder.flows().stream().map(FlowRow::id).forEach(own::add);
            dropped.addAll(own);
            // What an earlier folder said of these ids no longer holds.
            origins.keySet().removeAll(own);
            own.forEach(id -> owners.put(id, folder.name()));
            folder.overrides().stream().map(RuleOverride::id).forEach(id -> owners.put(id, folder.name()));
            RuleOrigins.of(part).forEach((id, more) -> origins.merge(id, more, RuleOrigins::joined));
        }
        dropped.retainAll(packagedRules.ids());
        List<RuleFolder> folders = parts.stream().map(Part::folder).toList();
        return DroolsKnowledgeBase.of(
                rules(models, dropped), packaged.with(folders, ruleIds), toolVersion, folders, owners, origins);
    }

    /** The same ones where nothing about them has changed, such as after an edit of a table. */
    private CompiledRules rules(List<Model> models, Set<String> dropped) {
        List<Object> key = List.of(List.copyOf(models), Set.copyOf(dropped));
        if (!key.equals(composedOf)) {
            composed = packagedRules.with(models, dropped);
            composedOf = key;
        }
        return composed;
    }
}
