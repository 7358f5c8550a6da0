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
}
