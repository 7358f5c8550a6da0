package dev.netkb.api.render;

import dev.netkb.api.RuleInfo;
import dev.netkb.api.fix.Fix;
import dev.netkb.api.fix.FixesFound;
import dev.netkb.api.fix.TextEdit;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Question;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Source;
import dev.netkb.model.report.Waiver;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report as a SARIF 2.1.0 log, for code scanning services and editors. A violation is a failure of its severity;
 * what is undetermined is {@code open}; accepted and known violations are suppressed. Results carry a fingerprint of
 * requirement, subject and flow, which stays the same when lines move.
 *
 * <p>Remediations are told in the message and, for programs, in the properties. Exports are no sources, so nothing in them
 * could be replaced; edits of templates that were tried out are {@code fixes}.
 *
 * <p>Services take no more than so many results and so many bytes: the worst are kept, and a notification says how many
 * are not.
 */
public final class SarifRenderer implements ReportRenderer {

    /** What the code scanning of GitHub takes. */
    static final Limits GITHUB = new Limits(25_000, 10_000_000, 100, 1_000);

    /** A notification that something was left out. */
    private static final String LEFT_OUT = "left-out";

    /** A notification that there may be more fixes. */
    private static final String NOT_TRIED = "fixes-not-tried";

    private static final Comparator<Result> MOST_WANTED =
            Comparator.comparing(Result::outcome).thenComparing(Result::severity);

    private final Map<String, RuleInfo> catalogue;
    private final Path root;
    private final Map<String, FixesFound> fixes;
    private final Limits limits;

    /**
     * @param catalogue what is known of the rules; of others only the title is told
     * @param root an absolute path: files below it have relative names
     */
    public SarifRenderer(List<RuleInfo> catalogue, Path root) {
        this(catalogue, root, Map.of());
    }

    /**
     * As the other one, with fixes.
     *
     * @param fixes name of a snapshot ({@link SnapshotReport#source}) → its fixes
     */
    public SarifRenderer(List<RuleInfo> catalogue, Path root, Map<String, FixesFound> fixes) {
        this(catalogue, root, fixes, GITHUB);
    }

    SarifRenderer(List<RuleInfo> catalogue, Path root, Map<String, FixesFound> fixes, Limits limits) {
        this.catalogue = catalogue.stream().collect(Collectors.toMap(RuleInfo::id, Function.identity(), (a, b) -> a));
        this.root = root;
        this.fixes = Map.copyOf(fixes);
        this.limits = limits;
    }

    /**
     * @param results of the whole log
     * @param zipped bytes of the whole log after gzip
     * @param locations of one result
     * @param notifications of the whole log
     */
    record Limits(int results, long zipped, int locations, int notifications) {}

    private record Item(SnapshotReport snapshot, Result result, Place at, String fingerprint) {}

    /**
     * Where results stand that name no file, because services show nothing that is in none; the snapshot, which may be a folder,
     * where no result names a file.
     *
     * @param bySubject the file that a resource stands in, else one that another result about it names
     * @param any the first of all that are named; empty for none
     */
    private record Files(Map<ResourceId, String> bySubject, String any) {

        static Files of(SnapshotReport snapshot) {
            Map<ResourceId, String> bySubject = new HashMap<>();
            Map<ResourceId, String> own = new HashMap<>();
            TreeSet<String> all = new TreeSet<>();
            for (Result result : snapshot.results()) {
                String file = Grounds.place(result).file();
                if (!file.isEmpty()) {
                    bySubject.merge(result.subject().id(), file, (a, b) -> a.compareTo(b) <= 0 ? a : b);
                    all.add(file);
                }
                result.evidence().stream()
                        .filter(each -> each.fact() != null && !each.at().file().isEmpty())
                        .forEach(each ->
                                own.putIfAbsent(each.fact().id(), each.at().file()));
            }
            bySubject.putAll(own);
            return new Files(bySubject, all.isEmpty() ? "" : all.first());
        }

        Place place(Result result) {
            Place at = Grounds.place(result);
            return at.file().isEmpty()
                    ? new Place(bySubject.getOrDefault(result.subject().id(), any), "")
                    : at;
        }
    }

    @Override
    public void render(Report report, Appendable out) throws IOException {
        List<Item> items = items(report);
        int kept = Math.min(items.size(), limits.results());
        SarifLog log = log(report, items, kept);
        for (long size = zipped(log); size > limits.zipped() && kept > 0; size = zipped(log)) {
            kept = (int) Math.min(kept - 1, kept * 0.9 * limits.zipped() / size);
            log = log(report, items, kept);
        }
        log.write(out);
    }

    private static List<Item> items(Report report) {
        List<Item> items = new ArrayList<>();
        for (SnapshotReport snapshot : report.snapshots()) {
            Map<Question, Integer> asked = new HashMap<>();
            Files files = Files.of(snapshot);
            for (Result result : snapshot.results()) {
                int times = asked.merge(result.question(), 1, Integer::sum);
                items.add(
                        new Item(snapshot, result, files.place(result), fingerprint(result.question()) + ":" + times));
            }
        }
        return items;
    }

    private SarifLog log(Report report, List<Item> all, int count) {
        List<Item> kept = all.size() == count
                ? all
                : all.stream()
                        .sorted(Comparator.comparing(Item::result, MOST_WANTED))
                        .limit(count)
                        .toList();
        Map<String, List<Result>> byRule = new TreeMap<>();
        kept.forEach(item -> byRule.computeIfAbsent(item.result().rule(), r -> new ArrayList<>())
                .add(item.result()));
        return new SarifLog(
                report.toolVersion(),
                byRule.entrySet().stream()
                        .map(entry -> rule(entry.getKey(), entry.getValue()))
                        .toList(),
                new SarifLog.Notifications(
                        report.snapshots().stream().allMatch(s -> s.evaluated() && s.complete()),
                        notifications(report, all.size() - count)),
                kept.stream().map(this::entry).toList());
    }

    private static long zipped(SarifLog log) throws IOException {
        long[] size = new long[1];
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int b) {
                size[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                size[0] += length;
            }
        };
        try (Writer writer = new OutputStreamWriter(new GZIPOutputStream(counting), StandardCharsets.UTF_8)) {
            log.write(writer);
        }
        return size[0];
    }

    private SarifLog.Rule rule(String id, List<Result> results) {
        RuleInfo info = catalogue.get(id);
        Result first = results.get(0);
        String title = info == null ? first.title() : info.title();
        List<Source> sources = info == null ? first.source() : info.source();
        Severity worst = results.stream()
                .map(Result::severity)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        if (info != null && !info.severities().isEmpty()) {
            worst = info.severities().get(0);
        }
        List<String> help = new ArrayList<>();
        help.add(info == null ? title : info.description());
        if (info != null && info.remediation() != null) {
            help.add(info.remediation());
        }
        if (info != null) {
            help.add("The page of the requirement is docs/rules/" + id + ".md.");
        }
        List<String> said = sources.stream().map(Words::source).toList();
        StringBuilder markdown = new StringBuilder();
        help.forEach(line -> markdown.append(Markup.text(line)).append("\n\n"));
        said.forEach(source -> markdown.append("- ").append(Markup.text(source)).append('\n'));
        return new SarifLog.Rule(
                id,
                name(title),
                title,
                info == null ? null : info.description(),
                String.join("\n", help) + (said.isEmpty() ? "" : "\nSources: " + String.join("; ", said)),
                markdown.toString().strip(),
                helpUri(sources),
                level(worst),
                tags(info));
    }

    /** {@code ManagementEndpointReachableOn3443}: viewers want one word. */
    private static String name(String title) {
        StringBuilder name = new StringBuilder();
        for (String word : title.split("[^\\p{L}\\p{N}]+", -1)) {
            if (!word.isEmpty()) {
                int first = word.offsetByCodePoints(0, 1);
                name.append(word.substring(0, first).toUpperCase(Locale.ROOT)).append(word.substring(first));
            }
        }
        return name.toString();
    }

    /** The page of the newest document that demands it. */
    private static @Nullable String helpUri(List<Source> sources) {
        return sources.stream()
                .filter(source -> source.url() != null && isAddress(source.url()))
                .max(Comparator.comparing(source -> source.date() == null ? "" : source.date()))
                .map(Source::url)
                .orElse(null);
    }

    private static boolean isAddress(String text) {
        try {
            return "https".equals(new URI(text).getScheme());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static List<String> tags(@Nullable RuleInfo info) {
        List<String> tags = new ArrayList<>();
        tags.add("network");
        if (info != null) {
            tags.add(info.family());
            tags.addAll(info.models());
            tags.addAll(info.platforms());
        }
        return tags.stream().distinct().limit(10).toList();
    }

    private static SarifLog.Level level(Severity severity) {
        return switch (severity) {
            case ERROR -> SarifLog.Level.ERROR;
            case WARNING -> SarifLog.Level.WARNING;
            case INFO -> SarifLog.Level.NOTE;
        };
    }

    private SarifLog.Entry entry(Item item) {
        Result result = item.result();
        return new SarifLog.Entry(
                result.rule(),
                kind(result.outcome()),
                level(result.severity()),
                message(result),
                markdown(result),
                location(item.snapshot(), result, item.at()),
                related(item.snapshot(), result),
                item.fingerprint(),
                suppressions(result),
                fixes(item.snapshot()).of(result.question()).stream()
                        .map(fix -> fix(item.snapshot(), fix))
                        .toList(),
                properties(item.snapshot(), result));
    }

    private FixesFound fixes(SnapshotReport snapshot) {
        return fixes.getOrDefault(snapshot.source(), FixesFound.NONE);
    }

    private SarifLog.Fix fix(SnapshotReport snapshot, Fix fix) {
        Map<String, List<SarifLog.Replacement>> replacements = new TreeMap<>();
        for (TextEdit edit : fix.edits()) {
            String uri = SarifLog.uri(Grounds.path(snapshot, new Place(edit.file(), "")), root);
            replacements
                    .computeIfAbsent(uri, file -> new ArrayList<>())
                    .add(new SarifLog.Replacement(
                            edit.line(), edit.column(), edit.endLine(), edit.endColumn(), edit.text()));
        }
        return new SarifLog.Fix(Printable.of(fix.description()), replacements);
    }

    private static SarifLog.Kind kind(Outcome outcome) {
        return switch (outcome) {
            case VIOLATED, WAIVED, KNOWN -> SarifLog.Kind.FAIL;
            case UNDETERMINED -> SarifLog.Kind.OPEN;
            case PASSED -> SarifLog.Kind.PASS;
            case NOT_APPLICABLE -> SarifLog.Kind.NOT_APPLICABLE;
        };
    }

    private static String message(Result result) {
        Remediation remediation = result.remediation();
        String subject = Words.shortName(result.subject().id())
                + (result.subject().location() == null
                        ? ""
                        : " in " + result.subject().location());
        return Printable.of(subject + ": " + Words.sentence(result.message())
                + (remediation == null ? "" : " " + remediation.hint()));
    }

    private static String markdown(Result result) {
        StringBuilder text = new StringBuilder();
        text.append("**").append(Markup.text(result.title())).append("**\n\n");
        text.append("Subject: ")
                .append(Markup.code(result.subject().id().text()))
                .append("\n\n");
        text.append("Because: ").append(Markup.text(result.message())).append("\n\n");
        Grounds grounds = Grounds.of(result);
        grounds.evidence()
                .forEach(line -> text.append("- ").append(Markup.text(line)).append('\n'));
        grounds.denied()
                .forEach(line ->
                        text.append("- denied: ").append(Markup.text(line)).append('\n'));
        result.notes()
                .forEach(line ->
                        text.append("- note: ").append(Markup.text(line)).append('\n'));
        Remediation remediation = result.remediation();
        if (remediation != null) {
            text.append("\nRemediation: ")
                    .append(Markup.text(remediation.hint()))
                    .append('\n');
            List<String> az = remediation.commands().getOrDefault("az", List.of());
            if (!az.isEmpty()) {
                text.append(Markup.block("sh", az));
            }
            if (!remediation.introduces().isEmpty()) {
                text.append("\nThis alone would violate ")
                        .append(Markup.text(String.join(", ", remediation.introduces())))
                        .append(".\n");
            }
        }
        return text.toString().strip();
    }

    private SarifLog.Location location(SnapshotReport snapshot, Result result, Place at) {
        String subject = result.subject().id().text();
        return place(
                snapshot,
                at,
                new SarifLog.Logical(Words.shortName(result.subject().id()), subject, "resource"),
                null);
    }

    private List<SarifLog.Location> related(SnapshotReport snapshot, Result result) {
        List<SarifLog.Location> related = new ArrayList<>();
        for (DecidingRule rule : Grounds.denying(result)) {
            related.add(place(
                    snapshot,
                    Grounds.place(result, rule),
                    new SarifLog.Logical(rule.name(), rule.id(), "resource"),
                    Printable.of(Words.decidingRule(rule))));
        }
        return related.stream().distinct().limit(limits.locations()).toList();
    }

    private SarifLog.Location place(
            SnapshotReport snapshot, Place at, SarifLog.@Nullable Logical logical, @Nullable String message) {
        String uri = SarifLog.uri(Grounds.path(snapshot, at), root);
        return new SarifLog.Location(uri.isEmpty() ? null : uri, at.line(), at.column(), 0, null, logical, message);
    }

    private static List<SarifLog.Suppression> suppressions(Result result) {
        Waiver waiver = result.waiver();
        return switch (result.outcome()) {
            case WAIVED ->
                List.of(new SarifLog.Suppression(
                        waiver == null
                                ? "accepted"
                                : Printable.of(waiver.reason() + " (" + waiver.owner() + ", until " + waiver.expires()
                                        + ")")));
            case KNOWN -> List.of(new SarifLog.Suppression("known before: it stands in the file of known violations"));
            default -> List.of();
        };
    }

    private static Map<String, Object> properties(SnapshotReport snapshot, Result result) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("snapshot", snapshot.source());
        properties.put("outcome", result.outcome().word());
        properties.put("severity", result.severity().word());
        Remediation remediation = result.remediation();
        if (remediation != null) {
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("hint", remediation.hint());
            said.put("changes", remediation.changes());
            Map<String, List<String>> commands = new TreeMap<>(remediation.commands());
            commands.values().removeIf(List::isEmpty);
            said.put("commands", commands);
            said.put("verified", remediation.verified());
            if (!remediation.introduces().isEmpty()) {
                said.put("introduces", remediation.introduces());
            }
            properties.put("remediation", said);
        }
        return properties;
    }

    private List<SarifLog.Notification> notifications(Report report, int leftOut) {
        List<SarifLog.Notification> all = new ArrayList<>();
        for (SnapshotReport snapshot : report.snapshots()) {
            if (SnapshotState.of(snapshot) == SnapshotState.NOTHING_CHECKED) {
                all.add(new SarifLog.Notification(
                        "nothing-checked",
                        SarifLog.Level.WARNING,
                        Printable.of(snapshot.source() + ": " + SnapshotState.why(snapshot)),
                        place(snapshot, Place.NOWHERE)));
            }
            int untried = fixes(snapshot).untried();
            if (untried > 0) {
                all.add(new SarifLog.Notification(
                        NOT_TRIED,
                        SarifLog.Level.NOTE,
                        Printable.of(snapshot.source() + ": fixes of " + Words.count(untried, "violation")
                                + " were not tried, because enough others were. Make those, and check again."),
                        place(snapshot, Place.NOWHERE)));
            }
            for (Problem problem : snapshot.problems()) {
                all.add(new SarifLog.Notification(
                        problem.code(),
                        level(problem.level()),
                        Printable.of(Words.sentence(problem.message())
                                + (problem.hint().isBlank() ? "" : " " + problem.hint())),
                        place(snapshot, problem.at())));
            }
        }
        List<SarifLog.Notification> kept = new ArrayList<>();
        if (leftOut > 0) {
            kept.add(new SarifLog.Notification(
                    LEFT_OUT,
                    SarifLog.Level.WARNING,
                    Words.count(leftOut, "result")
                            + " left out, the least severe first: a code scanning service takes no"
                            + " more than " + limits.results() + " results and " + limits.zipped()
                            + " bytes after gzip. The json format has all.",
                    null));
        }
        if (all.size() > limits.notifications()) {
            kept.add(new SarifLog.Notification(
                    LEFT_OUT,
                    SarifLog.Level.WARNING,
                    Words.count(all.size() - limits.notifications(), "problem")
                            + " of inputs left out, the least severe first. The json format has all.",
                    null));
            all.sort(Comparator.comparing(SarifLog.Notification::level));
        }
        kept.addAll(all.subList(0, Math.min(all.size(), limits.notifications())));
        return kept;
    }

    private SarifLog.Location place(SnapshotReport snapshot, Place at) {
        return place(snapshot, at, null, null);
    }

    private static SarifLog.Level level(Problem.Level level) {
        return switch (level) {
            case ERROR -> SarifLog.Level.ERROR;
            case WARNING -> SarifLog.Level.WARNING;
            case NOTICE -> SarifLog.Level.NOTE;
        };
    }

    private static String fingerprint(Question question) {
        String text = String.join(
                "\n",
                question.rule(),
                question.type(),
                question.subject().key(),
                question.location().toLowerCase(Locale.ROOT),
                question.flow());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
