package dev.netkb.api.internal.drools;

import dev.netkb.api.internal.drools.compile.UnitCache;
import dev.netkb.api.internal.drools.compile.UnitClasses;
import dev.netkb.api.internal.drools.compile.UnitCompiler;
import dev.netkb.api.internal.drools.compile.UnitRefusedException;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.Trust;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.model.Model;
import org.jspecify.annotations.Nullable;

/**
 * Compiles rules of folders and remembers what it compiled, so that only what changed is compiled again.
 *
 * <p>Texts that are new are compiled together, which is faster than one by one, and make a unit. A later load takes the
 * rules that did not change out of the units that have them. Not thread-safe.
 */
final class RuleCompiler {

    /** More units than these cost more than they save; small ones are compiled together then. */
    private static final int MAX_UNITS = 20;

    /** What names the package, with blanks and comments before it. */
    private static final Pattern PACKAGE =
            Pattern.compile("\\A(?:\\s++|//[^\\n]*+|/\\*(?s:.*?)\\*/)*+package\\s+([\\w.]+)(?<end>[ \\t]*;?)");

    private final UnitCompiler compiler;
    private final boolean restricted;
    private final @Nullable UnitCache cache;
    private final Consumer<List<RuleText>> observer;
    private List<Unit> units = List.of();

    RuleCompiler(ClassLoader loader, Trust trust, @Nullable Path cache) {
        this(loader, trust, cache, texts -> {});
    }

    /** @param observer is told what is compiled, unit by unit */
    RuleCompiler(ClassLoader loader, Trust trust, @Nullable Path cache, Consumer<List<RuleText>> observer) {
        this.restricted = trust == Trust.RESTRICTED;
        this.compiler = new UnitCompiler(loader, restricted);
        this.cache = cache == null ? null : new UnitCache(cache, trust.name());
        this.observer = observer;
    }

    /**
     * Rules that were compiled together.
     *
     * @param texts the keys of their texts
     */
    private record Unit(Set<String> texts, List<Model> models) {}

    /**
     * The rules of texts, ready to be used.
     *
     * @param problems what is wrong with the rules is added to it; then the models are of no use
     */
    List<Model> compile(List<RuleText> rules, List<RuleProblem> problems) {
        Map<String, RuleText> wanted = new LinkedHashMap<>();
        rules.forEach(rule -> wanted.putIfAbsent(key(rule), rule));
        List<Unit> used = chosen(wanted.keySet());
        Map<String, RuleText> missing = new LinkedHashMap<>(wanted);
        used.forEach(unit -> missing.keySet().removeAll(unit.texts()));
        List<RuleProblem> found = new ArrayList<>();
        if (restricted) {
            missing.values().forEach(text -> RuleLanguage.readOtherwise(text).ifPresent(found::add));
            if (!found.isEmpty()) {
                problems.addAll(found);
                return List.of();
            }
        }
        for (Map<String, RuleText> together : together(missing)) {
            Unit unit = compiled(together, found);
            if (unit != null) {
                used.add(unit);
            }
        }
        if (!found.isEmpty()) {
            problems.addAll(found);
            return List.of();
        }
        units = List.copyOf(used);
        return selected(used, wanted);
    }

    // ---- what is there already

    /** Units that have wanted texts, each at least half of what it has. */
    private List<Unit> chosen(Set<String> wanted) {
        List<Unit> candidates = new ArrayList<>(units);
        Set<String> lacking = new HashSet<>(wanted);
        units.forEach(unit -> lacking.removeAll(unit.texts()));
        candidates.addAll(cached(lacking));
        Set<String> open = new HashSet<>(wanted);
        List<Unit> chosen = new ArrayList<>();
        candidates.sort(Comparator.comparing((Unit unit) -> -common(unit.texts(), wanted)));
        for (Unit unit : candidates) {
            int useful = common(unit.texts(), open);
            if (useful > 0 && 2 * useful >= unit.texts().size()) {
                chosen.add(unit);
                open.removeAll(unit.texts());
            }
        }
        return new ArrayList<>(chosen.size() > MAX_UNITS ? chosen.subList(0, 1) : chosen);
    }

    private static int common(Set<String> some, Set<String> others) {
        return (int) some.stream().filter(others::contains).count();
    }

    private List<Unit> cached(Set<String> lacking) {
        if (cache == null || lacking.isEmpty()) {
            return List.of();
        }
        List<Unit> found = new ArrayList<>();
        for (UnitCache.Entry entry : cache.entries()) {
            int useful = common(entry.texts(), lacking);
            UnitClasses classes = useful > 0 && 2 * useful >= entry.texts().size() ? cache.read(entry) : null;
            if (classes != null) {
                try {
                    found.add(new Unit(entry.texts(), compiler.load(classes)));
                } catch (UnitRefusedException e) {
                    cache.remove(entry);
                }
            }
        }
        return found;
    }

    /** A unit may have a rule twice, once as it was before an edit. */
    private List<Model> selected(List<Unit> used, Map<String, RuleText> wanted) {
        Set<String> open = new HashSet<>(wanted.keySet());
        List<Model> models = new ArrayList<>();
        for (Unit unit : used) {
            Set<String> names = new HashSet<>();
            wanted.forEach((key, text) -> {
                if (unit.texts().contains(key) && open.remove(key)) {
                    names.addAll(text.names());
                }
            });
            unit.models()
                    .forEach(model -> models.add(
                            restricted ? SelectedRules.of(model, rule -> names.contains(rule.getName())) : model));
        }
        return models;
    }

    // ---- what is compiled

    /** Restricted texts all at once, but those with a rule of the same name apart; files of full trust one by one. */
    private List<Map<String, RuleText>> together(Map<String, RuleText> missing) {
        List<Map<String, RuleText>> groups = new ArrayList<>();
        List<Set<String>> names = new ArrayList<>();
        missing.forEach((key, text) -> {
            int at = 0;
            while (at < groups.size() && (!restricted || text.names().stream().anyMatch(names.get(at)::contains))) {
                at++;
            }
            if (at == groups.size()) {
                groups.add(new LinkedHashMap<>());
                names.add(new HashSet<>());
            }
            groups.get(at).put(key, text);
            names.get(at).addAll(text.names());
        });
        return groups;
    }

    private @Nullable Unit compiled(Map<String, RuleText> texts, List<RuleProblem> problems) {
        Attempt attempt = attempt(texts);
        observer.accept(List.copyOf(texts.values()));
        if (!attempt.isUsable()) {
            diagnose(texts, attempt, problems);
            return null;
        }
        Set<String> keys = new LinkedHashSet<>(texts.keySet());
        if (cache != null) {
            cache.write(keys, attempt.classes());
        }
        return new Unit(keys, attempt.models());
    }

    /**
     * What came of compiling texts.
     *
     * @param refused what compiled and was refused then; null where nothing was
     */
    private record Attempt(
            UnitCompiler.Compiled compiled,
            List<Model> models,
            @Nullable UnitRefusedException refused) {

        boolean isUsable() {
            return compiled.faults().isEmpty() && refused == null;
        }

        UnitClasses classes() {
            return compiled.unit();
        }
    }

    private Attempt attempt(Map<String, RuleText> texts) {
        String packageName = restricted ? "netkb.rules.u" + hash(texts.keySet()).substring(0, 16) : "";
        Map<String, String> files = new LinkedHashMap<>();
        texts.values().forEach(text -> files.put(path(text, packageName, files.size()), source(text, packageName)));
        UnitCompiler.Compiled compiled = compiler.compile(files, packageName);
        if (!compiled.faults().isEmpty()) {
            return new Attempt(compiled, List.of(), null);
        }
        try {
            return new Attempt(compiled, compiler.load(compiled.unit()), null);
        } catch (UnitRefusedException e) {
            return new Attempt(compiled, List.of(), e);
        }
    }

    /** A file stands in the folder of its package. */
    private static String path(RuleText text, String packageName, int number) {
        Matcher named = PACKAGE.matcher(text.text());
        String own = named.find() ? named.group(1) : "";
        return (packageName.isEmpty() ? own : packageName).replace('.', '/') + "/text" + number + ".drl";
    }

    /** What the compiler reads has the same lines as the text, a package of its own, and can be stopped. */
    private static String source(RuleText text, String packageName) {
        return packageName.isEmpty()
                ? withImports(text)
                : "package " + packageName + "; " + withoutPackage(text.preamble()) + Pace.IMPORT
                        + withoutPackage(RuleLanguage.paced(text));
    }

    /** Imports stand behind the package, on its line. */
    private static String withImports(RuleText text) {
        if (text.preamble().isEmpty()) {
            return text.text();
        }
        Matcher named = PACKAGE.matcher(text.text());
        return named.find()
                ? text.text().substring(0, named.start("end")) + "; " + text.preamble()
                        + text.text().substring(named.end())
                : text.preamble() + " " + text.text();
    }

    private static String withoutPackage(String text) {
        Matcher named = PACKAGE.matcher(text);
        return named.find() ? named.group().replaceAll("[^\n]", "") + text.substring(named.end()) : text;
    }

    /** The compiler stops at the first fault, and does not always know its place: halves are tried until it is found. */
    private void diagnose(Map<String, RuleText> texts, Attempt attempt, List<RuleProblem> problems) {
        if (texts.size() == 1) {
            RuleText text = texts.values().iterator().next();
            problems.addAll(
                    attempt.refused() == null
                            ? CompileProblems.ofFaults(text, attempt.compiled().faults())
                            : CompileProblems.ofRefusals(text, attempt.refused().refusals(), restricted));
            return;
        }
        int before = problems.size();
        List<String> keys = List.copyOf(texts.keySet());
        for (List<String> half :
                List.of(keys.subList(0, keys.size() / 2), keys.subList(keys.size() / 2, keys.size()))) {
            Map<String, RuleText> some = new LinkedHashMap<>(texts);
            some.keySet().retainAll(half);
            Attempt again = attempt(some);
            if (!again.isUsable()) {
                diagnose(some, again, problems);
            }
        }
        if (problems.size() == before) {
            // Each half is well by itself.
            problems.addAll(CompileProblems.ofFaults(
                    texts.values().iterator().next(), attempt.compiled().faults()));
        }
    }

    // ---- keys

    private static String key(RuleText text) {
        return hash(List.of(text.preamble(), text.text()));
    }

    private static String hash(Collection<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
