package dev.netkb.model.report;

import dev.netkb.model.report.Overview.Violation;
import dev.netkb.model.value.ResourceId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What snapshots answer, gathered one after the other: of each question the worst answer. Nothing else of a snapshot is kept,
 * so that there can be many. For one thread.
 */
public final class Answers {

    private static final Comparator<Answer> WORST = Comparator.comparing(Answer::outcome)
            .thenComparing(answer -> answer.violation().severity());

    private final Map<Key, Answer> all = new TreeMap<>();
    private final Map<String, Set<String>> locations = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private Report.Summary summary = Report.Summary.NONE;

    /** What is the same in every report; names without a subscription mean something only within their snapshot. */
    record Key(String snapshot, Question question) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::question).thenComparing(Key::snapshot);

        private static Key of(String snapshot, Result result) {
            return new Key(result.subject().id().subscription().isEmpty() ? snapshot : "", result.question());
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * An answer.
     *
     * @param violation what it says if it is one
     * @param subject the key of the resource that it is about
     * @param subscription in lower case; empty for none
     */
    record Answer(Outcome outcome, Violation violation, String subject, String subscription) {

        private static Answer of(String snapshot, Result result) {
            ResourceId subject = result.subject().id();
            return new Answer(
                    result.outcome(),
                    new Violation(snapshot, result.question(), result.severity(), result.title(), result.message()),
                    subject.key(),
                    lower(subject.subscription()));
        }

        Question question() {
            return violation.question();
        }
    }

    /** Those of reports. */
    public static Answers of(List<Report> reports) {
        Answers answers = new Answers();
        reports.forEach(report -> report.snapshots().forEach(answers::add));
        return answers;
    }

    /** With those of one more snapshot. */
    public void add(SnapshotReport snapshot) {
        summary = summary.and(Report.Summary.of(snapshot));
        for (Result result : snapshot.results()) {
            all.merge(
                    Key.of(snapshot.source(), result),
                    Answer.of(snapshot.source(), result),
                    (one, other) -> WORST.compare(one, other) <= 0 ? one : other);
        }
        for (LocationSummary location : snapshot.locations()) {
            String subscription = lower(location.service().subscription());
            locations
                    .computeIfAbsent(subscription, s -> new TreeSet<>())
                    .add(location.service().key() + " " + lower(location.location()) + " "
                            + (subscription.isEmpty() ? snapshot.source() : ""));
        }
        if (snapshot.evaluated() && snapshot.complete()) {
            seen.add(snapshot.source());
            resources(snapshot).filter(id -> !id.subscription().isEmpty()).forEach(id -> seen.add(id.key()));
        }
    }

    private static Stream<ResourceId> resources(SnapshotReport snapshot) {
        return Stream.concat(
                snapshot.locations().stream()
                        .flatMap(location ->
                                Stream.concat(Stream.of(location.service()), Stream.ofNullable(location.subnet()))),
                snapshot.results().stream().map(result -> result.subject().id()));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Over all snapshots. */
    Report.Summary summary() {
        return summary;
    }

    Map<Key, Answer> all() {
        return all;
    }

    /** Subscription in lower case → its locations. */
    Map<String, Set<String>> locations() {
        return locations;
    }

    /** Whether a snapshot that was evaluated to the end tells of what an answer of other snapshots is about. */
    boolean hasSeen(Answer earlier) {
        return seen.contains(earlier.violation().snapshot()) || seen.contains(earlier.subject());
    }
}
