package dev.netkb.api.internal.drools;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.RuleInfo;
import dev.netkb.api.internal.drools.RuleLoader.Source;
import dev.netkb.api.internal.pack.Dates;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.RuleFolder;
import dev.netkb.api.internal.pack.RuleOverride;
import dev.netkb.api.internal.pack.RulePack;
import dev.netkb.api.internal.pack.TierRow;
import dev.netkb.api.rules.RuleItem;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Level;
import dev.netkb.api.rules.RuleProblem.Spot;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.Tier;
import dev.netkb.model.report.Severity;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Looks at folders that can be loaded as a whole: what nobody would notice in one file alone. All it finds are warnings and notices. */
final class RuleLint {

    private static final String PACK = "pack.yaml";
    private static final String EXAMPLES = "examples";
    private static final String YAML = ".yaml";

    /** A type at the place where a pattern stands, and what a consequence inserts. */
    private static final Pattern TYPE = Pattern.compile("\\b([A-Z]\\w*)\\s*\\(");

    private static final Pattern INSERTED = Pattern.compile("\\binsert\\s*\\(\\s*(?:new\\s+)?([A-Z]\\w*)");
    private static final Pattern RULE_PARTS = Pattern.compile("\\bwhen\\b(.*?)\\bthen\\b", Pattern.DOTALL);
    private static final Pattern SEVERITY = Pattern.compile("@severity\\s*\\(\\s*\"(error|warning|info)\"");

    /** An id that an example names: whom it is about, or whose results it expects. */
    private static final Pattern MENTIONED =
            Pattern.compile("(?:^|[\\s{,])(?:rule|seenIn):\\s+[\"']?([A-Z][A-Z0-9-]*)");

    private static final Pattern DATED =
            Pattern.compile("@(?<key>since|until)\\s*\\(\\s*\"\\s*(?<month>\\d{4}-\\d{2})\\s*\"");

    /** Shorter parts of ids, such as numbers, are alike without a slip. */
    private static final int SHORTEST_SLIP = 3;

    private final RulePack pack;
    private final List<Source> parts;
    private final List<RuleProblem> problems = new ArrayList<>();

    /** Id → the packaged requirement. */
    private final Map<String, RuleInfo> known;

    private final YearMonth month;

    /** @param today the day on which it is asked what is still to come */
    RuleLint(RulePack pack, KnowledgeBase packaged, List<Source> parts, LocalDate today) {
        this.pack = pack;
        this.month = YearMonth.from(today);
        this.parts = List.copyOf(parts);
        this.known = packaged.catalogue().stream().collect(Collectors.toMap(RuleInfo::id, info -> info));
    }

    List<RuleProblem> problems() {
        Set<String> ids = new TreeSet<>(known.keySet());
        parts.forEach(part -> part.items().forEach(item -> ids.add(item.id())));
        Map<String, String> formerly = formerly();
        Map<String, Source> earlier = new HashMap<>();
        for (Source part : parts) {
            withoutExamples(part);
            unknownIds(part, ids, formerly);
            weakened(part);
            mistakenIds(part);
            overrides(part);
            neverTriggered(part);
            replaced(part, earlier);
            toCome(part);
            changedTiers(part);
        }
        sameDemand();
        return List.copyOf(problems);
    }

    /** Old id → the id that stands for it now. */
    private Map<String, String> formerly() {
        Map<String, String> formerly = new TreeMap<>();
        for (Source part : parts) {
            part.folder().flows().forEach(row -> row.formerly().forEach(old -> formerly.put(old, row.id())));
            for (RuleText text : part.rules()) {
                text.formerly()
                        .forEach(
                                old -> text.ids().stream().sorted().findFirst().ifPresent(id -> formerly.put(old, id)));
            }
        }
        return formerly;
    }

    // ---- examples

    private void withoutExamples(Source part) {
        Set<String> exampled = new TreeSet<>(exampleIds(part.folder()));
        Map<String, RuleItem> first = new LinkedHashMap<>();
        part.items().forEach(item -> first.putIfAbsent(item.id(), item));
        first.forEach((id, item) -> {
            if (!exampled.contains(id)) {
                warn(
                        part,
                        "KB-N310",
                        at(part, item),
                        id,
                        id + " has no examples, so nobody would notice when it stops deciding what it should",
                        "Write " + EXAMPLES + "/" + id + YAML
                                + " with a case that is violated, one that passes and one whose data is missing.");
            }
        });
    }

    private static List<String> exampleIds(RuleFolder folder) {
        return names(folder.root().resolve(EXAMPLES)).stream()
                .filter(name -> name.endsWith(YAML))
                .map(name -> name.substring(0, name.length() - YAML.length()))
                .toList();
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    // ---- ids

    private void unknownIds(Source part, Set<String> ids, Map<String, String> formerly) {
        for (String name : exampleIds(part.folder())) {
            String file = EXAMPLES + "/" + name + YAML;
            Set<String> mentioned = new TreeSet<>(Set.of(name));
            for (String line : ItemPlace.lines(part.folder().root().resolve(file))) {
                mentioned.addAll(all(MENTIONED, line.replaceFirst("(^|\\s)#.*", "")));
            }
            mentioned.forEach(id -> unknown(part, id, file, ids, formerly));
        }
    }

    private void unknown(Source part, String id, String file, Set<String> ids, Map<String, String> formerly) {
        if (ids.contains(id)) {
            return;
        }
        String now = formerly.get(id);
        String hint = now != null
                ? "The id is now " + now + ": use it here too."
                : "If it was renamed, use the new id here and name the old one in its rule as @formerly(\"" + id
                        + "\"), or in the column formerly." + Nearest.question(id, ids);
        warn(part, "KB-N311", find(part, file, id), id, "nothing has the id " + id, hint);
    }

    // ---- what becomes weaker

    private void weakened(Source part) {
        Map<String, Severity> worst = new TreeMap<>();
        for (RuleText text : part.rules()) {
            Matcher matcher = SEVERITY.matcher(text.text());
            if (matcher.find() && text.ids().size() == 1) {
                worst.merge(text.ids().iterator().next(), Severity.of(matcher.group(1)), RuleLint::worse);
            }
        }
        Map<String, RuleItem> first = new LinkedHashMap<>();
        part.items().forEach(item -> first.putIfAbsent(item.id(), item));
        worst.forEach((id, severity) -> before(id)
                .filter(was -> was.compareTo(severity) < 0)
                .ifPresent(was -> {
                    RuleItem item = first.get(id);
                    if (item != null) {
                        weaker(part, at(part, item), id, was, severity);
                    }
                }));
        for (RuleOverride override : part.folder().overrides()) {
            Severity wanted = override.severity();
            if (wanted != null) {
                before(override.id())
                        .filter(was -> was.compareTo(wanted) < 0)
                        .ifPresent(was -> weaker(part, override(part, override.id()), override.id(), was, wanted));
            }
        }
    }

    private void weaker(Source part, ItemPlace at, String id, Severity was, Severity is) {
        warn(
                part,
                "KB-N304",
                at,
                id,
                "the packaged " + id + " has the severity " + was.word() + ", here it is only " + is.word(),
                "Leave it if that is meant; what the documents demand stays " + was.word() + ".");
    }

    private static Severity worse(Severity a, Severity b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    /** The severity of the packaged requirement. */
    private Optional<Severity> before(String id) {
        return Optional.ofNullable(known.get(id))
                .flatMap(info -> info.severities().stream().findFirst());
    }

    /** Ids that look like a slip: of a row that takes the place of a rule, and one that is nearly a packaged one. */
    private void mistakenIds(Source part) {
        Set<String> rows = part.folder().flows().stream().map(FlowRow::id).collect(Collectors.toSet());
        Map<String, RuleItem> first = new LinkedHashMap<>();
        part.items().forEach(item -> first.putIfAbsent(item.id(), item));
        first.forEach((id, item) -> {
            RuleInfo info = known.get(id);
            if (info != null && rows.contains(id) && !info.kind().equals("flow")) {
                warn(
                        part,
                        "KB-N317",
                        at(part, item),
                        id,
                        "the row takes the place of the packaged rule " + id + ", which is no flow: " + info.title(),
                        "Give the row an id of its own; then both hold.");
            }
            List<String> alike = info == null
                    ? known.keySet().stream()
                            .filter(other -> isSlip(id, other))
                            .sorted()
                            .toList()
                    : List.of();
            if (!alike.isEmpty()) {
                warn(
                        part,
                        "KB-N318",
                        at(part, item),
                        id,
                        "the id is new, and nearly the packaged " + String.join(" or ", alike)
                                + ", which holds beside it",
                        "Write the packaged id to take its place, or choose an id that cannot be mistaken for it.");
            }
        });
    }

    /** Whether two ids differ in one part only, and that by a slip of the finger. */
    private static boolean isSlip(String id, String other) {
        List<String> parts = List.of(id.split("-", -1));
        List<String> others = List.of(other.split("-", -1));
        if (parts.size() != others.size()) {
            return false;
        }
        List<Integer> different = IntStream.range(0, parts.size())
                .filter(i -> !parts.get(i).equals(others.get(i)))
                .boxed()
                .toList();
        if (different.size() != 1) {
            return false;
        }
        String part = parts.get(different.get(0));
        String meant = others.get(different.get(0));
        return part.length() >= SHORTEST_SLIP
                && Math.abs(part.length() - meant.length()) <= 1
                && !Nearest.to(part, List.of(meant)).isEmpty();
    }

    private void overrides(Source part) {
        for (RuleOverride override : part.folder().overrides()) {
            RuleInfo info = known.get(override.id());
            ItemPlace at = override(part, override.id());
            if (info == null) {
                continue;
            }
            if (info.kind().equals("note") || info.kind().equals("modifier")) {
                warn(
                        part,
                        "KB-N316",
                        at,
                        override.id(),
                        "the override of " + override.id() + " changes nothing: the id decides nothing by itself",
                        "Take the override away; netkb rules show " + override.id() + " tells what the id is for.");
            } else if (override.enabled() && List.of(wanted(override)).containsAll(info.severities())) {
                warn(
                        part,
                        "KB-N316",
                        at,
                        override.id(),
                        "the override of " + override.id() + " changes nothing: its severity is "
                                + wanted(override).word() + " anyway",
                        "Take the override away, or say what it should change.");
            } else if (override.switchesOff()) {
                warn(
                        part,
                        "KB-N313",
                        at,
                        override.id(),
                        "the packaged " + override.id() + " is switched off everywhere: " + info.title(),
                        "Leave it if that is meant. For some locations only, add platforms, models, networkTypes or tiers;"
                                + " for one finding, use a waiver.");
            }
        }
    }

    private static Severity wanted(RuleOverride override) {
        Severity severity = override.severity();
        return severity == null ? Severity.INFO : severity;
    }

    // ---- rules that stay silent

    private void neverTriggered(Source part) {
        Set<String> possible = new TreeSet<>();
        Snapshot.TYPES.forEach(type -> possible.add(type.getSimpleName()));
        pack.ruleTexts().values().forEach(text -> possible.addAll(types(text)));
        part.rules().forEach(text -> possible.addAll(all(INSERTED, TextMutations.withoutTexts(text.text()))));
        for (RuleText text : part.rules()) {
            for (String type : patterns(text.text())) {
                if (!possible.contains(type)) {
                    int at = firstPattern(text.text(), type);
                    int line = text.line()
                            + (int) text.text()
                                    .substring(0, at)
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count();
                    warn(
                            part,
                            "KB-N314",
                            new ItemPlace(
                                    new Spot(text.file(), line, column(text.text(), at), null, type.length()),
                                    line(text.text(), at)),
                            text.names().get(0),
                            "no snapshot ever has a fact of type " + type + ", so this pattern never matches",
                            "Use one of the facts that exist." + Nearest.question(type, possible));
                }
            }
        }
    }

    private static Set<String> types(String text) {
        Set<String> types = new TreeSet<>(patterns(text));
        types.addAll(all(INSERTED, TextMutations.withoutTexts(text)));
        return types;
    }

    private static Set<String> patterns(String text) {
        Set<String> types = new TreeSet<>();
        Matcher matcher = RULE_PARTS.matcher(TextMutations.withoutTexts(text));
        while (matcher.find()) {
            types.addAll(all(TYPE, matcher.group(1)));
        }
        return types;
    }

    /** Where the first pattern of a type stands: not where it is imported. */
    private static int firstPattern(String text, String type) {
        Matcher condition = Pattern.compile("\\bwhen\\b.*?\\b(" + type + ")\\s*\\(", Pattern.DOTALL)
                .matcher(TextMutations.withoutTexts(text));
        return condition.find() ? condition.start(1) : text.indexOf(type);
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private static int column(String text, int at) {
        return at - text.lastIndexOf('\n', at - 1);
    }

    private static String line(String text, int at) {
        int end = text.indexOf('\n', at);
        return text.substring(text.lastIndexOf('\n', at - 1) + 1, end < 0 ? text.length() : end);
    }

    // ---- dates

    /** Only {@code --baseline YYYY-MM} compares months: otherwise what has begun to be written down holds, and what has an end does not. */
    private void toCome(Source part) {
        for (FlowRow row : part.folder().flows()) {
            RuleItem item = new RuleItem(RuleItem.Kind.ROW, row.id(), row.title(), row.place());
            toCome(part, item, row.dates());
        }
        for (RuleText text : part.rules()) {
            Matcher dated = DATED.matcher(text.text());
            while (dated.find()) {
                String name = text.nameBefore(dated.start());
                String date = dated.group("month");
                Dates dates = dated.group("key").equals("since") ? Dates.parse(date, "") : Dates.parse("", date);
                part.items().stream()
                        .filter(item ->
                                item.kind() == RuleItem.Kind.RULE && item.name().equals(name))
                        .forEach(item -> toCome(part, item, dates));
            }
        }
    }

    private void toCome(Source part, RuleItem item, Dates dates) {
        YearMonth since = dates.since();
        YearMonth until = dates.until();
        String which = until != null && until.isAfter(month)
                ? "ends only in " + until + ", and is demanded no longer"
                : until == null && since != null && since.isAfter(month)
                        ? "begins only in " + since + ", and is demanded already"
                        : null;
        if (which != null) {
            RuleProblem told = new RuleProblem(
                    "KB-N319",
                    Level.NOTICE,
                    at(part, item).at(),
                    item.id(),
                    item.id() + " " + which + " where no month is named: --baseline auto takes the newest requirements",
                    at(part, item).excerpt(),
                    "Leave it if that is meant; --baseline " + month + " judges by what holds this month.");
            problems.add(told.in(part.folder().root().toString()));
        }
    }

    // ---- rows

    /** Two ids for one demand: its violation is told twice, and a waiver of one leaves the other. */
    private void sameDemand() {
        Map<List<Object>, FlowRow> first = new HashMap<>();
        pack.flows().forEach(row -> first.putIfAbsent(demand(row), row));
        for (Source part : parts) {
            for (FlowRow row : part.folder().flows()) {
                FlowRow other = first.putIfAbsent(demand(row), row);
                if (other != null && !other.id().equals(row.id())) {
                    RuleItem item = new RuleItem(RuleItem.Kind.ROW, row.id(), row.title(), row.place());
                    warn(
                            part,
                            "KB-N321",
                            at(part, item),
                            row.id(),
                            "the row demands what " + other.id() + " demands already (" + other.place() + ")",
                            "Take it away; or give it the id " + other.id() + ", to take its place.");
                }
            }
        }
    }

    /** Whom a row is about, when, and which packets have to pass. */
    private static List<Object> demand(FlowRow row) {
        FlowRequirement flow = row.requirement();
        return Arrays.asList(
                flow.requirement().applicability(),
                row.dates(),
                flow.direction(),
                flow.protocols(),
                flow.sourcePorts(),
                flow.destinationPorts(),
                flow.remote(),
                flow.hosts(),
                flow.accepts(),
                flow.feature());
    }

    // ---- tiers

    /** What a tier is like decides which requirements it has: one wrong word switches most of them off. */
    private void changedTiers(Source part) {
        Map<String, Tier> before = pack.tiers().stream().collect(Collectors.toMap(Tier::name, tier -> tier));
        for (TierRow row : part.folder().tiers()) {
            Tier packaged = before.get(row.tier().name());
            if (packaged != null && !packaged.equals(row.tier())) {
                RuleItem item = new RuleItem(RuleItem.Kind.ROW, packaged.name(), packaged.name(), row.place());
                warn(
                        part,
                        "KB-N320",
                        at(part, item),
                        packaged.name(),
                        "the tier " + packaged.name() + " is known already, and this row changes what it is like",
                        "Take the row away, unless Azure changed the tier; 'netkb rules diff' shows which verdicts change.");
            }
        }
    }

    /** What a later folder says of an id stands instead of what an earlier one says. */
    private void replaced(Source part, Map<String, Source> earlier) {
        Map<String, RuleItem> first = new LinkedHashMap<>();
        part.items().forEach(item -> first.putIfAbsent(item.id(), item));
        first.forEach((id, item) -> {
            Source before = earlier.put(id, part);
            if (before != null) {
                warn(
                        part,
                        "KB-N315",
                        at(part, item),
                        item.name(),
                        id + " stands in " + before.folder().origin()
                                + " too; what it says there is never looked at, because a later folder wins",
                        "Take it away in one of the two folders, or give it another id.");
            }
        });
    }

    // ---- places

    private void warn(Source part, String code, ItemPlace at, String rule, String message, String hint) {
        problems.add(new RuleProblem(code, Level.WARNING, at.at(), rule, message, at.excerpt(), hint)
                .in(part.folder().root().toString()));
    }

    private static ItemPlace at(Source part, RuleItem item) {
        return ItemPlace.of(part.folder().root(), item);
    }

    /** Where an override stands: in the settings of the folder, or as a row of one of its tables. */
    private static ItemPlace override(Source part, String id) {
        return Stream.concat(
                        Stream.of(PACK), names(part.folder().root()).stream().filter(name -> name.endsWith(".csv")))
                .map(file -> find(part, file, id))
                .filter(found -> found.at().line() > 0)
                .findFirst()
                .orElse(new ItemPlace(Spot.of(PACK), null));
    }

    /** The first line of a file in which an id stands; the file where it does not. */
    private static ItemPlace find(Source part, String file, String id) {
        Pattern word = Pattern.compile("(?<![A-Za-z0-9-])" + Pattern.quote(id) + "(?![A-Za-z0-9-])");
        List<String> lines = ItemPlace.lines(part.folder().root().resolve(file));
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = word.matcher(lines.get(i));
            if (matcher.find()) {
                return new ItemPlace(Spot.of(file, i + 1, matcher.start() + 1, id.length()), lines.get(i));
            }
        }
        return new ItemPlace(Spot.of(file), null);
    }
}
