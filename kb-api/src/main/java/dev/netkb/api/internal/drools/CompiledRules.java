package dev.netkb.api.internal.drools;

import dev.netkb.api.internal.pack.PackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.definition.KiePackage;
import org.kie.api.definition.rule.Rule;

/**
 * Rules that were compiled when the project was built. Nothing is compiled here: the classes are listed in an index on
 * the class path and loaded. Thread-safe.
 */
final class CompiledRules {

    private static final String INDEX = "META-INF/kie/dev.netkb/kb-rules/drools-model";

    private final ClassLoader loader;
    private final List<Model> models;
    private volatile @Nullable KieBase all;

    /** What {@link #with} gave last: where only a table was edited, it is what is wanted again. */
    private volatile @Nullable Combined last;

    /** Whether some of them are not packaged. */
    private final boolean fromFolders;

    /** Bases without the rules that failed: names of the rules left out → base. */
    private final Map<Set<String>, KieBase> reduced = new ConcurrentHashMap<>();

    private CompiledRules(ClassLoader loader, List<Model> models, boolean fromFolders) {
        this.fromFolders = fromFolders;
        this.loader = loader;
        this.models = List.copyOf(models);
    }

    /** @throws PackException when the index or a class that it names is missing */
    static CompiledRules packaged(ClassLoader loader) {
        List<Model> models = new ArrayList<>();
        try {
            for (URL index : Collections.list(loader.getResources(INDEX))) {
                for (String className : classNames(index)) {
                    models.add(loader.loadClass(className)
                            .asSubclass(Model.class)
                            .getConstructor()
                            .newInstance());
                }
            }
        } catch (IOException | ReflectiveOperationException e) {
            throw new PackException("the compiled rules cannot be loaded: " + e, e);
        }
        if (models.isEmpty()) {
            throw new PackException("no compiled rules are on the class path; add kb-rules to it");
        }
        return new CompiledRules(loader, models, false);
    }

    /** Rules that the caller compiled. */
    static CompiledRules of(ClassLoader loader, List<Model> models) {
        return new CompiledRules(loader, models, true);
    }

    /**
     * These rules and further ones.
     *
     * @param dropped the ids whose rules are left out here, because others stand for them
     */
    CompiledRules with(List<Model> further, Set<String> dropped) {
        if (further.isEmpty() && dropped.isEmpty()) {
            return this;
        }
        List<Model> both = new ArrayList<>();
        models.forEach(model -> both.add(without(model, dropped)));
        both.addAll(further);
        Combined before = last;
        if (before != null && before.models().equals(both)) {
            return before.rules();
        }
        CompiledRules combined = new CompiledRules(loader, both, fromFolders || !further.isEmpty());
        combined.base(); // what cannot be put together must not come into force
        last = new Combined(List.copyOf(both), combined);
        return combined;
    }

    private record Combined(List<Model> models, CompiledRules rules) {}

    /** A model without the rules of some ids. */
    static Model without(Model model, Set<String> ids) {
        return SelectedRules.of(model, rule -> !ids.contains(id(rule)));
    }

    private static String id(org.drools.model.Rule rule) {
        String id = RuleMetadata.id(rule.getMetaData());
        return id == null ? "" : id;
    }

    /** The index has the engine's version in its first line, then one class a line. */
    private static List<String> classNames(URL index) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(index.openStream(), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(String::trim)
                    .filter(line -> !line.isEmpty() && line.indexOf(':') < 0)
                    .toList();
        }
    }

    /** Whether some of them are not packaged, so that nobody measured what they take. */
    boolean isFromFolders() {
        return fromFolders;
    }

    /** Putting the rules together takes a while, so it is done when they are first needed. */
    KieBase base() {
        KieBase base = all;
        return base == null ? composed() : base;
    }

    private synchronized KieBase composed() {
        KieBase base = all;
        if (base == null) {
            base = inLoader(loader, () -> KieBaseBuilder.createKieBaseFromModel(models));
            all = base;
        }
        return base;
    }

    /** The rules without some of them, by name. */
    KieBase without(Set<String> ruleNames) {
        if (ruleNames.isEmpty()) {
            return base();
        }
        return reduced.computeIfAbsent(
                Set.copyOf(ruleNames),
                names -> inLoader(loader, () -> {
                    KieBase base = KieBaseBuilder.createKieBaseFromModel(models);
                    for (KiePackage rules : List.copyOf(base.getKiePackages())) {
                        for (Rule rule : List.copyOf(rules.getRules())) {
                            if (names.contains(rule.getName())) {
                                base.removeRule(rules.getName(), rule.getName());
                            }
                        }
                    }
                    return base;
                }));
    }

    /** Rule name → metadata, of all rules, sorted by name. */
    Map<String, Map<String, Object>> metadata() {
        Map<String, Map<String, Object>> metadata = new TreeMap<>();
        models.forEach(model -> model.getRules().forEach(rule -> metadata.put(rule.getName(), rule.getMetaData())));
        return metadata;
    }

    /** The ids that the rules decide. */
    Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        metadata().values().forEach(metadata -> {
            String id = RuleMetadata.id(metadata);
            if (id != null) {
                ids.add(id);
            }
        });
        return ids;
    }

    /** Whether a rule of that name decides a requirement, rather than deriving facts. */
    boolean decides(@Nullable String ruleName) {
        Map<String, Object> metadata = ruleName == null ? null : metadata().get(ruleName);
        return metadata != null && RuleMetadata.id(metadata) != null;
    }

    /** The names of all rules, those that decide a requirement first. */
    List<String> decidingFirst() {
        return metadata().keySet().stream()
                .sorted(Comparator.comparing((String name) -> !decides(name)).thenComparing(name -> name))
                .toList();
    }

    /** The engine looks for its services in the thread's class loader. */
    private static <T> T inLoader(ClassLoader loader, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
