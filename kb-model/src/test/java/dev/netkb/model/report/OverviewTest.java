package dev.netkb.model.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.netkb.model.report.Overview.Requirement;
import dev.netkb.model.report.Overview.Subscription;
import dev.netkb.model.report.Overview.Violation;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverviewTest {

    @Test
    void namesTheRequirementThatFailsMostFirst() {
        Overview overview = of(report(
                evaluated("a", "sub-1", violated("C-1", "sub-1"), violated("C-2", "sub-1")),
                evaluated("b", "sub-2", violated("C-2", "sub-2"), result("C-3", Outcome.UNDETERMINED, "sub-2")),
                evaluated("c", "sub-3", result("C-4", Outcome.PASSED, "sub-3"))));

        assertThat(overview.requirements())
                .extracting(
                        Requirement::rule, Requirement::violated, Requirement::undetermined, Requirement::subscriptions)
                .containsExactly(tuple("C-2", 2, 0, 2), tuple("C-1", 1, 0, 1), tuple("C-3", 0, 1, 0));
    }

    @Test
    void namesTheWorstSubscriptionFirstAndTheCleanOneToo() {
        Overview overview = of(report(
                evaluated("a", "sub-1", result("C-1", Outcome.WAIVED, "sub-1")),
                evaluated("b", "SUB-2", violated("C-1", "Sub-2"), violated("C-2", "sub-2"))));

        assertThat(overview.subscriptions())
                .containsExactly(
                        new Subscription("sub-2", 1, 2, 0, 0, 0, 0, 0), new Subscription("sub-1", 1, 0, 0, 0, 0, 1, 0));
    }

    /** A network that two exports hold is one network. */
    @Test
    void countsOneQuestionOnceAndTakesTheWorstAnswer() {
        Overview overview = of(
                report(evaluated("a", "sub-1", result("C-1", Outcome.UNDETERMINED, "sub-1"))),
                report(evaluated("b", "sub-1", violated("C-1", "SUB-1"))));

        assertThat(overview.requirements())
                .containsExactly(new Requirement("C-1", "title", Severity.ERROR, 1, 0, 0, 0, 1));
        assertThat(overview.subscriptions()).hasSize(1);
        assertThat(overview.summary().snapshots()).isEqualTo(2);
    }

    /** Two templates may call their services the same. */
    @Test
    void keepsNamesWithoutASubscriptionApart() {
        Overview overview =
                of(report(evaluated("a", "", violated("C-1", "")), evaluated("b", "", violated("C-1", ""))));

        assertThat(overview.requirements().get(0).violated()).isEqualTo(2);
        assertThat(overview.subscriptions())
                .singleElement()
                .satisfies(each -> assertThat(each.locations()).isEqualTo(2));
    }

    /** Such as one for each dependency that a location cannot reach. */
    @Test
    void countsEachOfSeveralAnswersToOneQuestion() {
        Overview overview = of(report(evaluated("a", "sub-1", violated("sql"), violated("storage"), violated("kv"))));

        assertThat(overview.requirements())
                .containsExactly(new Requirement("C-1", "title", Severity.ERROR, 3, 0, 0, 0, 1));
        assertThat(overview.subscriptions()).containsExactly(new Subscription("sub-1", 1, 3, 0, 0, 0, 0, 0));
    }

    /** Which of them are the same nobody can tell: there are at least as many as one export has. */
    @Test
    void countsOfTwoExportsOfOneNetworkTheLargerNumber() {
        Overview overview = of(
                report(evaluated("a", "sub-1", violated("sql"), violated("storage"))),
                report(evaluated("b", "sub-1", answer(Outcome.UNDETERMINED, "kv"), violated("sql"))),
                report(evaluated("c", "sub-1", violated("kv"), answer(Outcome.UNDETERMINED, "kv"), violated("sql"))));

        assertThat(overview.requirements())
                .containsExactly(new Requirement("C-1", "title", Severity.ERROR, 2, 1, 0, 0, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "VIOLATED, KNOWN",
        "KNOWN, WAIVED",
        "KNOWN, UNDETERMINED",
        "WAIVED, UNDETERMINED",
        "UNDETERMINED, PASSED",
        "PASSED, NOT_APPLICABLE"
    })
    void takesAViolationForWorseThanWhatNobodyKnows(Outcome worse, Outcome better) {
        for (List<Outcome> order : List.of(List.of(worse, better), List.of(better, worse))) {
            Answers answers = new Answers();
            order.forEach(outcome -> answers.add(evaluated(outcome.word(), "sub-1", answer(outcome, "message"))));

            assertThat(answers.all().values())
                    .singleElement(InstanceOfAssertFactories.list(Answers.Answer.class))
                    .extracting(Answers.Answer::outcome)
                    .containsExactly(worse);
        }
    }

    /** From the second night on all is known, and as bad as it was. */
    @Test
    void countsAKnownViolationAsAViolation() {
        Overview overview = of(report(
                evaluated("a", "sub-1", violated("C-1", "sub-1"), result("C-2", Outcome.KNOWN, "sub-1")),
                evaluated("b", "sub-2", result("C-2", Outcome.KNOWN, "sub-2"), result("C-3", Outcome.KNOWN, "sub-2")),
                evaluated("c", "sub-3", result("C-2", Outcome.WAIVED, "sub-3"))));

        assertThat(overview.requirements())
                .containsExactly(
                        new Requirement("C-2", "title", Severity.ERROR, 2, 0, 1, 2, 2),
                        new Requirement("C-1", "title", Severity.ERROR, 1, 0, 0, 0, 1),
                        new Requirement("C-3", "title", Severity.ERROR, 1, 0, 0, 1, 1));
        assertThat(overview.subscriptions())
                .containsExactly(
                        new Subscription("sub-1", 1, 2, 0, 0, 0, 0, 1),
                        new Subscription("sub-2", 1, 2, 0, 0, 0, 0, 2),
                        new Subscription("sub-3", 1, 0, 0, 0, 0, 1, 0));
    }

    @Test
    void saysNothingOfAChangeWithoutEarlierReports() {
        assertThat(of(report()).change()).isNull();
    }

    @Test
    void tellsWhatBecameOfEachViolation() {
        Report before = report(
                evaluated(
                        "a",
                        "sub-1",
                        violated("C-SAME", "sub-1"),
                        violated("C-MENDED", "sub-1"),
                        violated("C-PASSED", "sub-1"),
                        violated("C-OPEN", "sub-1"),
                        violated("C-WAIVED", "sub-1"),
                        result("C-NEW", Outcome.UNDETERMINED, "sub-1"),
                        result("C-EXPIRED", Outcome.WAIVED, "sub-1")),
                evaluated("gone", "sub-2", violated("C-GONE", "sub-2")),
                evaluated("torn", "sub-3", violated("C-TORN", "sub-3")),
                evaluated("stopped", "sub-4", violated("C-STOPPED", "sub-4")));
        Report now = report(
                evaluated(
                        "renamed",
                        "sub-1",
                        violated("C-SAME", "sub-1"),
                        result("C-PASSED", Outcome.PASSED, "sub-1"),
                        result("C-OPEN", Outcome.UNDETERMINED, "sub-1"),
                        result("C-WAIVED", Outcome.WAIVED, "sub-1"),
                        violated("C-NEW", "sub-1"),
                        violated("C-EXPIRED", "sub-1")),
                new SnapshotReport("torn", false, true, List.of(), List.of(), List.of()),
                new SnapshotReport("stopped", true, false, List.of(), List.of(location("sub-4")), List.of()));

        Overview.Change change = Overview.of(List.of(now), List.of(before)).change();

        assertThat(change).isNotNull();
        assertThat(change.unchanged()).isEqualTo(1);
        assertThat(rules(change.appeared())).containsExactly("C-EXPIRED", "C-NEW");
        assertThat(rules(change.solved())).containsExactly("C-MENDED", "C-PASSED");
        assertThat(rules(change.undecided())).containsExactly("C-OPEN");
        assertThat(rules(change.accepted())).containsExactly("C-WAIVED");
        assertThat(rules(change.unseen())).containsExactly("C-GONE", "C-STOPPED", "C-TORN");
    }

    /** Becoming known is no change; a waiver that ended is one. */
    @ParameterizedTest
    @CsvSource({
        "VIOLATED, VIOLATED, unchanged",
        "VIOLATED, KNOWN, unchanged",
        "KNOWN, KNOWN, unchanged",
        "KNOWN, VIOLATED, unchanged",
        "VIOLATED, WAIVED, accepted",
        "KNOWN, WAIVED, accepted",
        "WAIVED, WAIVED, nothing",
        "WAIVED, VIOLATED, appeared",
        "WAIVED, KNOWN, appeared",
        "WAIVED, UNDETERMINED, nothing",
        "WAIVED, PASSED, nothing",
        "KNOWN, UNDETERMINED, undecided",
        "VIOLATED, UNDETERMINED, undecided",
        "KNOWN, PASSED, solved",
        "VIOLATED, NOT_APPLICABLE, solved",
        "UNDETERMINED, VIOLATED, appeared",
        "PASSED, KNOWN, appeared",
        "UNDETERMINED, WAIVED, nothing"
    })
    void tellsWhatBecameOfOneAnswer(Outcome was, Outcome is, String became) {
        assertThat(became(List.of(answer(was, "before")), List.of(answer(is, "now"))))
                .isEqualTo(became.equals("nothing") ? "" : became + " 1");
    }

    /** Many exports are called alike. */
    @Test
    void takesNothingForSolvedBecauseAnotherSnapshotHasTheSameName() {
        Report one = report(evaluated("export", "sub-1", violated("C-SAME", "sub-1")));
        Report other = report(evaluated("export", "sub-2", violated("C-OTHER", "sub-2")));
        SnapshotReport without =
                new SnapshotReport("export", true, true, List.of(), List.of(location("sub-2")), List.of());
        SnapshotReport empty = new SnapshotReport("export", true, true, List.of(), List.of(), List.of());

        Overview.Change change = Overview.of(List.of(one), List.of(one, other)).change();
        assertThat(rules(change.unseen())).containsExactly("C-OTHER");
        assertThat(change.solved()).isEmpty();
        assertThat(rules(Overview.of(List.of(report(without)), List.of(other))
                        .change()
                        .solved()))
                .containsExactly("C-OTHER");
        assertThat(rules(Overview.of(List.of(report(empty)), List.of(other))
                        .change()
                        .unseen()))
                .containsExactly("C-OTHER");
    }

    @Test
    void tellsOfSeveralAnswersToOneQuestionWhichIsWhich() {
        List<Result> three = List.of(violated("kv"), violated("sql"), violated("storage"));

        assertThat(became(three, three)).isEqualTo("unchanged 3");
        assertThat(became(three, List.of(violated("sql")))).isEqualTo("solved 2: kv, storage, unchanged 1");
        assertThat(became(List.of(violated("sql")), three)).isEqualTo("appeared 2: kv, storage, unchanged 1");
        assertThat(became(three, List.of(answer(Outcome.WAIVED, "sql"), answer(Outcome.KNOWN, "storage"))))
                .isEqualTo("solved 1: kv, accepted 1: sql, unchanged 1");
        assertThat(became(three, List.of(answer(Outcome.UNDETERMINED, "no status"), violated("kv"))))
                .isEqualTo("undecided 2: no status, no status, unchanged 1");
        assertThat(became(three, List.of())).isEqualTo("solved 3: kv, sql, storage");
        assertThat(became(List.of(), three)).isEqualTo("appeared 3: kv, sql, storage");
    }

    /** A message that has a number or a time in it is another one each night. */
    @Test
    void pairsWhatHasOtherMessagesInOrder() {
        assertThat(became(
                        List.of(violated("sql, 3 times"), answer(Outcome.WAIVED, "kv, 2 times")),
                        List.of(answer(Outcome.WAIVED, "kv, 5 times"), answer(Outcome.KNOWN, "sql, 4 times"))))
                .isEqualTo("unchanged 1");
    }

    /** What became of the answers to one question, without what there is none of; single messages are left out. */
    private static String became(List<Result> before, List<Result> now) {
        Overview.Change change = Overview.of(
                        List.of(report(evaluated("now", "sub-1", now.toArray(Result[]::new)))),
                        List.of(report(evaluated("before", "sub-1", before.toArray(Result[]::new)))))
                .change();
        assertThat(change).isNotNull();
        boolean single = before.size() == 1 && now.size() == 1;
        Map<String, List<Violation>> lists = new LinkedHashMap<>();
        lists.put("appeared", change.appeared());
        lists.put("solved", change.solved());
        lists.put("undecided", change.undecided());
        lists.put("accepted", change.accepted());
        lists.put("unseen", change.unseen());
        List<String> words = new ArrayList<>();
        lists.forEach((name, all) -> {
            if (!all.isEmpty()) {
                words.add(name + " " + all.size()
                        + (single
                                ? ""
                                : ": "
                                        + String.join(
                                                ", ",
                                                all.stream()
                                                        .map(Violation::message)
                                                        .toList())));
            }
        });
        if (change.unchanged() > 0) {
            words.add("unchanged " + change.unchanged());
        }
        return String.join(", ", words);
    }

    private static List<String> rules(List<Violation> violations) {
        return violations.stream().map(violation -> violation.question().rule()).toList();
    }

    private static Overview of(Report... reports) {
        return Overview.of(List.of(reports), List.of());
    }

    private static Report report(SnapshotReport... snapshots) {
        return new Report("1", Report.Rules.NONE, null, Arrays.asList(snapshots));
    }

    private static SnapshotReport evaluated(String source, String subscription, Result... results) {
        return new SnapshotReport(
                source, true, true, List.of(), List.of(location(subscription)), Arrays.asList(results));
    }

    private static LocationSummary location(String subscription) {
        return new LocationSummary(service(subscription), "westeurope", null, "None", null, null, "none", "2026-04");
    }

    private static ResourceId service(String subscription) {
        String id = "resourceGroups/g/providers/Microsoft.ApiManagement/service/shop";
        return ResourceId.of(subscription.isEmpty() ? "/" + id : "/subscriptions/" + subscription + "/" + id);
    }

    private static Result violated(String message) {
        return answer(Outcome.VIOLATED, message);
    }

    /** One of several to one question. */
    private static Result answer(Outcome outcome, String message) {
        return result("C-1", outcome, "sub-1", message);
    }

    private static Result violated(String rule, String subscription) {
        return result(rule, Outcome.VIOLATED, subscription);
    }

    private static Result result(String rule, Outcome outcome, String subscription) {
        return result(rule, outcome, subscription, "message");
    }

    private static Result result(String rule, Outcome outcome, String subscription, String message) {
        return new Result(
                rule,
                outcome,
                Severity.ERROR,
                "title",
                message,
                new Subject("location", service(subscription), "westeurope"),
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    }
}
