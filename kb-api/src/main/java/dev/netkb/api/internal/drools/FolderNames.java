package dev.netkb.api.internal.drools;

import dev.netkb.api.internal.drools.Composition.Part;
import dev.netkb.api.internal.drools.RuleLoader.Source;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.RuleOverride;
import dev.netkb.api.rules.RuleItem;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.drools.model.Rule;
import org.jspecify.annotations.Nullable;

/** Names and ids that two things claim, looked at in all folders and the packaged rules together. */
final class FolderNames {

    private static final String IN_FORCE = "KB-E347";
    private static final String DUPLICATE = "KB-E336";

    private FolderNames() {}

    // ---- former ids

    /**
     * Former ids that something still has: waivers and known violations of it would be taken for those of another.
     *
     * @param packaged the ids of the packaged rules and rows
     */
    static List<RuleProblem> formerIdsInForce(Set<String> packaged, List<Source> folders) {
        Set<String> inForce = new TreeSet<>(packaged);
        for (Source folder : folders) {
            folder.folder().overrides().stream()
                    .filter(RuleOverride::switchesOff)
                    .map(RuleOverride::id)
                    .forEach(inForce::remove);
        }
        folders.forEach(folder -> folder.items().forEach(item -> inForce.add(item.id())));
        List<RuleProblem> problems = new ArrayList<>();
        for (Source folder : folders) {
            for (FlowRow row : folder.folder().flows()) {
                RuleItem item = new RuleItem(RuleItem.Kind.ROW, row.id(), row.title(), row.place());
                row.formerly().stream()
                        .filter(inForce::contains)
                        .map(id -> inForce(folder, item, id))
                        .forEach(problems::add);
            }
            for (RuleText text : folder.rules()) {
                for (String id : text.formerly()) {
                    if (inForce.contains(id)) {
                        problems.add(inForce(folder, naming(folder, text, id), id));
                    }
                }
            }
        }
        return problems.stream().distinct().toList();
    }

    /** The rule of a text whose metadata name a former id. */
    private static RuleItem naming(Source folder, RuleText text, String id) {
        int at = text.text().indexOf(id, Math.max(0, text.text().indexOf("@formerly")));
        String name = text.nameBefore(at);
        return folder.items().stream()
                .filter(item -> item.kind() == RuleItem.Kind.RULE && item.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static RuleProblem inForce(Source folder, RuleItem item, String id) {
        return problem(
                folder.folder().root(),
                IN_FORCE,
                item,
                item.id().equals(id)
                        ? id + " is named as its own former id"
                        : item.id() + " names " + id + " as its former id, and " + id + " is still in force",
                "Take the former id away; or, where " + item.id() + " really takes its place, switch " + id
                        + " off in pack.yaml: overrides: {" + id + ": {enabled: false}}.");
    }

    // ---- names of rules

    /**
     * A rule as the engine knows it.
     *
     * @param where where it stands, for a message
     */
    private record Named(@Nullable String id, String where) {

        boolean isReplacedBy(Named other) {
            return id != null && id.equals(other.id);
        }
    }

    /**
     * Names that several rules have of which none takes the place of the other: failures and reports could not tell them
     * apart. Within one folder and at the restricted level, where names begin with ids, this is impossible.
     */
    static List<RuleProblem> namesOfTwoRules(CompiledRules packaged, List<Part> parts) {
        Map<String, Named> first = new HashMap<>();
        packaged.metadata()
                .forEach((name, metadata) ->
                        first.put(name, new Named(RuleMetadata.id(metadata), "among the packaged rules")));
        List<RuleProblem> problems = new ArrayList<>();
        for (Part part : parts) {
            for (RuleItem item : part.items()) {
                rule(part, item).ifPresent(rule -> {
                    Named named = new Named(
                            RuleMetadata.id(rule.getMetaData()),
                            "in " + part.folder().origin() + "/" + item.place());
                    Named other = first.put(item.name(), named);
                    if (other != null && !other.isReplacedBy(named)) {
                        problems.add(problem(
                                part.folder().root(),
                                DUPLICATE,
                                item,
                                "there is a rule of this name already, " + other.where()
                                        + ", and neither takes the place of the other",
                                "Give it another name; or the id of the other, to take its place."));
                    }
                });
            }
        }
        return problems;
    }

    private static Optional<Rule> rule(Part part, RuleItem item) {
        return item.kind() == RuleItem.Kind.ROW
                ? Optional.empty()
                : part.models().stream()
                        .flatMap(model -> model.getRules().stream())
                        .filter(rule -> rule.getName().equals(item.name()))
                        .findFirst();
    }

    private static RuleProblem problem(Path root, String code, RuleItem item, String message, String hint) {
        ItemPlace place = ItemPlace.of(root, item);
        String rule = item.kind() == RuleItem.Kind.ROW ? item.id() : item.name();
        return new RuleProblem(code, Level.ERROR, place.at(), rule, message, place.excerpt(), hint).in(root.toString());
    }
}
