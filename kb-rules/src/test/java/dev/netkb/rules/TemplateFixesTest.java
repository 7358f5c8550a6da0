package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.fix.Fix;
import dev.netkb.api.fix.FixesFound;
import dev.netkb.api.fix.TemplateFixes;
import dev.netkb.api.fix.TextEdit;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Question;
import dev.netkb.model.report.Remediation;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Edits of templates: each mends what it is for when it is made, and nothing else is worse then. */
class TemplateFixesTest {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();
    private static final SnapshotReader READER = SnapshotReader.create();
    private static final Options ALL = Options.DEFAULT.withAll(true);

    private static final String BICEP =
            "  \"metadata\": { \"_generator\": { \"name\": \"bicep\", \"version\": \"0.30.23\" } },\n";

    private static final String DENY = """
            {
              "name": "deny-all",
              "properties": {
                "priority": 4000,
                "direction": "Inbound",
                "access": "Deny",
                "protocol": "*",
                "sourceAddressPrefix": "*",
                "sourcePortRange": "*",
                "destinationAddressPrefix": "*",
                "destinationPortRange": "*"
              }
            }""";

    private static final String DENY_OUT = DENY.replace("Inbound", "Outbound").replace("deny-all", "deny-out");

    private static String template(String more, String group, String... others) {
        return """
                {
                  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                  "contentVersion": "1.0.0.0",
                %s  "resources": [
                %s,
                    {
                      "type": "Microsoft.Network/virtualNetworks",
                      "apiVersion": "2024-01-01",
                      "name": "vnet-a",
                      "location": "westeurope",
                      "properties": {
                        "addressSpace": { "addressPrefixes": [ "10.0.0.0/16" ] },
                        "subnets": [
                          {
                            "name": "apim",
                            "properties": {
                              "addressPrefix": "10.0.1.0/28",
                              "networkSecurityGroup": {
                                "id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'nsg-a')]"
                              }
                            }
                          }
                        ]
                      }
                    },
                    {
                      "type": "Microsoft.ApiManagement/service",
                      "apiVersion": "2024-05-01",
                      "name": "apim-a",
                      "location": "westeurope",
                      "sku": { "name": "Premium", "capacity": 1 },
                      "properties": {
                        "publisherName": "a",
                        "publisherEmail": "a@example.com",
                        "virtualNetworkType": "External",
                        "virtualNetworkConfiguration": {
                          "subnetResourceId": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-a', 'apim')]"
                        }
                      }
                    }
                  ]
                }
                """.formatted(
                        more,
                        Stream.concat(Stream.of(group), Stream.of(others))
                                .map(each -> each.indent(4).stripTrailing())
                                .collect(Collectors.joining(",\n")));
    }

    private static String variables(String list) {
        return "  \"variables\": {\n    \"rules\": %s\n  },\n"
                .formatted(list.indent(4).strip());
    }

    private static String group(String name, String properties) {
        return """
                {
                  "type": "Microsoft.Network/networkSecurityGroups",
                  "apiVersion": "2024-01-01",
                  "name": "%s",
                  "location": "westeurope"%s
                }""".formatted(name, properties);
    }

    private static String withRules(String name, String rules) {
        return group(
                name,
                ",\n  \"properties\": {\n    \"securityRules\": "
                        + rules.indent(4).strip() + "\n  }");
    }

    private static SnapshotSource source(SourceFile... files) {
        return new SnapshotSource("infra", List.of(files));
    }

    private static SourceFile file(String name, String text) {
        return new SourceFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static FixesFound found(SnapshotSource source) {
        ReadResult read = READER.read(source);
        return new TemplateFixes(RULES, Options.DEFAULT, READER).of(read, RULES.evaluate(read, Options.DEFAULT));
    }

    private static FixesFound found(String template) {
        return found(source(file("main.json", template)));
    }

    private static SnapshotReport evaluated(SnapshotSource source) {
        return RULES.evaluate(READER.read(source), ALL);
    }

    private static Set<Question> violated(SnapshotReport report) {
        return report.results().stream()
                .filter(result -> result.outcome() == Outcome.VIOLATED)
                .map(Result::question)
                .collect(Collectors.toSet());
    }

    private static Set<String> ids(Stream<Question> questions) {
        return questions.map(Question::rule).collect(Collectors.toSet());
    }

    private static Set<String> ids(FixesFound found) {
        return ids(found.fixes().stream().map(Fix::question));
    }

    /** What people check by hand: the edited file is a template like before, and says what was missing. */
    private static List<Fix> assertEachMends(SnapshotSource source) {
        SnapshotReport before = evaluated(source);
        FixesFound found = found(source);
        for (Fix fix : found.fixes()) {
            SnapshotSource edited = new SnapshotSource(
                    source.name(),
                    source.files().stream()
                            .map(file -> new SourceFile(
                                    file.name(),
                                    TextEdit.apply(
                                            fix.edits().stream()
                                                    .filter(edit -> edit.file().equals(file.name()))
                                                    .toList(),
                                            file.content())))
                            .toList());
            SnapshotReport after = evaluated(edited);
            assertThat(violated(before)).contains(fix.question());
            assertThat(after.results())
                    .filteredOn(result -> result.question().equals(fix.question()))
                    .isNotEmpty()
                    .allMatch(result -> result.outcome() == Outcome.PASSED);
            assertThat(violated(before)).containsAll(violated(after));
            assertThat(READER.read(edited).problems())
                    .hasSameSizeAs(READER.read(source).problems());
        }
        return found.fixes();
    }

    private static List<Fix> assertEachMends(String template) {
        return assertEachMends(source(file("main.json", template)));
    }

    private static String edited(String template, Fix fix) {
        return TextEdit.apply(fix.edits(), template);
    }

    private static Fix of(String rule, List<Fix> fixes) {
        return fixes.stream()
                .filter(fix -> fix.question().rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void addsARuleBehindThoseThatAreThere() {
        String template = template("", withRules("nsg-a", "[\n" + DENY.indent(2) + "]"));
        List<Fix> fixes = assertEachMends(template);

        Fix management = of("C-FLOW-IN-3443", fixes);
        assertThat(management.description()).startsWith("Add to nsg-a an inbound rule that allows Tcp 3443");
        assertThat(edited(template, management)).isEqualTo(template.replace("""
                              "destinationPortRange": "*"
                            }
                          }
                """, """
                              "destinationPortRange": "*"
                            }
                          },
                          {
                            "name": "Allow-ApiManagement-Tcp-3443-Inbound",
                            "properties": {
                              "priority": 100,
                              "direction": "Inbound",
                              "access": "Allow",
                              "protocol": "Tcp",
                              "sourceAddressPrefix": "ApiManagement",
                              "sourcePortRange": "*",
                              "destinationAddressPrefix": "VirtualNetwork",
                              "destinationPortRange": "3443"
                            }
                          }
                """));
    }

    /** All that is wrong because of the group, and nothing beside. */
    @Test
    void mendsEveryFlowThatTheGroupDenies() {
        String template = template(
                "", withRules("nsg-a", "[\n" + DENY.indent(2).stripTrailing() + ",\n" + DENY_OUT.indent(2) + "]"));
        SnapshotReport before = evaluated(source(file("main.json", template)));

        assertThat(assertEachMends(template)).hasSizeGreaterThan(8);
        Set<String> denied = before.results().stream()
                .filter(result -> result.outcome() == Outcome.VIOLATED && result.flow() != null)
                .map(Result::rule)
                .collect(Collectors.toSet());
        assertThat(ids(found(template))).isSubsetOf(denied).contains("C-FLOW-OUT-SQL", "C-FLOW-OUT-STORAGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[ ]", "[\n]", "[ // nothing yet\n]"})
    void fillsAnEmptyList(String list) {
        assertThat(ids(assertEachMends(template("", withRules("nsg-a", list))).stream()
                        .map(Fix::question)))
                .contains("C-FLOW-IN-3443");
    }

    /** All that a forced tunnel breaks, where routes for tags are what mends it. */
    @Test
    void addsRoutesToTheTableOfTheSubnet() {
        String table = """
                {
                  "type": "Microsoft.Network/routeTables",
                  "apiVersion": "2024-01-01",
                  "name": "routes-a",
                  "location": "westeurope",
                  "properties": {
                    "routes": [
                      {
                        "name": "default",
                        "properties": {
                          "addressPrefix": "0.0.0.0/0",
                          "nextHopType": "VirtualAppliance",
                          "nextHopIpAddress": "10.1.0.4"
                        }
                      }
                    ]
                  }
                }""";
        String template = template("", withRules("nsg-a", "[]"), table)
                .replace(
                        "\"addressPrefix\": \"10.0.1.0/28\",",
                        "\"addressPrefix\": \"10.0.1.0/28\", \"routeTable\": { \"id\":"
                                + " \"[resourceId('Microsoft.Network/routeTables', 'routes-a')]\" },");

        List<Fix> fixes = assertEachMends(template);

        assertThat(edited(template, of("C-RT-MGMT", fixes)))
                .contains("""
                            "nextHopIpAddress": "10.1.0.4"
                            }
                          },
                          {
                            "name": "ApiManagement-to-internet",
                            "properties": {
                              "addressPrefix": "ApiManagement",
                              "nextHopType": "Internet"
                            }
                          }
                        ]
                """.indent(0).replaceFirst("^ +", ""));
        assertThat(ids(fixes.stream().map(Fix::question))).doesNotContain("C-RT-CLIENT");
    }

    @Test
    void makesAListWhereThereIsNone() {
        String bare = template("", group("nsg-a", ""));
        Fix fix = of("C-FLOW-IN-3443", assertEachMends(bare));

        assertThat(edited(bare, fix)).contains("""
                      "location": "westeurope",
                      "properties": {
                        "securityRules": [
                          {
                            "name": "Allow-ApiManagement-Tcp-3443-Inbound",
                """);
        assertThat(assertEachMends(template("", group("nsg-a", ",\n  \"properties\": {}"))))
                .isNotEmpty();
    }

    static Stream<UnaryOperator<String>> layouts() {
        return Stream.of(
                text -> text.replace("\n", "\r\n"),
                text -> text.replace("  ", "\t"),
                text -> text.replace("  ", "    "),
                text -> text.replaceAll("\\n\\s*", ""),
                text -> text.replaceAll("\\s+", ""),
                text -> "\uFEFF" + text,
                text -> text.replace("\"access\"", "// \ud83d\ude00 no entry ]}\n\"access\"")
                        .replace("\"resources\": [", "/* what it makes */ \"resources\": [ // all"));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void keepsTheLayout(UnaryOperator<String> layout) {
        String template = layout.apply(template("", withRules("nsg-a", "[\n" + DENY.indent(2) + "]")));
        String content = template.replace("\uFEFF", "");
        Fix fix = of("C-FLOW-IN-3443", assertEachMends(template));
        TextEdit edit = fix.edits().get(0);

        assertThat(fix.edits()).hasSize(1);
        assertThat(edit.text().contains("\r\n")).isEqualTo(template.contains("\r"));
        assertThat(edit.text().contains("\t")).isEqualTo(template.contains("\t"));
        assertThat(edit.text().contains("\n")).isEqualTo(template.contains("\n"));
        assertThat(edited(content, fix)).hasSize(content.length() + edit.text().length());
    }

    @Test
    void leavesFilesAloneWhoseTextNobodyCountsAlike() {
        String template = template("", withRules("nsg-a", "[]"));

        assertThat(found(template.replace("\n", "\r"))).isEqualTo(FixesFound.NONE);
        assertThat(found(source(new SourceFile("main.json", template.getBytes(StandardCharsets.UTF_16)))))
                .isEqualTo(FixesFound.NONE);
    }

    @Test
    void editsTheVariableThatHoldsTheRules() {
        String template =
                template(variables("[\n" + DENY.indent(2) + "]"), withRules("nsg-a", "\"[variables('rules')]\""));
        Fix fix = of("C-FLOW-IN-3443", assertEachMends(template));

        assertThat(fix.edits()).hasSize(1);
        assertThat(fix.edits().get(0).line())
                .isLessThan(
                        template.substring(0, template.indexOf("\"resources\"")).split("\n").length);
    }

    @Test
    void editsTheParametersFile() {
        String template = template(
                "  \"parameters\": { \"rules\": { \"type\": \"array\" } },\n",
                withRules("nsg-a", "\"[parameters('rules')]\""));
        String parameters = """
                {
                  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
                  "contentVersion": "1.0.0.0",
                  "parameters": {
                    "rules": {
                      "value": [
                %s      ]
                    }
                  }
                }
                """.formatted(DENY.indent(8));
        List<Fix> fixes =
                assertEachMends(source(file("main.json", template), file("main.parameters.json", parameters)));

        assertThat(of("C-FLOW-IN-3443", fixes).edits())
                .extracting(TextEdit::file)
                .containsExactly("main.parameters.json");
        assertThat(found(source(
                        file("main.json", template.replace("\"parameters\": {", BICEP + "\"parameters\": {")),
                        file("main.parameters.json", parameters))))
                .as("it may be compiled like the template")
                .isEqualTo(FixesFound.NONE);
    }

    /** The same list in both: what is right for one must not spoil the other. */
    @Test
    void dropsWhatSpoilsAnotherGroup() {
        String clash = DENY.replace("deny-all", "other").replace("4000", "100").replace("Deny", "Allow");
        String concat = "\"[concat(variables('rules'), createArray(json('%s')))]\""
                .formatted(clash.replaceAll("\\s+", "").replace("\"", "\\\""));
        String rules = variables("[\n" + DENY.indent(2) + "]");
        String first = withRules("nsg-a", "\"[variables('rules')]\"");

        assertThat(assertEachMends(template(rules, first, withRules("nsg-b", "\"[variables('rules')]\""))))
                .isNotEmpty();
        assertThat(ids(found(template(rules, first, withRules("nsg-b", concat)))))
                .as("the priority is taken there")
                .doesNotContain("C-FLOW-IN-3443");
    }

    @Test
    void doesNotWriteIntoTheInputOfALoop() {
        String loop = group(
                "nsg-a",
                ",\n  \"properties\": { \"copy\": [ { \"name\": \"securityRules\", \"count\": 1, \"input\": "
                        + DENY.indent(2).strip() + " } ] }");

        assertThat(ids(found(template("", loop)))).doesNotContain("C-FLOW-IN-3443");
    }

    @Test
    void editsTheOneGroupOfALoop() {
        String loop = withRules("[concat('nsg-', take('abc', add(copyIndex(), 1)))]", "[]")
                .replace("\"location\"", "\"copy\": { \"name\": \"groups\", \"count\": 2 },\n  \"location\"");

        assertThat(assertEachMends(template("", loop))).isNotEmpty();
    }

    @Test
    void addsToTheGroupWhoseRulesAreResources() {
        String rule = DENY.replace(
                "\"name\": \"deny-all\"",
                "\"type\": \"Microsoft.Network/networkSecurityGroups/securityRules\", \"apiVersion\": \"2024-01-01\","
                        + " \"name\": \"nsg-a/deny-all\", \"dependsOn\": [\"nsg-a\"]");
        String template = template("", group("nsg-a", ",\n  \"properties\": {}"), rule);

        assertThat(of("C-FLOW-IN-3443", assertEachMends(template)).edits())
                .allMatch(edit -> edit.text().contains("\"securityRules\""));
    }

    @Test
    void takesNoNameThatARuleHas() {
        String taken = DENY.replace("deny-all", "allow-apimanagement-tcp-3443-inbound");
        String template = template("", withRules("nsg-a", "[\n" + taken.indent(2) + "]"));

        assertThat(of("C-FLOW-IN-3443", assertEachMends(template))
                        .edits()
                        .get(0)
                        .text())
                .contains("\"Allow-ApiManagement-Tcp-3443-Inbound-2\"");
    }

    @Test
    void isNotLedAstrayByHostileNames() {
        for (String name : List.of("\\\"}],\\n{", "[[x]", "\ud83d\ude00", "// /* \\u0000", "a\\r\\nb")) {
            String template = template(
                    "",
                    withRules("nsg-a", "[\n" + DENY.replace("deny-all", name).indent(2) + "]"));

            assertThat(assertEachMends(template)).as(name).isNotEmpty();
        }
    }

    /** What a compiler wrote over the next time, and what nobody deploys again. */
    @Test
    void leavesAloneWhatNobodyWrites() {
        String template = template("", withRules("nsg-a", "[]"));
        String export = """
                {"value": [
                  {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/nsg-a",
                   "name": "nsg-a", "type": "Microsoft.Network/networkSecurityGroups", "location": "westeurope",
                   "properties": {"securityRules": []}},
                  {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v", "name": "v",
                   "type": "Microsoft.Network/virtualNetworks", "location": "westeurope", "properties": {
                     "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [{"name": "apim",
                       "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/apim",
                       "properties": {"addressPrefix": "10.0.1.0/28", "networkSecurityGroup": {"id":
                         "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/nsg-a"}}}]}},
                  {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/apim", "name": "apim",
                   "type": "Microsoft.ApiManagement/service", "location": "westeurope",
                   "sku": {"name": "Premium", "capacity": 1}, "properties": {"platformVersion": "stv2",
                     "virtualNetworkType": "External", "virtualNetworkConfiguration": {"subnetResourceId":
                       "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/apim"}}}]}
                """;

        assertThat(found(template).fixes()).isNotEmpty();
        assertThat(found(template(BICEP, withRules("nsg-a", "[]")))).isEqualTo(FixesFound.NONE);
        assertThat(ids(violated(evaluated(source(file("export.json", export)))).stream()))
                .contains("C-FLOW-IN-3443");
        assertThat(found(export)).isEqualTo(FixesFound.NONE);
        assertThat(found(
                        source(new SourceFile("lines.jsonl", file("x", template).content(), 7))))
                .isEqualTo(FixesFound.NONE);
    }

    @Test
    void asksWhichFilesCanBeEdited() {
        ReadResult read = READER.read(source(file("main.json", template("", withRules("nsg-a", "[]")))));
        SnapshotReport report = RULES.evaluate(read, Options.DEFAULT);

        assertThat(new TemplateFixes(RULES, Options.DEFAULT, READER, (source, file) -> false).of(read, report))
                .isEqualTo(FixesFound.NONE);
        assertThat(new TemplateFixes(RULES, Options.DEFAULT, READER)
                        .of(new ReadResult("a", read.snapshot(), List.of(), read.locate()), report))
                .as("a reader that does not say what it read")
                .isEqualTo(FixesFound.NONE);
    }

    // ---- templates of chance

    static IntStream seeds() {
        return IntStream.range(0, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachMendsInWhateverTemplate(int seed) {
        Random random = new Random(seed);
        String[] protocols = {"Tcp", "Udp", "*"};
        String[] addresses = {"*", "VirtualNetwork", "Internet", "10.0.0.0/8", "ApiManagement", "AzureLoadBalancer"};
        String[] ports = {"*", "443", "3443", "1000-9999"};
        StringBuilder list = new StringBuilder("[");
        int rules = random.nextInt(6);
        for (int i = 0; i < rules; i++) {
            list.append(i == 0 ? "\n" : random.nextBoolean() ? ",\n" : ", // and\n");
            String rule = DENY.replace("deny-all", "rule-" + i)
                    .replace("4000", Integer.toString(100 + i * random.nextInt(1, 60) + i))
                    .replace("Deny", random.nextInt(3) == 0 ? "Allow" : "Deny")
                    .replace("Inbound", random.nextBoolean() ? "Inbound" : "Outbound")
                    .replace("\"protocol\": \"*\"", "\"protocol\": \"" + any(protocols, random) + '"')
                    .replace(
                            "\"sourceAddressPrefix\": \"*\"",
                            "\"sourceAddressPrefix\": \"" + any(addresses, random) + '"')
                    .replace(
                            "\"destinationPortRange\": \"*\"",
                            "\"destinationPortRange\": \"" + any(ports, random) + '"');
            list.append(random.nextBoolean() ? rule : rule.replaceAll("\\s+", " "));
        }
        list.append(random.nextBoolean() ? "\n]" : "]");
        boolean variable = random.nextBoolean();
        String text = variable
                ? template(variables(list.toString()), withRules("nsg-a", "\"[variables('rules')]\""))
                : template("", withRules("nsg-a", list.toString()));

        List<Fix> fixes = assertEachMends(random.nextBoolean() ? text : text.replace("\n", "\r\n"));

        assertThat(ids(fixes.stream().map(Fix::question)))
                .as("whatever the group denies and has room to allow")
                .isEqualTo(ids(evaluated(source(file("main.json", text))).results().stream()
                        .filter(result -> result.outcome() == Outcome.VIOLATED && result.flow() != null)
                        .filter(TemplateFixesTest::hasRoom)
                        .map(Result::question)));
    }

    /** Whether rules can come before those that deny, without moving others. */
    private static boolean hasRoom(Result result) {
        Remediation remediation = result.remediation();
        return remediation != null && remediation.changes().stream().allMatch(change -> change.containsKey("priority"));
    }

    private static String any(String[] choice, Random random) {
        return choice[random.nextInt(choice.length)];
    }
}
