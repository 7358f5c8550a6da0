package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.FlowQuestion;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule that lacks a field may match anything: what it would decide is undetermined, in a sentence that says why. */
class IncompleteRulesTest {

    private static final String GROUP = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/";

    private static final String NETWORK = """
            [{'id': '%1$svirtualNetworks/v', 'name': 'v', 'type': 'Microsoft.Network/virtualNetworks', 'properties': {
                'addressSpace': {'addressPrefixes': ['10.0.0.0/16']},
                'subnets': [{'name': 's', 'properties': {'addressPrefix': '10.0.1.0/24',
                  'networkSecurityGroup': {'id': '%1$snetworkSecurityGroups/nsg'}}}]}},
             {'id': '%1$snetworkSecurityGroups/nsg', 'name': 'nsg', 'type': 'Microsoft.Network/networkSecurityGroups',
              'properties': {'securityRules': [
                {'name': 'a', 'properties': {'priority': 100, 'direction': 'Inbound', 'access': 'Allow',
                 'protocol': 'Tcp', 'sourcePortRange': '*', 'destinationPortRange': '443',
                 'sourceAddressPrefix': 'Internet', 'destinationAddressPrefix': '*'}}]}}]
            """.formatted(GROUP);

    private static FlowResult ask(ReadResult read) {
        return new FlowQuestion("Internet", "s", ProtocolSet.TCP, PortSet.ALL, PortSet.of(443))
                .answer(Reading.snapshot(read));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sourceAddressPrefix | the value of sourceAddressPrefix, which a.json does not give, in rule ID",
                "destinationAddressPrefix | the value of destinationAddressPrefix, which a.json does not give, in rule ID",
                "sourcePortRange | the sourcePorts of rule ID: sourcePortRange is not in a.json",
                "destinationPortRange | the destinationPorts of rule ID: destinationPortRange is not in a.json",
                "protocol | the protocol of rule ID: protocol is not in a.json",
            })
    void saysFieldRuleAndFile(String field, String sentence) {
        ReadResult read = Reading.texts(NETWORK.replace("'" + field + "'", "'title'"));

        assertThat(ask(read).verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(ask(read).missing())
                .containsExactly(sentence.replace("ID", GROUP + "networkSecurityGroups/nsg/securityRules/a"));
        Problem notice = read.problems().get(0);
        assertThat(notice.code()).isEqualTo("KB-N107");
        assertThat(notice.message()).isEqualTo("a rule of 'nsg' has no " + field);
        assertThat(notice.at().line()).isPositive();
    }

    /** A rule that denies one port, of which it is not known where it stands, or whether it is there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'priority': 110|'priority': {'netkb:unknown': 'parameter p has no value'}|priority",
                "'name': 'b'|'name': 'b', 'netkb:perhaps': 'parameter p has no value'|existence",
                "'name': 'b'|'name': 'b', 'netkb:perhaps': 'parameter p has no value', 'title': 'x'|existence"
            })
    void aRuleInAnUnknownPlaceLeavesOpenOnlyWhatItMatches(String known, String open, String field) {
        String rule =
                ", {'name': 'b', 'properties': {'priority': 110, 'direction': 'Inbound', 'access': 'Deny', 'protocol':"
                        + " 'Tcp', 'sourcePortRange': '*', 'destinationPortRange': '8443', 'sourceAddressPrefix': '*',"
                        + " 'destinationAddressPrefix': '*'}}]}}]";
        String allowsAll = NETWORK.replace("'443'", "'*'");
        ReadResult read = Reading.texts("{'schema': 'netkb/snapshot/1', 'resources': "
                + allowsAll.substring(0, allowsAll.lastIndexOf("]}}]")) + rule.replace(known, open) + "}");

        assertThat(ask(read).verdict()).isEqualTo(Verdict.ALLOWED);
        FlowResult matched = new FlowQuestion("Internet", "s", ProtocolSet.TCP, PortSet.ALL, PortSet.of(8443))
                .answer(Reading.snapshot(read));
        if (field.equals("priority")) {
            assertThat(matched.verdict()).isEqualTo(Verdict.UNDETERMINED);
            assertThat(matched.missing())
                    .containsExactly("the priority of rule " + GROUP
                            + "networkSecurityGroups/nsg/securityRules/b: parameter p has no value");
        } else {
            assertThat(matched.verdict()).as("it comes behind one that allows").isEqualTo(Verdict.ALLOWED);
        }
        assertThat(read.problems())
                .filteredOn(problem -> problem.code().equals("KB-N107"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains(field, "'b'", "parameter p has no value"));
        ReadResult again =
                Reading.texts(SnapshotWriter.write(Reading.snapshot(read)).replace("'", "\\u0027"));
        assertThat(Reading.snapshot(again).networkSecurityGroups())
                .isEqualTo(Reading.snapshot(read).networkSecurityGroups());
    }

    @ParameterizedTest
    @CsvSource({"access, Allow", "direction, Inbound"})
    void anEmptyTextIsNoAnswer(String field, String value) {
        Problem error = Reading.error(
                Reading.texts(NETWORK.replace("'" + field + "': '" + value + "'", "'" + field + "': ''")));

        assertThat(error.code()).isEqualTo("KB-E111");
        assertThat(error.message()).isEqualTo("a rule of 'nsg' has no " + field);
    }

    @Test
    void namesAllThatIsAbsentAtOnce() {
        ReadResult read = Reading.texts(
                NETWORK.replace("'sourceAddressPrefix'", "'title'").replace("'protocol'", "'kind'"));

        assertThat(read.problems().get(0).message())
                .isEqualTo("a rule of 'nsg' has no protocol, no sourceAddressPrefix");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "'destinationPortRange': '443' | 'destinationPortRange': '99999' | KB-E105",
                "'destinationPortRange': '443' | 'destinationPortRange': {} | KB-E103",
                "'sourcePortRange': '*' | 'sourcePortRange': true | KB-E103",
                "'sourceAddressPrefix': 'Internet' | 'sourceAddressPrefix': '300.1.1.1' | KB-E106",
                "'destinationAddressPrefix': '*' | 'destinationAddressPrefixes': [5] | KB-E103",
                "'protocol': 'Tcp' | 'protocol': 6 | KB-E103",
            })
    void aValueThatIsRejectedIsNotCalledAbsent(String good, String bad, String code) {
        String text = NETWORK.replace(good, bad);
        assertThat(text).isNotEqualTo(NETWORK);

        assertThat(Reading.texts(text).problems()).extracting(Problem::code).containsExactly(code);
    }

    @Test
    void whatElseIsAbsentBesideARejectedValueIsSaid() {
        ReadResult read = Reading.texts(NETWORK.replace("'443'", "'99999'").replace("'protocol'", "'kind'"));

        assertThat(read.problems())
                .filteredOn(problem -> problem.code().equals("KB-N107"))
                .extracting(Problem::message)
                .containsExactly("a rule of 'nsg' has no protocol");
    }

    @Test
    void aWholeRuleSaysNothing() {
        assertThat(Reading.texts(NETWORK).problems()).isEmpty();
        assertThat(ask(Reading.texts(NETWORK)).verdict()).isEqualTo(Verdict.ALLOWED);
    }
}
