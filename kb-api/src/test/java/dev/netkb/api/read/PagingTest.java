package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.ManagementLock;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Coverage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in pages, in all the envelopes that Azure's tools write. */
class PagingTest {

    private static final String LOCKS = "Microsoft.Authorization/locks";
    private static final String ZONES = "Microsoft.Network/privateDnsZones";

    /** Rows of the type of locks, numbered. */
    private static String rows(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(PagingTest::row).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String row(int number) {
        return "{'id': '/subscriptions/s/resourceGroups/g/providers/" + LOCKS + "/l" + number + "', 'name': 'l" + number
                + "', 'type': '" + LOCKS.toLowerCase(Locale.ROOT) + "', 'properties': {'level': 'ReadOnly'}}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // az graph query, old and new; Search-AzGraph | ConvertTo-Json; REST as objects
                "{'count': 2, 'data': ROWS, 'skip_token': null, 'total_records': 2}",
                "{'count': 2, 'data': ROWS, 'skipToken': null, 'totalRecords': 2}",
                "{'SkipToken': null, 'Data': ROWS}",
                "{'Data': {'value': ROWS, 'Count': 2}, 'SkipToken': ''}",
                "{'totalRecords': 2, 'count': 2, 'data': ROWS, 'facets': [], 'resultTruncated': 'false'}",
                "{'value': ROWS, 'Count': 2}",
                "{'value': ROWS}",
                "{'value': ROWS, 'nextLink': null}",
                "ROWS",
            })
    void allEnvelopesHoldTheSameRows(String envelope) {
        ReadResult result = Reading.texts(envelope.replace("ROWS", rows(1, 2)));

        assertThat(Reading.snapshot(result).facts(ManagementLock.class)).hasSize(2);
        assertThat(codes(result)).isEmpty();
        assertThat(coverage(result).has(LOCKS)).isTrue();
    }

    /** The scripts write so where an answer did not come; what came from elsewhere is used and is not everything. */
    @Test
    void aListWithoutEntriesNamesWhatIsNotAllHere() {
        ReadResult result = Reading.texts(
                "{'value': " + rows(1, 2) + "}",
                "{'value': [], 'resultTruncated': true, 'resourceTypes': ['" + LOCKS
                        + "', 'Microsoft.Network/ipGroups']}");

        assertThat(codes(result)).containsExactly("KB-N108");
        assertThat(Reading.snapshot(result).facts(ManagementLock.class)).hasSize(2);
        assertThat(coverage(result).has(LOCKS)).isFalse();
        assertThat(coverage(result).incomplete())
                .containsExactly("microsoft.authorization/locks", "microsoft.network/ipgroups");
    }

    @Test
    void aTableHoldsThemToo() {
        String table =
                "{'totalRecords': 9, 'count': 1, 'resultTruncated': 'true', 'data': {'columns': [{'name': 'id', 'type':"
                        + " 'string'}, {'name': 'name'}, {'name': 'type'}, {'name': 'properties'}], 'rows': [['/subscriptions/s/providers/"
                        + LOCKS + "/l', 'l', '" + LOCKS + "', {'level': 'ReadOnly'}]]}}";

        ReadResult result = Reading.texts(table);

        assertThat(codes(result)).containsExactly("KB-N108");
        assertThat(Reading.snapshot(result).facts(ManagementLock.class)).hasSize(1);
        assertThat(coverage(result).has(LOCKS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'data': ROWS, 'resultTruncated': 'true'}",
                "{'data': ROWS, 'resultTruncated': true}",
                "{'data': ROWS, 'skip_token': 'x', 'count': 2, 'total_records': 3}",
                "{'Data': ROWS, 'SkipToken': 'x'}",
                "{'data': ROWS, '$skipToken': 'x'}",
                "{'value': ROWS, 'nextLink': 'https://management.azure.com/subscriptions/s/x'}",
            })
    void whatIsNotInAPartIsNotAbsent(String envelope) {
        ReadResult result = Reading.texts(envelope.replace("ROWS", rows(1, 2)));

        assertThat(result.problems()).anyMatch(p -> p.code().equals("KB-N108") && p.level() == Problem.Level.WARNING);
        assertThat(coverage(result).has(LOCKS)).isFalse();
        assertThat(coverage(result).incomplete()).containsExactly("microsoft.authorization/locks");
        assertThat(coverage(result).resourceTypes()).containsEntry("microsoft.authorization/locks", 2);
    }

    @Test
    void pagesThatHoldTheirTotalTogetherAreComplete() {
        ReadResult result = Reading.texts(graph(1, 2, 5, "x"), graph(3, 4, 5, "y"), graph(5, 5, 5, null));

        assertThat(codes(result)).isEmpty();
        assertThat(coverage(result).has(LOCKS)).isTrue();
    }

    @Test
    void pagesThatDoNotAreNot() {
        List<List<String>> some = List.of(
                // one is missing
                List.of(graph(1, 2, 5, "x"), graph(5, 5, 5, null)),
                // the same page twice
                List.of(graph(1, 2, 4, "x"), graph(1, 2, 4, null)),
                // as many rows, but none is the last
                List.of(graph(1, 2, 4, "x"), graph(3, 4, 4, "y")),
                // of another answer
                List.of(graph(1, 2, 4, "x"), graph(3, 4, 2, null)),
                // the last one alone
                List.of(graph(2, 5, 5, null)),
                // of two answers with one total
                List.of(graph(1, 4, 5, "x"), graph(5, 5, 5, null).replaceAll("(?i)" + LOCKS, ZONES)));

        for (List<String> pages : some) {
            ReadResult result = Reading.texts(pages.toArray(String[]::new));

            assertThat(codes(result)).contains("KB-N108");
            assertThat(coverage(result).has(LOCKS)).isFalse();
        }
    }

    @Test
    void answersWithOneTotalDoNotMix() {
        ReadResult result = Reading.texts(
                graph(1, 2, 3, "x"), graph(3, 3, 3, null), graph(1, 3, 3, null).replaceAll("(?i)" + LOCKS, ZONES));

        assertThat(codes(result)).isEmpty();
        assertThat(coverage(result).has(LOCKS)).isTrue();
        assertThat(coverage(result).has(ZONES)).isTrue();
    }

    @Test
    void howManyRowsAreHereIsTold() {
        ReadResult result = Reading.texts(graph(2, 5, 5, null));

        assertThat(result.problems())
                .hasSize(1)
                .allMatch(problem -> problem.message().contains("4 of its 5 rows"));
    }

    @Test
    void theLastPageOfALinkedListIsTakenForItsEnd() {
        ReadResult result = Reading.texts(
                linked(
                        1,
                        2,
                        "https://management.azure.com/subscriptions/S/resourceGroups/g/providers/x/locks?$skiptoken=1"),
                linked(3, 4, null));

        assertThat(codes(result)).containsExactly("KB-N121");
        assertThat(coverage(result).has(LOCKS)).isTrue();
    }

    @Test
    void aListOfAnotherScopeIsNoEnd() {
        ReadResult result = Reading.texts(
                linked(1, 2, "https://management.azure.com/subscriptions/other/providers/x/locks?$skiptoken=1"),
                linked(3, 4, null));

        assertThat(codes(result)).containsExactly("KB-N108");
        assertThat(coverage(result).has(LOCKS)).isFalse();
    }

    @Test
    void theListOfAGroupIsNoEndOfTheListOfItsSubscription() {
        String link = "https://management.azure.com/subscriptions/s/providers/x/locks?$skiptoken=1";
        List<List<String>> some = List.of(
                // of a group of which nothing is on the page
                List.of(linked(1, 2, link), linked(3, 4, null).replace("Groups/g/", "Groups/other/")),
                // with what is on the page
                List.of(linked(1, 2, link), linked(1, 3, null)));

        for (List<String> pages : some) {
            ReadResult result = Reading.texts(pages.toArray(String[]::new));

            assertThat(codes(result)).containsExactly("KB-N108");
            assertThat(coverage(result).has(LOCKS)).isFalse();
        }
    }

    @Test
    void whatGoesOnWithAGroupOfThePageIsItsEnd() {
        ReadResult result = Reading.texts(
                linked(1, 2, "https://management.azure.com/subscriptions/s/providers/x/locks?$skiptoken=1"),
                linked(3, 4, null));

        assertThat(codes(result)).containsExactly("KB-N121");
        assertThat(coverage(result).has(LOCKS)).isTrue();
    }

    @Test
    void theOwnFormatKeepsWhatIsIncomplete() {
        ReadResult first = Reading.texts(graph(1, 2, 5, "x"));

        ReadResult again =
                Reading.bytes(SnapshotWriter.write(Reading.snapshot(first)).getBytes(StandardCharsets.UTF_8));

        assertThat(coverage(again)).isEqualTo(coverage(first));
        assertThat(coverage(again).has(LOCKS)).isFalse();
    }

    // --- PowerShell ----------------------------------------------------------------------------------------------

    @Test
    void listsThatPowerShellWrapsAreLists() {
        ReadResult result = Reading.texts("""
                {'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v', 'name': 'v',
                 'properties': {'addressSpace': {'addressPrefixes': {'value': ['10.0.0.0/16', 7], 'Count': 2}}}}""");

        Problem error = Reading.error(result);

        assertThat(error.at().pointer()).isEqualTo("/properties/addressSpace/addressPrefixes/value/1");
        assertThat(error.at().line()).isEqualTo(2);
        assertThat(Reading.snapshot(Reading.texts("""
                {'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v', 'name': 'v',
                 'properties': {'addressSpace': {'addressPrefixes': {'value': ['10.0.0.0/16'], 'Count': 1}}}}"""))
                        .virtualNetworks()
                        .get(0)
                        .addressSpace()
                        .isEmpty())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'System.Object[]'",
                "'@{id=/subscriptions/s; name=x}'",
                "['@{name=rule}']",
                "'System.Collections.Generic.List`1[Microsoft.Azure.Commands.Network.Models.PSSecurityRule]'",
                "'Microsoft.Azure.Commands.Network.Models.PSSubnet'",
                "{'x': 'System.Collections.Hashtable'}",
            })
    void whatPowerShellCutOffIsToldWithTheCure(String cut) {
        Problem error =
                Reading.error(Reading.texts("{'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/"
                        + "networkSecurityGroups/n',\n 'tags': " + cut + ", 'Name': " + cut + "}"));

        assertThat(error.code()).isEqualTo("KB-E123");
        assertThat(error.message()).contains("2 times");
        assertThat(error.at().line()).isEqualTo(2);
        assertThat(error.at().pointer()).startsWith("/tags");
        assertThat(error.hint()).contains("-Depth 100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@{variables('x')}",
                "@{body('a')?['b']}",
                "System.Reserved",
                "<policies>@{ return 1; }</policies>",
                "a@{b=c}"
            })
    void expressionsOfOthersAreNotCut(String text) {
        ReadResult result = Reading.texts("{\"id\": \"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/"
                + "networkSecurityGroups/n\", \"tags\": {\"x\": \"" + text + "\"}}");

        assertThat(codes(result)).doesNotContain("KB-E123");
    }

    private static String graph(int from, int to, int total, String token) {
        return "{'count': " + (to - from + 1) + ", 'total_records': " + total + ", 'skip_token': "
                + (token == null ? "null" : "'" + token + "'") + ", 'data': " + rows(from, to) + "}";
    }

    private static String linked(int from, int to, String link) {
        return "{'value': " + rows(from, to) + (link == null ? "" : ", 'nextLink': '" + link + "'") + "}";
    }

    private static Coverage coverage(ReadResult result) {
        return Reading.snapshot(result).coverage();
    }

    private static List<String> codes(ReadResult result) {
        return result.problems().stream().map(Problem::code).toList();
    }
}
