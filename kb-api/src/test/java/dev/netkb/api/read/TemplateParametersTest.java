package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the values of parameters come from, and what a text from a command line means. */
class TemplateParametersTest {

    private static final String MAIN = Template.of("""
            "parameters": {
              "name": {"type": "string", "defaultValue": "default"},
              "priority": {"type": "int", "defaultValue": 100},
              "deployed": {"type": "bool", "defaultValue": true},
              "prefixes": {"type": "array", "defaultValue": ["10.0.0.0/24"]},
              "more": {"type": "object", "defaultValue": {}},
              "location": {"type": "string", "defaultValue": "[resourceGroup().location]"}},
            "resources": [
              {"type": "Microsoft.Network/networkSecurityGroups", "name": "[parameters('name')]",
               "location": "[parameters('location')]", "condition": "[parameters('deployed')]",
               "properties": {"securityRules": [{"name": "r", "properties": {
                 "priority": "[parameters('priority')]", "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
                 "sourceAddressPrefixes": "[parameters('prefixes')]", "sourcePortRange": "*",
                 "destinationAddressPrefix": "[if(contains(parameters('more'), 'to'), parameters('more').to, '*')]",
                 "destinationPortRange": "443"}}]}}]""");

    private static TemplateInputs inputs(@Nullable String location, String... namesAndTexts) {
        return new TemplateInputs(
                Stream.iterate(0, i -> i < namesAndTexts.length, i -> i + 2)
                        .map(i ->
                                new SourceFile(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8)))
                        .toList(),
                location);
    }

    private static NsgRule rule(ReadResult result) {
        return Reading.snapshot(result).networkSecurityGroups().get(0).rules().stream()
                .filter(r -> !r.isDefault())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void defaultsThenTheFileBesideThenGivenFilesThenTheLastOne() {
        String file = Template.parameters("\"priority\": {\"value\": %d}");

        assertThat(rule(Template.read("main.json", MAIN)).priority()).isEqualTo(100);
        assertThat(rule(Template.read("main.json", MAIN, "main.parameters.json", file.formatted(200)))
                        .priority())
                .isEqualTo(200);
        assertThat(rule(Template.read(
                                inputs(null, "given.json", file.formatted(300)),
                                "main.json",
                                MAIN,
                                "main.parameters.json",
                                file.formatted(200)))
                        .priority())
                .isEqualTo(300);
        assertThat(rule(Template.read(
                                inputs(
                                        null,
                                        "given.json",
                                        file.formatted(300),
                                        "last",
                                        "{\"priority\": {\"value\": 400}}"),
                                "main.json",
                                MAIN))
                        .priority())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "priority|150|150 10.0.0.0/24 *",
                "PRIORITY|150|150 10.0.0.0/24 *",
                "prefixes|[\\\"10.1.0.0/24\\\"]|100 10.1.0.0/24 *",
                "prefixes|['10.1.0.0/24']|100 10.1.0.0/24 *",
                "more|{\\\"to\\\": \\\"10.2.0.0/16\\\"}|100 10.0.0.0/24 10.2.0.0/16",
                "more|{to: '10.2.0.0/16'}|100 10.0.0.0/24 10.2.0.0/16",
                "deployed|true|100 10.0.0.0/24 *"
            })
    void aTextFromACommandLineMeansWhatTheTemplateSays(String name, String text, String expected) {
        NsgRule rule = rule(Template.read(
                inputs(null, "--parameters " + name, "{\"" + name + "\": {\"value\": \"" + text + "\"}}"),
                "main.json",
                MAIN));

        assertThat(rule.priority() + " " + rule.sources().get(0).text() + " "
                        + rule.destinations().get(0).text())
                .isEqualTo(expected);
    }

    @Test
    void aTextForATextStaysOne() {
        Snapshot snapshot = Reading.snapshot(Template.read(
                inputs(
                        null,
                        "--parameters name",
                        "{\"name\": {\"value\": \"[1]\"}, \"deployed\": {\"value\": \"true\"}}"),
                "main.json",
                MAIN));

        assertThat(snapshot.networkSecurityGroups().get(0).name()).isEqualTo("[1]");
    }

    @Test
    void theLocationIsWhereTheGroupIs() {
        assertThat(Reading.snapshot(Template.read(inputs("West Europe"), "main.json", MAIN))
                        .networkSecurityGroups()
                        .get(0)
                        .location())
                .hasToString("westeurope");
        assertThat(Reading.snapshot(Template.read("main.json", MAIN))
                        .networkSecurityGroups()
                        .get(0)
                        .provenance()
                        .unknown())
                .containsKey("location");
    }

    @Test
    void aParameterThatNoTemplateHasIsSaid() {
        ReadResult result =
                Template.read(inputs(null, "--parameters naem", "{\"naem\": {\"value\": \"x\"}}"), "main.json", MAIN);

        assertThat(result.problems()).anySatisfy(p -> {
            assertThat(p.code()).isEqualTo("KB-N103");
            assertThat(p.message()).contains("the template has no parameter 'naem'");
            assertThat(p.at().file()).isEqualTo("--parameters naem");
        });
    }

    @Test
    void nullableAndMissingParameters() {
        Snapshot snapshot = Reading.snapshot(Template.readOnly("""
                "languageVersion": "2.0",
                "parameters": {"a": {"type": "string", "nullable": true}, "b": {"type": "string"}},
                "resources": {"v": {"type": "Microsoft.Network/virtualNetworks", "name": "v", "properties": {
                  "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [
                    {"name": "s", "properties": {"addressPrefix": "10.0.0.0/24",
                       "networkSecurityGroup": "[if(empty(parameters('a')), null(), createObject('id', parameters('a')))]"}},
                    {"name": "t", "properties": {"addressPrefix": "10.0.1.0/24",
                       "networkSecurityGroup": "[if(empty(parameters('b')), null(), createObject('id', parameters('b')))]"}}]}}}"""));
        List<Subnet> subnets = snapshot.subnets();

        assertThat(subnets.get(0).nsgId()).isNull();
        assertThat(subnets.get(0).provenance().unknown()).isEmpty();
        assertThat(subnets.get(1).provenance().unknown())
                .containsEntry("nsgId", "parameter 'b' has no value (--parameters b=VALUE)");
    }

    @Test
    void ofTwoParametersFilesOneMustBeChosen() {
        String dev = Template.parameters("\"priority\": {\"value\": 200}");
        String prod = dev.replace("200", "300");
        String[] files = {"main.json", MAIN, "main.dev.parameters.json", dev, "main.prod.parameters.json", prod};

        assertThat(Template.read(files).problems()).extracting(Problem::code).containsOnly("KB-E113");
        assertThat(rule(Template.read(inputs(null, "main.prod.parameters.json", prod), files))
                        .priority())
                .isEqualTo(300);
    }

    @Test
    void theParametersFileOfALinkedTemplateIsNotInTheWay() {
        ReadResult result = Template.read(
                "main.json",
                Template.of("""
                        "resources": [{"type": "Microsoft.Resources/deployments", "name": "m", "properties": {
                          "templateLink": {"relativePath": "nested/net.json"},
                          "parametersLink": {"uri": "https://example.org/nested/net.parameters.json"}}}]"""),
                "main.parameters.json",
                Template.parameters(""),
                "nested/net.json",
                MAIN,
                "nested/net.parameters.json",
                Template.parameters("\"priority\": {\"value\": 250}"));

        assertThat(rule(result).priority()).isEqualTo(250);
    }

    @Test
    void theOneThatCountsIsNamed() {
        String dev = Template.parameters("");
        List<Problem> problems = Template.read(
                        "main.json", MAIN, "main.dev.parameters.json", dev, "main.prod.parameters.json", dev)
                .problems();

        assertThat(problems).hasSize(2);
        assertThat(problems.get(0).message()).startsWith("1 template and 2 parameters files are here");
        assertThat(problems.get(0).hint()).contains("--parameters main.dev.parameters.json");
    }

    private static final String DECLARED = Template.of("""
            "parameters": {
              "sku": {"type": "string", "allowedValues": ["Premium", "Developer"], "defaultValue": "Premium"},
              "name": {"type": "string", "minLength": 2, "maxLength": 4, "defaultValue": "abc"},
              "count": {"type": "int", "minValue": 1, "maxValue": 3, "defaultValue": 1},
              "on": {"type": "bool", "defaultValue": true},
              "ports": {"type": "array", "minLength": 1, "defaultValue": ["1"]},
              "zones": {"type": "array", "allowedValues": ["1", "2"], "defaultValue": ["1"]},
              "tags": {"type": "object", "defaultValue": {}},
              "own": {"$ref": "#/definitions/short"}},
            "definitions": {"short": {"type": "string", "maxLength": 2}},
            "resources": [%s]""".formatted(Template.group("g", "")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sku|\"Basic\"|must be one of 'Premium', 'Developer'",
                "name|\"a\"|its length is 1 and must be at least 2",
                "name|\"abcde\"|its length is 5 and must be at most 4",
                "count|0|it is 0 and must be at least 1",
                "count|4|it is 4 and must be at most 3",
                "count|\"many\"|it is a text, 'many', and the template declares the type int",
                "count|1.5|the type int",
                "on|\"yes\"|the type bool",
                "ports|[]|its number of items is 0 and must be at least 1",
                "ports|\"[443,\"|it is a text, '[443,', and the template declares the type array",
                "zones|[\"1\", \"3\"]|must be one of '1', '2'",
                "tags|[]|the type object",
                "own|\"abc\"|its length is 3 and must be at most 2",
            })
    void aValueThatAzureWouldRefuseIsSaid(String name, String value, String why) {
        String member = "\"" + name + "\": {\"value\": " + value + "}";
        ReadResult given =
                Template.read(inputs(null, "--parameters " + name, "{" + member + "}"), "main.json", DECLARED);
        ReadResult beside = Template.read("main.json", DECLARED, "main.parameters.json", Template.parameters(member));

        for (ReadResult result : List.of(given, beside)) {
            assertThat(result.snapshot()).isNotNull();
            assertThat(result.problems())
                    .filteredOn(p -> p.code().equals("KB-N123"))
                    .hasSize(1)
                    .allSatisfy(p -> {
                        assertThat(p.message()).contains("parameter '" + name + "'", why);
                        assertThat(p.level()).isEqualTo(Problem.Level.WARNING);
                    });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sku|\"premium\"",
                "name|\"abcd\"",
                "count|3",
                "count|\"2\"",
                "on|\"false\"",
                "ports|\"[443]\"",
                "zones|[\"1\", \"2\"]",
                "tags|\"{a: 1}\"",
                "own|null",
                "naem|1"
            })
    void aValueThatAzureTakesIsNot(String name, String value) {
        ReadResult result = Template.read(
                inputs(null, "--parameters " + name, "{\"" + name + "\": {\"value\": " + value + "}}"),
                "main.json",
                DECLARED);

        assertThat(result.problems()).extracting(Problem::code).doesNotContain("KB-N123");
    }

    // --- what templates are in ---------------------------------------------------------------------------------------

    @Test
    void theTemplateOfADeploymentRequestIsReadWithItsParameters() {
        ReadResult result = Template.read(
                "request.json",
                "{\"location\": \"westeurope\", \"properties\": {\"mode\": \"Incremental\", \"template\": " + MAIN
                        + ", \"parameters\": {\"priority\": {\"value\": 321}}}}");

        assertThat(rule(result).priority()).isEqualTo(321);
        assertThat(result.problems()).extracting(Problem::code).doesNotContain("KB-N101", "KB-N109");
    }

    @Test
    void theTemplateOfATemplateSpecIsRead() {
        ReadResult result = Template.read(
                "spec.json",
                "{\"type\": \"Microsoft.Resources/templateSpecs/versions\", \"name\": \"1\", \"id\": "
                        + "\"/subscriptions/s/resourceGroups/g/providers/Microsoft.Resources/templateSpecs/t/versions/1\", "
                        + "\"properties\": {\"mainTemplate\": " + MAIN + "}}");

        assertThat(rule(result).priority()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"main.json", "main.jsonc"})
    void commentsAndTextsOfSeveralLinesAreTakenAsAzureTakesThem(String file) {
        String template = "// why\n"
                + MAIN.replaceFirst(",", ", /* because */ // of this\n")
                        .replace("\"[parameters('priority')]\"", "\"[parameters(\n  'priority')]\"");
        String parameters = "/* for tests */" + Template.parameters("\"priority\": {\"value\": 222} // for now\n");

        assertThat(template).contains("(\n");
        assertThat(rule(Template.read(file, template)).priority()).isEqualTo(100);
        assertThat(rule(Template.read(file, template, "main.parameters.json", parameters))
                        .priority())
                .isEqualTo(222);
    }

    @Test
    void aCommentInAnExportIsDamageAndATemplateMayBeDamagedToo() {
        String export =
                "[{\"id\": \"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/routeTables/t\", // why\n"
                        + " \"properties\": {\"routes\": []}}]";

        assertThat(Reading.error(Template.read("a.json", export)).code()).isEqualTo("KB-E101");
        assertThat(Reading.error(Template.read("main.json", MAIN + "}")).code()).isEqualTo("KB-E101");
        assertThat(Reading.error(Template.read("main.json", "// why\n" + MAIN.substring(0, MAIN.length() - 9)))
                        .code())
                .isEqualTo("KB-E101");
    }
}
