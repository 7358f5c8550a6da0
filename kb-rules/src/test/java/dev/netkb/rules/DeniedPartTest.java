package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.FlowQuestion;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.render.FlowRenderer;
import dev.netkb.api.render.TableRenderer;
import dev.netkb.api.render.TextStyle;
import dev.netkb.model.report.DeniedPart;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.model.value.ServiceTags;
import dev.netkb.test.ExampleNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a report says of the part of a flow that does not pass. */
class DeniedPartTest {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    private static ReadResult read(String rules) {
        return ExampleNetwork.read(Path.of("src/test/resources/examples/bases/external.yaml"))
                .with("nsg: {securityRules: null}")
                .with("nsg:\n  securityRules:\n" + rules.replace("; ", "\n").indent(4))
                .read("denied");
    }

    private static SnapshotReport check(String rules) {
        return RULES.evaluate(read(rules), Options.DEFAULT);
    }

    private static Result result(SnapshotReport report, String rule) {
        return report.results().stream()
                .filter(each -> each.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    private static FlowResult flow(Result result) {
        return Objects.requireNonNull(result.flow());
    }

    private static String table(SnapshotReport report) throws IOException {
        StringBuilder text = new StringBuilder();
        new TableRenderer(TextStyle.PLAIN).render(RULES.report(List.of(report), ServiceTags.NONE), text);
        return text.toString();
    }

    @Test
    void sourcePortsAreNamedWhereNotAllAreDenied() throws IOException {
        SnapshotReport report =
                check("A: 100 Allow In Tcp from Internet source port 1024-65535 to VirtualNetwork port 443");

        Result result = result(report, "C-FLOW-IN-CLIENT");

        assertThat(flow(result).denied())
                .containsExactly(new DeniedPart(List.of("443"), List.of("Internet"), List.of("0-1023"), List.of()));
        assertThat(result.message())
                .startsWith("Tcp 443 inbound from Internet is partly denied (only from source ports 0-1023) by ");
        assertThat(table(report)).contains("Tcp 443 from Internet, only from source ports 0-1023\n");
    }

    @Test
    void sourcePortsBelongToTheirFarSide() {
        Result result = result(
                check("D: 100 Deny In Tcp from 20.0.0.0/8 to VirtualNetwork port 443;"
                        + " A: 110 Allow In Tcp from Internet source port 1024-65535 to VirtualNetwork port 443"),
                "C-FLOW-IN-CLIENT");

        assertThat(flow(result).denied())
                .containsExactly(
                        new DeniedPart(List.of("443"), List.of("Internet"), List.of("0-1023"), List.of()),
                        new DeniedPart(List.of("443"), List.of("20.0.0.0/8"), List.of("1024-65535"), List.of()));
        assertThat(result.message()).doesNotContain("source ports");
    }

    @Test
    void allSourcePortsAreNotNamed() {
        Result result = result(check("D: 100 Deny Out Tcp to Sql"), "C-FLOW-OUT-SQL");

        assertThat(flow(result).denied())
                .containsExactly(new DeniedPart(List.of("1433"), List.of("Sql"), List.of(), List.of()));
    }

    @Test
    void allSourcePortsOfAQuestionAreNotNamed() {
        Snapshot snapshot =
                Objects.requireNonNull(read("D: 100 Deny Out Tcp to Sql").snapshot());

        FlowResult flow = new FlowQuestion("apim", "Sql", ProtocolSet.TCP, PortSet.parse("5000-5999"), PortSet.of(1433))
                .answer(snapshot);

        assertThat(flow.denied())
                .containsExactly(new DeniedPart(List.of("1433"), List.of("Sql"), List.of(), List.of()));
    }

    @Test
    void everyPrefixOfASymbolicPartIsAnEntryOfItsOwn() throws IOException {
        List<String> prefixes =
                IntStream.range(0, 20).mapToObj(i -> "20." + 2 * i + ".0.0/16").toList();
        SnapshotReport report =
                check("A: 100 Allow Out Tcp from 10.0.1.0/26 to AzureMonitor port 443; D: 110 Deny Out Tcp to "
                        + String.join(",", prefixes) + "; E: 120 Deny Out Tcp port 1886");

        FlowResult flow = flow(result(report, "C-FLOW-OUT-MONITOR"));

        assertThat(flow.verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(flow.denied())
                .containsExactlyInAnyOrder(
                        new DeniedPart(List.of("1886"), List.of("AzureMonitor"), List.of(), List.of()),
                        new DeniedPart(
                                List.of("443"),
                                prefixes.stream()
                                        .map(prefix -> prefix + " inside AzureMonitor")
                                        .toList(),
                                List.of(),
                                List.of("10.0.1.64/26")));
        assertThat(table(report).replaceAll("\\s+", " ")).contains("20.8.0.0/16 inside AzureMonitor and 15 more");
    }

    @Test
    void aPartOfTheSubnetBelongsToItsFarSide() {
        Result result = result(
                check(
                        "D: 100 Deny Out Tcp from 10.0.1.0/26 to 20.0.0.0/8 port 80; E: 110 Deny Out Tcp from 10.0.1.64/26 port 80"),
                "C-FLOW-OUT-CERT80");

        assertThat(flow(result).denied())
                .containsExactly(
                        new DeniedPart(List.of("80"), List.of("20.0.0.0/8"), List.of(), List.of("10.0.1.0/26")),
                        new DeniedPart(List.of("80"), List.of("Internet"), List.of(), List.of("10.0.1.64/26")));
    }

    @Test
    void ofAnUndeterminedFlowOnlyWhatSurelyIsDenied() {
        Result unsure = result(check("D: 100 Deny Out Tcp to 20.70.0.0/16"), "C-FLOW-OUT-SQL");
        Result sure =
                result(check("D: 100 Deny Out Tcp to 20.70.0.0/16; E: 110 Deny Out * port 1886"), "C-FLOW-OUT-MONITOR");

        assertThat(flow(unsure).verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(flow(unsure).denied()).isEmpty();
        assertThat(flow(sure).verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(flow(sure).denied())
                .containsExactly(new DeniedPart(List.of("1886"), List.of("AzureMonitor"), List.of(), List.of()));
    }

    @Test
    void ofAnUndeterminedQuestionToo() {
        Snapshot snapshot =
                Objects.requireNonNull(read("D: 100 Deny Out Tcp to 20.70.0.0/16; E: 110 Deny Out * port 1886")
                        .snapshot());

        FlowResult unsure = ask(snapshot, PortSet.of(443));
        FlowResult sure = ask(snapshot, PortSet.parse("443,1886"));

        assertThat(unsure.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(unsure.denied()).isEmpty();
        assertThat(sure.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(sure.denied())
                .containsExactly(new DeniedPart(List.of("1886"), List.of("AzureMonitor"), List.of(), List.of()));
    }

    @Test
    void aQuestionToldToAPersonSaysItToo() throws IOException {
        Snapshot snapshot =
                Objects.requireNonNull(read("D: 100 Deny Out Tcp to 20.70.0.0/16; E: 110 Deny Out * port 1886")
                        .snapshot());
        FlowQuestion question =
                new FlowQuestion("apim", "AzureMonitor", ProtocolSet.TCP, PortSet.ALL, PortSet.parse("443,1886"));
        StringBuilder text = new StringBuilder();

        new FlowRenderer(TextStyle.PLAIN).table(question, question.answer(snapshot), text);

        assertThat(text.toString()).startsWith("undetermined ").contains("surely denied Tcp 1886 to AzureMonitor\n");
    }

    private static FlowResult ask(Snapshot snapshot, PortSet ports) {
        return new FlowQuestion("apim", "AzureMonitor", ProtocolSet.TCP, PortSet.ALL, ports).answer(snapshot);
    }
}
