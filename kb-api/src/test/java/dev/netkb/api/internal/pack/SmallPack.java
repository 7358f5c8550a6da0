package dev.netkb.api.internal.pack;

import java.util.List;
import java.util.Map;

/** Packaged rules of a few lines, for tests of what folders add to them. */
final class SmallPack {

    private static final String FLOWS = """
            id,direction,protocol,ports,remote,severity
            C-FLOW-OUT-SQL,Out,Tcp,1433,Sql,error
            SEED-DNS-53,Out,Udp,53,DnsServers,error
            """;

    private SmallPack() {}

    static RulePack pack() {
        return new RulePack(
                "netkb",
                "1",
                "",
                RequirementTable.packaged("flows.csv", FLOWS),
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
