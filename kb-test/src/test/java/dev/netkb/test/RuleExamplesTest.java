package dev.netkb.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.test.DelegationRules.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness fails wherever an example is wrong, missing or not read as it is meant. */
class RuleExamplesTest {

    private static final String VIOLATED = """
              - it: is violated by a delegation
                with: {vnet: {subnets: {apim: {delegations: {web: Microsoft.Web/serverFarms}}}}}
                then: {outcome: violated, severity: error, evidence: {delegations: serverFarms}}
            """;
    private static final String PASSED = """
              - it: passes without one
                then: passed
            """;
    private static final String UNDETERMINED = """
              - it: is undetermined without the subnet
                without: vnet/subnets/apim
                then: {outcome: undetermined, message: no subnet}
            """;
    private static final String HEAD = "rule: T-1\nbase: plain\ncases:\n";

    @TempDir
    Path folder;

    @BeforeEach
    void aBaseNetwork() throws IOException {
        write("bases/plain", """
                vnet:
                  type: Microsoft.Network/virtualNetworks
                  location: westeurope
                  addressSpace: {addressPrefixes: [10.0.0.0/16]}
                  subnets: {apim: {addressPrefix: 10.0.1.0/24}}
                """);
    }

    @Test
    void holds_when_failing_passing_and_missing_data_are_shown() throws IOException {
        write("T-1", HEAD + VIOLATED + PASSED + UNDETERMINED);

        assertThat(failures(new DelegationRules())).isEmpty();
        assertThat(tests(new DelegationRules())).hasSize(5);
    }

    @Test
    void fails_on_an_empty_folder() {
        assertThat(failures(new DelegationRules())).singleElement().asString().contains("there is no example in");
    }

    @Test
    void fails_on_a_folder_that_does_not_exist() {
        assertThat(failures(RuleExamples.in(folder.resolve("nowhere"), new DelegationRules())))
                .singleElement()
                .asString()
                .contains("is it the right folder?");
    }

    @Test
    void fails_on_an_id_without_examples() throws IOException {
        write("T-1", HEAD + VIOLATED + PASSED + UNDETERMINED);

        assertThat(failures(new DelegationRules(Fault.NONE, "T-1", "T-2", "N-1", "M-1")))
                .containsExactly("M-1 has no examples: write " + folder.getFileName()
                        + "/M-1.yaml\nT-2 has no examples: write " + folder.getFileName() + "/T-2.yaml");
    }

    @Test
    void fails_on_an_id_that_the_catalogue_does_not_hold() throws IOException {
        write("T-1", HEAD + VIOLATED + PASSED + UNDETERMINED);
        write(
                "T-9",
                HEAD.replace("T-1", "T-9")
                        + VIOLATED.replace("then: {", "then: {rule: T-1, ")
                        + PASSED.replace("then: passed", "then: {rule: T-1, outcome: passed}")
                        + UNDETERMINED.replace("then: {", "then: {rule: T-1, "));

        assertThat(failures(new DelegationRules()))
                .singleElement()
                .asString()
                .contains("T-9.yaml: the catalogue holds no such id");
    }

    @Test
    void fails_when_a_kind_of_case_is_missing() throws IOException {
        write("T-1", HEAD + PASSED);

        assertThat(failures(new DelegationRules()))
                .singleElement()
                .asString()
                .contains("T-1.yaml has no case whose outcome is violated")
                .contains("T-1.yaml has no case whose outcome is undetermined")
                .doesNotContain("is passed");
    }

    @Test
    void takes_a_reason_instead_of_a_case_but_not_beside_one() throws IOException {
        write("T-1", HEAD.replace("cases", "cannotMiss: a reason\ncases") + VIOLATED + PASSED);
        assertThat(failures(new DelegationRules())).isEmpty();

        write("T-1", HEAD.replace("cases", "cannotMiss: a reason\ncases") + VIOLATED + PASSED + UNDETERMINED);
        assertThat(failures(new DelegationRules()))
                .singleElement()
                .asString()
                .contains("says cannotMiss but has such a case");

        write("T-1", HEAD.replace("cases", "cannotPass: a reason\ncases") + VIOLATED + UNDETERMINED);
        assertThat(failures(new DelegationRules())).singleElement().asString().contains("notApplicable");
    }

    @Test
    void fails_when_the_outcome_is_another_and_says_what_was_found() throws IOException {
        write("T-1", HEAD + VIOLATED.replace("violated", "passed") + PASSED + UNDETERMINED);

        assertThat(failures(new DelegationRules()))
                .filteredOn(text -> text.contains("expected T-1 passed"))
                .singleElement()
                .asString()
                .contains("outcome: expected passed but was violated")
                .contains("message   subnet apim is delegated to 'Microsoft.Web/serverFarms'")
                .contains("evidence  delegations = Microsoft.Web/serverFarms");
    }

    @Test
    void fails_when_severity_or_evidence_or_message_is_another() throws IOException {
        write(
                "T-1",
                HEAD
                        + VIOLATED.replace("error", "warning")
                                .replace("{delegations: serverFarms}", "{delegations: nobody, ports: x}")
                        + PASSED
                        + UNDETERMINED.replace("no subnet", "no network"));

        assertThat(String.join("\n", failures(new DelegationRules())))
                .contains("severity: expected warning but was error")
                .contains("evidence.delegations: expected the text 'nobody' in [Microsoft.Web/serverFarms]")
                .contains("evidence.ports: expected the text 'x' in []")
                .contains("message: expected the text 'no network' in [no subnet was exported]");
    }

    @Test
    void fails_on_a_result_that_no_expectation_speaks_of() throws IOException {
        write(
                "T-1",
                HEAD
                        + VIOLATED
                        + PASSED.replace("then: passed", "then: {outcome: passed, location: northeurope}")
                        + UNDETERMINED);

        assertThat(failures(new DelegationRules()))
                .singleElement()
                .asString()
                .contains("there is no such result")
                .contains("no expectation speaks of this result");
    }

    @Test
    void tells_several_results_of_a_rule_apart_by_what_they_say() throws IOException {
        String two = """
                  - it: is decided for each subnet
                    with: {vnet: {subnets: {apim: {delegations: {web: Microsoft.Web/serverFarms}}, other: {addressPrefix: 10.0.2.0/24}}}}
                    then:
                      - {outcome: violated, message: apim}
                      - {outcome: passed, message: other}
                """;
        write("T-1", HEAD + two + UNDETERMINED);
        assertThat(failures(new DelegationRules())).isEmpty();

        write("T-1", HEAD + two.replace("passed, message: other", "violated, message: other") + PASSED + UNDETERMINED);
        assertThat(failures(new DelegationRules()))
                .singleElement()
                .asString()
                .contains("outcome: expected violated but was passed");

        write(
                "T-1",
                HEAD
                        + two
                        + UNDETERMINED
                        + two.replace("each", "no")
                                .replace(
                                        "message: other}",
                                        "message: other}\n      - {outcome: passed, message: third}"));
        assertThat(failures(new DelegationRules()))
                .singleElement()
                .asString()
                .contains("expected T-1 passed, message third but there is no such result");
    }

    @Test
    void fails_when_a_rule_is_in_force_against_expectation() throws IOException {
        write(
                "T-1",
                HEAD
                        + VIOLATED
                        + PASSED
                        + UNDETERMINED
                        + PASSED.replace("passes", "has no result").replace("then: passed", "then: notInForce"));

        assertThat(failures(new DelegationRules()))
                .singleElement()
                .asString()
                .contains("outcome: expected notInForce but was passed");
    }

    @Test
    void fails_on_keys_that_nobody_knows_and_on_keys_that_stand_twice() throws IOException {
        write("T-1", HEAD + VIOLATED.replace("severity", "serverity") + PASSED + UNDETERMINED);
        assertThat(failures(new DelegationRules()))
                .singleElement()
                .asString()
                .contains("T-1.yaml: case 1 (is violated by a delegation): 'serverity' is no key here");

        write("T-1", HEAD + VIOLATED + VIOLATED.replace("with:", "then: passed\n    with:") + PASSED);
        assertThat(failures(new DelegationRules()))
                .singleElement()
                .asString()
                .containsPattern("T-1.yaml:[0-9]+:5: 'then' stands twice, first in line [0-9]+");
    }

    @Test
    void fails_on_a_file_that_is_named_after_another_rule() throws IOException {
        write("T-1", HEAD.replace("T-1", "T-2") + VIOLATED + PASSED + UNDETERMINED);

        assertThat(failures(new DelegationRules()))
                .singleElement()
                .asString()
                .contains("'rule' was T-2 but must be the name of the file");
    }

    @Test
    void fails_on_a_base_that_does_not_exist_and_on_one_with_a_fault() throws IOException {
        write("T-1", HEAD.replace("plain", "nobody") + VIOLATED + PASSED + UNDETERMINED);
        assertThat(failures(new DelegationRules()))
                .singleElement()
                .asString()
                .contains("starts from base 'nobody', which is none of [plain]");

        write("T-1", HEAD + VIOLATED + PASSED + UNDETERMINED);
        write("bases/bad", """
                vnet:
                  type: Microsoft.Network/virtualNetworks
                  subnets: {apim: {addressPrefix: 10.0.1.0/24, delegations: {web: Microsoft.Web/serverFarms}}}
                """);
        assertThat(failures(new DelegationRules()))
                .singleElement()
                .asString()
                .contains("must have no fault but has [T-1 violated]");
    }

    @Test
    void fails_on_a_network_that_is_not_read_as_it_is_meant() throws IOException {
        write(
                "T-1",
                HEAD
                        + VIOLATED
                        + PASSED
                        + UNDETERMINED
                        + PASSED.replace("passes", "is")
                                .replace(
                                        "then:",
                                        "with: {vnet: {subnets: {apim: {addressPrefix: 300.1.1.1/99}}}}\n    then:"));

        assertThat(failures(new DelegationRules()))
                .singleElement()
                .asString()
                .contains("is not read as it is meant")
                .contains("300.1.1.1/99");
    }

    @Test
    void fails_on_a_reference_or_a_rule_that_makes_no_sense() throws IOException {
        write(
                "T-1",
                HEAD
                        + VIOLATED
                        + PASSED
                        + UNDETERMINED
                        + PASSED.replace("passes", "refers")
                                .replace(
                                        "then:",
                                        "with: {vnet: {subnets: {apim: {networkSecurityGroup: \"@nsg\"}}}}\n    then:")
                        + PASSED.replace("passes", "omits").replace("then:", "without: [nsg]\n    then:")
                        + PASSED.replace("passes", "rules")
                                .replace(
                                        "then:",
                                        "with: {nsg: {type: Microsoft.Network/networkSecurityGroups, securityRules: {a: allow everything}}}\n    then:"));

        assertThat(String.join("\n", failures(new DelegationRules())))
                .contains("'@nsg' names no resource of the network; resources are [vnet]")
                .contains("'nsg' is not in the network, so it cannot be left out of the export")
                .contains("'allow everything' is not a rule of a network security group: write");
    }

    @Test
    void fails_when_the_report_is_incomplete_or_changes() throws IOException {
        write("T-1", HEAD + VIOLATED + PASSED + UNDETERMINED);

        assertThat(failures(new DelegationRules(Fault.INCOMPLETE, "T-1")))
                .hasSize(3)
                .allMatch(text -> text.contains("a rule failed"));
        assertThat(failures(new DelegationRules(Fault.ANOTHER_REPORT_EACH_TIME, "T-1")))
                .anyMatch(text -> text.contains("a second time gave another report"));
        assertThat(failures(new DelegationRules(Fault.DEPENDS_ON_FILES, "T-1")))
                .anyMatch(text -> text.contains("exported flat, one file a resource, the network gives other results"));
    }

    @Test
    void fails_when_a_violation_lacks_evidence_or_its_place_or_a_way_out() throws IOException {
        write("T-1", HEAD + VIOLATED.replace(", evidence: {delegations: serverFarms}", "") + PASSED + UNDETERMINED);

        assertThat(failures(new DelegationRules(Fault.NO_EVIDENCE, "T-1")))
                .singleElement()
                .asString()
                .contains("there is no evidence for T-1 violated");
        assertThat(failures(new DelegationRules(Fault.NO_PLACE, "T-1")))
                .singleElement()
                .asString()
                .contains("nobody knows where delegations = Microsoft.Web/serverFarms stands");
        assertThat(failures(new DelegationRules(Fault.NO_REMEDIATION, "T-1")))
                .singleElement()
                .asString()
                .contains("there is no remediation for T-1 violated");
        assertThat(failures(new DelegationRules(Fault.OPEN_PLACE, "T-1")))
                .singleElement()
                .asString()
                .contains("has an open place: az network vnet subnet update -n {subnet}");
    }

    private void write(String name, String yaml) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, yaml);
    }

    private List<String> failures(DelegationRules rules) {
        return failures(RuleExamples.in(folder, rules));
    }

    private List<DynamicTest> tests(DelegationRules rules) {
        return RuleExamples.in(folder, rules).flatMap(RuleExamplesTest::flat).toList();
    }

    private static List<String> failures(Stream<DynamicNode> nodes) {
        List<String> failures = new ArrayList<>();
        nodes.flatMap(RuleExamplesTest::flat).forEach(test -> {
            try {
                test.getExecutable().execute();
            } catch (AssertionError e) {
                failures.add(e.getMessage());
            } catch (Throwable e) {
                throw new IllegalStateException("only assertions may fail an example", e);
            }
        });
        return failures;
    }

    private static Stream<DynamicTest> flat(DynamicNode node) {
        return node instanceof DynamicContainer container
                ? container.getChildren().flatMap(RuleExamplesTest::flat)
                : Stream.of((DynamicTest) node);
    }
}
