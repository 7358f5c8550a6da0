package dev.netkb.api.internal.drools;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.internal.drools.RuleLoader.Loaded;
import dev.netkb.api.internal.drools.RuleLoader.Source;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.PackException;
import dev.netkb.api.internal.pack.RulePack;
import dev.netkb.api.internal.pack.ToolVersion;
import dev.netkb.api.rules.RuleItem;
import dev.netkb.api.rules.RuleMutant;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleSources;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Folders of rules as their editors see them. Not thread-safe. */
public final class FolderRules {

    private final RuleLoader loader;
    private final Loaded loaded;

    private FolderRules(RuleLoader loader, Loaded loaded) {
        this.loader = loader;
        this.loaded = loaded;
    }

    /**
     * @throws dev.netkb.api.rules.RulesRejectedException when a folder has an error
     * @throws IllegalStateException when the packaged rules are missing or damaged
     */
    public static FolderRules load(RuleSources sources) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader own = FolderRules.class.getClassLoader();
        try {
            RuleLoader loader = new RuleLoader(
                    context != null && RulePack.isOn(context) ? context : own, sources, ToolVersion.text());
            return new FolderRules(loader, loader.load());
        } catch (PackException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    public KnowledgeBase knowledgeBase() {
        return loaded.knowledgeBase();
    }

    /** @param today the day on which it is asked whether a waiver holds */
    public List<RuleProblem> problems(LocalDate today) {
        List<RuleProblem> problems = new ArrayList<>(loaded.problems());
        problems.addAll(loaded.knowledgeBase().waivers().warnings(today));
        problems.addAll(new RuleLint(loader.packaged(), loader.packagedAlone(), loaded.sources(), today).problems());
        return List.copyOf(problems);
    }

    public List<RuleItem> items(Path folder) {
        return source(folder).items();
    }

    private Source source(Path folder) {
        return loaded.sources().stream()
                .filter(source -> source.folder().root().equals(folder))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IllegalArgumentException(folder + " is none of the folders that were loaded"));
    }

    public List<RuleMutant> mutants(Path folder) {
        Source source = source(folder);
        List<RuleMutant> mutants = new ArrayList<>();
        List<RuleItem> items = source.items();
        for (FlowRow row : source.folder().flows()) {
            items.stream()
                    .filter(item -> item.id().equals(row.id()) && item.place().equals(row.place()))
                    .findFirst()
                    .ifPresent(item -> RowMutations.of(row)
                            .forEach(mutation -> mutants.add(new RuleMutant(
                                    item,
                                    item.place(),
                                    mutation.change(),
                                    () -> with(source, changed(source, row, mutation.row()))))));
        }
        for (RuleText text : source.rules()) {
            for (TextMutations.Mutation mutation : TextMutations.of(text.text())) {
                String place = text.file() + ":" + lineAt(text, mutation.offset());
                mutants.add(new RuleMutant(
                        itemAt(items, text, mutation.offset()),
                        place,
                        mutation.change(),
                        () -> with(source, changed(source, text, text.withText(mutation.text())))));
            }
        }
        return List.copyOf(mutants);
    }

    private static int lineAt(RuleText text, int offset) {
        return text.line()
                + (int) text.text()
                        .substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    /** The last rule of the text that begins before a place in it. */
    private static RuleItem itemAt(List<RuleItem> items, RuleText text, int offset) {
        String name = text.nameBefore(offset);
        return items.stream()
                .filter(item -> item.kind() == RuleItem.Kind.RULE && item.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Source changed(Source source, FlowRow row, FlowRow by) {
        List<FlowRow> rows = new ArrayList<>(source.folder().flows());
        Collections.replaceAll(rows, row, by);
        return new Source(source.folder().withFlows(rows), source.rules());
    }

    private static Source changed(Source source, RuleText text, RuleText by) {
        List<RuleText> texts = new ArrayList<>(source.rules());
        Collections.replaceAll(texts, text, by);
        return new Source(source.folder(), texts);
    }

    private Optional<KnowledgeBase> with(Source source, Source by) {
        List<Source> parts = new ArrayList<>(loaded.sources());
        Collections.replaceAll(parts, source, by);
        return loader.load(parts).map(KnowledgeBase.class::cast);
    }
}
