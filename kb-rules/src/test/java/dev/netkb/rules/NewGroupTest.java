package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.test.ExampleNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a group is missing, the remediation makes one that the instance can live with. */
class NewGroupTest {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();

    private static final Pattern RULE = Pattern.compile("az network nsg rule create -g rg-example --nsg-name apim-nsg"
            + " -n (?<name>\\S+) --priority (?<priority>\\d+) --direction (?<direction>In|Out)bound --access Allow"
            + " --protocol (?<protocol>\\S+) --source-address-prefixes (?<from>\\S+) --source-port-ranges '\\*'"
            + " --destination-address-prefixes (?<to>\\S+) --destination-port-ranges (?<ports>.+)");

    private static ExampleNetwork withoutGroup(String base) {
        return ExampleNetwork.read(Path.of("src/test/resources/examples/bases/" + base + ".yaml"))
                .with("vnet: {subnets: {apim: {networkSecurityGroup: null}}}");
    }

    private static List<Result> violations(ExampleNetwork network) {
        return RULES.evaluate(network.read("example"), Options.DEFAULT).results().stream()
                .filter(result -> result.outcome() == Outcome.VIOLATED && result.severity() != Severity.INFO)
                .toList();
    }

    private static List<String> commands(ExampleNetwork network) {
        return violations(network).stream()
                .filter(result -> result.rule().equals("C-NET-05"))
                .flatMap(result -> Stream.ofNullable(result.remediation()))
                .flatMap(remediation -> remediation.commands().getOrDefault("az", List.of()).stream())
                .toList();
    }

    @Test
    void theCommandsCreateTheGroupThenItsRulesThenPutItOnTheSubnet() {
        List<String> commands = commands(withoutGroup("external"));

        assertThat(commands.get(0)).isEqualTo("az network nsg create -g rg-example -n apim-nsg");
        assertThat(commands.subList(1, commands.size() - 1))
                .allMatch(command -> RULE.matcher(command).matches());
        assertThat(commands.get(commands.size() - 1))
                .isEqualTo("az network vnet subnet update -g rg-example --vnet-name vnet-contoso -n apim"
                        + " --network-security-group apim-nsg");
    }

    @ParameterizedTest
    @CsvSource({"external, 3", "internal, 2"})
    void theNewGroupCuresAllThatTheMissingOneBroke(String base, int rules) {
        ExampleNetwork broken = withoutGroup(base);
        List<String> lines = commands(broken).stream()
                .map(RULE::matcher)
                .filter(Matcher::matches)
                .map(NewGroupTest::line)
                .toList();

        ExampleNetwork mended = broken.with("vnet: {subnets: {apim: {networkSecurityGroup: '@made'}}}")
                .with(lines.stream()
                        .collect(Collectors.joining(
                                ", ",
                                "made: {type: Microsoft.Network/networkSecurityGroups, name: apim-nsg, securityRules: {",
                                "}}")));

        assertThat(lines).hasSize(rules);
        assertThat(violations(broken)).hasSizeGreaterThan(rules);
        assertThat(violations(mended)).isEmpty();
    }

    /** A rule as examples write it. */
    private static String line(Matcher rule) {
        return rule.group("name") + ": '" + rule.group("priority") + " Allow " + rule.group("direction") + " "
                + rule.group("protocol") + " from " + rule.group("from") + " to " + rule.group("to") + " port "
                + rule.group("ports").replace(" ", ",").replace("'", "") + "'";
    }
}
