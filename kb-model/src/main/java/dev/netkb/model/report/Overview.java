package dev.netkb.model.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What many snapshots have in common: which requirements fail most, which subscriptions are worst, and what changed since
 * earlier reports. What is asked twice, because a service is in two snapshots, counts once: the worst answer.
 *
 * @param requirements those that are violated or undetermined somewhere, most violated first
 * @param subscriptions those with a location, worst first
 * @param change null where there are no earlier reports
 */
public record Overview(
        Report.Summary summary,
        List<Requirement> requirements,
        List<Subscription> subscriptions,
        @Nullable Change change) {

    public Overview {
        requirements = List.copyOf(requirements);
        subscriptions = List.copyOf(subscriptions);
    }

    /**
     * How one requirement fares.
     *
     * @param severity the worst that it has anywhere
     * @param subscriptions in how many it is violated
     */
    public record Requirement(
            String rule,
            String title,
            Severity severity,
            int violated,
            int undetermined,
            int waived,
            int known,
            int subscriptions) {}

    /**
     * How one subscription fares.
     *
     * @param id in lower case; empty for what is in none
     */
    public record Subscription(
            String id, int locations, int errors, int warnings, int infos, int undetermined, int waived, int known) {}

    /** One violation, by what it answers; the message is the one of the report that it was in. */
    public record Violation(String snapshot, Question question, Severity severity, String title, String message) {}

    /**
     * What became of violations.
     *
     * @param appeared violated now, and neither violated nor accepted before
     * @param solved no longer violated: mended, or what it was about is gone
     * @param undecided violated before, undetermined now
     * @param accepted violated before, waived or known now
     * @param unseen violated before, and now nobody looked: the snapshot is missing, was rejected or is incomplete
     * @param unchanged how many are violated before and now
     */
    public record Change(
            List<Violation> appeared,
            List<Violation> solved,
            List<Violation> undecided,
            List<Violation> accepted,
            List<Violation> unseen,
            int unchanged) {}

    /** An answer and the snapshot that gave it. */
    private record Answer(String snapshot, Result result) {
        Violation violation() {
            return new Violation(snapshot, result.question(), result.severity(), result.title(), result.message());
        }
    }

    /** What is the same in every report; names without a subscription mean something only within their snapshot. */
    private record Key(String snapshot, Question question) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::question).thenComparing(Key::snapshot);

        static Key of(String snapshot, Result result) {
            boolean everywhere = !result.subject().id().subscription().isEmpty();
            return new Key(everywhere ? "" : snapshot, result.question());
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** @param earlier the reports to compare with; empty for none */
    public static Overview of(List<Report> reports, List<Report> earlier) {
        Map<Key, Answer> now = answers(reports);
        return new Overview(
                summary(reports),
                requirements(now),
                subscriptions(reports, now),
                earlier.isEmpty() ? null : change(reports, now, answers(earlier)));
    }

    private static Stream<SnapshotReport> snapshots(List<Report> reports) {
        return reports.stream().flatMap(report -> report.snapshots().stream());
    }

    private static Report.Summary summary(List<Report> reports) {
        return new Report("", Report.Rules.NONE, null, snapshots(reports).toList()).summary();
    }

    /** Of several answers to one question that of the worst outcome, then of the worst severity. */
    private static Map<Key, Answer> answers(List<Report> reports) {
        Comparator<Answer> worst = Comparator.<Answer, Outcome>comparing(
                        answer -> answer.result().outcome())
                .thenComparing(answer -> answer.result().severity());
        Map<Key, Answer> answers = new TreeMap<>();
        snapshots(reports).forEach(snapshot -> {
            for (Result result : snapshot.results()) {
                answers.merge(
                        Key.of(snapshot.source(), result),
                        new Answer(snapshot.source(), result),
                        (one, other) -> worst.compare(one, other) <= 0 ? one : other);
            }
        });
        return answers;
    }

    private static List<Requirement> requirements(Map<Key, Answer> answers) {
        Map<String, List<Result>> byRule = new TreeMap<>();
        answers.values()
                .forEach(answer -> byRule.computeIfAbsent(answer.result().rule(), r -> new ArrayList<>())
                        .add(answer.result()));
        return byRule.values().stream()
                .map(Overview::requirement)
                .filter(each -> each.violated() + each.undetermined() > 0)
                .sorted(Comparator.comparing(Requirement::violated)
                        .reversed()
                        .thenComparing(Requirement::severity)
                        .thenComparing(
                                Comparator.comparing(Requirement::undetermined).reversed())
                        .thenComparing(Requirement::rule))
                .toList();
    }

    private static Requirement requirement(List<Result> results) {
        Result worst = results.stream()
                .min(Comparator.comparing(Result::severity).thenComparing(Result::title))
                .orElseThrow();
        return new Requirement(
                worst.rule(),
                worst.title(),
                worst.severity(),
                count(results, Outcome.VIOLATED),
                count(results, Outcome.UNDETERMINED),
                count(results, Outcome.WAIVED),
                count(results, Outcome.KNOWN),
                (int) results.stream()
                        .filter(result -> result.outcome() == Outcome.VIOLATED)
                        .map(result -> subscription(result.subject()))
                        .distinct()
                        .count());
    }

    private static List<Subscription> subscriptions(List<Report> reports, Map<Key, Answer> answers) {
        Map<String, Set<String>> locations = new TreeMap<>();
        snapshots(reports)
                .forEach(snapshot -> snapshot.locations().forEach(location -> {
                    String id = location.service().subscription().toLowerCase(Locale.ROOT);
                    String where = id.isEmpty() ? snapshot.source() : "";
                    locations
                            .computeIfAbsent(id, s -> new TreeSet<>())
                            .add(location.service().key() + " "
                                    + location.location().toLowerCase(Locale.ROOT) + " " + where);
                }));
        Map<String, List<Result>> results = new HashMap<>();
        answers.values()
                .forEach(answer -> results.computeIfAbsent(
                                subscription(answer.result().subject()), s -> new ArrayList<>())
                        .add(answer.result()));
        Set<String> ids = new TreeSet<>(locations.keySet());
        ids.addAll(results.keySet());
        return ids.stream()
                .map(id -> subscription(
                        id, locations.getOrDefault(id, Set.of()).size(), results.getOrDefault(id, List.of())))
                .sorted(Comparator.comparing(Subscription::errors)
                        .thenComparing(Subscription::warnings)
                        .thenComparing(Subscription::infos)
                        .thenComparing(Subscription::undetermined)
                        .reversed()
                        .thenComparing(Subscription::id))
                .toList();
    }

    private static Subscription subscription(String id, int locations, List<Result> results) {
        return new Subscription(
                id,
                locations,
                count(results, r -> r.outcome() == Outcome.VIOLATED && r.severity() == Severity.ERROR),
                count(results, r -> r.outcome() == Outcome.VIOLATED && r.severity() == Severity.WARNING),
                count(results, r -> r.outcome() == Outcome.VIOLATED && r.severity() == Severity.INFO),
                count(results, Outcome.UNDETERMINED),
                count(results, Outcome.WAIVED),
                count(results, Outcome.KNOWN));
    }

    private static String subscription(Subject subject) {
        return subject.id().subscription().toLowerCase(Locale.ROOT);
    }

    private static int count(List<Result> results, Outcome outcome) {
        return count(results, result -> result.outcome() == outcome);
    }

    private static int count(List<Result> results, Predicate<Result> wanted) {
        return (int) results.stream().filter(wanted).count();
    }

    private static Change change(List<Report> reports, Map<Key, Answer> now, Map<Key, Answer> before) {
        Set<String> seen = seen(reports);
        List<Violation> appeared = new ArrayList<>();
        List<Violation> solved = new ArrayList<>();
        List<Violation> undecided = new ArrayList<>();
        List<Violation> accepted = new ArrayList<>();
        List<Violation> unseen = new ArrayList<>();
        int unchanged = 0;
        for (Map.Entry<Key, Answer> was : before.entrySet()) {
            if (was.getValue().result().outcome() != Outcome.VIOLATED) {
                continue;
            }
            Answer is = now.get(was.getKey());
            if (is == null) {
                (isSeen(was.getValue(), seen) ? solved : unseen)
                        .add(was.getValue().violation());
            } else {
                switch (is.result().outcome()) {
                    case VIOLATED -> unchanged++;
                    case UNDETERMINED -> undecided.add(is.violation());
                    case WAIVED, KNOWN -> accepted.add(is.violation());
                    case PASSED, NOT_APPLICABLE -> solved.add(was.getValue().violation());
                }
            }
        }
        for (Map.Entry<Key, Answer> is : now.entrySet()) {
            if (is.getValue().result().outcome() == Outcome.VIOLATED && !wasThere(before.get(is.getKey()))) {
                appeared.add(is.getValue().violation());
            }
        }
        return new Change(appeared, solved, undecided, accepted, unseen, unchanged);
    }

    private static boolean wasThere(@Nullable Answer before) {
        return before != null
                && switch (before.result().outcome()) {
                    case VIOLATED, WAIVED, KNOWN -> true;
                    case UNDETERMINED, PASSED, NOT_APPLICABLE -> false;
                };
    }

    /** The snapshots that were evaluated to the end, and the resources that they tell of. */
    private static Set<String> seen(List<Report> reports) {
        Set<String> seen = new HashSet<>();
        snapshots(reports)
                .filter(snapshot -> snapshot.evaluated() && snapshot.complete())
                .forEach(snapshot -> {
                    seen.add(snapshot.source());
                    Stream.concat(
                                    snapshot.locations().stream()
                                            .flatMap(location -> Stream.ofNullable(location.subnet())),
                                    Stream.concat(
                                            snapshot.locations().stream().map(LocationSummary::service),
                                            snapshot.results().stream()
                                                    .map(result ->
                                                            result.subject().id())))
                            .filter(id -> !id.subscription().isEmpty())
                            .forEach(id -> seen.add(id.key()));
                });
        return seen;
    }

    private static boolean isSeen(Answer before, Set<String> seen) {
        return seen.contains(before.snapshot())
                || seen.contains(before.result().subject().id().key());
    }
}
