package dev.netkb.model.derived;

import java.util.Locale;
import java.util.Set;

/**
 * A pricing tier: a row of the table of tiers.
 *
 * @param name as exports spell it ({@code sku.name})
 * @param generation which requirements it has
 * @param uses what it offers
 * @param mostUnits the units that it can have in one region; 0 where no document says a limit
 * @param unitAddresses addresses that one unit takes in the subnet of an instance
 */
public record Tier(String name, Generation generation, Set<Use> uses, int mostUnits, int unitAddresses) {

    /** The kinds of tiers. Each has requirements of its own. */
    public enum Generation {
        /** Shared by everybody; it has no network and a platform of its own. */
        CONSUMPTION,
        CLASSIC,
        V2
    }

    /** What a tier can offer. */
    public enum Use {
        /** To be injected into a subnet, as the v2 tiers call it. */
        INJECTION,
        /** To reach out into a subnet. */
        INTEGRATION,
        /** To be reached by private endpoints. */
        PRIVATE_ENDPOINT,
        /** Availability zones. */
        ZONES
    }

    public Tier {
        uses = Set.copyOf(uses);
    }

    /** Its name in lower case, as {@link dev.netkb.model.azure.Location#tierKey()}. */
    public String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    public boolean isV2() {
        return generation == Generation.V2;
    }

    public boolean isInjectable() {
        return uses.contains(Use.INJECTION);
    }

    public boolean isIntegrable() {
        return uses.contains(Use.INTEGRATION);
    }

    public boolean isWithPrivateEndpoints() {
        return uses.contains(Use.PRIVATE_ENDPOINT);
    }

    public boolean isWithZones() {
        return uses.contains(Use.ZONES);
    }
}
