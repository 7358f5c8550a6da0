package dev.netkb.api.accept;

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
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Waiver;
import dev.netkb.model.value.Nearest;
import dev.netkb.model.value.Place;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Violations that somebody accepts until a day: {@code {rule, subject, reason, owner, expires}}, as YAML or JSON. Immutable.
 *
 * <p>Only a violation can be waived: what is undetermined stays so, because nobody can accept what nobody knows.
 */
public record Waivers(List<Accepting> entries) {

    public static final Waivers NONE = new Waivers(List.of());

    /** Where the JSON schema of a file of waivers is on the class path. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/waivers-1.schema.json";

    private static final String UNREADABLE = "KB-E360";
    private static final String KEY = "KB-E361";
    private static final String VALUE = "KB-E362";
    private static final String TWICE = "KB-E363";

    private static final List<String> KEYS = List.of("rule", "subject", "reason", "owner", "expires");

    private static final String SHAPE =
            "A file of waivers is a list whose entries have rule, subject, reason, owner and expires.";

    public Waivers {
        entries = List.copyOf(entries);
    }

    /**
     * One waiver.
     *
     * @param file,line where it stands
     * @param rule the present id of the requirement, whichever id was written
     * @param subject the id of what is accepted to violate it; {@code *} stands for any text, letter case does not matter
     * @param expires the last day on which it holds
     */
    public record Accepting(
            String file, int line, String rule, String subject, String reason, String owner, LocalDate expires) {

        /** Whether a result is a violation that it speaks of, on whatever day. */
        public boolean speaksOf(Result result) {
            return result.outcome() == Outcome.VIOLATED && asksAbout(result);
        }

        /** Whether it names the rule and the subject of a result, whatever its outcome. */
        boolean asksAbout(Result result) {
            return rule.equals(result.rule())
                    && new SubjectPattern(subject).matches(result.subject().id());
        }

        public boolean isExpired(LocalDate today) {
            return today.isAfter(expires);
        }

        /** Whether it names neither a resource group nor a resource. */
        boolean isWholeSubscription() {
            return new SubjectPattern(subject).isWholeSubscription();
        }

        Waiver asReported() {
            return new Waiver(reason, owner, expires.toString());
        }

        Place place() {
            return new Place(file, "", line, 1);
        }

        /** Such as {@code waiver of C-NET-05 for /subscriptions/0000/*}. */
        public String text() {
            return "waiver of " + rule + " for '" + subject + "'";
        }
    }

    /** These waivers and others, which come later. */
    public Waivers and(Waivers others) {
        List<Accepting> both = new ArrayList<>(entries);
        both.addAll(others.entries);
        return new Waivers(both);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** What an editor of these waivers should know, whatever the snapshot: those that expired, and those without bounds. */
    public List<RuleProblem> warnings(LocalDate today) {
        List<RuleProblem> warnings = new ArrayList<>();
        for (Accepting waiver : entries) {
            if (waiver.isExpired(today)) {
                warnings.add(warning(
                        "KB-N361",
                        waiver,
                        "the " + waiver.text() + " held until " + waiver.expires(),
                        "Take it away, or let " + waiver.owner() + " decide on a later day and write it as expires."));
            }
            if (waiver.isWholeSubscription()) {
                warnings.add(
                        warning(
                                "KB-N363",
                                waiver,
                                "the " + waiver.text()
                                        + " is too broad: it names no resource group and no resource, so it accepts"
                                        + " what is built tomorrow too",
                                "Name what is meant, such as '/subscriptions/*/resourceGroups/shop/*', with a waiver for each."));
            }
        }
        return warnings;
    }

    private static RuleProblem warning(String code, Accepting waiver, String message, String hint) {
        return new RuleProblem(
                code,
                RuleProblem.Level.WARNING,
                RuleProblem.Spot.of(waiver.file(), waiver.line(), 1, 0),
                waiver.rule(),
                message,
                null,
                hint);
    }

    /**
     * Reads a file.
     *
     * @param ids every id of the catalogue, and every former one → the present id
     * @throws RulesRejectedException when it cannot be read or something in it is wrong; it knows every problem
     */
    public static Waivers load(Path file, Map<String, String> ids) {
        List<RuleProblem> problems = new ArrayList<>();
        String text = TextFile.read(file, UNREADABLE, problems);
        Waivers waivers = text == null ? NONE : parse(file.toString(), text, ids, problems);
        if (!problems.isEmpty()) {
            throw new RulesRejectedException(problems);
        }
        return waivers;
    }

    /**
     * Reads the text of a file.
     *
     * @param file how problems name it
     * @param ids as for {@link #load}
     * @param problems what is wrong is added to it, each thing by itself
     * @return what could be read
     */
    public static Waivers parse(String file, String text, Map<String, String> ids, List<RuleProblem> problems) {
        return new Reading(SettingsText.of(file, text), ids, problems).read();
    }

    private static final class Reading {
        private final SettingsText text;
        private final Map<String, String> ids;
        private final List<RuleProblem> problems;

        Reading(SettingsText text, Map<String, String> ids, List<RuleProblem> problems) {
            this.text = text;
            this.ids = ids;
            this.problems = problems;
        }

        Waivers read() {
            Item root = text.parse(UNREADABLE, problems);
            if (root == null) {
                return NONE;
            }
            if (!(root instanceof Sequence list)) {
                problem(UNREADABLE, root, "the file is no list", SHAPE + " Begin each entry with '- rule: '.");
                return NONE;
            }
            List<Accepting> waivers = new ArrayList<>();
            Map<String, Accepting> seen = new HashMap<>();
            for (Item item : list.items()) {
                Accepting waiver = waiver(item);
                if (waiver == null) {
                    continue;
                }
                Accepting twin =
                        seen.putIfAbsent(waiver.rule() + " " + waiver.subject().toLowerCase(Locale.ROOT), waiver);
                if (twin == null) {
                    waivers.add(waiver);
                } else {
                    problem(
                            TWICE,
                            item,
                            "the " + waiver.text() + " stands twice: line " + twin.line() + " has it too",
                            "Keep the one whose reason and date hold.");
                }
            }
            return new Waivers(waivers);
        }

        private @Nullable Accepting waiver(Item item) {
            if (!(item instanceof Mapping mapping)) {
                problem(UNREADABLE, item, "this entry is no waiver", SHAPE);
                return null;
            }
            int before = problems.size();
            Map<String, Scalar> values = values(mapping);
            List<String> missing =
                    KEYS.stream().filter(key -> !values.containsKey(key)).toList();
            boolean misspelt = problems.size() > before;
            if (!missing.isEmpty() && !misspelt) {
                problem(
                        KEY,
                        mapping,
                        "this waiver has no " + String.join(", no ", missing),
                        "Say it: " + example(missing.get(0)) + ".");
            }
            Scalar named = values.get("rule");
            String rule = named == null ? "" : rule(named);
            values.forEach(this::checkText);
            Scalar until = values.get("expires");
            LocalDate expires = until == null ? null : date(until);
            if (problems.size() > before || expires == null) {
                return null;
            }
            return new Accepting(
                    text.file(),
                    mapping.line(),
                    rule,
                    said(values, "subject"),
                    said(values, "reason"),
                    said(values, "owner"),
                    expires);
        }

        private static String said(Map<String, Scalar> values, String key) {
            Scalar value = values.get(key);
            return value == null ? "" : value.text().trim();
        }

        private Map<String, Scalar> values(Mapping mapping) {
            Map<String, Scalar> values = new LinkedHashMap<>();
            for (Entry entry : mapping.entries()) {
                String key = entry.key().text();
                if (!KEYS.contains(key)) {
                    problem(
                            KEY,
                            entry.key(),
                            "a waiver has no '" + key + "'",
                            "It has " + String.join(", ", KEYS) + "." + Nearest.question(key, KEYS));
                } else if (!(entry.value() instanceof Scalar value)) {
                    problem(VALUE, entry.value(), key + " is no text", "Write one text: " + example(key) + ".");
                    values.put(
                            key, new Scalar(entry.value().line(), entry.value().column(), "-"));
                } else if (values.put(key, value) != null) {
                    problem(
                            KEY,
                            entry.key(),
                            "'" + key + "' stands twice in one waiver",
                            "Keep one of them; a second waiver begins with a '-' of its own.");
                }
            }
            return values;
        }

        private void checkText(String key, Scalar value) {
            if (key.equals("rule") || key.equals("expires")) {
                return;
            }
            String said = value.text().trim();
            if (said.isEmpty()) {
                String written = text.lines().get(value.line() - 1);
                boolean comment = written.matches(".*:\\s+#\\S.*");
                problem(
                        VALUE,
                        value,
                        key + " is empty" + (comment ? ": a # behind a blank begins a comment" : ""),
                        comment
                                ? "Put the text in quotes: " + key + ": \"#"
                                        + written.replaceFirst("^.*?:\\s+#", "").trim() + "\"."
                                : "Say it: " + example(key) + ".");
            } else if (key.equals("subject") && !said.startsWith("/") && !said.startsWith("*")) {
                problem(
                        VALUE,
                        value,
                        "subject '" + said + "' is no id and no pattern of one",
                        "An id begins with /subscriptions/; to mean it in any group, write '*/" + said + "'.");
            }
        }

        private String rule(Scalar value) {
            String said = value.text().trim();
            String present = ids.get(said);
            if (present != null) {
                return present;
            }
            String folded = said.toUpperCase(Locale.ROOT);
            boolean onlyCase = ids.containsKey(folded);
            problem(
                    VALUE,
                    value,
                    said.isEmpty() ? "rule is empty" : "there is no rule '" + said + "'",
                    onlyCase
                            ? "Write " + folded + "."
                            : "Write an id as the report prints it, such as C-NET-05; netkb rules list shows all."
                                    + Nearest.question(said, Set.copyOf(ids.values())));
            return "";
        }

        private @Nullable LocalDate date(Scalar value) {
            String said = value.text().trim();
            try {
                return LocalDate.parse(said);
            } catch (DateTimeException e) {
                problem(
                        VALUE,
                        value,
                        said.isEmpty() ? "expires is empty" : "expires '" + said + "' is no day",
                        "Write the last day on which it is accepted as YYYY-MM-DD, such as 2027-03-31.");
                return null;
            }
        }

        private static String example(String key) {
            return switch (key) {
                case "rule" -> "rule: C-NET-05";
                case "subject" -> "subject: /subscriptions/*/resourceGroups/shop/*";
                case "reason" -> "reason: the gateway is moved in March";
                case "owner" -> "owner: network team";
                default -> "expires: 2027-03-31";
            };
        }

        private void problem(String code, Item at, String message, String hint) {
            problems.add(text.problem(code, at, message, hint));
        }
    }
}
