package dev.netkb.cli;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.RuleInfo;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.Difference;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Subject;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.Place;
import dev.netkb.model.value.ResourceId;
import dev.netkb.model.value.ServiceTag;
import dev.netkb.model.value.ServiceTags;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A reader and a knowledge base that do what the words in a file tell them: {@code error}, {@code warning},
 * {@code info}, {@code undetermined}, {@code reject}, {@code crash}, {@code overflow}, {@code incomplete},
 * {@code tags}, {@code slow}, {@code hostile}, {@code nothing} (no service, so no location).
 */
final class FakeWorld implements SnapshotReader, KnowledgeBase {

    static final ServiceTags TAGS =
            ServiceTags.of("Public", "381", "tags.json", Map.of(ServiceTag.of("Sql"), List.of("20.1.2.0/24")));

    private static final LocationSummary LOCATION =
            new LocationSummary(ResourceId.of("shop"), "westeurope", null, "None", null, null, "none", "2026-04");

    private final Map<String, List<String>> words = new ConcurrentHashMap<>();
    final Map<String, ServiceTags> tagsSeen = new ConcurrentHashMap<>();
    final Map<String, Options> optionsSeen = new ConcurrentHashMap<>();
    final AtomicInteger reading = new AtomicInteger();
    final AtomicInteger mostReading = new AtomicInteger();
    final CountDownLatch release = new CountDownLatch(1);

    /** Snapshots at which the whole run ends, as if the process had. */
    final Set<String> deadly = ConcurrentHashMap.newKeySet();

    /** How many reports were joined into one at most. */
    final AtomicInteger mostJoined = new AtomicInteger();

    @Override
    public ReadResult read(SnapshotSource source) {
        StringBuilder text = new StringBuilder();
        source.files()
                .forEach(f -> text.append(new String(f.content(), StandardCharsets.UTF_8))
                        .append(' '));
        List<String> told = List.of(text.toString().trim().split("\\s+"));
        words.put(source.name(), told);
        int now = reading.incrementAndGet();
        mostReading.accumulateAndGet(now, Math::max);
        try {
            if (told.contains("slow")) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reading.decrementAndGet();
        }
        if (told.contains("reject")) {
            Problem problem = new Problem(
                    "KB-E101",
                    Problem.Level.ERROR,
                    "the file \u001b[2J ends inside an object",
                    new Place("torn.json", "/value/3", 17, 4),
                    "Export it again.");
            return new ReadResult(source.name(), null, List.of(problem), UnaryOperator.identity());
        }
        Snapshot snapshot = told.contains("tags") ? Snapshot.EMPTY.withServiceTags(TAGS) : Snapshot.EMPTY;
        return new ReadResult(source.name(), snapshot, List.of(), UnaryOperator.identity());
    }

    @Override
    public SnapshotReport evaluate(ReadResult read, Options options) {
        optionsSeen.put(read.source(), options);
        if (deadly.contains(read.source())) {
            throw new LinkageError("the end");
        }
        List<String> told = words.getOrDefault(read.source(), List.of());
        if (told.contains("crash")) {
            throw new IllegalStateException("boom\u001b[2J");
        }
        if (told.contains("hog")) {
            throw new OutOfMemoryError("Java heap space");
        }
        if (told.contains("overflow")) {
            throw new StackOverflowError();
        }
        if (read.snapshot() == null) {
            return new SnapshotReport(read.source(), false, false, read.problems(), List.of(), List.of());
        }
        tagsSeen.put(read.source(), read.snapshot().serviceTags());
        List<Result> results = new ArrayList<>();
        for (String word : told) {
            switch (word) {
                case "error" -> results.add(result("C-1", Outcome.VIOLATED, Severity.ERROR));
                case "warning" -> results.add(result("C-2", Outcome.VIOLATED, Severity.WARNING));
                case "info" -> results.add(result("C-3", Outcome.VIOLATED, Severity.INFO));
                case "undetermined" -> results.add(result("C-4", Outcome.UNDETERMINED, Severity.ERROR));
                default -> {}
            }
        }
        boolean nothing = told.contains("nothing");
        return new SnapshotReport(
                read.source(),
                true,
                !told.contains("incomplete"),
                told.contains("strange")
                        ? List.of(nothingUnderstood())
                        : nothing ? List.of(nothingToCheck(read.source())) : read.problems(),
                nothing ? List.of() : List.of(LOCATION),
                results);
    }

    private static Problem nothingToCheck(String source) {
        return new Problem(
                "KB-N201",
                Problem.Level.NOTICE,
                "no service is in '" + source + "'; read were 2 groups",
                Place.NOWHERE,
                "Export the service too.");
    }

    private static Problem nothingUnderstood() {
        return new Problem(
                "KB-N109", Problem.Level.WARNING, "nothing was understood", Place.NOWHERE, "Export the service.");
    }

    private static Result result(String rule, Outcome outcome, Severity severity) {
        return new Result(
                rule,
                outcome,
                severity,
                "title",
                "message",
                new Subject("service", ResourceId.of("shop"), null),
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    }

    @Override
    public SnapshotReport evaluate(String source, Snapshot snapshot, Options options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DiffReport diff(ReadResult before, ReadResult after, Options options) {
        SnapshotReport was = evaluate(before, options);
        SnapshotReport is = evaluate(after, options);
        return new DiffReport(
                "1.2.3",
                new Report.Rules(1, List.of()),
                new DiffReport.Side(was, null),
                new DiffReport.Side(is, null),
                List.of(),
                List.of(),
                List.of(),
                without(is, was, Outcome.VIOLATED),
                without(is, was, Outcome.UNDETERMINED),
                List.of());
    }

    private static Difference without(SnapshotReport is, SnapshotReport was, Outcome outcome) {
        List<Result> appeared = is.results().stream()
                .filter(result -> result.outcome() == outcome && !was.results().contains(result))
                .toList();
        return new Difference(appeared, List.of(), List.of(), List.of());
    }

    @Override
    public Report report(List<SnapshotReport> snapshots, ServiceTags serviceTags) {
        mostJoined.accumulateAndGet(snapshots.size(), Math::max);
        return new Report(
                "1.2.3",
                new Report.Rules(1, List.of()),
                serviceTags.isEmpty()
                        ? null
                        : new Report.Tags(serviceTags.cloud(), serviceTags.changeNumber(), serviceTags.file()),
                snapshots);
    }

    @Override
    public List<RuleInfo> catalogue() {
        return List.of(
                info("C-FLOW-IN", Severity.WARNING, "classic", List.of("stv2"), "2023-11", null),
                info("C-NET-05", Severity.ERROR, "classic", List.of("stv1", "stv2"), "2020-03", null),
                info("C-NET-06", Severity.INFO, "classic", List.of("stv1", "stv2"), "2016-12", "no export says it"),
                info("SEED-S1", Severity.ERROR, "classic", List.of("stv1", "stv2"), "2016-12", null),
                info("V2I-NSG", Severity.ERROR, "v2Injection", List.of(), "2025-12", null));
    }

    /** Of the results too. */
    @Override
    public Map<String, String> ids() {
        return Map.of("C-1", "C-1", "C-2", "C-2", "C-3", "C-3", "C-4", "C-4");
    }

    private static RuleInfo info(
            String id,
            Severity severity,
            String model,
            List<String> platforms,
            String since,
            @Nullable String notDecidedBecause) {
        return new RuleInfo(
                id,
                "title of " + id,
                notDecidedBecause == null ? "rule" : "note",
                id.substring(0, id.lastIndexOf('-')),
                List.of(severity),
                since,
                null,
                List.of(model),
                platforms,
                List.of(),
                List.of(),
                List.of(),
                notDecidedBecause,
                "description of " + id,
                null,
                null,
                List.of(),
                List.of(),
                "fake");
    }
}
