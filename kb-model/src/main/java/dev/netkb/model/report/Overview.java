package dev.netkb.model.report;

import dev.netkb.model.report.Answers.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /** @param earlier the reports to compare with; empty for none */
    public static Overview of(List<Report> reports, List<Report> earlier) {
        return of(Answers.of(reports), earlier.isEmpty() ? null : Answers.of(earlier));
    }

    /** @param earlier what to compare with; null for nothing */
    public static Overview of(Answers now, @Nullable Answers earlier) {
        return new Overview(
                now.summary(),
                requirements(now.all().values()),
                subscriptions(now),
                earlier == null ? null : change(now, earlier));
    }

    private static List<Requirement> requirements(Collection<Answer> answers) {
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
                count(answers, Outcome.VIOLATED),
                count(answers, Outcome.UNDETERMINED),
                count(answers, Outcome.WAIVED),
                count(answers, Outcome.KNOWN),
                (int) answers.stream()
                        .filter(answer -> answer.outcome() == Outcome.VIOLATED)
                        .map(Answer::subscription)
                        .distinct()
                        .count());
    }

    private static List<Subscription> subscriptions(Answers now) {
        Map<String, List<Answer>> answers = new HashMap<>();
        now.all()
                .values()
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
        return (int) answers.stream()
                .filter(answer -> answer.outcome() == Outcome.VIOLATED
                        && answer.violation().severity() == severity)
                .count();
    }

    private static int count(List<Answer> answers, Outcome outcome) {
        return (int)
                answers.stream().filter(answer -> answer.outcome() == outcome).count();
    }

    private static Change change(Answers now, Answers before) {
        List<Violation> appeared = new ArrayList<>();
        List<Violation> solved = new ArrayList<>();
        List<Violation> undecided = new ArrayList<>();
        List<Violation> accepted = new ArrayList<>();
        List<Violation> unseen = new ArrayList<>();
        int unchanged = 0;
        for (Map.Entry<Answers.Key, Answer> entry : before.all().entrySet()) {
            Answer was = entry.getValue();
            if (was.outcome() != Outcome.VIOLATED) {
                continue;
            }
            Answer is = now.all().get(entry.getKey());
            if (is == null) {
                (now.hasSeen(was) ? solved : unseen).add(was.violation());
            } else {
                switch (is.outcome()) {
                    case VIOLATED -> unchanged++;
                    case UNDETERMINED -> undecided.add(is.violation());
                    case WAIVED, KNOWN -> accepted.add(is.violation());
                    case PASSED, NOT_APPLICABLE -> solved.add(was.violation());
                }
            }
        }
        for (Map.Entry<Answers.Key, Answer> is : now.all().entrySet()) {
            if (is.getValue().outcome() == Outcome.VIOLATED
                    && !wasThere(before.all().get(is.getKey()))) {
                appeared.add(is.getValue().violation());
            }
        }
        return new Change(appeared, solved, undecided, accepted, unseen, unchanged);
    }

    private static boolean wasThere(@Nullable Answer before) {
        return before != null
                && switch (before.outcome()) {
                    case VIOLATED, WAIVED, KNOWN -> true;
                    case UNDETERMINED, PASSED, NOT_APPLICABLE -> false;
                };
    }
}
