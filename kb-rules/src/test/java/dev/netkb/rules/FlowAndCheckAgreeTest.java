package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.netkb.api.Baseline;
import dev.netkb.api.FlowQuestion;
import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import dev.netkb.test.ExampleNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a question about one flow and the check say of a subnet without a network security group: an instance on
 * platform stv2 lets nothing in, elsewhere nothing is filtered.
 */
class FlowAndCheckAgreeTest {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();
    private static final String WITHOUT_GROUP = "vnet: {subnets: {apim: {networkSecurityGroup: null}}}";

    private static Snapshot read(String base, String... changes) {
        ExampleNetwork network = ExampleNetwork.read(Path.of("src/test/resources/examples/bases/" + base + ".yaml"));
        for (String change : changes) {
            network = network.with(change);
        }
        ReadResult read = network.read("asked");
        return Objects.requireNonNull(read.snapshot(), () -> read.problems().toString());
    }

    private static FlowResult ask(Snapshot snapshot, String from, String to) {
        return new FlowQuestion(from, to, ProtocolSet.TCP, PortSet.ALL, PortSet.of(3443)).answer(snapshot);
    }

    private static List<DecidingRule> deciders(FlowResult flow) {
        return flow.stages().stream()
                .flatMap(stage -> stage.decidedBy().stream())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "external, Premium, stv2, DENIED",
        "external, Developer, stv2.1, DENIED",
        "external, Developer, undetermined, DENIED",
        "external, Premium, , DENIED",
        "internal, Premium, stv2, DENIED",
        "external, Premium, stv1, ALLOWED",
        "internal, Developer, stv1, ALLOWED",
    })
    void aClassicInstance(String base, String tier, String platform, Verdict expected) {
        Snapshot snapshot = read(
                base,
                WITHOUT_GROUP,
                "apim: {sku: {name: " + tier + ", capacity: 1}, platformVersion: "
                        + (platform == null ? "null" : platform) + "}");

        FlowResult asked = ask(snapshot, "ApiManagement", "apim");
        Result checked = RULES.evaluate("asked", snapshot, new Options(Baseline.AUTO, true)).results().stream()
                .filter(result -> result.rule().equals("C-FLOW-IN-3443"))
                .findFirst()
                .orElseThrow();

        assertThat(asked.verdict()).isEqualTo(expected);
        assertThat(Objects.requireNonNull(checked.flow()).verdict()).isEqualTo(expected);
        assertThat(deciders(asked)).extracting(DecidingRule::type).first().isEqualTo("noNsg");
        assertThat(deciders(asked)).isEqualTo(deciders(checked.flow()));
    }

    @ParameterizedTest
    @CsvSource({"injected-v2", "integrated-v2"})
    void aV2InstanceFiltersNothing(String base) {
        assertThat(ask(read(base, WITHOUT_GROUP), "Internet", "apim").verdict()).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void aSubnetOfOthersFiltersNothing() {
        Snapshot snapshot = read(
                "external", "vnet: {subnets: {db: {addressPrefix: 10.0.2.0/24}}}", "apim: {virtualNetworkType: None}");

        assertThat(ask(snapshot, "Internet", "db").verdict()).isEqualTo(Verdict.ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({"apim", "10.0.1.4", "10.0.1.0/26"})
    void itIsRefusedFromAnotherSubnetToo(String to) {
        Snapshot snapshot = read("external", WITHOUT_GROUP, "vnet: {subnets: {db: {addressPrefix: 10.0.2.0/24}}}");

        FlowResult flow = ask(snapshot, "db", to);

        assertThat(flow.verdict()).isEqualTo(Verdict.DENIED);
        assertThat(deciders(flow)).extracting(DecidingRule::type).containsExactly("noNsg");
        assertThat(ask(snapshot, to, "db").verdict()).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void moreThanThatSubnetIsAskedAboutOneByOne() {
        Snapshot snapshot = read("external", WITHOUT_GROUP, "vnet: {subnets: {db: {addressPrefix: 10.0.2.0/24}}}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ask(snapshot, "db", "VirtualNetwork"))
                .withMessageContaining("C-NET-05")
                .withMessageContaining("subnet apim");
    }

    @Test
    void theCheckWarnsOfATagThatIsNotKnown() {
        ReadResult read = ExampleNetwork.read(Path.of("src/test/resources/examples/bases/external.yaml"))
                .with("nsg: {securityRules: {Odd: 3000 Deny Out Tcp to Sqll port 1433}}")
                .read("asked");

        assertThat(RULES.evaluate(read, Options.DEFAULT).problems())
                .filteredOn(problem -> problem.code().equals("KB-N202"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).contains("rule nsg-apim/Odd names 'Sqll'");
                    assertThat(problem.hint()).startsWith("Maybe Sql.");
                    assertThat(problem.at().line()).isPositive();
                });
    }

    @Test
    void anUnknownTierLeavesItOpen() {
        Snapshot snapshot = read("external", WITHOUT_GROUP, "apim: {sku: null}");

        FlowResult flow = ask(snapshot, "Internet", "apim");

        assertThat(flow.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(flow.missing()).singleElement().asString().contains("the tier of API Management", "az apim show");
    }
}
