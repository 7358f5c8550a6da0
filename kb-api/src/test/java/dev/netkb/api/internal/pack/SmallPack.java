package dev.netkb.api.internal.pack;

import dev.netkb.api.internal.table.CsvTable;
import dev.netkb.api.internal.table.UnreadableTableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Packaged rules of a few lines, for tests of what folders add to them. */
final class SmallPack {

    private static final String FLOWS = """
            id,direction,protocol,ports,remote,severity
            C-FLOW-OUT-SQL,Out,Tcp,1433,Sql,error
            SEED-DNS-53,Out,Udp,53,DnsServers,error
            """;

    private SmallPack() {}

    static RulePack pack() {
        List<FlowRow> flows = new ArrayList<>();
        try {
            RequirementTable.read(
                            CsvTable.read("flows.csv", FLOWS.getBytes(StandardCharsets.UTF_8)),
                            Set.of("SEED-DNS-53"),
                            new ArrayList<>())
                    .rows()
                    .forEach(row -> flows.add(row.row()));
        } catch (UnreadableTableException e) {
            throw new AssertionError(e);
        }
        return new RulePack(
                "netkb",
                "1",
                "",
                flows,
                List.of(),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of("rules/a.drl", "rule \"C-NET-05 A subnet has a group\" @id(\"C-NET-05\") when then end"));
    }
}
