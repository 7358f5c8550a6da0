package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is absurd rejects its snapshot, with the place, the value and a way out. */
class BadInputTest {

    private static final String NETWORK = """
            {'value': [
              {'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/nsg',
               'name': 'nsg', 'type': 'Microsoft.Network/networkSecurityGroups', 'location': 'westeurope',
               'properties': {'securityRules': [
                 {'name': 'a', 'properties': {'priority': 100, 'direction': 'Inbound', 'access': 'Allow',
                  'protocol': 'Tcp', 'sourcePortRange': '*', 'destinationPortRange': '3443',
                  'sourceAddressPrefix': 'ApiManagement', 'destinationAddressPrefix': '10.0.0.0/24'}},
                 {'name': 'b', 'properties': {'priority': 200, 'direction': 'Inbound', 'access': 'Deny',
                  'protocol': '*', 'sourcePortRange': '*', 'destinationPortRange': '*',
                  'sourceAddressPrefix': '*', 'destinationAddressPrefix': '*'}}]}},
              {'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/routeTables/rt',
               'name': 'rt', 'type': 'Microsoft.Network/routeTables',
               'properties': {'routes': [{'name': 'r', 'properties': {'addressPrefix': '0.0.0.0/0',
                 'nextHopType': 'VirtualAppliance', 'nextHopIpAddress': '10.0.0.4'}}]}},
              {'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/apim',
               'name': 'apim', 'type': 'Microsoft.ApiManagement/service', 'location': 'West Europe',
               'sku': {'name': 'Developer', 'capacity': 1},
               'properties': {'virtualNetworkType': 'External', 'virtualNetworkConfiguration': {'subnetResourceId':
                 '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s'}}}
            ]}
            """;

    private static final String RULE = "/value/0/properties/securityRules/0/properties/";

    static Stream<Arguments> absurdValues() {
        return Stream.of(
                arguments("'3443'", "'99999-1'", "KB-E105", RULE + "destinationPortRange", "99999-1"),
                arguments("'3443'", "'443-80'", "KB-E105", RULE + "destinationPortRange", "443-80"),
                arguments("'3443'", "'https'", "KB-E105", RULE + "destinationPortRange", "https"),
                arguments("'3443'", "70000", "KB-E105", RULE + "destinationPortRange", "70000"),
                arguments("'3443'", "{}", "KB-E103", RULE + "destinationPortRange", "an object"),
                arguments(
                        "'10.0.0.0/24'",
                        "'300.1.1.1/99'",
                        "KB-E106",
                        RULE + "destinationAddressPrefix",
                        "300.1.1.1/99"),
                arguments(
                        "'10.0.0.0/24'", "'10.0.0.0/33'", "KB-E106", RULE + "destinationAddressPrefix", "10.0.0.0/33"),
                arguments("'10.0.0.0/24'", "['::1/129']", "KB-E106", RULE + "destinationAddressPrefix/0", "::1/129"),
                arguments("'10.0.0.0/24'", "10", "KB-E103", RULE + "destinationAddressPrefix", "a number"),
                arguments("'Allow'", "'allowed'", "KB-E104", RULE + "access", "allowed"),
                arguments("'Allow'", "['Allow']", "KB-E103", RULE + "access", "a list"),
                arguments("'Tcp'", "'http'", "KB-E104", RULE + "protocol", "http"),
                arguments(
                        "'direction': 'Inbound', 'access': 'Allow'",
                        "'direction': 'Both', 'access': 'Allow'",
                        "KB-E104",
                        RULE + "direction",
                        "Both"),
                arguments("'priority': 100", "'priority': 'x'", "KB-E107", RULE + "priority", "x"),
                arguments("'priority': 100", "'priority': 99", "KB-E107", RULE + "priority", "99"),
                arguments("'priority': 100", "'priority': 4097", "KB-E107", RULE + "priority", "4097"),
                arguments("'priority': 100", "'priority': 65000", "KB-E107", RULE + "priority", "65000"),
                arguments("'priority': 100", "'priority': 65500", "KB-E107", RULE + "priority", "65500"),
                arguments("'priority': 100", "'priority': 100.5", "KB-E107", RULE + "priority", "100.5"),
                arguments("'priority': 100", "'priority': true", "KB-E103", RULE + "priority", "true or false"),
                arguments(
                        "'priority': 100", "'prio': 100", "KB-E111", "/value/0/properties/securityRules/0", "priority"),
                arguments(
                        "'priority': 100", "'priority': 200", "KB-E110", "/value/0/properties/securityRules/1", "200"),
                arguments("'name': 'b'", "'name': 'A'", "KB-E110", "/value/0/properties/securityRules/1", "A"),
                arguments("'name': 'b'", "'title': 'b'", "KB-E111", "/value/0/properties/securityRules/1", "name"),
                arguments(
                        "'properties': {'priority': 200",
                        "'properties': 7, 'p': {'priority': 200",
                        "KB-E103",
                        "/value/0/properties/securityRules/1/properties",
                        "a number"),
                arguments(
                        "'VirtualAppliance'",
                        "'Firewall'",
                        "KB-E104",
                        "/value/1/properties/routes/0/properties/nextHopType",
                        "Firewall"),
                arguments(
                        "'nextHopIpAddress': '10.0.0.4'",
                        "'nextHopIpAddress': 'fw'",
                        "KB-E106",
                        "/value/1/properties/routes/0/properties/nextHopIpAddress",
                        "fw"),
                arguments(
                        "{'routes': [", "{'routes': 'none', 'was': [", "KB-E103", "/value/1/properties/routes", "none"),
                arguments("'capacity': 1", "'capacity': 'one'", "KB-E103", "/value/2/sku/capacity", "one"),
                arguments(
                        "{'name': 'Developer', 'capacity': 1}", "'Developer'", "KB-E103", "/value/2/sku", "Developer"),
                arguments(
                        "'/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s'",
                        "'snet'",
                        "KB-E108",
                        "/value/2/properties/virtualNetworkConfiguration/subnetResourceId",
                        "snet"),
                arguments(
                        "virtualNetworks/v/subnets/s'",
                        "virtualNetworks/v'",
                        "KB-E108",
                        "/value/2/properties/virtualNetworkConfiguration/subnetResourceId",
                        "virtualNetworks/v"),
                arguments(
                        "'location': 'westeurope',",
                        "'location': 'westeurope', 'location': 'eastus',",
                        "KB-E109",
                        "/value/0/location",
                        "location"));
    }

    @ParameterizedTest
    @MethodSource("absurdValues")
    void anAbsurdValueIsLocatedAndQuoted(String good, String bad, String code, String pointer, String quoted) {
        assertThat(NETWORK).contains(good);

        Problem error = Reading.error(Reading.texts(NETWORK.replace(good, bad)));

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.at().pointer()).isEqualTo(pointer);
        assertThat(error.at().file()).isEqualTo("a.json");
        assertThat(error.at().line()).isPositive();
        assertThat(error.at().column()).isPositive();
        assertThat(error.message()).contains(quoted);
        assertThat(error.hint()).isNotBlank();
    }

    @Test
    void theNetworkWithoutAMistakeIsRead() {
        ReadResult result = Reading.texts(NETWORK);

        assertThat(Reading.snapshot(result).networkSecurityGroups()).hasSize(1);
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void aRuleOnEachSideMayHaveTheSamePriority() {
        String other =
                NETWORK.replace("'priority': 200, 'direction': 'Inbound'", "'priority': 100, 'direction': 'Outbound'");

        assertThat(Reading.snapshot(Reading.texts(other)).networkSecurityGroups())
                .hasSize(1);
    }

    @Test
    void aCutOffFileSaysWhereItEnds() {
        Problem error = Reading.error(Reading.texts(NETWORK.substring(0, 700)));

        assertThat(error.code()).isEqualTo("KB-E101");
        assertThat(error.at().line()).isGreaterThan(5);
        assertThat(error.at().pointer()).startsWith("/value/0/properties/securityRules/1");
        assertThat(error.hint()).contains("cut off");
    }

    @ParameterizedTest
    @MethodSource("notJson")
    void whatIsNotJsonIsRejected(byte[] bytes, String hint) {
        Problem error = Reading.error(Reading.bytes(bytes));

        assertThat(error.code()).isEqualTo("KB-E101");
        assertThat(error.at().line()).isPositive();
        assertThat(error.hint()).contains(hint);
        assertThat(error.message()).doesNotContain("StreamReadConstraints", "REDACTED", "com.fasterxml");
    }

    static Stream<Arguments> notJson() {
        byte[] binary = new byte[300];
        for (int i = 0; i < binary.length; i++) {
            binary[i] = (byte) (i * 37);
        }
        return Stream.of(
                arguments(new byte[0], "Export"),
                arguments("   \n ".getBytes(StandardCharsets.UTF_8), "Export"),
                arguments(binary, ""),
                arguments("PK\u0003\u0004rest".getBytes(StandardCharsets.UTF_8), "archive"),
                arguments("WARNING: old version\n[]".getBytes(StandardCharsets.UTF_8), "warning"),
                arguments("{} {}".getBytes(StandardCharsets.UTF_8), "one JSON value"),
                arguments("{\"a\": \u00e9}".getBytes(StandardCharsets.ISO_8859_1), ""),
                arguments("{'a': 1}".getBytes(StandardCharsets.UTF_8), ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"a\": 1 | the file ends before its value does",
                "[{\"a\": \"te | the file ends before its value does",
                "[12 | the file ends before its value does",
                "[tru | the word 'tru' is not JSON: a value must stand here, and a text in double quotes",
                "[\"a\\qb\"] | a backslash in a text must be doubled, or be followed by n, t, \" or the like, not by 'q'",
                "[\"\\u12x4\"] | four hexadecimal digits must follow \\u, not 'x'",
                "[\"a{line end}b\"] | a line end or another control character stands within a text; the quote that ends"
                        + " the text may be missing",
                "[007] | a number must not begin with more than one zero",
                "[1.] | a number is written in a way that JSON does not allow, with ']'",
                "[1.2.3] | a comma or a closing bracket must stand here, not '.'",
                "[-] | a number is written in a way that JSON does not allow, with ']'",
                "[+1] | a number is written in a way that JSON does not allow, with '+'",
                "[NaN] | the word 'NaN' is not JSON: a number, true, false, null or a text in double quotes must"
                        + " stand here",
                "{a: 1} | the name of a field, in double quotes, must stand here, not 'a'",
                "{'a': 1} | the name of a field, in double quotes, must stand here, not '''",
                "{\"a\" 1} | a colon must stand here, between a field and its value, not '1'",
                "[1 2] | a comma or a closing bracket must stand here, not '2'",
                "{\"a\": 1 \"b\": 2} | a comma or a closing bracket must stand here, not '\"'",
                "{\"a\": 1,} | the name of a field, in double quotes, must stand here, not '}'",
                "[1,] | a value must stand here, not ']'",
                "[1,,2] | a value must stand here, not ','",
                "[1} | the bracket '}' closes what is not open here",
                "[1] // done | JSON has no comments, but here stands '/'",
                "WARNING: old | the word 'WARNING' is not JSON: a value must stand here, and a text in double quotes",
                "<html> | a value must stand here, not '<'",
            })
    void whatIsNotJsonIsSaidInPlainWords(String text, String words) {
        Problem error =
                Reading.error(Reading.bytes(text.replace("{line end}", "\n").getBytes(StandardCharsets.UTF_8)));

        assertThat(error.code()).isEqualTo("KB-E101");
        assertThat(error.message()).as(text).isEqualTo("this is not JSON: " + words);
    }

    @Test
    void bytesThatAreNoTextAreSaidInPlainWords() {
        byte[] latin = "[\"Z\u00fcrich\"]".getBytes(StandardCharsets.ISO_8859_1);
        byte[] binary = {'[', 1, 2, 3, ']'};

        assertThat(Reading.error(Reading.bytes(latin)).message())
                .isEqualTo("this is not JSON: this is not text in UTF-8");
        assertThat(Reading.error(Reading.bytes(binary)).message())
                .isEqualTo("this is not JSON: a control character stands between values, so this may be binary data");
    }

    @Test
    void limitsAreSaidInPlainWords() {
        assertThat(Reading.error(Reading.texts("[".repeat(300))).message())
                .isEqualTo("the file goes beyond a limit: its nesting is deeper than 200 levels");
        assertThat(Reading.error(Reading.texts("[" + "9".repeat(200) + "]")).message())
                .isEqualTo("the file goes beyond a limit: a number has more than 100 digits");
        assertThat(Reading.error(Reading.texts("['" + "x".repeat(6_000_000) + "']"))
                        .message())
                .isEqualTo("the file goes beyond a limit: a text has more than 5000000 characters");
        assertThat(Reading.error(Reading.texts("{'" + "x".repeat(60_000) + "': 1}"))
                        .message())
                .isEqualTo("the file goes beyond a limit: the name of a field has more than 10000 characters");
    }

    @Test
    void aByteOrderMarkIsAllowed() {
        byte[] text = ("\uFEFF" + NETWORK.replace('\'', '"')).getBytes(StandardCharsets.UTF_8);

        assertThat(Reading.snapshot(Reading.bytes(text)).networkSecurityGroups())
                .hasSize(1);
    }

    @Test
    void endlessNestingIsRefused() {
        Problem error = Reading.error(Reading.texts("[".repeat(100_000)));

        assertThat(error.code()).isEqualTo("KB-E102");
        assertThat(error.message()).contains("nesting");
    }

    @Test
    void endlessNumbersAndTextsAreRefused() {
        assertThat(Reading.error(Reading.texts("[" + "9".repeat(10_000) + "]")).code())
                .isEqualTo("KB-E102");
        assertThat(Reading.error(Reading.texts("['" + "x".repeat(6_000_000) + "']"))
                        .code())
                .isEqualTo("KB-E102");
    }

    @Test
    void aHundredErrorsAreEnough() {
        StringBuilder rules = new StringBuilder("{'name': 'a', 'properties': {}}");
        for (int i = 0; i < 500; i++) {
            rules.append(", {'name': 'r").append(i).append("', 'properties': {'priority': 'x'}}");
        }
        ReadResult result =
                Reading.texts("{'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'n', 'properties':"
                        + " {'securityRules': [" + rules + "]}}");

        assertThat(result.snapshot()).isNull();
        assertThat(result.problems()).hasSizeLessThan(110);
        assertThat(result.problems()).anyMatch(problem -> problem.message().contains("more errors"));
    }

    @Test
    void theSameResourceTwiceWithOtherContentIsAContradiction() {
        Problem error = Reading.error(Reading.texts(NETWORK, NETWORK.replace("'3443'", "'443'")));

        assertThat(error.code()).isEqualTo("KB-E109");
        assertThat(error.at().file()).isEqualTo("b.json");
        assertThat(error.at().pointer()).isEqualTo("/value/0/properties/securityRules/0");
        assertThat(error.message()).contains("443", "3443", "a.json", "nsg");
    }

    @Test
    void aContradictionNamesTheResourceInFullAndItsValuesInWords() {
        String id =
                "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/a-resource-group-with-a-long-name/"
                        + "providers/Microsoft.Network/networkSecurityGroups/a-network-security-group-with-a-long-name";
        String group = """
                [{'id': '%s', 'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'nsg', 'properties': {
                  'securityRules': [{'name': 'Mgmt', 'properties': {'priority': 100, 'direction': 'Inbound',
                    'access': 'Allow', 'protocol': 'Tcp', 'sourcePortRange': '*', 'destinationPortRange': '3443',
                    'sourceAddressPrefixes': ['ApiManagement', '10.0.0.0/24'], 'destinationAddressPrefix': '*'}}]}}]
                """.formatted(id);

        Problem error = Reading.error(Reading.texts(group, group.replace("'ApiManagement', '10.0.0.0/24'", "'*'")));

        assertThat(error.code()).isEqualTo("KB-E109");
        assertThat(error.message())
                .isEqualTo(
                        "the export says two things of networkSecurityGroup '" + id + "', rules 'mgmt': sources is '*'"
                                + " here and 'ApiManagement, 10.0.0.0/24' at a.json /0/properties/securityRules/0");
    }

    private static String group(String... rules) {
        StringBuilder list = new StringBuilder();
        for (String rule : rules) {
            String[] words = rule.split(" ");
            list.append(list.isEmpty() ? "" : ",").append("""
                    {'name': '%s', 'properties': {'priority': %s, 'direction': 'Inbound', 'access': 'Allow',
                     'protocol': 'Tcp', 'sourcePortRange': '*', 'destinationPortRange': '%s',
                     'sourceAddressPrefix': '*', 'destinationAddressPrefix': '*'}}""".formatted((Object[]) words));
        }
        return "[{'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/nsg',"
                + " 'name': 'nsg', 'type': 'Microsoft.Network/networkSecurityGroups',"
                + " 'properties': {'securityRules': [" + list + "]}}]";
    }

    private static final String TWO_THINGS = "the export says two things of networkSecurityGroup"
            + " '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/nsg'";

    @Test
    void twoListsOfOneResourceAreOneContradiction() {
        Problem error = Reading.error(Reading.texts(group("a 100 443", "b 110 80"), group("c 100 443", "d 110 80")));

        assertThat(error.code()).isEqualTo("KB-E109");
        assertThat(error.at().file()).isEqualTo("b.json");
        assertThat(error.message()).isEqualTo(TWO_THINGS + ": rules is 'c', 'd' here and 'a', 'b' at a.json /0");
        assertThat(error.hint()).contains("snapshot of its own", "--each");
    }

    @Test
    void aListThatIsLongerHereIsOneContradiction() {
        Problem error = Reading.error(Reading.texts(group("a 100 443"), group("a 100 443", "c 110 443", "d 120 80")));

        assertThat(error.message())
                .isEqualTo(TWO_THINGS + ": rules is 'c', 'd' here and nothing called 'c', 'd' at a.json /0");
    }

    @Test
    void aContradictionGivesTheFirstDifferenceAndNamesTheOthers() {
        Problem error = Reading.error(
                Reading.texts(group("a 100 443", "b 110 80", "x 120 1"), group("a 101 444", "b 110 81", "y 120 1")));

        assertThat(error.message())
                .isEqualTo(TWO_THINGS + ", rules 'a': priority is '101' here and '100' at"
                        + " a.json /0/properties/securityRules/0; they also differ in rules 'a' (destinationPorts),"
                        + " rules 'b' (destinationPorts), rules");
        assertThat(error.at().pointer()).isEqualTo("/0/properties/securityRules/0/properties/priority");
    }

    @Test
    void aContradictionNamesAFewOfManyDifferences() {
        String[] here = new String[50];
        String[] there = new String[50];
        for (int i = 0; i < here.length; i++) {
            here[i] = "rule" + i + " " + (100 + i) + " 443";
            there[i] = "rule" + i + " " + (100 + i) + " 444";
        }

        Problem error = Reading.error(Reading.texts(group(here), group(there)));

        assertThat(error.message())
                .contains("rules 'rule1' (destinationPorts)")
                .endsWith(" and 44 more")
                .hasSizeLessThan(700);
    }

    @Test
    void eachPairOfExportsIsAContradictionOfItsOwn() {
        ReadResult result = Reading.texts(group("a 100 443"), group("b 100 443"), group("c 100 443"));

        assertThat(result.problems()).extracting(Problem::code).containsExactly("KB-E109", "KB-E109");
        assertThat(result.problems()).extracting(problem -> problem.at().file()).containsExactly("b.json", "c.json");
    }

    @Test
    void aContradictionSaysNothingWhereOneOfTheTwoIsEmpty() {
        String network = """
                [{'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v', 'name': 'v',
                  'type': 'Microsoft.Network/virtualNetworks', 'properties': {
                    'addressSpace': {'addressPrefixes': ['10.0.0.0/16']},
                    'dhcpOptions': {'dnsServers': ['10.0.0.4', '10.0.0.5']}}}]
                """;

        Problem error = Reading.error(Reading.texts(network, network.replace("'10.0.0.4', '10.0.0.5'", "")));

        assertThat(error.message()).contains("servers is nothing here and '10.0.0.4, 10.0.0.5' at a.json");
    }

    @Test
    void theSameResourceTwiceWithTheSameContentIsOne() {
        assertThat(Reading.texts(NETWORK, NETWORK).problems()).isEmpty();
        assertThat(Reading.snapshot(Reading.texts(NETWORK, NETWORK)))
                .isEqualTo(Reading.snapshot(Reading.texts(NETWORK)));
    }

    @Test
    void theRicherOfTwoExportsAddsWhatTheOtherLacks() {
        String poor = "{'id': '/SUBSCRIPTIONS/s/resourcegroups/G/providers/microsoft.apimanagement/service/APIM',"
                + " 'type': 'microsoft.apimanagement/service', 'name': 'apim', 'properties': {'platformVersion': 'stv2'}}";

        Snapshot snapshot = Reading.snapshot(Reading.texts(poor, NETWORK));

        assertThat(snapshot.services()).hasSize(1);
        assertThat(snapshot.services().get(0).platformVersion()).isEqualTo("stv2");
        assertThat(snapshot.services().get(0).sku()).isEqualTo("Developer");
        assertThat(snapshot.locations()).hasSize(1);
        assertThat(snapshot.locations().get(0).platformVersion()).isEqualTo("stv2");
        assertThat(snapshot.locations().get(0).subnetId()).isNotNull();
    }

    @Test
    void aLocationWithoutASubnetIsForTheRulesToJudge() {
        String text = NETWORK.replace("'virtualNetworkConfiguration': {", "'was': {");

        assertThat(Reading.snapshot(Reading.texts(text)).locations().get(0).subnetId())
                .isNull();
    }

    @Test
    void aKeyInTwoSpellingsMustNotSayTwoThings() {
        String same = NETWORK.replace("'priority': 100", "'priority': 100, 'Priority': 100");
        String other = NETWORK.replace("'priority': 100", "'priority': 100, 'Priority': 101");

        assertThat(Reading.texts(same).snapshot()).isNotNull();
        assertThat(Reading.error(Reading.texts(other)).code()).isEqualTo("KB-E109");
    }

    @Test
    void oneBadFileRejectsTheWholeSnapshot() {
        ReadResult result = Reading.texts(NETWORK, "{");

        assertThat(result.snapshot()).isNull();
        assertThat(Arrays.asList(Reading.error(result).at().file())).containsExactly("b.json");
    }
}
