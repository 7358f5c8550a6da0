package dev.netkb.api.internal.pack;

import dev.netkb.api.internal.pack.SettingsText.Entry;
import dev.netkb.api.internal.pack.SettingsText.Item;
import dev.netkb.api.internal.pack.SettingsText.Mapping;
import dev.netkb.api.internal.pack.SettingsText.Scalar;
import dev.netkb.api.internal.pack.SettingsText.Sequence;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.derived.Applicability;
import dev.netkb.model.derived.Applicability.Scope;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Source;
import dev.netkb.model.value.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
        SettingsText settings = SettingsText.of(FILE, text);
        Item root = settings.isEmpty() ? null : settings.parse(FolderCode.NO_YAML.code(), problems);
        return root == null ? NONE : new Reader(settings, ids, tiers, taken, problems).pack(root);
    }

    private record Reader(
            SettingsText source, Set<String> ids, Map<String, String> tiers, String taken, List<RuleProblem> problems) {

        PackFile pack(Item root) {
            Map<String, Entry> entries = entries(root, "the file");
            refuseUnknown(entries, KEYS, "");
            List<RuleOverride> overrides = new ArrayList<>();
            map(entries, "overrides").forEach((id, entry) -> override(id, entry).ifPresent(overrides::add));
            Map<String, Source> sources = new LinkedHashMap<>();
            map(entries, "sources").forEach((key, entry) -> sources.put(key, source(key, entry.value())));
            return new PackFile(
                    name(entries), text(entries, "version").map(Scalar::text).orElse(""), overrides, sources);
        }

        private @Nullable String name(Map<String, Entry> root) {
            Optional<Scalar> name = text(root, "name");
            if (name.isPresent() && CellValues.sentence(name.get().text()).equals(taken)) {
                problem(
                        name.get(),
                        null,
                        "the name '" + taken + "' is that of the packaged rules",
                        "Take another name: reports say by it which rules decided a result.");
            }
            return name.map(scalar -> CellValues.sentence(scalar.text())).orElse(null);
        }

        private Optional<RuleOverride> override(String id, Entry entry) {
            if (!ids.contains(id)) {
                problem(
                        FolderCode.UNKNOWN_ID,
                        entry.key(),
                        id,
                        "there is no rule and no row '" + id + "' to override",
                        "netkb rules list shows all ids." + Nearest.question(id, ids));
                return Optional.empty();
            }
            int before = problems.size();
            Map<String, Entry> said = entries(entry.value(), id);
            refuseUnknown(said, OVERRIDE_KEYS, " of " + id);
            boolean enabled = text(said, "enabled")
                    .map(text -> value("enabled", text, id, () -> CellValues.yesOrNo(text.text()), true))
                    .orElse(true);
            Severity severity = text(said, "severity")
                    .map(text -> value(
                            "severity",
                            text,
                            id,
                            () -> CellValues.oneOf(CellValues.SEVERITIES, text.text()),
                            Severity.ERROR))
                    .orElse(null);
            Applicability where = new Applicability(
                    set(said, "models", id, CellValues.MODELS),
                    set(said, "platforms", id, CellValues.PLATFORMS),
                    set(said, "networkTypes", id, CellValues.NETWORK_TYPES),
                    set(said, "tiers", id, tiers),
                    Scope.ANY);
            SELECTORS.stream()
                    .filter(key -> enabled && value(said, key).isPresent())
                    .map(said::get)
                    .findFirst()
                    .ifPresent(first -> problem(
                            first.key(),
                            id,
                            first.key().text() + " says for whom a rule is switched off, but enabled: false is missing",
                            "Add enabled: false, or take " + first.key().text() + " away; a severity holds for all."));
            if (problems.size() == before
                    && said.keySet().stream().noneMatch(key -> value(said, key).isPresent())) {
                problem(
                        entry.key(),
                        id,
                        "the override of " + id + " says nothing",
                        "Write enabled: false, or a severity such as severity: warning.");
            }
            return problems.size() == before
                    ? Optional.of(new RuleOverride(id, enabled, severity, where))
                    : Optional.empty();
        }

        private Source source(String key, Item item) {
            Map<String, Entry> said = entries(item, key);
            refuseUnknown(said, SOURCE_KEYS, " of " + key);
            return new Source(
                    text(said, "document").map(Scalar::text).orElse(key),
                    text(said, "date").map(Scalar::text).orElse(null),
                    null,
                    text(said, "url").map(Scalar::text).orElse(null));
        }

        /** A list of words, or one text of words with commas between them. */
        private <T> Set<T> set(Map<String, Entry> said, String key, String id, Map<String, T> allowed) {
            Item item = value(said, key).orElse(null);
            if (item == null) {
                return Set.of();
            }
            List<Item> parts = item instanceof Sequence list ? list.items() : List.of(item);
            Set<T> values = new LinkedHashSet<>();
            for (Item part : parts) {
                if (part instanceof Scalar scalar && scalar.kind() != SettingsText.Kind.NOTHING) {
                    values.addAll(value(key, scalar, id, () -> CellValues.anyOf(allowed, scalar.text()), Set.of()));
                } else {
                    refuseNoWords(part, key, id, allowed.keySet());
                }
            }
            if (parts.isEmpty()) {
                refuseNoWords(item, key, id, allowed.keySet());
            }
            return values;
        }

        private void refuseNoWords(Item at, String key, String id, Set<String> allowed) {
            problem(
                    at,
                    id,
                    key + " is no list of words",
                    "Write one or several of " + String.join(", ", allowed) + ": [a, b].");
        }

        private <T> T value(String key, Scalar scalar, String id, Supplier<T> parse, T otherwise) {
            try {
                return parse.get();
            } catch (CellException e) {
                problem(scalar, id, key + " '" + scalar.text() + "' " + e.getMessage(), e.hint());
                return otherwise;
            }
        }

        private Optional<Scalar> text(Map<String, Entry> entries, String key) {
            Item item = value(entries, key).orElse(null);
            if (item == null || item instanceof Scalar) {
                return Optional.ofNullable((Scalar) item);
            }
            problem(item, null, key + " is a list or a map, not a text", "Write one value behind " + key + ":.");
            return Optional.empty();
        }

        private Map<String, Entry> map(Map<String, Entry> entries, String key) {
            return value(entries, key).map(item -> entries(item, key)).orElse(Map.of());
        }

        /** What stands behind a key; empty where nothing does. */
        private static Optional<Item> value(Map<String, Entry> entries, String key) {
            return Optional.ofNullable(entries.get(key))
                    .map(Entry::value)
                    .filter(item ->
                            !(item instanceof Scalar scalar && scalar.text().isEmpty()));
        }

        private Map<String, Entry> entries(Item item, String what) {
            if (item instanceof Mapping mapping) {
                return source.entries(mapping, FolderCode.NO_YAML.code(), problems);
            }
            if (!(item instanceof Scalar scalar && scalar.text().isEmpty())) {
                problem(item, null, what + " holds no keys", "Write one line for each key: key: value.");
            }
            return Map.of();
        }

        private void refuseUnknown(Map<String, Entry> entries, Collection<String> known, String of) {
            entries.forEach((key, entry) -> {
                if (!known.contains(key)) {
                    problem(
                            entry.key(),
                            null,
                            "there is no key '" + key + "'" + of,
                            "Keys are " + String.join(", ", known) + "." + Nearest.question(key, known));
                }
            });
        }

        private void problem(Item at, @Nullable String id, String message, String hint) {
            problem(FolderCode.WRONG_SETTING, at, id, message, hint);
        }

        private void problem(FolderCode code, Item at, @Nullable String id, String message, String hint) {
            problems.add(source.problem(code.code(), at, message, hint).about(id));
        }
    }
}
