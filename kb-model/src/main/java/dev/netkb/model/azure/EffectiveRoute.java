package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An effective route of a network interface as Azure reported it.
 *
 * @param networkInterfaceId null where the response does not say whose it is
 * @param name the name of a route that people wrote, null for the others
 * @param source {@code Default}, {@code User}, {@code VirtualNetworkGateway} or {@code Unknown}
 * @param state {@code Active} or {@code Invalid}
 * @param disableBgpRoutePropagation whether routes of gateways are kept away; null where the answer does not say it
 */
public record EffectiveRoute(
        @Nullable ResourceId networkInterfaceId,
        @Nullable String name,
        String source,
        String state,
        List<AddressPrefix> prefixes,
        NextHopType nextHopType,
        List<AddressPrefix> nextHopIps,
        @Nullable Boolean disableBgpRoutePropagation,
        Provenance provenance) {

    public EffectiveRoute {
        prefixes = List.copyOf(prefixes);
        nextHopIps = List.copyOf(nextHopIps);
    }
}
