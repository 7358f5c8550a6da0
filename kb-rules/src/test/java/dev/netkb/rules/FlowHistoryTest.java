package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The flow table says for every date and platform what the documents of that date say (requirements A.1 and B.3).
 *
 * <p>A cell is M (needed), O (optional), L (listed without a mark) or - (not listed), with ports and far side where they
 * differ from the first columns. It is looked up for a Premium instance in external mode in two regions.
 */
class FlowHistoryTest {

    private static final List<String> COLUMNS = List.of(
            "2016-12 stv1",
            "2020-03 stv1",
            "2023-08 stv1",
            "2023-08 stv2",
            "2023-11 stv1",
            "2023-11 stv2",
            "2025-06 stv2",
            "2025-12 stv2",
            "2026-10 stv1",
            "2026-10 stv2");

    /** The first eight columns are those of requirements B.3; the last two are what holds now. */
    private static final String HISTORY = """
            C-FLOW-IN-CLIENT   | In     | Tcp | 443               | Internet             | L | L | M | M | M | M | M | M | M | M
            C-FLOW-IN-3443     | In     | Tcp | 3443              | ApiManagement        | L 3443 Internet | L | M | M | M | M | M | M | M | M
            C-FLOW-IN-LB       | In     | Tcp | 6390              | AzureLoadBalancer    | L * | L * | M * | M | M * | M | M | M | M * | M
            C-FLOW-IN-LB-6391  | In     | Tcp | 6391              | AzureLoadBalancer    | - | - | - | - | - | O | O | O | - | O
            C-FLOW-IN-ATM      | In     | Tcp | 443               | AzureTrafficManager  | - | - | - | - | M | M | M | M | M | M
            C-FLOW-OUT-CERT80  | Out    | Tcp | 80                | Internet             | - | - | - | - | - | - | M | M | - | M
            C-FLOW-OUT-STORAGE | Out    | Tcp | 443               | Storage              | L 80,443 Internet | M | M | M | M | M | M | M | M | M
            C-FLOW-OUT-SQL     | Out    | Tcp | 1433              | Sql                  | L 1433 Internet | M | M | M | M | M | M | M | M | M
            C-FLOW-OUT-SQLV12  | Out    | Tcp | 11000-11999,14000-14999 | Internet       | L | - | - | - | - | - | - | - | - | -
            C-FLOW-OUT-KV      | Out    | Tcp | 443               | AzureKeyVault        | - | - | O | M | O | M | M | M | O | M
            C-FLOW-OUT-MONITOR | Out    | Tcp | 443,1886          | AzureMonitor         | - | L 443 | O | O | M | M | M | M | M | M
            C-FLOW-OUT-ENTRA   | Out    | Tcp | 443               | AzureActiveDirectory | - | L | O | O | O | O | O | O | O | O
            C-FLOW-OUT-CONN    | Out    | Tcp | 443               | AzureConnectors      | - | - | O | O | O | O | O | O | O | O
            C-FLOW-OUT-EH      | Out    | Tcp | 443,5671,5672     | EventHub             | L 5671 Internet | L | O | O | O | O | O | O | O | O
            C-FLOW-OUT-SMB     | Out    | Tcp | 445               | Storage              | L 445 Internet | L | O | O | O | O | O | - | O | -
            C-FLOW-OUT-AZCLOUD | Out    | Tcp | 443,12000         | AzureCloud           | - | L 1886 | O | - | O | - | - | - | O | -
            C-FLOW-OUT-SMTP    | Out    | Tcp | 25,587,25028      | Internet             | - | L | - | - | - | - | - | - | - | -
            C-FLOW-IO-6380     | In+Out | Tcp | 6380              | VirtualNetwork       | - | - | O | O | O | O | O | O | O | O
            C-FLOW-IO-638X     | In+Out | Tcp | 6381-6383         | OwnSubnet            | L | L | O | O | O | O | O | O | O | O
            C-FLOW-IO-4290     | In+Out | Udp | 4290              | OwnSubnet            | - | - | O | O | O | O | O | O | O | O
            """;

    /** Rows that the design adds to those of the documents, or that are a reading of theirs. */
    private static final List<String> ADDED = List.of("C-FLOW-IN-CLIENT-80", "C-FLOW-OUT-INET443");

    private static final List<Map<String, String>> ROWS = PackageFiles.table("flows.csv");

    @TestFactory
    Stream<DynamicTest> everyVersionOfTheTable() {
        return HISTORY.lines()
                .map(FlowHistoryTest::cells)
                .flatMap(cells -> Stream.iterate(0, i -> i < COLUMNS.size(), i -> i + 1)
                        .map(i -> DynamicTest.dynamicTest(cells.get(0) + " " + COLUMNS.get(i), () -> check(cells, i))));
    }

    private static void check(List<String> cells, int column) {
        String[] at = COLUMNS.get(column).split(" ");
        String[] cell = cells.get(5 + column).split(" ");
        List<Map<String, String>> rows = rows(cells.get(0), cells.get(2), at[0], at[1]);
        if (cell[0].equals("-")) {
            assertThat(rows).isEmpty();
            return;
        }
        assertThat(rows).hasSize(1);
        Map<String, String> row = rows.get(0);
        assertThat(row)
                .containsEntry("direction", cells.get(1))
                .containsEntry("protocol", cells.get(2))
                .containsEntry("ports", cell.length > 1 ? cell[1] : cells.get(3))
                .containsEntry("remote", cell.length > 2 ? cell[2] : cells.get(4))
                .containsEntry("source_ports", "*");
        if (cell[0].equals("M")) {
            assertThat(row).containsEntry("optional", "no").containsEntry("severity", "error");
        }
        if (cell[0].equals("O")) {
            assertThat(row).containsEntry("optional", "yes").containsEntry("severity", "info");
        }
    }

    @Test
    void noRowIsLeftOutOfTheHistory() {
        List<String> known = new ArrayList<>(ADDED);
        HISTORY.lines().forEach(line -> known.add(cells(line).get(0)));

        assertThat(ROWS.stream().map(row -> row.get("id")).filter(id -> id.startsWith("C-FLOW-")))
                .allMatch(known::contains);
    }

    /** Requirements A.1, row by row. */
    @Test
    void theRowsOfTheSeedArticle() {
        assertThat(ROWS.stream()
                        .filter(row -> row.get("id").startsWith("SEED-PORT-"))
                        .map(row -> String.join(
                                " ",
                                row.get("id"),
                                row.get("direction"),
                                row.get("protocol"),
                                row.get("source_ports"),
                                row.get("ports"),
                                row.get("remote"),
                                row.get("network_types").isEmpty() ? "both" : row.get("network_types"),
                                row.get("severity"))))
                .containsExactly(
                        "SEED-PORT-IN-CLIENT In Tcp * 80,443 Internet External error",
                        "SEED-PORT-IN-3443 In Tcp * 3443 Internet both error",
                        "SEED-PORT-OUT-STORAGE-SB Out Tcp * 80,443 Internet both error",
                        "SEED-PORT-OUT-SQL Out Tcp * 1433 Internet both error",
                        "SEED-PORT-OUT-SQLV12-A Out Tcp * 11000-11999 Internet both info",
                        "SEED-PORT-OUT-SQLV12-B Out Tcp * 14000-14999 Internet both info",
                        "SEED-PORT-OUT-AMQP Out Tcp * 5671 Internet both warning",
                        "SEED-PORT-REDIS In+Out Udp 6381-6383 6381-6383 OwnSubnet both info",
                        "SEED-PORT-REDIS In+Out Tcp * 6381-6383 OwnSubnet both warning",
                        "SEED-PORT-OUT-SMB Out Tcp * 445 Internet both info",
                        "SEED-PORT-IN-LB In Tcp * * AzureLoadBalancer both error",
                        "SEED-PORT-IN-LB In Tcp * * AzureLoadBalancer both warning");
    }

    private static List<String> cells(String line) {
        return Stream.of(line.split("\\|")).map(String::trim).toList();
    }

    /** What applies to a Premium instance with several regions in a month. */
    private static List<Map<String, String>> rows(String id, String protocol, String month, String platform) {
        return ROWS.stream()
                .filter(row -> row.get("id").equals(id))
                .filter(row -> row.get("protocol").equals(protocol))
                .filter(row -> row.get("since").compareTo(month) <= 0)
                .filter(row -> row.get("until").isEmpty() || row.get("until").compareTo(month) > 0)
                .filter(row ->
                        row.get("platforms").isEmpty() || row.get("platforms").equals(platform))
                .filter(row -> row.get("tiers").isEmpty() || row.get("tiers").contains("Premium"))
                .filter(row -> !row.get("scope").equals("singleRegion"))
                .toList();
    }
}
