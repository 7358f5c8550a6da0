package dev.netkb.api.internal.drools;

import dev.netkb.api.internal.drools.Composition.Part;
import dev.netkb.api.internal.drools.language.KnownNames;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.RuleFolder;
import dev.netkb.api.internal.pack.RulePack;
import dev.netkb.api.rules.RuleItem;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleSources;
import dev.netkb.api.rules.RulesRejectedException;
import dev.netkb.api.rules.Trust;
import dev.netkb.model.derived.Tier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The packaged rules alone; like all that is packaged they are the same in every load. */
    private final DroolsKnowledgeBase packagedAlone;

    /** What packaged rules need of exports. */
    private final Set<String> required;

    /** One for each folder, which remembers what it compiled. */
    private final List<RuleCompiler> compilers;

    /** What the files beside rules and requirement tables said when they were read last. */
    private FolderSettings settings = FolderSettings.NONE;

    public RuleLoader(ClassLoader loader, RuleSources sources, String toolVersion) {
        this.packaged = RulePack.packaged(loader);
        this.packagedRules = CompiledRules.packaged(loader);
        this.sources = sources;
        this.toolVersion = toolVersion;
        this.packagedAlone = DroolsKnowledgeBase.of(Composition.of(packagedRules, packaged), toolVersion);
        this.required = required(packagedRules);
        this.compilers = sources.folders().stream()
                .map(folder -> new RuleCompiler(loader, sources.trust(), sources.cache()))
                .toList();
    }

    /**
     * What came of it.
     *
     * @param problems what was noticed and does not keep the rules from being used
     */
    public record Loaded(DroolsKnowledgeBase knowledgeBase, List<RuleProblem> problems, List<Source> sources) {
        public Loaded {
            problems = List.copyOf(problems);
            sources = List.copyOf(sources);
        }
    }

    /** A folder that was read, and its rules. */
    record Source(RuleFolder folder, List<RuleText> rules) {
        Source {
            rules = List.copyOf(rules);
        }

        List<RuleItem> items() {
            return RuleOrigins.items(folder, rules);
        }

        Set<String> ruleIds() {
            return rules.stream().flatMap(rule -> rule.ids().stream()).collect(Collectors.toSet());
        }
    }

    /**
     * Reads the folders as they are now.
     *
     * @throws RulesRejectedException when one of them has an error; it knows every problem of all of them
     */
    public Loaded load() {
        List<RuleProblem> problems = new ArrayList<>();
        List<Source> read = new ArrayList<>();
        for (Path root : sources.folders()) {
            RuleFolder folder = RuleFolder.read(root, packaged);
            RuleLanguage.Checked checked = RuleLanguage.check(folder.rules(), sources.trust(), knownTo(folder));
            folder.problems().forEach(problem -> problems.add(problem.in(root.toString())));
            checked.problems().forEach(problem -> problems.add(problem.in(root.toString())));
            read.add(new Source(folder, checked.rules()));
        }
        problems.addAll(
                namedTwice(packaged.name(), read.stream().map(Source::folder).toList()));
        problems.addAll(FolderNames.formerIdsInForce(packagedIds(), read));
        settings = FolderSettings.of(read.stream().map(Source::folder).toList(), ids(read), problems);
        rejectErrors(problems);
        List<Part> parts = compiled(read, problems);
        if (sources.trust() == Trust.FULL) {
            problems.addAll(FolderNames.namesOfTwoRules(packagedRules, parts));
        }
        rejectErrors(problems);
        return new Loaded(composed(parts), problems, read);
    }

    /** The rules of folders that were changed after they had been read; empty where they cannot be compiled. */
    Optional<DroolsKnowledgeBase> load(List<Source> changed) {
        List<RuleProblem> problems = new ArrayList<>();
        List<Part> parts = compiled(changed, problems);
        return problems.stream().anyMatch(RuleProblem::isError) ? Optional.empty() : Optional.of(composed(parts));
    }

    private List<Part> compiled(List<Source> read, List<RuleProblem> problems) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            Source source = read.get(i);
            List<RuleProblem> found = new ArrayList<>();
            parts.add(new Part(
                    source.folder(),
                    source.ruleIds(),
                    compilers.get(i).compile(source.rules(), found),
                    source.items()));
            found.forEach(
                    problem -> problems.add(problem.in(source.folder().root().toString())));
        }
        return parts;
    }

    private DroolsKnowledgeBase composed(List<Part> parts) {
        return DroolsKnowledgeBase.of(
                        Composition.of(packagedRules, packaged.with(settings.tiers()), parts), toolVersion)
                .with(settings.waivers(), settings.parameters());
    }

    /** What the packaged rules say. */
    RulePack packaged() {
        return packaged;
    }

    /** The packaged rules alone. */
    DroolsKnowledgeBase packagedAlone() {
        return packagedAlone;
    }

    /** Ids that waivers may name → the present ones. */
    private Map<String, String> ids(List<Source> read) {
        Map<String, String> ids = new HashMap<>(packagedAlone.ids());
        for (Source source : read) {
            for (FlowRow row : source.folder().flows()) {
                row.formerly().forEach(former -> ids.put(former, row.id()));
                ids.put(row.id(), row.id());
            }
            for (RuleText text : source.rules()) {
                text.ids().forEach(id -> ids.put(id, id));
                text.formerly().forEach(former -> text.ids().forEach(id -> ids.put(former, id)));
            }
        }
        return ids;
    }

    private Set<String> packagedIds() {
        Set<String> ids = new HashSet<>(packagedRules.ids());
        packaged.flows().stream().map(FlowRow::id).forEach(ids::add);
        return ids;
    }

    private KnownNames knownTo(RuleFolder folder) {
        return new KnownNames(
                packagedIds(),
                folder.flows().stream().map(FlowRow::id).collect(Collectors.toSet()),
                required,
                packaged.remediations().keySet(),
                packaged.with(folder.tiers()).tiers().stream().map(Tier::name).toList());
    }

    private static Set<String> required(CompiledRules packagedRules) {
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
                        RuleProblem.Spot.of(folder.origin() + "/pack.yaml"),
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
