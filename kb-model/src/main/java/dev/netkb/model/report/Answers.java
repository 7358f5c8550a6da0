package dev.netkb.model.report;

import dev.netkb.model.report.Overview.Violation;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What snapshots answer, gathered one after the other. A snapshot may have several answers to one question, such as one for
 * each dependency that a location cannot reach. Of a question that several snapshots answer, because a service is in several
 * exports, there are as many answers as the snapshot with the most has: the worst one of each, the second worst, and so on.
 * Nothing else of a snapshot is kept, so that there can be many. For one thread.
 */
public final class Answers {

    /** What is accepted is violated too, and so worse than what nobody knows. */
    static final Comparator<Answer> WORST_FIRST = Comparator.<Answer>comparingInt(answer -> rank(answer.outcome()))
            .thenComparing(answer -> answer.violation().severity())
            .thenComparing(answer -> answer.violation().message());

    private final Map<Key, List<Answer>> all = new TreeMap<>();
    private final Map<String, Set<String>> locations = new TreeMap<>();
    /** The ids that snapshots tell of which were evaluated to the end, and the names of these snapshots. */
    private final Set<String> seen = new HashSet<>();

    /** Name of such a snapshot → the services in all that are called so. */
    private final Map<String, Set<String>> servicesByName = new HashMap<>();

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
     * @param services those of its snapshot
     */
    record Answer(Outcome outcome, Violation violation, String subject, String subscription, Set<String> services) {

        private static Answer of(String snapshot, Result result, Set<String> services) {
            ResourceId subject = result.subject().id();
            return new Answer(
                    result.outcome(),
                    new Violation(snapshot, result.question(), result.severity(), result.title(), result.message()),
                    subject.key(),
                    lower(subject.subscription()),
                    services);
        }

        Question question() {
            return violation.question();
        }

        /** Whether it is a violation, accepted or not. */
        boolean isViolation() {
            return isOpen() || outcome == Outcome.WAIVED;
        }

        /** Whether it is a violation that nobody accepted. That it was there before makes it no better. */
        boolean isOpen() {
            return outcome == Outcome.VIOLATED || outcome == Outcome.KNOWN;
        }
    }

    private static int rank(Outcome outcome) {
        return switch (outcome) {
            case VIOLATED -> 0;
            case KNOWN -> 1;
            case WAIVED -> 2;
            case UNDETERMINED -> 3;
            case PASSED -> 4;
            case NOT_APPLICABLE -> 5;
        };
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
        Map<Key, List<Answer>> own = new HashMap<>();
        Set<String> services = snapshot.locations().stream()
                .map(location -> location.service().key())
                .collect(Collectors.toUnmodifiableSet());
        for (Result result : snapshot.results()) {
            own.computeIfAbsent(Key.of(snapshot.source(), result), key -> new ArrayList<>())
                    .add(Answer.of(snapshot.source(), result, services));
        }
        own.forEach((key, answers) ->
                all.merge(key, answers.stream().sorted(WORST_FIRST).toList(), Answers::worstOfEach));
        for (LocationSummary location : snapshot.locations()) {
            String subscription = lower(location.service().subscription());
            locations
                    .computeIfAbsent(subscription, s -> new TreeSet<>())
                    .add(location.service().key() + " " + lower(location.location()) + " "
                            + (subscription.isEmpty() ? snapshot.source() : ""));
        }
        if (snapshot.evaluated() && snapshot.complete()) {
            seen.add(snapshot.source());
            servicesByName
                    .computeIfAbsent(snapshot.source(), name -> new HashSet<>())
                    .addAll(services);
            resources(snapshot).filter(id -> !id.subscription().isEmpty()).forEach(id -> seen.add(id.key()));
        }
    }

    /** The worse one of each position, both worst first; behind the shorter list the rest of the longer one. */
    private static List<Answer> worstOfEach(List<Answer> some, List<Answer> others) {
        List<Answer> longer = some.size() >= others.size() ? some : others;
        return IntStream.range(0, longer.size())
                .mapToObj(i -> i < Math.min(some.size(), others.size())
                        ? BinaryOperator.minBy(WORST_FIRST).apply(some.get(i), others.get(i))
                        : longer.get(i))
                .toList();
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

    /** Those to each question, worst first; no list is empty. */
    Map<Key, List<Answer>> all() {
        return all;
    }

    /** Every answer. */
    Stream<Answer> stream() {
        return all.values().stream().flatMap(List::stream);
    }

    /** Subscription in lower case → its locations. */
    Map<String, Set<String>> locations() {
        return locations;
    }

    /**
     * Whether a snapshot that was evaluated to the end tells of what an answer of other snapshots is about, or would if it
     * were still there: a snapshot is the same as before where its name is, and one of its services. Names alone are not
     * enough, because many exports are called alike.
     */
    boolean hasSeen(Answer earlier) {
        String name = earlier.violation().snapshot();
        if (earlier.subscription().isEmpty()) {
            return seen.contains(name);
        }
        return seen.contains(earlier.subject())
                || !Collections.disjoint(servicesByName.getOrDefault(name, Set.of()), earlier.services());
    }
}
