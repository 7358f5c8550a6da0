package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.derived.Tier.Generation;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The tiers that are known.
 *
 * @param all in the order of the table
 */
public record Tiers(List<Tier> all) {

    /** How people make a tier known. */
    public static final String ADVICE = "a row of tiers.csv in a rules folder makes a new tier known";

    public Tiers {
        all = List.copyOf(all);
    }

    /** Such as {@code Consumption, Developer, Basic}. */
    public String names() {
        return all.stream().map(Tier::name).collect(Collectors.joining(", "));
    }

    /** Whether a location names a tier that is none of these. */
    public boolean isUnknownOf(Location location) {
        return location.sku() != null
                && all.stream().noneMatch(tier -> tier.key().equals(location.tierKey()));
    }

    /** The location without a tier that nobody knows. */
    public Location believed(Location location) {
        return isUnknownOf(location)
                ? location.withoutTier("sku.name is '" + Objects.requireNonNull(location.sku())
                        + "', a tier that is not known; " + ADVICE)
                : location;
    }

    /**
     * What a location may be: itself where its tier and mode are known, else itself with each value that the unknown ones can
     * have.
     */
    public List<Possibility> possibilities(Location location) {
        List<VirtualNetworkType> modes = location.virtualNetworkType() == VirtualNetworkType.UNKNOWN
                ? List.of(VirtualNetworkType.NONE, VirtualNetworkType.EXTERNAL, VirtualNetworkType.INTERNAL)
                : List.of(location.virtualNetworkType());
        return all.stream()
                .filter(tier -> location.sku() == null
                        ? canBe(location, tier)
                        : tier.key().equals(location.tierKey()))
                .flatMap(tier -> modes.stream()
                        .map(mode -> new Possibility(
                                location,
                                location.with(location.sku() == null ? tier.name() : location.sku(), mode),
                                tier.isV2())))
                .toList();
    }

    /** Platform mtv1 is that of the Consumption tier alone; there never was a v2 tier on stv1. */
    private static boolean canBe(Location location, Tier tier) {
        return location.isPlatformUnknown()
                || tier.generation() == Generation.CONSUMPTION == "mtv1".equalsIgnoreCase(location.platformVersion())
                        && !(location.isStv1() && tier.isV2());
    }
}
