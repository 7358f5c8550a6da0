package dev.netkb.api.internal.drools;

import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.RuleFolder;
import dev.netkb.api.internal.pack.RuleOverride;
import dev.netkb.api.internal.pack.RulePack;
import dev.netkb.api.rules.RuleItem;
import dev.netkb.api.rules.RuleOrigin;
import dev.netkb.model.derived.LocationModel;
import dev.netkb.model.report.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drools.model.Model;

/**
 * Packaged rules and those of folders, put together: of each id stands what the last folder says that decides it, with
 * the changes of that folder and of those after it.
 *
 * @param rules the rules that stand
 * @param pack the packaged pack with the rows that stand
 * @param packs the packaged one first, then the folders
 * @param owners id → name of the folder that decides or changes it
 * @param changes what folders change of what stands, in order
 * @param origins id → where folders say what stands of it, and what they change
 * @param needs id → the exported facts that rules of folders look at for it
 * @param counting the ids whose rules, in folders, ask that there are no more of some exported facts
 */
record Composition(
        CompiledRules rules,
        RulePack pack,
        List<Report.Pack> packs,
        Map<String, String> owners,
        List<Change> changes,
        Map<String, List<RuleOrigin>> origins,
        Map<String, Set<String>> needs,
        Set<String> counting) {

    Composition {
        packs = List.copyOf(packs);
        owners = Map.copyOf(owners);
        changes = List.copyOf(changes);
        origins = Map.copyOf(origins);
        needs = Map.copyOf(needs);
        counting = Set.copyOf(counting);
    }

    /** What a folder changes, and its name. */
    record Change(String pack, RuleOverride override) {}

    /**
     * A folder, compiled.
     *
     * @param ruleIds the ids that its rules decide
     * @param items its rules and rows
     */
    record Part(RuleFolder folder, Set<String> ruleIds, List<Model> models, List<RuleItem> items) {
        Part {
            ruleIds = Set.copyOf(ruleIds);
            models = List.copyOf(models);
            items = List.copyOf(items);
        }

        /** Without the places of its rules. */
        Part(RuleFolder folder, Set<String> ruleIds, List<Model> models) {
            this(folder, ruleIds, models, RuleOrigins.items(folder, List.of()));
        }

        /** Id → what its rules look at. What a rule looks at decides, whether its author says so or not. */
        Map<String, List<MatchedFacts>> matched() {
            return models.stream()
                    .flatMap(model -> model.getRules().stream())
                    .filter(rule -> RuleMetadata.id(rule.getMetaData()) != null)
                    .collect(Collectors.groupingBy(
                            rule -> String.valueOf(RuleMetadata.id(rule.getMetaData())),
                            Collectors.mapping(MatchedFacts::of, Collectors.toList())));
        }

        /** The ids for which only it stands, unless a later one does. */
        Set<String> ids() {
            Set<String> ids = new HashSet<>(ruleIds);
            folder.flows().stream().map(FlowRow::id).forEach(ids::add);
            return ids;
        }
    }

    /** The packaged rules alone. */
    static Composition of(CompiledRules rules, RulePack pack) {
        return of(rules, pack, List.of());
    }

    static Composition of(CompiledRules rules, RulePack pack, List<Part> parts) {
        Map<String, String> owners = new TreeMap<>();
        List<Change> changes = new ArrayList<>();
        Map<String, List<RuleOrigin>> origins = new TreeMap<>();
        for (Part part : parts) {
            String name = part.folder().name();
            Set<String> ids = part.ids();
            changes.removeIf(change -> ids.contains(change.override().id()));
            origins.keySet().removeAll(ids);
            RuleOrigins.of(part).forEach((id, more) -> origins.merge(id, more, RuleOrigins::joined));
            ids.forEach(id -> owners.put(id, name));
            for (RuleOverride override : part.folder().overrides()) {
                changes.add(new Change(name, override));
                owners.put(override.id(), name);
            }
        }
        Map<RuleFolder, Set<String>> ruleIds = new HashMap<>();
        parts.forEach(part -> ruleIds.put(part.folder(), part.ruleIds()));
        Map<String, Set<String>> needs = new TreeMap<>();
        Set<String> counting = new TreeSet<>();
        for (Part part : parts) {
            needs.keySet().removeAll(part.ids());
            counting.removeAll(part.ids());
            part.matched().forEach((id, matched) -> {
                matched.forEach(rule -> {
                    Set<String> exported = pack.exports().keySet();
                    needs.computeIfAbsent(id, each -> new TreeSet<>()).addAll(common(rule.all(), exported));
                    if (!common(rule.counted(), exported).isEmpty()) {
                        counting.add(id);
                    }
                });
            });
        }
        return new Composition(
                rulesThatStand(rules, parts),
                pack.with(parts.stream().map(Part::folder).toList(), ruleIds),
                Stream.concat(
                                Stream.of(new Report.Pack(pack.name(), pack.version(), "packaged", pack.sha256())),
                                parts.stream().map(Part::folder).map(Composition::pack))
                        .toList(),
                owners,
                changes,
                origins,
                needs,
                counting);
    }

    private static Set<String> common(Set<String> some, Set<String> others) {
        return some.stream().filter(others::contains).collect(Collectors.toSet());
    }

    private static Report.Pack pack(RuleFolder folder) {
        return new Report.Pack(folder.name(), folder.version(), folder.origin(), folder.sha256());
    }

    /** Without those of ids for which a later folder stands. */
    private static CompiledRules rulesThatStand(CompiledRules packaged, List<Part> parts) {
        List<Model> models = new ArrayList<>();
        Set<String> replaced = new TreeSet<>();
        for (int i = parts.size() - 1; i >= 0; i--) {
            Set<String> byLater = Set.copyOf(replaced);
            parts.get(i).models().forEach(model -> models.add(CompiledRules.without(model, byLater)));
            replaced.addAll(parts.get(i).ids());
        }
        replaced.retainAll(packaged.ids());
        return packaged.with(models, replaced);
    }

    String packOf(String id) {
        return owners.getOrDefault(id, packs.get(0).name());
    }

    /** Id → name of the pack that switches it off altogether. */
    Map<String, String> off() {
        Map<String, String> off = new TreeMap<>();
        changes.stream()
                .filter(change -> change.override().switchesOff())
                .forEach(change -> off.put(change.override().id(), change.pack()));
        return off;
    }

    /** The name of the pack that switches a requirement off for a location. */
    Optional<String> switchesOff(String id, LocationModel located) {
        return changes.stream()
                .filter(change -> change.override().id().equals(id)
                        && !change.override().enabled()
                        && change.override().where().covers(located))
                .map(Change::pack)
                .reduce((earlier, later) -> later);
    }
}
