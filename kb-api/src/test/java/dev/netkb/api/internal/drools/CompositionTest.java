package dev.netkb.api.internal.drools;

import static dev.netkb.api.internal.drools.TestRules.APPLICABLE;
import static dev.netkb.api.internal.drools.TestRules.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.pattern;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.Parameters;
import dev.netkb.api.RuleInfo;
import dev.netkb.api.internal.drools.Composition.Part;
import dev.netkb.api.internal.pack.Dates;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.RuleFolder;
import dev.netkb.api.internal.pack.RuleOverride;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.derived.Applicability;
import dev.netkb.model.derived.Finding;
import dev.netkb.model.derived.FlowRequirement;
import dev.netkb.model.derived.Platform;
import dev.netkb.model.derived.Requirement;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Report;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.ServiceTags;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drools.model.Rule;
import org.junit.jupiter.api.Test;

/** What stands where several packs speak of one id. */
class CompositionTest {

    private static final Applicability STV1 =
            new Applicability(Set.of(), Set.of(Platform.STV1), Set.of(), Set.of(), Applicability.Scope.ANY);
    private static final Applicability STV2 =
            new Applicability(Set.of(), Set.of(Platform.STV2), Set.of(), Set.of(), Applicability.Scope.ANY);

    @Test
    void rowsOfAFolderReplaceAllPackagedRowsOfTheirId() {
        Composition composed = composed(
                List.of(row("R-1", "packaged 1"), row("R-1", "packaged 2"), row("R-2", "packaged 3")),
                List.of(),
                rows("contoso", row("R-1", "own")));

        assertThat(composed.pack().flows()).extracting(FlowRow::title).containsExactly("packaged 3", "own");
        assertThat(catalogue(composed))
                .extracting(info -> info.id() + " " + info.title() + " " + info.pack())
                .containsExactly("R-1 own contoso", "R-2 packaged 3 packaged");
    }

    @Test
    void rulesOfTheLastFolderReplaceRowsAndRulesBeforeThem() {
        Composition composed = composed(
                List.of(row("X-1", "packaged")),
                List.of(violated("X-1 of the pack"), violated("X-2 of the pack")),
                rules("first", "X-1", violated("X-1 of the first"), violated("X-3 of the first")),
                rules("second", "X-1", violated("X-1 of the second")));

        assertThat(composed.pack().flows()).isEmpty();
        assertThat(violations(composed)).containsExactly("X-1 of the second", "X-2 of the pack", "X-3 of the first");
    }

    @Test
    void rulesOfOneIdInOneFolderStayTogether() {
        Composition composed = composed(
                List.of(),
                List.of(violated("X-1 of the pack")),
                rules("contoso", "X-1", violated("X-1 once"), violated("X-1 twice")));

        assertThat(violations(composed)).containsExactly("X-1 once", "X-1 twice");
    }

    @Test
    void rulesOfSeveralFoldersInOnePackageStandTogether() {
        Composition composed = composed(
                List.of(),
                List.of(),
                rules("first", "X-1", violated("X-1 of the first")),
                rules("second", "X-2", violated("X-2 of the second")));

        assertThat(violations(composed)).containsExactly("X-1 of the first", "X-2 of the second");
    }

    @Test
    void rowsOfALaterFolderReplaceRulesOfAnEarlierOne() {
        Composition composed = composed(
                List.of(),
                List.of(),
                rules("first", "X-1", violated("X-1 of the first")),
                rows("second", row("X-1", "row")));

        assertThat(violations(composed)).isEmpty();
        assertThat(composed.pack().flows()).extracting(FlowRow::title).containsExactly("row");
        assertThat(composed.packOf("X-1")).isEqualTo("second");
    }

    @Test
    void whatIsSwitchedOffDecidesNothingAndSaysWho() {
        Composition composed = composed(
                List.of(row("R-1", "row")),
                List.of(violated("X-1 of the pack"), violated("X-2 of the pack")),
                changes("contoso", off("X-1", Applicability.ANY), off("R-1", Applicability.ANY)));

        assertThat(violations(composed)).containsExactly("X-2 of the pack");
        assertThat(result(composed, "X-1").outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
        assertThat(result(composed, "X-1").message()).isEqualTo("pack 'contoso' switches it off");
        assertThat(result(composed, "R-1").message()).isEqualTo("pack 'contoso' switches it off");
        assertThat(catalogue(composed))
                .extracting(info -> info.id() + " " + info.kind() + " " + info.reason())
                .containsExactly(
                        "R-1 off pack 'contoso' switches it off",
                        "X-1 off pack 'contoso' switches it off",
                        "X-2 rule null");
        assertThat(report(composed).rules().count()).isEqualTo(1);
    }

    @Test
    void whatIsSwitchedOffForOnePlatformDecidesTheOthers() {
        List<Rule> rules = List.of(violated("X-1 of the pack"), violated("X-2 of the pack"));
        Composition composed = composed(List.of(), rules, changes("contoso", off("X-1", STV1), off("X-2", STV2)));

        assertThat(violations(composed)).containsExactly("X-1 of the pack");
        assertThat(result(composed, "X-2").outcome()).isEqualTo(Outcome.NOT_APPLICABLE);
        assertThat(result(composed, "X-2").message()).isEqualTo("pack 'contoso' switches it off for this location");
        assertThat(catalogue(composed)).extracting(RuleInfo::kind).containsExactly("rule", "rule");
    }

    @Test
    void aSeverityIsChanged() {
        Composition composed = composed(
                List.of(row("R-1", "row")),
                List.of(violated("X-1 of the pack")),
                changes("contoso", severity("X-1"), severity("R-1")));

        assertThat(result(composed, "X-1").severity()).isEqualTo(Severity.INFO);
        assertThat(catalogue(composed))
                .extracting(RuleInfo::severities)
                .containsExactly(List.of(Severity.INFO), List.of(Severity.INFO));
        assertThat(report(composed).rules().packOf("X-1")).isEqualTo("contoso");
    }

    @Test
    void whatALaterFolderDecidesAnewIsNotChangedByAnEarlierOne() {
        Composition composed = composed(
                List.of(),
                List.of(violated("X-1 of the pack")),
                changes("first", off("X-1", Applicability.ANY)),
                rules("second", "X-1", violated("X-1 of the second")));

        assertThat(violations(composed)).containsExactly("X-1 of the second");
        assertThat(result(composed, "X-1").severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void theReportNamesAllPacksInOrder() {
        Composition composed = composed(
                List.of(),
                List.of(violated("X-1 of the pack")),
                rules("first", "X-2", violated("X-2 of the first")),
                rules("second", "X-3", violated("X-3 of the second")));

        Report.Rules rules = report(composed).rules();
        assertThat(rules.packs())
                .containsExactly(
                        new Report.Pack("packaged", "1", "packaged", ""),
                        new Report.Pack("first", "7", "folders/first", "hash of first"),
                        new Report.Pack("second", "7", "folders/second", "hash of second"));
        assertThat(Stream.of("X-1", "X-2", "X-3").map(rules::packOf)).containsExactly("packaged", "first", "second");
    }

    @Test
    void aReportOfSnapshotsByDifferentRulesNamesThemAll() {
        Composition before = composed(List.of(), List.of(), rules("a", "X-1", violated("X-1 before")));
        Composition after = composed(List.of(), List.of(), rules("b", "X-1", violated("X-1 after")));

        Report.Rules rules = base(after)
                .report(List.of(evaluate(before), evaluate(after)), ServiceTags.NONE)
                .rules();

        assertThat(rules.packs()).extracting(Report.Pack::name).containsExactly("packaged", "a", "b");
        assertThat(base(after)
                        .report(List.of(evaluate(before)), ServiceTags.NONE)
                        .rules()
                        .packOf("X-1"))
                .isEqualTo("a");
    }

    @Test
    void packsNeedNamesOfTheirOwn() {
        assertThat(RuleLoader.namedTwice(
                        "packaged", List.of(folder("a", List.of(), List.of()), folder("b", List.of(), List.of()))))
                .isEmpty();
        assertThat(RuleLoader.namedTwice(
                        "packaged",
                        List.of(
                                folder("packaged", List.of(), List.of()),
                                folder("a", List.of(), List.of()),
                                folder("a", List.of(), List.of()))))
                .extracting(problem -> problem.code() + " " + problem.message())
                .containsExactly(
                        "KB-E309 the pack of folders/packaged is named 'packaged' like that of the packaged rules, so a"
                                + " report could not tell them apart",
                        "KB-E309 the pack of folders/a is named 'a' like that of folders/a, so a report could not tell"
                                + " them apart");
    }

    // ---- what is put together

    private static Composition composed(List<FlowRow> flows, List<Rule> rules, Part... parts) {
        Rule[] all = Stream.concat(Stream.of(TestRules.located(), TestRules.applies()), rules.stream())
                .toArray(Rule[]::new);
        return Composition.of(
                CompiledRules.of(CompositionTest.class.getClassLoader(), List.of(TestRules.model(all))),
                TestRules.pack(flows),
                List.of(parts));
    }

    private static Part rows(String name, FlowRow... rows) {
        return new Part(folder(name, List.of(rows), List.of()), Set.of(), List.of());
    }

    private static Part changes(String name, RuleOverride... overrides) {
        return new Part(folder(name, List.of(), List.of(overrides)), Set.of(), List.of());
    }

    private static Part rules(String name, String id, Rule... rules) {
        Set<String> ids =
                Arrays.stream(rules).map(rule -> rule.getName().substring(0, 3)).collect(Collectors.toSet());
        assertThat(ids).contains(id);
        return new Part(folder(name, List.of(), List.of()), ids, List.of(TestRules.model(rules)));
    }

    private static RuleFolder folder(String name, List<FlowRow> flows, List<RuleOverride> overrides) {
        return new RuleFolder(
                Path.of("folders", name),
                name,
                "7",
                "folders/" + name,
                "hash of " + name,
                flows,
                overrides,
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Parameters.NONE,
                null,
                List.of());
    }

    private static RuleOverride off(String id, Applicability where) {
        return new RuleOverride(id, false, null, where);
    }

    private static RuleOverride severity(String id) {
        return new RuleOverride(id, true, Severity.INFO, Applicability.ANY);
    }

    private static FlowRow row(String id, String title) {
        return new FlowRow(
                new FlowRequirement(
                        new Requirement(id, Severity.ERROR, Applicability.ANY, Set.of()),
                        Direction.OUTBOUND,
                        ProtocolSet.TCP,
                        PortSet.ALL,
                        PortSet.of(443),
                        "Storage",
                        false,
                        null,
                        false,
                        null,
                        "a purpose",
                        List.of(),
                        null),
                Dates.parse("", ""),
                title,
                "",
                "flows.csv line 2",
                List.of());
    }

    /** Its id is violated, with its name as message. */
    private static Rule violated(String name) {
        String id = name.substring(0, 3);
        return decided(
                name,
                pattern(APPLICABLE).expr(a -> a.rule().equals(id)),
                on(APPLICABLE).execute((drools, a) -> drools.insert(Finding.violated(a, name))));
    }

    private static KnowledgeBase base(Composition composed) {
        return DroolsKnowledgeBase.of(composed, "test");
    }

    private static List<RuleInfo> catalogue(Composition composed) {
        return base(composed).catalogue();
    }

    private static SnapshotReport evaluate(Composition composed) {
        return base(composed).evaluate("built", TestRules.snapshot(), Options.DEFAULT.withAll(true));
    }

    private static Report report(Composition composed) {
        return base(composed).report(List.of(evaluate(composed)), ServiceTags.NONE);
    }

    private static List<String> violations(Composition composed) {
        return evaluate(composed).results().stream()
                .filter(result -> result.outcome() == Outcome.VIOLATED)
                .map(Result::message)
                .toList();
    }

    private static Result result(Composition composed, String id) {
        return evaluate(composed).results().stream()
                .filter(result -> result.rule().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
