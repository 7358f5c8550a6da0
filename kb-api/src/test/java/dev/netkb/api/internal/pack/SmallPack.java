package dev.netkb.api.internal.pack;

import dev.netkb.model.derived.Tier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Packaged rules of a few lines, for tests of what folders add to them. */
final class SmallPack {

    private static final String FLOWS = """
            id,direction,protocol,ports,remote,severity
            C-FLOW-OUT-SQL,Out,Tcp,1433,Sql,error
            SEED-DNS-53,Out,Udp,53,DnsServers,error
            """;

    static final List<Tier> TIERS = Stream.of(
                    "Consumption",
                    "Developer",
                    "Basic",
                    "Standard",
                    "Premium",
                    "Isolated",
                    "BasicV2",
                    "StandardV2",
                    "PremiumV2")
            .map(name -> new Tier(
                    name,
                    name.endsWith("V2")
                            ? Tier.Generation.V2
                            : name.equals("Consumption") ? Tier.Generation.CONSUMPTION : Tier.Generation.CLASSIC,
                    Set.of(),
                    0,
                    2))
            .toList();

    private SmallPack() {}

    static RulePack pack() {
        return new RulePack(
                "netkb",
                "1",
                "",
                RequirementTable.packaged("flows.csv", FLOWS, TIERS),
                List.of(),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of("rules/a.drl", "rule \"C-NET-05 A subnet has a group\" @id(\"C-NET-05\") when then end"),
                TIERS);
    }
}
