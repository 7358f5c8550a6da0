package dev.netkb.model.derived;

import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.VirtualNetworkType;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The locations that a requirement speaks of. An empty set means "any".
 *
 * @param models networking models
 * @param platforms compute platforms
 * @param networkTypes modes
 * @param tiers pricing tiers in lower case
 * @param scope whether the number of regions matters
 */
public record Applicability(
        Set<NetworkModel> models,
        Set<Platform> platforms,
        Set<VirtualNetworkType> networkTypes,
        Set<String> tiers,
        Scope scope) {

    /** Every location. */
    public static final Applicability ANY = new Applicability(Set.of(), Set.of(), Set.of(), Set.of(), Scope.ANY);

    /** Whether a requirement holds for services in one region, in several, or both. */
    public enum Scope {
        ANY,
        SINGLE_REGION,
        MULTI_REGION
    }

    public Applicability {
        models = Set.copyOf(models);
        platforms = Set.copyOf(platforms);
        networkTypes = Set.copyOf(networkTypes);
        tiers = Set.copyOf(tiers);
    }

    /** The same, of further models too. */
    public Applicability and(Set<NetworkModel> further) {
        if (models.isEmpty() || further.isEmpty()) {
            return this;
        }
        Set<NetworkModel> more = EnumSet.copyOf(models);
        more.addAll(further);
        return new Applicability(more, platforms, networkTypes, tiers, scope);
    }

    public boolean covers(LocationModel located) {
        Location location = located.location();
        return (models.isEmpty() || models.contains(located.model()))
                && (platforms.isEmpty() || platforms.contains(located.platform()))
                && (networkTypes.isEmpty() || networkTypes.contains(location.virtualNetworkType()))
                && (tiers.isEmpty()
                        || location.sku() != null
                                && tiers.contains(location.sku().toLowerCase(Locale.ROOT)))
                && (scope == Scope.ANY || (scope == Scope.MULTI_REGION) == location.isMultiRegion());
    }
}
