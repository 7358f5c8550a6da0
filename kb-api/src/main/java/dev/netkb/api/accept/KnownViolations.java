package dev.netkb.api.accept;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.netkb.api.internal.pack.SettingsText;
import dev.netkb.api.internal.pack.SettingsText.Entry;
import dev.netkb.api.internal.pack.SettingsText.Item;
import dev.netkb.api.internal.pack.SettingsText.Mapping;
import dev.netkb.api.internal.pack.SettingsText.Scalar;
import dev.netkb.api.internal.pack.SettingsText.Sequence;
import dev.netkb.api.internal.table.TextFile;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RulesRejectedException;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Question;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.value.Nearest;
import dev.netkb.model.value.ResourceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The violations that were there when somebody looked last, so that only new ones fail. A violation is the same as long as
 * rule, subject, region and flow are, whatever its message, its severity or the name of its snapshot. Immutable.
 *
 * @param entries question → where it was violated
 */
public record KnownViolations(SortedMap<Question, Seen> entries) {

    public static final KnownViolations NONE = new KnownViolations(new TreeMap<>());

    /** The schema that a file of known violations names. */
    public static final String SCHEMA = "netkb/known/1";

    /** Where its JSON schema is on the class path. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/known-1.schema.json";

    private static final String UNREADABLE = "KB-E365";
    private static final String ENTRY = "KB-E366";

    private static final JsonMapper JSON = new JsonMapper();

    private static final List<String> KEYS =
            List.of("rule", "type", "subject", "location", "flow", "count", "snapshot");

    public KnownViolations {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    /**
     * Where a question was violated.
     *
     * @param snapshot the name of the snapshot
     * @param count how many results of the snapshot answered it so; more than one where a rule finds several things wrong
     */
    public record Seen(String snapshot, int count) {}

    /**
     * What the violations of a run make of the known ones.
     *
     * @param known the violations that are known from now on
     * @param added how many were not known before
     * @param solved how many are known no more: solved, or waived now
     * @param kept how many stay because nothing in the run decides them: their snapshot was not evaluated, or they are
     *     undetermined now
     */
    public record Update(KnownViolations known, int added, int solved, int kept) {}

    public int size() {
        return entries.values().stream().mapToInt(Seen::count).sum();
    }

    /** Marks the violations that are known; of several with one identity as many as were there before. */
    List<Result> mark(List<Result> results) {
        Map<Question, Integer> left = new HashMap<>();
        List<Result> marked = new ArrayList<>();
        for (Result result : results) {
            Seen seen = result.outcome() == Outcome.VIOLATED ? entries.get(result.question()) : null;
            if (seen != null && left.merge(result.question(), 1, Integer::sum) <= seen.count()) {
                marked.add(result.asKnown());
            } else {
                marked.add(result);
            }
        }
        return marked;
    }

    /**
     * Takes over the violations of a run, those that are known already as well as new ones, but not those that are waived.
     *
     * @param reports the reports of all snapshots of the run, accepted or not
     */
    public Update updated(Collection<SnapshotReport> reports) {
        SortedMap<Question, Seen> now = new TreeMap<>();
        Set<Question> open = new HashSet<>();
        Set<String> decided = new HashSet<>();
        for (SnapshotReport report : reports) {
            if (report.evaluated() && report.complete()) {
                decided.addAll(scopes(report));
            }
            Map<Question, Integer> counts = new LinkedHashMap<>();
            for (Result result : report.results()) {
                if (result.outcome() == Outcome.UNDETERMINED) {
                    open.add(result.question());
                } else if (result.outcome() == Outcome.VIOLATED || result.outcome() == Outcome.KNOWN) {
                    counts.merge(result.question(), 1, Integer::sum);
                }
            }
            counts.forEach((question, count) -> now.merge(
                    question,
                    new Seen(report.source(), count),
                    (a, b) -> new Seen(
                            a.snapshot().compareTo(b.snapshot()) <= 0 ? a.snapshot() : b.snapshot(),
                            Math.max(a.count(), b.count()))));
        }
        int added = 0;
        for (Map.Entry<Question, Seen> entry : now.entrySet()) {
            Seen before = entries.get(entry.getKey());
            added += Math.max(0, entry.getValue().count() - (before == null ? 0 : before.count()));
        }
        int solved = 0;
        int kept = 0;
        for (Map.Entry<Question, Seen> entry : entries.entrySet()) {
            Seen before = entry.getValue();
            Seen after = now.get(entry.getKey());
            int gone = before.count() - (after == null ? 0 : after.count());
            if (gone <= 0) {
                continue;
            }
            if (open.contains(entry.getKey())
                    || !decided.contains(scope(before.snapshot(), entry.getKey().subject()))) {
                kept += gone;
                now.put(entry.getKey(), before);
            } else {
                solved += gone;
            }
        }
        return new Update(new KnownViolations(now), added, solved, kept);
    }

    /**
     * What a report decides: of the subscriptions that it tells of what a snapshot of its name had. A name alone is not
     * enough, because many exports are called alike.
     */
    private static Set<String> scopes(SnapshotReport report) {
        return Stream.of(
                        Stream.of(""),
                        report.locations().stream()
                                .map(location -> location.service().subscription()),
                        report.results().stream()
                                .map(result -> result.subject().id().subscription()))
                .flatMap(Function.identity())
                .map(subscription -> scope(report.source(), subscription))
                .collect(Collectors.toSet());
    }

    private static String scope(String snapshot, ResourceId subject) {
        return scope(snapshot, subject.subscription());
    }

    private static String scope(String snapshot, String subscription) {
        return subscription.toLowerCase(Locale.ROOT) + " " + snapshot;
    }

    // ---- the file

    /** Writes them, sorted, one a line. */
    public void writeTo(Appendable out) throws IOException {
        out.append("{\"schema\": ").append(quoted(SCHEMA)).append(", \"violations\": [");
        String before = "\n";
        for (Map.Entry<Question, Seen> entry : entries.entrySet()) {
            Question question = entry.getKey();
            Seen seen = entry.getValue();
            out.append(before).append("  {");
            out.append("\"rule\": ").append(quoted(question.rule()));
            out.append(", \"type\": ").append(quoted(question.type()));
            out.append(", \"subject\": ").append(quoted(question.subject().text()));
            optional(out, "location", question.location());
            optional(out, "flow", question.flow());
            if (seen.count() > 1) {
                out.append(", \"count\": ").append(String.valueOf(seen.count()));
            }
            out.append(", \"snapshot\": ").append(quoted(seen.snapshot())).append('}');
            before = ",\n";
        }
        out.append(entries.isEmpty() ? "]}\n" : "\n]}\n");
    }

    private static void optional(Appendable out, String key, String value) throws IOException {
        if (!value.isEmpty()) {
            out.append(", \"").append(key).append("\": ").append(quoted(value));
        }
    }

    private static String quoted(String text) throws JsonProcessingException {
        return JSON.writeValueAsString(text);
    }

    /**
     * Reads a file that {@link #writeTo} wrote.
     *
     * @param ids every id of the catalogue, and every former one → the present id
     * @throws RulesRejectedException when it cannot be read or something in it is wrong; it knows every problem
     */
    public static KnownViolations load(Path file, Map<String, String> ids) {
        if (!Files.exists(file)) {
            throw new RulesRejectedException(List.of(missing(file)));
        }
        List<RuleProblem> problems = new ArrayList<>();
        String text = TextFile.read(file, UNREADABLE, problems);
        KnownViolations known = text == null ? NONE : parse(file.toString(), text, ids, problems);
        if (!problems.isEmpty()) {
            throw new RulesRejectedException(problems);
        }
        return known;
    }

    private static RuleProblem missing(Path file) {
        return new RuleProblem(
                UNREADABLE,
                RuleProblem.Level.ERROR,
                RuleProblem.Spot.of(file.toString()),
                null,
                "there is no such file",
                null,
                "Write it with the present violations: netkb check PATH --known " + file + " --update-known");
    }

    /** As {@link #load}, of the text of a file. What is wrong is added to the problems. */
    public static KnownViolations parse(String file, String text, Map<String, String> ids, List<RuleProblem> problems) {
        return new Reading(SettingsText.of(file, text), ids, problems).read();
    }

    private record Reading(SettingsText text, Map<String, String> ids, List<RuleProblem> problems) {

        private static final String ADVICE =
                "netkb check --known FILE --update-known writes it; take it back from version control, or write it anew.";

        KnownViolations read() {
            Item root = text.parse(UNREADABLE, problems);
            if (root == null) {
                return NONE;
            }
            Map<String, Item> fields = new HashMap<>();
            if (root instanceof Mapping mapping) {
                text.entries(mapping, UNREADABLE, problems).forEach((key, entry) -> fields.put(key, entry.value()));
            }
            boolean ours = fields.get("schema") instanceof Scalar schema
                    && schema.text().equals(SCHEMA);
            if (!ours || !(fields.get("violations") instanceof Sequence list)) {
                problem(
                        UNREADABLE,
                        root,
                        "this is no file of known violations, which begins with {\"schema\": \"" + SCHEMA + "\"");
                return NONE;
            }
            SortedMap<Question, Seen> entries = new TreeMap<>();
            list.items().forEach(item -> entry(item, entries));
            return new KnownViolations(entries);
        }

        private void entry(Item item, SortedMap<Question, Seen> entries) {
            Map<String, String> values = new HashMap<>();
            int before = problems.size();
            if (!(item instanceof Mapping mapping)) {
                problem(ENTRY, item, "this entry is no violation, which has rule, type, subject and snapshot");
                return;
            }
            for (Entry entry : mapping.entries()) {
                String key = entry.key().text();
                if (!KEYS.contains(key)) {
                    problem(
                            ENTRY,
                            entry.key(),
                            "a known violation has no '" + key + "'." + Nearest.question(key, KEYS));
                } else if (!(entry.value() instanceof Scalar value) || values.put(key, value.text()) != null) {
                    problem(ENTRY, entry.key(), "'" + key + "' stands twice or is no text");
                }
            }
            for (String key : List.of("rule", "type", "subject", "snapshot")) {
                if (values.getOrDefault(key, "").isBlank() && problems.size() == before) {
                    problem(ENTRY, item, "this known violation has no " + key);
                }
            }
            int count = count(values.getOrDefault("count", "1"));
            if (count < 1) {
                problem(ENTRY, item, "count '" + values.get("count") + "' is no number from 1 on");
            }
            if (problems.size() > before) {
                return;
            }
            String rule = values.getOrDefault("rule", "");
            Question question = new Question(
                    ids.getOrDefault(rule, rule),
                    values.getOrDefault("type", ""),
                    ResourceId.of(values.getOrDefault("subject", "")),
                    values.getOrDefault("location", ""),
                    values.getOrDefault("flow", ""));
            if (entries.put(question, new Seen(values.getOrDefault("snapshot", ""), count)) != null) {
                problem(ENTRY, item, "this violation stands twice: same rule, subject, location and flow");
            }
        }

        private static int count(String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                return 0;
            }
        }

        private void problem(String code, Item at, String message) {
            problems.add(text.problem(code, at, message, ADVICE));
        }
    }
}
