package dev.netkb.api.internal.pack;

import dev.netkb.api.internal.pack.YamlNode.Kind;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Spot;
import dev.netkb.model.derived.Applicability;
import dev.netkb.model.derived.Applicability.Scope;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Source;
import dev.netkb.model.value.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code pack.yaml} of a folder says.
 *
 * @param name null where it says none
 * @param version empty where it says none
 */
record PackFile(@Nullable String name, String version, List<RuleOverride> overrides, Map<String, Source> sources) {

    static final String FILE = "pack.yaml";
    static final PackFile NONE = new PackFile(null, "", List.of(), Map.of());

    private static final List<String> KEYS = List.of("name", "version", "overrides", "sources");
    private static final List<String> SOURCE_KEYS = List.of("document", "date", "url");
    private static final List<String> SELECTORS = List.of("models", "platforms", "networkTypes", "tiers");
    private static final List<String> OVERRIDE_KEYS =
            List.of("enabled", "severity", "models", "platforms", "networkTypes", "tiers");

    /**
     * Reads the file.
     *
     * @param ids what can be overridden
     * @param tiers the tiers that there are, as cells name them
     * @param taken the name of the packaged rules
     */
    static PackFile read(
            String text, Set<String> ids, Map<String, String> tiers, String taken, List<RuleProblem> problems) {
        return YamlNode.read(FILE, text, problems)
                .map(root -> new Reader(text, ids, tiers, taken, problems).pack(root))
                .orElse(NONE);
    }

    private record Reader(
            String source, Set<String> ids, Map<String, String> tiers, String taken, List<RuleProblem> problems) {

        PackFile pack(YamlNode root) {
            if (!isMap(root, "the file")) {
                return NONE;
            }
            refuseUnknown(root, KEYS, "");
            List<RuleOverride> overrides = new ArrayList<>();
            root.field("overrides")
                    .filter(node -> isMap(node, "overrides"))
                    .ifPresent(node -> node.fields()
                            .forEach((id, override) ->
                                    override(id, node.keyAt(id), override).ifPresent(overrides::add)));
            Map<String, Source> sources = new LinkedHashMap<>();
            root.field("sources")
                    .filter(node -> isMap(node, "sources"))
                    .ifPresent(node -> node.fields()
                            .forEach((key, value) -> source(key, value).ifPresent(found -> sources.put(key, found))));
            return new PackFile(name(root), text(root, "version").orElse(""), overrides, sources);
        }

        private @Nullable String name(YamlNode root) {
            Optional<String> name = text(root, "name").map(CellValues::sentence);
            if (name.isPresent() && name.get().equals(taken)) {
                problem(
                        FolderCode.WRONG_SETTING,
                        root.fields().getOrDefault("name", root).at(),
                        null,
                        "the name '" + taken + "' is that of the packaged rules",
                        "Take another name: reports say by it which rules decided a result.");
            }
            return name.orElse(null);
        }

        private Optional<RuleOverride> override(String id, Spot at, YamlNode node) {
            if (!ids.contains(id)) {
                problem(
                        FolderCode.UNKNOWN_ID,
                        at,
                        id,
                        "there is no rule and no row '" + id + "' to override",
                        "netkb rules list shows all ids." + Nearest.question(id, ids));
                return Optional.empty();
            }
            if (!isMap(node, id)) {
                return Optional.empty();
            }
            refuseUnknown(node, OVERRIDE_KEYS, " of " + id);
            int before = problems.size();
            boolean enabled = text(node, "enabled")
                    .map(text -> value(node, "enabled", id, () -> CellValues.yesOrNo(text), true))
                    .orElse(true);
            Severity severity = text(node, "severity")
                    .map(text -> value(
                            node, "severity", id, () -> CellValues.oneOf(CellValues.SEVERITIES, text), Severity.ERROR))
                    .orElse(null);
            Applicability where = new Applicability(
                    set(node, "models", id, CellValues.MODELS),
                    set(node, "platforms", id, CellValues.PLATFORMS),
                    set(node, "networkTypes", id, CellValues.NETWORK_TYPES),
                    set(node, "tiers", id, tiers),
                    Scope.ANY);
            SELECTORS.stream()
                    .filter(key -> enabled && node.field(key).isPresent())
                    .findFirst()
                    .ifPresent(key -> problem(
                            FolderCode.WRONG_SETTING,
                            node.keyAt(key),
                            id,
                            key + " says for whom a rule is switched off, but enabled: false is missing",
                            "Add enabled: false, or take " + key + " away; a severity holds for all."));
            if (problems.size() == before
                    && node.fields().values().stream().allMatch(each -> each.kind() == Kind.NOTHING)) {
                problem(
                        FolderCode.WRONG_SETTING,
                        at,
                        id,
                        "the override of " + id + " says nothing",
                        "Write enabled: false, or a severity such as severity: warning.");
            }
            return problems.size() == before
                    ? Optional.of(new RuleOverride(id, enabled, severity, where))
                    : Optional.empty();
        }

        private Optional<Source> source(String key, YamlNode node) {
            if (!isMap(node, key)) {
                return Optional.empty();
            }
            refuseUnknown(node, SOURCE_KEYS, " of " + key);
            return Optional.of(new Source(
                    text(node, "document").orElse(key),
                    text(node, "date").orElse(null),
                    null,
                    text(node, "url").orElse(null)));
        }

        private <T> Set<T> set(YamlNode node, String key, String id, Map<String, T> allowed) {
            Optional<YamlNode> field = node.field(key);
            if (field.isEmpty()) {
                return Set.of();
            }
            Optional<List<String>> texts = field.get().texts();
            if (texts.isEmpty() || texts.get().isEmpty()) {
                problem(
                        FolderCode.WRONG_SETTING,
                        field.get().at(),
                        id,
                        key + " is no list of words",
                        "Write one or several of " + String.join(", ", allowed.keySet()) + ": [a, b].");
                return Set.of();
            }
            String joined = String.join(",", texts.get());
            return value(node, key, id, () -> CellValues.anyOf(allowed, joined), Set.of());
        }

        private <T> T value(YamlNode node, String key, String id, Supplier<T> parse, T otherwise) {
            try {
                return parse.get();
            } catch (CellException e) {
                YamlNode value = node.fields().getOrDefault(key, node);
                String shown = value.text() == null ? "" : " '" + value.text() + "'";
                problem(FolderCode.WRONG_SETTING, value.at(), id, key + shown + " " + e.getMessage(), e.hint());
                return otherwise;
            }
        }

        private Optional<String> text(YamlNode node, String key) {
            Optional<YamlNode> field = node.field(key);
            if (field.isPresent() && field.get().kind() != Kind.TEXT) {
                problem(
                        FolderCode.WRONG_SETTING,
                        field.get().at(),
                        null,
                        key + " is a list or a map, not a text",
                        "Write one value behind " + key + ":.");
                return Optional.empty();
            }
            return field.map(YamlNode::text);
        }

        private boolean isMap(YamlNode node, String what) {
            if (node.kind() == Kind.TEXT || node.kind() == Kind.LIST) {
                problem(
                        FolderCode.WRONG_SETTING,
                        node.at(),
                        null,
                        what + " holds no keys",
                        "Write one line for each key: key: value.");
                return false;
            }
            return true;
        }

        private void refuseUnknown(YamlNode node, Collection<String> known, String of) {
            for (String key : node.unknownKeys(known)) {
                problem(
                        FolderCode.WRONG_SETTING,
                        node.keyAt(key),
                        null,
                        "there is no key '" + key + "'" + of,
                        "Keys are " + String.join(", ", known) + "." + Nearest.question(key, known));
            }
        }

        private void problem(FolderCode code, Spot at, @Nullable String id, String message, String hint) {
            problems.add(
                    new RuleProblem(code.code(), code.level(), at, id, message, YamlNode.excerpt(source, at), hint));
        }
    }
}
