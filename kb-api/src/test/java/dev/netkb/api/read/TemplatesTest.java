package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.PublicIpAddress;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.Region;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates as far as they can be evaluated; what cannot stays unknown, and nothing more than that. */
class TemplatesTest {

    private static final String SCHEMA =
            "'$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'";

    private final Snapshot planned =
            Reading.snapshot(Reading.fixtures("templates/apim.json", "templates/apim.parameters.json"));

    @Test
    void aParametersFileFillsTheTemplateBesideIt() {
        Location location = planned.locations().get(0);

        assertThat(location.region()).isEqualTo(Region.of("westeurope"));
        assertThat(location.sku()).isEqualTo("Premium");
        assertThat(location.units()).isEqualTo(3);
        assertThat(location.zones()).containsExactly("1", "2", "3");
        assertThat(location.virtualNetworkType()).isEqualTo(VirtualNetworkType.INTERNAL);
        assertThat(location.deployed()).isFalse();
        assertThat(planned.services().get(0).name()).matches("apim-[a-z2-7]{13}");
    }

    @Test
    void resourcesOfATemplateJoinByTheirNames() {
        Location location = planned.locations().get(0);
        Subnet subnet = planned.subnet(location.subnetId()).orElseThrow();

        assertThat(subnet.prefixes()).containsExactly(AddressPrefix.parse("10.1.0.0/27"));
        assertThat(subnet.hasServiceEndpoint("Microsoft.Sql")).isTrue();
        assertThat(planned.networkSecurityGroup(subnet.nsgId())).isPresent();
        assertThat(planned.virtualNetwork(subnet.vnetId())).isPresent();
    }

    @Test
    void childrenAreReadInsideAndBesideTheirParent() {
        assertThat(planned.subnets()).extracting(Subnet::name).containsExactly("inner", "outer", "snet-apim");
        assertThat(planned.subnets())
                .allMatch(subnet -> planned.virtualNetwork(subnet.vnetId()).isPresent());
    }

    @Test
    void whatIsUnknownReachesNoFurtherThanItself() {
        List<NsgRule> rules = planned.networkSecurityGroups().get(0).rules(Direction.INBOUND);

        assertThat(rules.get(0).provenance().unknown()).isEmpty();
        assertThat(rules.get(1)).satisfies(rule -> {
            assertThat(rule.name()).isEqualTo("[literal]");
            assertThat(rule.priority()).isEqualTo(110);
            assertThat(rule.destinationPorts()).isEqualTo(PortSet.parse("80,443"));
            assertThat(rule.sources()).containsExactly(new AddressMatch.Prefix(AddressPrefix.parse("203.0.113.0/24")));
        });
        assertThat(rules.get(2)).satisfies(rule -> {
            assertThat(rule.name()).isEqualTo("it''s");
            assertThat(rule.provenance().unknown()).containsOnlyKeys("access");
            assertThat(rule.provenance().unknown().get("access")).isEqualTo("[reference('other').access]");
            assertThat(rule.sources())
                    .containsExactly(
                            new AddressMatch.Prefix(AddressPrefix.parse("10.0.0.0/8")),
                            new AddressMatch.Unknown("[reference('firewall').ip]"));
        });
    }

    @Test
    void aResourceWhoseConditionIsFalseIsNotThere() {
        assertThat(planned.publicIpAddresses()).isEmpty();
        assertThat(planned.coverage().has("Microsoft.Network/publicIPAddresses"))
                .isFalse();
    }

    @Test
    void withoutParametersDefaultsCountAndTheRestIsUnknown() {
        Snapshot alone = Reading.snapshot(Reading.fixtures("templates/apim.json"));
        Location location = alone.locations().get(0);

        assertThat(location.region()).isNull();
        assertThat(location.provenance().unknown())
                .containsEntry("region", "[resourceGroup().location] (--resource-group-location REGION)")
                .containsEntry("virtualNetworkType", "parameter 'mode' has no value (--parameters mode=VALUE)");
        assertThat(location.virtualNetworkType()).isEqualTo(VirtualNetworkType.UNKNOWN);
        assertThat(location.sku()).isEqualTo("Developer");
        assertThat(location.zones()).isEmpty();
        assertThat(alone.subnet(location.subnetId())).isPresent();
        assertThat(alone.networkSecurityGroups()
                        .get(0)
                        .rules(Direction.INBOUND)
                        .get(1)
                        .sources())
                .containsExactly(
                        new AddressMatch.Unknown("parameter 'clients' has no value (--parameters clients=VALUE)"));
    }

    @Test
    void factsPointToTheTemplate() {
        ReadResult result = Reading.fixtures("templates/apim.json", "templates/apim.parameters.json");
        Subnet subnet = Reading.snapshot(result)
                .subnet(planned.locations().get(0).subnetId())
                .orElseThrow();

        assertThat(result.locate().apply(subnet.provenance().place())).satisfies(place -> {
            assertThat(place.file()).isEqualTo("templates/apim.json");
            assertThat(place.pointer()).isEqualTo("/resources/1/properties/subnets/0");
            assertThat(place.line()).isPositive();
        });
        assertThat(result.locate()
                        .apply(subnet.provenance()
                                .place()
                                .field("serviceEndpoints")
                                .index(0))
                        .pointer())
                .as("inside the value of an expression, the expression")
                .isEqualTo("/resources/1/properties/subnets/0/properties/serviceEndpoints");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[concat('a', 'b')]|ab",
                "[concat('it''s', '-', 5)]|it's-5",
                "[format('{0}-{1}-{0}', 'x', 2)]|x-2-x",
                "[format('{{0}}')]|{0}",
                "[toUpper('abc')]|ABC",
                "[toLower('ABC')]|abc",
                "[string(12)]|12",
                "[if(equals(length('abc'), 3), 'yes', 'no')]|yes",
                "[if(equals('A', 'a'), 'yes', 'no')]|no",
                "[if(empty(''), 'yes', 'no')]|yes",
                "[if(not(empty(createArray())), 'yes', 'no')]|no",
                "[createArray('p', 'q')[1]]|q",
                "[variables('o').list[0].name]|deep",
                "[variables('o')['list'][0]['name']]|deep",
                "[last(5)]|?",
                "[resourceGroup().name]|?",
                "[subscription().subscriptionId]|?",
                "[if(reference('x').y, 'a', 'b')]|?",
                "[if(true(), 'a', reference('x').y)]|a",
                "[concat('a', reference('x').y)]|?",
                "[variables('o').missing]|?",
                "[variables('nothing')]|?",
                "[createArray('p')[5]]|?",
                "[copyIndex()]|?",
                "[concat('a'|[concat('a'",
                "[concat('a']|?",
                "[concat(]|?",
                "[]|[]",
                "[[x]|[x]",
                "plain|plain"
            })
    void expressionsHaveAValueOrAreUnknown(String expression, String expected) {
        ReadResult result =
                Reading.texts("{" + SCHEMA + ", 'variables': {'o': {'list': [{'name': 'deep'}]}}, 'resources':"
                        + " [{'type': 'Microsoft.Network/publicIPAddresses', 'name': 'p', 'properties': {'dnsSettings':"
                        + " {'domainNameLabel': '" + escaped(expression) + "'}}}]}");
        PublicIpAddress address = Reading.snapshot(result).publicIpAddresses().get(0);

        if (expected.equals("?")) {
            assertThat(address.domainNameLabel()).isNull();
            assertThat(address.provenance().unknown()).containsOnlyKeys("domainNameLabel");
        } else {
            assertThat(address.domainNameLabel()).isEqualTo(expected);
            assertThat(address.provenance().unknown()).isEmpty();
        }
    }

    @Test
    void cyclesAreErrors() {
        for (String cycle : List.of(
                "'variables': {'a': '[variables(''b'')]', 'b': '[variables(''a'')]'}",
                "'variables': {'a': '[variables(''a'')]'}",
                "'parameters': {'p': {'type': 'string', 'defaultValue': '[parameters(''p'')]'}}, 'variables': {'a':"
                        + " '[parameters(''p'')]'}")) {
            Problem error = Reading.error(template(cycle, "[variables(''a'')]"));

            assertThat(error.code()).isEqualTo("KB-E112");
            assertThat(error.message()).contains("needs itself");
            assertThat(error.at().line()).isPositive();
        }
    }

    @Test
    void aLongChainOfVariablesEnds() {
        StringBuilder variables = new StringBuilder("'v0': 'x'");
        for (int i = 1; i < 5_000; i++) {
            variables
                    .append(", 'v")
                    .append(i)
                    .append("': '[variables(''v")
                    .append(i - 1)
                    .append("'')]'");
        }

        assertThat(template("'variables': {" + variables + "}", "[variables(''v4999'')]")
                        .snapshot())
                .isNotNull();
    }

    @Test
    void aTextThatDoublesItselfEnds() {
        StringBuilder variables = new StringBuilder("'v0': 'xxxxxxxxxx', 'w0': ['x']");
        for (int i = 1; i < 60; i++) {
            String before = Integer.toString(i - 1);
            variables.append(
                    ", 'v" + i + "': '[concat(variables(''v" + before + "''), variables(''v" + before + "''))]'");
            variables.append(
                    ", 'w" + i + "': '[createArray(variables(''w" + before + "''), variables(''w" + before + "''))]'");
        }

        assertThat(template(
                                "'variables': {" + variables + "}",
                                "[concat(variables(''v59''), string(variables(''w59'')))]")
                        .snapshot())
                .isNotNull();
    }

    @Test
    void whatIsLeftOutIsNamed() {
        ReadResult result = Reading.texts("{" + SCHEMA + ", 'parameters': {'n': {'type': 'int'}}, 'resources': ["
                + "{'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'n', 'copy': {'name': 'c', 'count':"
                + " '" + escaped("[parameters('n')]") + "'}},"
                + "{'type': 'Microsoft.Resources/deployments', 'name': 'd', 'properties': {'templateLink': {'uri':"
                + " 'https://example.com/net.json'}}},"
                + "{'type': 'Microsoft.Network/routeTables', 'name': 'r', 'condition': '[reference(1)]'},"
                + "{'type': 'Microsoft.Network/routeTables', 'name': 't', 'properties': {'copy': [{'name': 'routes',"
                + " 'count': '" + escaped("[parameters('n')]") + "', 'input': {}}]}}]}");

        Snapshot snapshot = Reading.snapshot(result);
        assertThat(snapshot.networkSecurityGroups())
                .singleElement()
                .satisfies(group -> assertThat(group.provenance().unknown()).containsKey("rules"));
        assertThat(snapshot.coverage().resourceTypes())
                .containsEntry("microsoft.network/networksecuritygroups", 1)
                .containsEntry("microsoft.network/routetables", 2);
        assertThat(snapshot.routeTables()).hasSize(2);
        assertThat(snapshot.routeTables().get(1).provenance().unknown())
                .containsEntry(
                        "routes",
                        "the number of turns of a copy loop is not known: parameter 'n' has no value (--parameters n=VALUE)");
        assertThat(result.problems().stream().map(Problem::code))
                .containsExactlyInAnyOrder("KB-N107", "KB-N106", "KB-N107", "KB-N107");
    }

    @Test
    void twoPlannedRulesWithOnePriorityAreToldAndNotOrdered() {
        String rule =
                "{'name': '%s', 'properties': {'priority': 100, 'direction': 'Inbound', 'access': '%s', 'protocol':"
                        + " '*', 'sourceAddressPrefix': '*', 'sourcePortRange': '*', 'destinationAddressPrefix': '*',"
                        + " 'destinationPortRange': '*'}}";
        ReadResult result = Reading.texts("{" + SCHEMA
                + ", 'resources': [{'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'n', 'properties':"
                + " {'securityRules': [" + rule.formatted("a", "Allow") + ", " + rule.formatted("b", "Deny")
                + "]}}]}");

        NetworkSecurityGroup group =
                Reading.snapshot(result).networkSecurityGroups().get(0);
        assertThat(group.provenance().unknown().get("rules")).contains("'a' and 'b'", "the priority 100");
        assertThat(result.problems())
                .filteredOn(problem -> problem.code().equals("KB-N116"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.at().pointer()).isEqualTo("/resources/0/properties/securityRules/1"));
    }

    @Test
    void anUnknownRuleListIsUnknownAndNotEmpty() {
        ReadResult result = Reading.texts("{" + SCHEMA + ", 'parameters': {'rules': {'type': 'array'}}, 'resources': ["
                + "{'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'n', 'properties': {'securityRules':"
                + " '" + escaped("[parameters('rules')]") + "'}}]}");

        NetworkSecurityGroup group =
                Reading.snapshot(result).networkSecurityGroups().get(0);
        assertThat(group.provenance().unknown())
                .containsEntry("rules", "parameter 'rules' has no value (--parameters rules=VALUE)");
        assertThat(result.problems()).extracting(Problem::code).containsExactly("KB-N107");
    }

    @Test
    void parametersFilesBelongToTemplatesByName() {
        String template = "{" + SCHEMA + ", 'resources': []}";
        String parameters =
                "{'$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',"
                        + " 'parameters': {}}";

        assertThat(Reading.texts(template, parameters).problems())
                .noneMatch(p -> p.code().equals("KB-E113"));
        assertThat(Reading.error(Reading.texts(template, template, parameters)).code())
                .isEqualTo("KB-E113");
        assertThat(Reading.texts(parameters).problems())
                .extracting(Problem::code)
                .containsExactly("KB-N101", "KB-N109");
    }

    /** A template with a public IP address whose label is an expression; two single quotes stand for one. */
    private static ReadResult template(String sections, String expression) {
        return Reading.texts("{" + SCHEMA + ", " + sections.replace("''", "\\u0027")
                + ", 'resources': [{'type': 'Microsoft.Network/publicIPAddresses', 'name': 'p', 'properties':"
                + " {'dnsSettings': {'domainNameLabel': '" + expression.replace("''", "\\u0027") + "'}}}]}");
    }

    /** Reading makes double quotes of single ones, unless they are written as JSON escapes. */
    private static String escaped(String text) {
        return text.replace("'", "\\u0027");
    }

    /** It may come before every other one, but what it does not match it does not decide. */
    @Test
    void aRuleWithoutAKnownPriorityLeavesOpenWhatItMatches() {
        Snapshot snapshot = Reading.snapshot(Reading.texts("{" + SCHEMA + """
                , 'parameters': {'priority': {'type': 'int'}}, 'resources': [
                  {'type': 'Microsoft.Network/networkSecurityGroups', 'apiVersion': '2023-09-01', 'name': 'n',
                   'location': 'westeurope', 'properties': {'securityRules': []}},
                  {'type': 'Microsoft.Network/networkSecurityGroups/securityRules', 'apiVersion': '2023-09-01',
                   'name': 'n/r', 'properties': {'priority': '[parameters(\\u0027priority\\u0027)]', 'direction': 'Inbound',
                   'access': 'Deny', 'protocol': '*', 'sourcePortRange': '*', 'destinationPortRange': '*',
                   'sourceAddressPrefix': '*', 'destinationAddressPrefix': '*'}}]}
                """));

        NetworkSecurityGroup group = snapshot.networkSecurityGroups().get(0);
        assertThat(group.provenance().unknown()).isEmpty();
        assertThat(group.rules().get(0)).satisfies(rule -> {
            assertThat(rule.name()).isEqualTo("r");
            assertThat(rule.priority()).isEqualTo(NsgRule.UNKNOWN_PRIORITY);
            assertThat(rule.provenance().unknown())
                    .containsEntry("priority", "parameter 'priority' has no value (--parameters priority=VALUE)");
        });
    }
}
