package dev.netkb.api.read;

import static dev.netkb.api.read.Template.group;
import static dev.netkb.api.read.Template.module;
import static dev.netkb.api.read.Template.rule;
import static dev.netkb.api.read.Template.ruleResource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is deployed only under a condition, resources inside others, and resources that are deployed twice. */
class TemplateConditionsTest {

    private static final String OPEN = "\"parameters\": {\"c\": {\"type\": \"bool\"}, \"n\": {\"type\": \"int\"},"
            + " \"name\": {\"type\": \"string\"}}, ";

    private static NetworkSecurityGroup groupOf(Snapshot snapshot, String name) {
        return snapshot.networkSecurityGroups().stream()
                .filter(g -> g.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(NetworkSecurityGroup group) {
        return group.rules(Direction.INBOUND).stream()
                .filter(r -> !r.isDefault())
                .map(NsgRule::name)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true|1",
                "false|0",
                "\"[equals(1, 1)]\"|1",
                "\"[not(equals(1, 1))]\"|0",
                "\"[bool('true')]\"|1",
                "\"true\"|1"
            })
    void conditionsThatAreKnown(String condition, int groups) {
        ReadResult result = Template.readOnly("\"resources\": ["
                + group("g", "").replaceFirst("\\{", "{\"condition\": " + condition + ", ")
                + ", " + group("h", "") + "]");

        assertThat(Reading.snapshot(result).networkSecurityGroups()).hasSize(groups + 1);
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void rulesAreReadInEverySpelling() {
        Snapshot snapshot = Reading.snapshot(Template.readOnly("\"resources\": ["
                + """
                {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2023-09-01", "name": "g",
                 "properties": {"securityRules": [%s]},
                 "resources": [%s, %s]},""".formatted(
                        rule("inline", "100"),
                        ruleResource("nested", "110", "")
                                .replace("Microsoft.Network/networkSecurityGroups/securityRules", "securityRules"),
                        ruleResource(
                                        "[concat('nested', copyIndex())]",
                                        "[add(120, copyIndex())]",
                                        "\"copy\": {\"name\": \"l\", \"count\": 2}")
                                .replace("Microsoft.Network/networkSecurityGroups/securityRules", "securityRules")
                                .replace(
                                        "\"priority\": [add(120, copyIndex())]",
                                        "\"priority\": \"[add(120, copyIndex())]\""))
                + ruleResource("g/beside", "130", "") + ", "
                + ruleResource(
                        "[format('g/beside{0}', copyIndex())]",
                        "\"[add(140, copyIndex())]\"", "\"copy\": {\"name\": \"l\", \"count\": 2}")
                + "]"));

        assertThat(names(groupOf(snapshot, "g")))
                .containsExactly("inline", "nested", "nested0", "nested1", "beside", "beside0", "beside1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "g/r|\"condition\": \"[parameters('c')]\"|parameter 'c' has no value",
                "[concat('g/r', copyIndex())]|\"copy\": {\"name\": \"l\", \"count\": \"[parameters('n')]\"}|parameter 'n' has no value",
            })
    void aRuleThatMayBeThereLeavesOpenWhatItMatches(String name, String more, String reason) {
        ReadResult result = Template.readOnly(OPEN + "\"resources\": [" + group("g", rule("first", "100")) + ", "
                + group("other", rule("first", "100")) + ", " + ruleResource(name, "110", more) + "]");

        Snapshot snapshot = Reading.snapshot(result);
        assertThat(groupOf(snapshot, "g").provenance().unknown()).isEmpty();
        assertThat(groupOf(snapshot, "g").rules())
                .filteredOn(rule -> rule.priority() == 110)
                .singleElement()
                .satisfies(rule ->
                        assertThat(rule.provenance().unknown().get("existence")).contains(reason));
        assertThat(groupOf(snapshot, "g").rules())
                .filteredOn(rule -> rule.priority() != 110)
                .allMatch(rule -> rule.provenance().unknown().isEmpty());
        assertThat(result.problems()).singleElement().satisfies(p -> {
            assertThat(p.code()).isEqualTo("KB-N107");
            assertThat(p.message()).contains("the existence of rule", "in 'g'").contains(reason);
            assertThat(p.at().pointer()).isEqualTo("/resources/2");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[reference('nothing').name]",
                "[concat(parameters('name'), '/r')]",
                "[parameters('name')]",
                "[take(parameters('name'), 8)]"
            })
    void aRuleOfAGroupThatIsNotKnownMayBeOneOfAnyGroup(String name) {
        Snapshot snapshot = Reading.snapshot(Template.readOnly(OPEN + "\"resources\": [" + group("g", "") + ", "
                + group("h", "") + ", " + ruleResource(name, "110", "") + "]"));

        assertThat(snapshot.networkSecurityGroups())
                .hasSize(2)
                .allSatisfy(g -> assertThat(g.provenance().unknown()).containsKey("rules"));
    }

    @Test
    void aGroupWhoseNameIsNotKnownMayHaveTheRulesOfAnotherOne() {
        Snapshot snapshot = Reading.snapshot(Template.readOnly(OPEN + "\"resources\": ["
                + group("[parameters('name')]", "") + ", " + group("h", "") + ", "
                + ruleResource("[concat(parameters('name'), '/own')]", "100", "") + ", "
                + ruleResource("g/r", "110", "") + "]"));

        assertThat(names(groupOf(snapshot, "{name}"))).contains("own");
        assertThat(groupOf(snapshot, "{name}").provenance().unknown()).containsKey("rules");
        assertThat(groupOf(snapshot, "h").provenance().unknown()).isEmpty();
    }

    @Test
    void routesAndPeeringsMayBeThereToo() {
        Snapshot snapshot = Reading.snapshot(Template.readOnly(OPEN + """
                "resources": [
                  {"type": "Microsoft.Network/routeTables", "name": "t", "properties": {"routes": []}},
                  {"type": "Microsoft.Network/routeTables", "name": "u", "properties": {"routes": []}},
                  {"type": "Microsoft.Network/routeTables/routes", "name": "t/r", "condition": "[parameters('c')]",
                   "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "None"}},
                  {"type": "Microsoft.Network/virtualNetworks", "name": "v", "properties": {
                    "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": []}, "resources": [
                    {"type": "virtualNetworkPeerings", "name": "p", "condition": "[parameters('c')]", "properties": {
                      "remoteVirtualNetwork": {"id": "[resourceId('Microsoft.Network/virtualNetworks', 'w')]"}}}]}]"""));

        assertThat(snapshot.routeTables().get(0).provenance().unknown()).containsKey("routes");
        assertThat(snapshot.routeTables().get(1).provenance().unknown()).isEmpty();
        assertThat(snapshot.peerings()).singleElement().satisfies(p -> {
            assertThat(p.remoteVnetId()).isNull();
            assertThat(p.provenance().unknown()).containsKeys("remoteVnetId", "state");
        });
    }

    @Test
    void ofWhatMayBeThereNothingIsKnownForThoseThatReferToIt() {
        ReadResult result = Template.readOnly(OPEN + "\"resources\": ["
                + group("g", "").replaceFirst("\\{", "{\"condition\": \"[parameters('c')]\", ") + ", " + """
                  {"type": "Microsoft.Network/virtualNetworks", "name": "v", "properties": {
                    "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [{"name": "s", "properties": {
                       "addressPrefix": "10.0.0.0/24",
                       "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'g')]"}}}]}}]""");
        Snapshot snapshot = Reading.snapshot(result);
        Subnet subnet = snapshot.subnets().get(0);

        assertThat(subnet.nsgId()).isNotNull();
        assertThat(snapshot.networkSecurityGroup(subnet.nsgId()))
                .hasValueSatisfying(
                        group -> assertThat(group.provenance().unknown()).containsKey("rules"));
        assertThat(result.problems()).singleElement().satisfies(p -> {
            assertThat(p.code()).isEqualTo("KB-N107");
            assertThat(p.message()).contains("parameter 'c' has no value");
        });
    }

    @Test
    void aConditionSaysNothingOfTheResourcesInside() {
        Snapshot snapshot = Reading.snapshot(Template.readOnly("""
                "resources": [
                  {"type": "Microsoft.Network/virtualNetworks", "name": "v", "condition": false,
                   "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}},
                   "resources": [
                     {"type": "subnets", "name": "s", "properties": {"addressPrefix": "10.0.0.0/24"}},
                     {"type": "subnets", "name": "t", "condition": false, "properties": {"addressPrefix": "10.0.1.0/24"}}]}]"""));

        assertThat(snapshot.virtualNetworks()).isEmpty();
        assertThat(snapshot.subnets()).extracting(Subnet::name).containsExactly("s");
    }

    @Test
    void resourcesThatAreNotReadAreCountedForEachReason() {
        String site =
                "{\"type\": \"Microsoft.Insights/components\", \"name\": \"%s\", \"condition\": \"[parameters('c')]\"}";
        ReadResult result =
                Template.readOnly(OPEN + "\"resources\": [" + site.formatted("a") + ", " + site.formatted("b")
                        + ", " + site.formatted("c").replace("Insights/components", "Storage/storageAccounts") + ", "
                        + group("g", "").replaceFirst("\\{", "{\"condition\": \"[parameters('c')]\", ") + ", "
                        + group("h", "").replaceFirst("\\{", "{\"condition\": \"[parameters('c')]\", ") + "]");

        assertThat(result.problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("KB-N106", "KB-N107", "KB-N107");
        assertThat(result.problems()).anyMatch(p -> p.message().contains("(3 times, the first one here)"));
    }

    private static String network(String subnetProperties, String more) {
        return """
                {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": "v", %s "properties": {
                   "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
                   "subnets": [{"name": "s", "properties": {"addressPrefix": "10.0.0.0/24"%s}}]}}""".formatted(more, subnetProperties);
    }

    private static final String WITH_GROUP =
            ", \"networkSecurityGroup\": {\"id\": \"[resourceId('Microsoft.Network/networkSecurityGroups', 'g')]\"}";

    @Test
    void ofTwoDeploymentsOfAResourceTheLaterOneCounts() {
        String first = module("first", "", "\"resources\": [" + network("", "") + "]");
        String second = module("second", "", "\"resources\": [" + network(WITH_GROUP, "") + "]")
                .replaceFirst("\\{", "{\"dependsOn\": [\"between\"], ");
        String between = module("between", "", "\"resources\": []")
                .replaceFirst(
                        "\\{", "{\"dependsOn\": [\"[resourceId('Microsoft.Resources/deployments', 'first')]\"], ");

        for (List<String> order : List.of(List.of(first, between, second), List.of(second, between, first))) {
            ReadResult result =
                    Template.readOnly("\"resources\": [" + group("g", "") + ", " + String.join(", ", order) + "]");
            assertThat(Reading.snapshot(result).subnets())
                    .singleElement()
                    .satisfies(s -> assertThat(s.nsgId()).isNotNull());
            assertThat(result.problems()).isEmpty();
        }
    }

    @Test
    void twoDeploymentsOfAResourceWithoutOrderMustAgree() {
        String first = module("first", "", "\"resources\": [" + network(WITH_GROUP, "") + "]");
        String second = module("second", "", "\"resources\": [" + network(WITH_GROUP.replace("'g'", "'h'"), "") + "]");
        Problem error = Reading.error(Template.readOnly("\"resources\": [" + first + ", " + second + "]"));

        assertThat(error.code()).isEqualTo("KB-E109");
        assertThat(error.at().pointer()).startsWith("/resources/1/properties/template/resources/0");
        assertThat(Template.readOnly("\"resources\": [" + first + ", " + first.replace("\"first\"", "\"again\"") + "]")
                        .problems())
                .isEmpty();
    }

    @Test
    void aResourceThatMayBeDeployedAgainIsNotKnown() {
        String again = network(WITH_GROUP, "\"condition\": \"[parameters('c')]\", \"dependsOn\": [\"first\"],");
        ReadResult result = Template.readOnly(OPEN + "\"resources\": ["
                + module("first", "", "\"resources\": [" + network("", "") + "]") + ", " + again + "]");

        Snapshot snapshot = Reading.snapshot(result);
        assertThat(snapshot.subnets()).isEmpty();
        assertThat(snapshot.virtualNetworks().get(0).provenance().unknown()).isNotEmpty();
    }
}
