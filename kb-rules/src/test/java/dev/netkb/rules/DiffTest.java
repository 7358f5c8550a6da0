package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.RuleInfo;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.render.DiffRenderer;
import dev.netkb.api.render.TextStyle;
import dev.netkb.model.report.DiffReport;
import dev.netkb.model.report.FlowChange;
import dev.netkb.model.report.FlowChange.Packets;
import dev.netkb.model.report.FlowPart;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.ResourceChange;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.Verdict;
import dev.netkb.test.ExampleNetwork;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The packaged rules compare two snapshots. */
class DiffTest {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();
    private static final Map<String, List<String>> TAGS =
            Map.of("Sql", List.of("20.61.0.0/24"), "Storage", List.of("20.60.0.0/24"));

    private static ExampleNetwork base(String name) {
        return ExampleNetwork.read(RuleCases.FOLDER.resolve("bases/" + name + ".yaml"));
    }

    private static DiffReport diff(ExampleNetwork before, ExampleNetwork after) {
        return RULES.diff(before.read("before"), after.read("after"), Options.DEFAULT);
    }

    private static FlowChange flow(DiffReport diff, String rule) {
        return diff.flows().stream()
                .filter(flow -> flow.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    // ---- what holds for all

    /** Every example of a flow and of a requirement on the network, against the network that it starts from. */
    @TestFactory
    Stream<DynamicTest> everyExampleMirrorsItsWayBack() {
        return RULES.catalogue().stream()
                .filter(info -> info.family().equals("C-FLOW") || info.family().equals("C-NET"))
                .map(RuleInfo::id)
                .flatMap(id -> RuleCases.of(id).stream())
                .flatMap(cases -> cases.cases().stream()
                        .filter(each -> !each.isOverChange())
                        .map(each -> DynamicTest.dynamicTest(
                                cases.id() + " " + each.it(), () -> mirrors(base(each.base()), each.network()))));
    }

    private static void mirrors(ExampleNetwork one, ExampleNetwork other) {
        ReadResult a = one.read("a");
        ReadResult b = other.read("b");
        DiffReport there = RULES.diff(a, b, Options.DEFAULT);
        DiffReport back = RULES.diff(b, a, Options.DEFAULT);

        assertThat(set(there.violations().appeared()))
                .isEqualTo(union(back.violations().solved(), back.violations().undecided()));
        assertThat(set(back.violations().appeared()))
                .isEqualTo(union(there.violations().solved(), there.violations().undecided()));
        assertThat(back.flows()).hasSameSizeAs(there.flows());
        for (int i = 0; i < there.flows().size(); i++) {
            FlowChange to = there.flows().get(i);
            FlowChange fro = back.flows().get(i);
            assertThat(to.rule()).isEqualTo(fro.rule());
            assertThat(to.before()).isEqualTo(fro.after());
            assertThat(to.after()).isEqualTo(fro.before());
            assertThat(to.packets()).isEqualTo(fro.packets());
            assertThat(to.opened()).isEqualTo(fro.closed());
            assertThat(to.closed()).isEqualTo(fro.opened());
        }
        changesNothing(RULES.diff(b, b, Options.DEFAULT));
    }

    private static void changesNothing(DiffReport same) {
        assertThat(same.newViolations()).isEmpty();
        assertThat(same.violations().solved()).isEmpty();
        assertThat(same.violations().undecided()).isEmpty();
        assertThat(same.undetermined().appeared()).isEmpty();
        assertThat(same.flows()).isEmpty();
        assertThat(same.locations()).isEmpty();
        assertThat(same.resources()).isEmpty();
        assertThat(same.complete()).isTrue();
    }

    private static Set<Result> set(List<Result> results) {
        return new HashSet<>(results);
    }

    private static Set<Result> union(List<Result> some, List<Result> others) {
        Set<Result> union = set(some);
        union.addAll(others);
        return union;
    }

    @Test
    void theSameInputsGiveTheSameBytes() throws IOException {
        String first = json();

        assertThat(json()).isEqualTo(first).contains("\"rule\": \"C-VIP-MODE\"");
    }

    private static String json() throws IOException {
        StringBuilder out = new StringBuilder();
        DiffReport diff = diff(base("external"), base("internal"));
        new DiffRenderer(TextStyle.PLAIN, true).json(diff, out);
        return out.toString();
    }

    // ---- packets

    @Test
    void namesExactlyThePacketsThatCloseAndOpen() {
        ExampleNetwork open = base("external").withServiceTags(TAGS);
        ExampleNetwork half = open.with(
                "nsg: {securityRules: {DenyHalf: 200 Deny Out Tcp from VirtualNetwork to 20.61.0.128/25 port 1433}}");

        FlowChange closed = flow(diff(open, half), "C-FLOW-OUT-SQL");
        assertThat(closed.before()).isEqualTo(Verdict.ALLOWED);
        assertThat(closed.after()).isEqualTo(Verdict.PARTIAL);
        assertThat(closed.closed())
                .containsExactly(new FlowPart("Tcp", List.of(), List.of("1433"), List.of("20.61.0.128/25"), List.of()));
        assertThat(closed.opened()).isEmpty();
    }

    @Test
    void seesPacketsOfAFlowWhoseVerdictStays() {
        ExampleNetwork open = base("external").withServiceTags(TAGS);
        ExampleNetwork low = open.with(
                "nsg: {securityRules: {DenyHalf: 200 Deny Out Tcp from VirtualNetwork to 20.61.0.0/25 port 1433}}");
        ExampleNetwork high = open.with(
                "nsg: {securityRules: {DenyHalf: 200 Deny Out Tcp from VirtualNetwork to 20.61.0.128/25 port 1433}}");

        FlowChange flow = flow(diff(low, high), "C-FLOW-OUT-SQL");

        assertThat(flow.before()).isEqualTo(flow.after()).isEqualTo(Verdict.PARTIAL);
        assertThat(flow.opened()).flatExtracting(FlowPart::remote).containsExactly("20.61.0.0/25");
        assertThat(flow.closed()).flatExtracting(FlowPart::remote).containsExactly("20.61.0.128/25");
    }

    @Test
    void namesTagsWithoutData() {
        ExampleNetwork cut = base("external")
                .with("nsg: {securityRules: {DenySql: 200 Deny Out Tcp from VirtualNetwork to Sql port 1433}}");

        assertThat(flow(diff(base("external"), cut), "C-FLOW-OUT-SQL").closed())
                .flatExtracting(FlowPart::remote)
                .containsExactly("Sql");
    }

    @Test
    void doesNotCompareThePacketsOfAnotherSubnet() {
        ExampleNetwork two = base("external").with("vnet: {subnets: {apim2: {addressPrefix: 10.0.2.0/25}}}");
        ExampleNetwork moved =
                two.with("apim: {virtualNetworkConfiguration: {subnetResourceId: '@vnet/subnets/apim2'}}");

        FlowChange flow = flow(diff(two, moved), "C-FLOW-IN-3443");

        assertThat(flow.packets()).isEqualTo(Packets.OTHER_SUBNET);
        assertThat(flow.before()).isEqualTo(Verdict.ALLOWED);
        assertThat(flow.after()).isEqualTo(Verdict.DENIED);
        assertThat(flow.closed()).isEmpty();
    }

    /** So that both sides of a change can be drawn. Everything else that passes is left out, unless it is asked for. */
    @Test
    void keepsWhatPassesOnOneSideOfTheFlowsThatDiffer() {
        ExampleNetwork cut = base("external")
                .with("nsg: {securityRules: {DenySql: 200 Deny Out Tcp from VirtualNetwork to Sql port 1433}}");
        ReadResult open = base("external").read("before");

        DiffReport terse = RULES.diff(open, cut.read("after"), Options.DEFAULT);
        DiffReport whole = RULES.diff(open, cut.read("after"), Options.DEFAULT.withAll(true));

        assertThat(passed(terse.before()))
                .contains("C-FLOW-OUT-SQL")
                .isSubsetOf(terse.flows().stream().map(FlowChange::rule).toList());
        assertThat(passed(terse.after())).isEmpty();
        assertThat(terse.after().report().results())
                .filteredOn(result -> result.rule().equals("C-FLOW-OUT-SQL"))
                .extracting(Result::outcome)
                .containsExactly(Outcome.VIOLATED);
        assertThat(passed(whole.before())).contains("C-FLOW-OUT-SQL", "C-FLOW-OUT-STORAGE", "C-NET-04");
        assertThat(passed(whole.after()))
                .contains("C-FLOW-OUT-STORAGE", "C-NET-04")
                .doesNotContain("C-FLOW-OUT-SQL");
    }

    private static List<String> passed(DiffReport.Side side) {
        return side.report().results().stream()
                .filter(result -> result.outcome() == Outcome.PASSED)
                .map(Result::rule)
                .toList();
    }

    @Test
    void saysWhichFlowsAreRequiredOnOneSideOnly() {
        FlowChange clients = flow(diff(base("external"), base("internal")), "C-FLOW-IN-CLIENT");

        assertThat(clients.packets()).isEqualTo(Packets.REQUIRED_ONCE);
        assertThat(clients.after()).isNull();
    }

    // ---- violations and changes

    @Test
    void aViolationOfTheChangeItselfIsNew() {
        DiffReport diff = diff(base("external"), base("internal"));

        assertThat(diff.newViolations()).extracting(Result::rule).contains("C-VIP-MODE");
        assertThat(diff.newViolations(Severity.WARNING)).isPositive();
        assertThat(diff.violations().appeared()).extracting(Result::rule).doesNotContain("C-VIP-MODE");
        assertThat(diff.locations())
                .singleElement()
                .satisfies(location -> assertThat(location.fields())
                        .extracting(field -> field.name() + " " + field.before() + " " + field.after())
                        .contains("virtualNetworkType External Internal"));
        assertThat(diff.resources())
                .extracting(change -> change.kind() + " " + change.id().name())
                .contains("REMOVED AllowClients");
    }

    @Test
    void rulesAboutChangesAreSilentOverOneSnapshot() {
        Set<String> overChanges = new HashSet<>();
        RULES.catalogue().stream()
                .filter(info -> info.kind().equals("change"))
                .forEach(info -> overChanges.add(info.id()));

        assertThat(overChanges).hasSizeGreaterThan(15);
        assertThat(RULES.evaluate(base("external").read("one"), Options.DEFAULT.withAll(true))
                        .results())
                .extracting(Result::rule)
                .doesNotContainAnyElementsOf(overChanges);
    }

    @Test
    void aSnapshotWithoutServicesDeletesNone() {
        DiffReport diff = diff(base("external"), base("external").without("apim"));

        assertThat(diff.locations()).isEmpty();
        assertThat(diff.changeResults()).isEmpty();
        assertThat(diff.violations().solved()).isEmpty();
    }

    @Test
    void aChangeOfDnsServersChangesTheNetworkAndHasToBeApplied() {
        ExampleNetwork network = base("external").without("status");
        DiffReport diff = diff(network, network.with("vnet: {dhcpOptions: {dnsServers: [10.0.0.4]}}"));

        assertThat(diff.resources())
                .extracting(change -> change.kind() + " " + change.type())
                .containsExactly("CHANGED VirtualNetwork");
        assertThat(diff.changeResults())
                .filteredOn(result -> result.outcome() == Outcome.VIOLATED)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.rule()).isEqualTo("C-DNS-ORDER");
                    assertThat(result.severity()).isEqualTo(Severity.WARNING);
                    assertThat(result.message()).contains("change from Azure's own DNS to 10.0.0.4");
                    assertThat(result.remediation()).isNotNull();
                });
    }

    @Test
    void anotherOrderOfDnsServersNeedNotBeAppliedAndUnknownOnesAreNotDecided() {
        ExampleNetwork network = base("external").without("status");
        ExampleNetwork one = network.with("vnet: {dhcpOptions: {dnsServers: [10.0.0.4, 10.0.0.5]}}");
        ExampleNetwork other = network.with("vnet: {dhcpOptions: {dnsServers: [10.0.0.5, 10.0.0.4]}}");
        ExampleNetwork unknown = network.with("vnet: {dhcpOptions: {dnsServers: '?a parameter'}}");

        assertThat(diff(one, other).changeResults()).extracting(Result::rule).doesNotContain("C-DNS-ORDER");
        assertThat(diff(one, unknown).changeResults())
                .filteredOn(result -> result.rule().equals("C-DNS-ORDER"))
                .extracting(Result::outcome)
                .containsExactly(Outcome.UNDETERMINED);
    }

    @Test
    void letterCaseOfIdsAndNamesChangesNothing() {
        ExampleNetwork network = base("external");
        ExampleNetwork shouted = network.with("""
                vnet: {name: VNET-CONTOSO}
                nsg: {name: NSG-APIM}
                """);

        changesNothing(diff(network, shouted));
    }

    @Test
    void whatWasNotExportedIsNotRemoved() {
        DiffReport diff = diff(base("external"), base("external").without("nsg"));

        assertThat(diff.resources()).isEmpty();
        assertThat(diff.undetermined().appeared()).isNotEmpty();
        assertThat(diff.resources()).extracting(ResourceChange::kind).isEmpty();
    }

    @Test
    void passedResultsOfTheChangeAreToldWhereAllIsAsked() {
        ReadResult read = base("external").read("x");

        assertThat(RULES.diff(read, read, Options.DEFAULT.withAll(true)).changeResults())
                .extracting(Result::outcome)
                .contains(Outcome.PASSED, Outcome.NOT_APPLICABLE);
        assertThat(RULES.diff(read, read, Options.DEFAULT).changeResults())
                .extracting(Result::outcome)
                .doesNotContain(Outcome.PASSED, Outcome.NOT_APPLICABLE);
    }
}
