package dev.netkb.model.report;

import dev.netkb.model.report.Answers.Answer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What many snapshots have in common: which requirements fail most, which subscriptions are worst, and what changed since
 * earlier reports. What is asked twice, because a service is in two snapshots, counts once: the worst answer. A violation
 * that is known counts as what it is; only a waived one was accepted.
 *
 * @param summary the counts of the reports, in which known violations count apart
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
     * @param violated with those that are known, without those that are waived
     * @param known how many of the violated ones are known
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
     * @param errors,warnings,infos with those that are known, without those that are waived
     * @param known how many of these are known
     */
    public record Subscription(
            String id, int locations, int errors, int warnings, int infos, int undetermined, int waived, int known) {}

    /** One violation, by what it answers; the message is the one of the report that it was in. */
    public record Violation(String snapshot, Question question, Severity severity, String title, String message) {}

    /**
     * What became of violations, known ones among them: that a violation has become known is no change. Where a question has
     * several answers, those with the same message are the same, then they are taken worst first.
     *
     * @param appeared violated now, and not before, or waived until then
     * @param solved no longer violated: mended, or what it was about is gone
     * @param undecided violated before, undetermined now; the message says what is undetermined
     * @param accepted violated before, waived now
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

    /** @param earlier the reports to compare with; empty for none */
    public static Overview of(List<Report> reports, List<Report> earlier) {
        return of(Answers.of(reports), earlier.isEmpty() ? null : Answers.of(earlier));
    }

    /** @param earlier what to compare with; null for nothing */
    public static Overview of(Answers now, @Nullable Answers earlier) {
        return new Overview(
                now.summary(),
                requirements(now.stream()),
                subscriptions(now),
                earlier == null ? null : change(now, earlier));
    }

    private static List<Requirement> requirements(Stream<Answer> answers) {
        Map<String, List<Answer>> byRule = new TreeMap<>();
        answers.forEach(answer -> byRule.computeIfAbsent(answer.question().rule(), r -> new ArrayList<>())
                .add(answer));
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

    private static Requirement requirement(List<Answer> answers) {
        Violation worst = answers.stream()
                .map(Answer::violation)
                .min(Comparator.comparing(Violation::severity).thenComparing(Violation::title))
                .orElseThrow();
        return new Requirement(
                worst.question().rule(),
                worst.title(),
                worst.severity(),
                count(answers, Answer::isOpen),
                count(answers, Outcome.UNDETERMINED),
                count(answers, Outcome.WAIVED),
                count(answers, Outcome.KNOWN),
                (int) answers.stream()
                        .filter(Answer::isOpen)
                        .map(Answer::subscription)
                        .distinct()
                        .count());
    }

    private static List<Subscription> subscriptions(Answers now) {
        Map<String, List<Answer>> answers = new HashMap<>();
        now.stream()
                .forEach(answer -> answers.computeIfAbsent(answer.subscription(), s -> new ArrayList<>())
                        .add(answer));
        Set<String> ids = new TreeSet<>(now.locations().keySet());
        ids.addAll(answers.keySet());
        return ids.stream()
                .map(id -> subscription(
                        id, now.locations().getOrDefault(id, Set.of()).size(), answers.getOrDefault(id, List.of())))
                .sorted(Comparator.comparing(Subscription::errors)
                        .thenComparing(Subscription::warnings)
                        .thenComparing(Subscription::infos)
                        .thenComparing(Subscription::undetermined)
                        .reversed()
                        .thenComparing(Subscription::id))
                .toList();
    }

    private static Subscription subscription(String id, int locations, List<Answer> answers) {
        return new Subscription(
                id,
                locations,
                violated(answers, Severity.ERROR),
                violated(answers, Severity.WARNING),
                violated(answers, Severity.INFO),
                count(answers, Outcome.UNDETERMINED),
                count(answers, Outcome.WAIVED),
                count(answers, Outcome.KNOWN));
    }

    private static int violated(List<Answer> answers, Severity severity) {
        return count(answers, answer -> answer.isOpen() && answer.violation().severity() == severity);
    }

    private static int count(List<Answer> answers, Outcome outcome) {
        return count(answers, answer -> answer.outcome() == outcome);
    }

    private static int count(List<Answer> answers, Predicate<Answer> wanted) {
        return (int) answers.stream().filter(wanted).count();
    }

    private static Change change(Answers now, Answers before) {
        List<Violation> appeared = new ArrayList<>();
        List<Violation> solved = new ArrayList<>();
        List<Violation> undecided = new ArrayList<>();
        List<Violation> accepted = new ArrayList<>();
        List<Violation> unseen = new ArrayList<>();
        int unchanged = 0;
        Set<Answers.Key> keys = new TreeSet<>(before.all().keySet());
        keys.addAll(now.all().keySet());
        for (Answers.Key key : keys) {
            List<Answer> answers = now.all().getOrDefault(key, List.of());
            List<Answer> unknown = answers.stream()
                    .filter(answer -> answer.outcome() == Outcome.UNDETERMINED)
                    .toList();
            int asked = 0;
            for (Pair pair : pairs(before.all().getOrDefault(key, List.of()), answers)) {
                Answer was = pair.was();
                Answer is = pair.is();
                if (was == null || !was.isOpen()) {
                    if (is != null && is.isOpen()) {
                        appeared.add(is.violation());
                    }
                } else if (is != null && is.isOpen()) {
                    unchanged++;
                } else if (is != null) {
                    accepted.add(is.violation());
                } else if (!unknown.isEmpty()) {
                    undecided.add(
                            unknown.get(Math.min(asked++, unknown.size() - 1)).violation());
                } else {
                    (answers.isEmpty() && !now.hasSeen(was) ? unseen : solved).add(was.violation());
                }
            }
        }
        return new Change(appeared, solved, undecided, accepted, unseen, unchanged);
    }

    /** A violation before and now; null where there is none. */
    private record Pair(@Nullable Answer was, @Nullable Answer is) {}

    /** The violations among the answers to one question: those with the same message, then in their order. */
    private static List<Pair> pairs(List<Answer> before, List<Answer> now) {
        Map<String, Deque<Answer>> byMessage = new HashMap<>();
        now.stream()
                .filter(Answer::isViolation)
                .forEach(is -> byMessage
                        .computeIfAbsent(is.violation().message(), message -> new ArrayDeque<>())
                        .add(is));
        List<Pair> pairs = new ArrayList<>();
        List<Answer> others = new ArrayList<>();
        for (Answer was : before.stream().filter(Answer::isViolation).toList()) {
            Answer is = byMessage
                    .getOrDefault(was.violation().message(), new ArrayDeque<>())
                    .poll();
            if (is == null) {
                others.add(was);
            } else {
                pairs.add(new Pair(was, is));
            }
        }
        List<Answer> rest = byMessage.values().stream()
                .flatMap(Deque::stream)
                .sorted(Answers.WORST_FIRST)
                .toList();
        for (int i = 0; i < Math.max(others.size(), rest.size()); i++) {
            pairs.add(new Pair(i < others.size() ? others.get(i) : null, i < rest.size() ? rest.get(i) : null));
        }
        return pairs;
    }
}
