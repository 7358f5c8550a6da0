package dev.netkb.api.internal.drools.language;

import dev.netkb.api.internal.drools.language.Syntax.Annotation;
import dev.netkb.api.internal.pack.Selectors;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.derived.NetworkModel;
import dev.netkb.model.derived.Platform;
import dev.netkb.model.report.Severity;
import dev.netkb.model.value.Nearest;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks what rules say of themselves, each by itself and all of a folder together. */
final class MetadataCheck {

    static final List<String> KEYS = List.of(
            "id",
            "severity",
            "description",
            "requires",
            "since",
            "until",
            "source",
            "models",
            "platforms",
            "networkTypes",
            "tiers",
            "scope",
            "over",
            "remediation",
            "formerly");

    private static final List<String> NEEDED = List.of("severity", "description", "requires");
    private static final String ID = "[A-Z][A-Z0-9]*(-[A-Z0-9]+)+";
    private static final int LONGEST_NAME = 200;

    private final KnownNames known;
    private final boolean everyRuleHasAnId;
    private final List<RuleProblem> problems = new ArrayList<>();

    /** @param everyRuleHasAnId false at the full level, where rules can derive facts */
    MetadataCheck(KnownNames known, boolean everyRuleHasAnId) {
        this.known = known;
        this.everyRuleHasAnId = everyRuleHasAnId;
    }

    List<RuleProblem> run(List<Described> rules) {
        rules.forEach(this::one);
        together(rules);
        return problems;
    }

    private void add(Described rule, LanguageCode code, Token at, String message, String hint) {
        problems.add(rule.source().problem(code, at, rule.name().value(), message, hint));
    }

    // ---- each rule by itself

    private void one(Described rule) {
        name(rule);
        keys(rule);
        id(rule);
        oneOf(
                rule,
                "severity",
                Arrays.stream(Severity.values()).map(Severity::word).toList());
        models(rule);
        each(rule, "platforms", platforms(), true);
        each(rule, "networkTypes", List.of("None", "External", "Internal"), true);
        each(rule, "tiers", known.tiers(), true);
        oneOf(rule, "scope", List.of("singleRegion", "multiRegion"));
        each(rule, "over", List.of("snapshot", "change"), false);
        dates(rule);
        requires(rule);
        remediation(rule);
        blank(rule, "description");
        exclusive(rule);
    }

    private void name(Described rule) {
        String name = rule.name().value();
        String id = rule.id();
        if (everyRuleHasAnId && !name.matches("[A-Za-z0-9 ._,()/'-]{1," + LONGEST_NAME + "}")) {
            String strange = name.chars()
                    .mapToObj(c -> String.valueOf((char) c))
                    .filter(c -> !c.matches("[A-Za-z0-9 ._,()/'-]"))
                    .distinct()
                    .limit(5)
                    .collect(Collectors.joining(" "));
            add(
                    rule,
                    LanguageCode.RULE_NAME,
                    rule.name(),
                    name.isEmpty()
                            ? "the name of the rule is empty"
                            : strange.isEmpty()
                                    ? "the name of the rule has more than " + LONGEST_NAME + " characters"
                                    : "the name of the rule has characters that a name must not have: " + strange,
                    "A name has English letters, digits, blanks and . _ , ( ) / ' -");
        } else if (id != null && everyRuleHasAnId && !name.startsWith(id + " ")) {
            add(
                    rule,
                    LanguageCode.RULE_NAME,
                    rule.name(),
                    "the name of the rule does not begin with its id \"" + id + "\" and a blank",
                    "Write: rule \"" + id + " What must hold\".");
        }
    }

    private void keys(Described rule) {
        Set<String> seen = new HashSet<>();
        for (Annotation annotation : rule.annotations()) {
            String key = annotation.at().text();
            if (!KEYS.contains(key) && everyRuleHasAnId) {
                add(
                        rule,
                        LanguageCode.METADATA_UNKNOWN,
                        annotation.at(),
                        "there is no @" + key + "." + Nearest.question(key, KEYS),
                        "A rule can say @" + String.join(", @", KEYS) + ".");
            } else if (!seen.add(key)) {
                add(
                        rule,
                        LanguageCode.METADATA_VALUE,
                        annotation.at(),
                        "@" + key + " stands twice at one rule",
                        "Remove one of them.");
            }
        }
    }

    private void id(Described rule) {
        Annotation annotation = rule.annotation("id");
        if (annotation == null) {
            if (everyRuleHasAnId) {
                add(
                        rule,
                        LanguageCode.METADATA_MISSING,
                        rule.name(),
                        "the rule has no @id",
                        "Write under its name: @id(\"OPS-001\"), with an id of your own, or that of the requirement that it replaces.");
            }
            return;
        }
        String id = annotation.value().value().trim();
        if (!id.matches(ID)) {
            add(
                    rule,
                    LanguageCode.METADATA_VALUE,
                    annotation.value(),
                    "\"" + id + "\" is not an id",
                    "An id is capital letters and digits in parts with '-' between them, such as OPS-001.");
        } else if (known.own().contains(id)) {
            add(
                    rule,
                    LanguageCode.DUPLICATE,
                    annotation.value(),
                    "a row of a table of this folder has the id " + id + " too",
                    "Give one of them another id.");
        } else if (id.startsWith("SEED-") && !known.packaged().contains(id)) {
            add(
                    rule,
                    LanguageCode.METADATA_VALUE,
                    annotation.value(),
                    "ids that begin with SEED- are those of the article of 2016, and " + id + " is none of them."
                            + Nearest.question(id, known.packaged()),
                    "Choose an id of your own, such as OPS-001.");
        }
    }

    private void blank(Described rule, String key) {
        Annotation annotation = rule.annotation(key);
        if (annotation != null && annotation.value().value().isBlank()) {
            add(
                    rule,
                    LanguageCode.METADATA_VALUE,
                    annotation.value(),
                    "@" + key + " is empty",
                    "Say in a sentence what must hold.");
        }
    }

    private void oneOf(Described rule, String key, Collection<String> values) {
        Annotation annotation = rule.annotation(key);
        if (annotation == null) {
            return;
        }
        String value = annotation.value().value().trim();
        if (values.stream().noneMatch(value::equalsIgnoreCase)) {
            wrong(rule, annotation, value, values);
        }
    }

    private void wrong(Described rule, Annotation annotation, String value, Collection<String> values) {
        add(
                rule,
                LanguageCode.METADATA_VALUE,
                annotation.value(),
                (value.isEmpty()
                                ? "@" + annotation.at().text() + " is empty."
                                : "\"" + value + "\" is not a value of @"
                                        + annotation.at().text() + ".")
                        + (value.isEmpty() ? "" : Nearest.question(value, values)),
                "Its values are " + String.join(", ", values) + ".");
    }

    private void each(Described rule, String key, Collection<String> values, boolean anyCase) {
        Annotation annotation = rule.annotation(key);
        if (annotation == null) {
            return;
        }
        List<String> given = Selectors.list(annotation.value().value());
        if (given.isEmpty()) {
            wrong(rule, annotation, "", values);
        }
        Predicate<String> fits =
                value -> values.stream().anyMatch(each -> anyCase ? each.equalsIgnoreCase(value) : each.equals(value));
        given.stream().filter(fits.negate()).forEach(value -> wrong(rule, annotation, value, values));
    }

    private void models(Described rule) {
        each(
                rule,
                "models",
                Arrays.stream(NetworkModel.values()).map(NetworkModel::word).toList(),
                true);
    }

    private static List<String> platforms() {
        return Arrays.stream(Platform.values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private void dates(Described rule) {
        YearMonth since = month(rule, "since");
        YearMonth until = month(rule, "until");
        if (since != null && until != null && !since.isBefore(until)) {
            Annotation annotation = rule.annotation("until");
            add(
                    rule,
                    LanguageCode.METADATA_VALUE,
                    annotation == null ? rule.name() : annotation.value(),
                    "the rule ends (" + until + ") before it begins (" + since + ")",
                    "@until is the first month in which the requirement no longer holds; it comes after @since.");
        }
    }

    private @Nullable YearMonth month(Described rule, String key) {
        Annotation annotation = rule.annotation(key);
        if (annotation == null) {
            return null;
        }
        String value = annotation.value().value().trim();
        try {
            return YearMonth.parse(value);
        } catch (DateTimeException e) {
            add(
                    rule,
                    LanguageCode.METADATA_VALUE,
                    annotation.value(),
                    "\"" + value + "\" is not a month",
                    "Write year and month: 2026-04.");
            return null;
        }
    }

    private void requires(Described rule) {
        Annotation annotation = rule.annotation("requires");
        if (annotation == null) {
            return;
        }
        List<String> needed = Selectors.list(annotation.value().value());
        if (needed.isEmpty()) {
            add(
                    rule,
                    LanguageCode.METADATA_VALUE,
                    annotation.value(),
                    "@requires is empty",
                    "Name what has to be exported to decide it, such as Subnet or Subnet.nsgId.");
        }
        for (String need : needed) {
            String[] parts = need.split("\\.", 2);
            Class<?> type = FactCatalogue.exported(parts[0]);
            if (type == null) {
                add(
                        rule,
                        LanguageCode.METADATA_VALUE,
                        annotation.value(),
                        "@requires names '" + need + "', and exports have no fact type '" + parts[0] + "'."
                                + Nearest.question(parts[0], FactCatalogue.exportedTypes()),
                        "The exported types are " + String.join(", ", FactCatalogue.exportedTypes()) + ".");
            } else if (parts.length == 2) {
                List<String> fields = fields(type);
                if (!fields.contains(parts[1])) {
                    add(
                            rule,
                            LanguageCode.METADATA_VALUE,
                            annotation.value(),
                            "@requires names '" + need + "', and " + parts[0] + " has no exported field '" + parts[1]
                                    + "'." + Nearest.question(parts[1], fields),
                            "Its exported fields are " + String.join(", ", fields) + ".");
                }
            }
        }
    }

    private List<String> fields(Class<?> type) {
        String prefix = type.getSimpleName() + ".";
        return Stream.concat(
                        Stream.of(type.getRecordComponents()).map(RecordComponent::getName),
                        known.required().stream()
                                .filter(each -> each.startsWith(prefix))
                                .map(each -> each.substring(prefix.length())))
                .distinct()
                .filter(name -> !name.equals("provenance"))
                .sorted()
                .toList();
    }

    private void remediation(Described rule) {
        Annotation annotation = rule.annotation("remediation");
        if (annotation != null
                && !known.remediations().contains(annotation.value().value().trim())) {
            String key = annotation.value().value().trim();
            add(
                    rule,
                    LanguageCode.METADATA_VALUE,
                    annotation.value(),
                    "there is no remediation \"" + key + "\"." + Nearest.question(key, known.remediations()),
                    "Leave @remediation out, or name one that there is; 'netkb rules show' of a similar requirement tells it.");
        }
    }

    // ---- selectors that exclude each other

    private void exclusive(Described rule) {
        List<String> models = lower(rule.text("models"));
        List<String> tiers = lower(rule.text("tiers"));
        Annotation platforms = rule.annotation("platforms");
        if (platforms != null
                && !models.isEmpty()
                && models.stream().noneMatch(Set.of("classic", "unknown", "none")::contains)) {
            add(
                    rule,
                    LanguageCode.NEVER_MATCHES,
                    platforms.value(),
                    "the rule can never match: only classic instances have a platform, and @models names none of them",
                    "Remove @platforms, or add classic to @models.");
        }
        Annotation tier = rule.annotation("tiers");
        if (tier != null && !models.isEmpty() && !tiers.isEmpty()) {
            boolean v2 = models.stream().allMatch(each -> each.startsWith("v2"));
            boolean classic = models.stream().allMatch("classic"::equals);
            if (v2 && tiers.stream().noneMatch(each -> each.endsWith("v2"))
                    || classic && tiers.stream().allMatch(each -> each.endsWith("v2"))) {
                add(
                        rule,
                        LanguageCode.NEVER_MATCHES,
                        tier.value(),
                        "the rule can never match: no instance of @models(\"" + rule.text("models") + "\") is of tier "
                                + rule.text("tiers"),
                        "Change @models or @tiers.");
            }
        }
    }

    private static List<String> lower(String text) {
        return Selectors.list(text).stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** What the selectors of a rule allow, by the field of an {@code Applicable}. */
    static Map<String, Set<String>> seeds(Described rule) {
        Map<String, Set<String>> seeds = new HashMap<>();
        Set<String> models = new LinkedHashSet<>();
        for (String word : lower(rule.text("models"))) {
            Arrays.stream(NetworkModel.values())
                    .filter(model -> model.word().equalsIgnoreCase(word))
                    .forEach(model -> models.add(model.name()));
        }
        if (!models.isEmpty()) {
            models.addAll(List.of(NetworkModel.UNKNOWN.name(), NetworkModel.WORKSPACE_UNKNOWN.name()));
            seeds.put("located.model", models);
        }
        Set<String> modes = new LinkedHashSet<>();
        for (String word : lower(rule.text("networkTypes"))) {
            Arrays.stream(VirtualNetworkType.values())
                    .filter(mode -> mode.name().equalsIgnoreCase(word))
                    .forEach(mode -> modes.add(mode.name()));
        }
        if (!modes.isEmpty()) {
            modes.add(VirtualNetworkType.UNKNOWN.name());
            seeds.put("location.virtualNetworkType", modes);
        }
        Set<String> platforms = new LinkedHashSet<>();
        for (String word : lower(rule.text("platforms"))) {
            Arrays.stream(Platform.values())
                    .filter(platform -> platform.name().equalsIgnoreCase(word))
                    .forEach(platform -> platforms.add(platform.name()));
        }
        if (!platforms.isEmpty()) {
            seeds.put("located.platform", platforms);
        }
        return seeds;
    }

    // ---- all rules together

    private void together(List<Described> rules) {
        Map<String, Described> names = new HashMap<>();
        Map<String, Described> complete = new HashMap<>();
        for (Described rule : rules) {
            Described earlier = names.putIfAbsent(rule.name().value(), rule);
            if (earlier != null) {
                add(
                        rule,
                        LanguageCode.DUPLICATE,
                        rule.name(),
                        "there is a rule of this name already, in " + place(earlier),
                        "Give each rule a name of its own.");
            }
            String id = rule.id();
            if (id != null && rule.isComplete()) {
                Described first = complete.putIfAbsent(id, rule);
                if (first != null) {
                    Annotation annotation = rule.annotation("id");
                    add(
                            rule,
                            LanguageCode.DUPLICATE,
                            annotation == null ? rule.name() : annotation.value(),
                            "the id " + id + " is described already by the rule in " + place(first),
                            "Choose another id; or, where both decide one requirement, leave of this rule's metadata only @id.");
                }
            }
        }
        for (Described rule : rules) {
            String id = rule.id();
            if (id == null) {
                continue;
            }
            boolean onlyId =
                    rule.annotations().stream().allMatch(each -> each.at().is("id"));
            Described describing = complete.get(id);
            if (rule.isComplete() && describing == rule
                    || describing == null && (!onlyId || first(rules, id) == rule)) {
                List<String> missing = NEEDED.stream()
                        .filter(key -> rule.annotation(key) == null)
                        .map(key -> "@" + key)
                        .toList();
                if (!missing.isEmpty()) {
                    add(
                            rule,
                            LanguageCode.METADATA_MISSING,
                            rule.name(),
                            "the rule has no " + String.join(" and no ", missing),
                            "Write under its name: "
                                    + missing.stream()
                                            .map(MetadataCheck::example)
                                            .collect(Collectors.joining(" ")));
                }
            }
        }
    }

    private static String example(String key) {
        return switch (key) {
            case "@severity" -> "@severity(\"error\")";
            case "@description" -> "@description(\"What must hold, and why.\")";
            default -> "@requires(\"Subnet.nsgId\")";
        };
    }

    private static @Nullable Described first(List<Described> rules, String id) {
        return rules.stream().filter(rule -> id.equals(rule.id())).findFirst().orElse(null);
    }

    private static String place(Described rule) {
        return rule.source().path() + ", line " + rule.name().line();
    }
}
