package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Agreement;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One region in which an API Management service runs: its primary location or one of its additional ones.
 * Requirements are decided per location. What is said of the service as a whole (tier, mode) is repeated here, so that
 * a rule reads it in one place.
 *
 * @param region null where the export does not say it
 * @param sku the pricing tier, such as {@code Premium}; null where the export does not say one that exists
 * @param units scale units, null where the export does not say them
 * @param virtualNetworkType the mode of the service
 * @param subnetId the subnet that the location uses, null when it uses none
 * @param platformVersion as exported, null where the export does not say it
 * @param publicAddresses,privateAddresses the addresses that Azure gave it
 * @param outboundPublicAddresses the public addresses that its calls come from where it has a NAT gateway
 * @param natGatewayState {@code Enabled} or {@code Disabled}; null where the export does not say it
 * @param disableGateway whether its gateway is switched off; null where the export does not say it
 * @param additionalLocations how many additional locations the service has
 * @param deployed false where the service is only planned
 */
public record Location(
        ResourceId serviceId,
        @Nullable Region region,
        boolean primary,
        @Nullable String sku,
        @Nullable Integer units,
        List<String> zones,
        VirtualNetworkType virtualNetworkType,
        @Nullable ResourceId subnetId,
        @Nullable ResourceId publicIpAddressId,
        @Nullable String platformVersion,
        List<AddressPrefix> publicAddresses,
        List<AddressPrefix> privateAddresses,
        List<AddressPrefix> outboundPublicAddresses,
        @Nullable String natGatewayState,
        @Nullable Boolean disableGateway,
        @Nullable Region primaryRegion,
        int additionalLocations,
        boolean deployed,
        Provenance provenance)
        implements AzureFact {

    /** The tiers that exist ({@code sku.name} of Microsoft.ApiManagement/service by its REST specification). */
    public static final List<String> TIERS = List.of(
            "Consumption",
            "Developer",
            "Basic",
            "Standard",
            "Premium",
            "Isolated",
            "BasicV2",
            "StandardV2",
            "PremiumV2");

    public Location {
        zones = List.copyOf(zones);
        publicAddresses = List.copyOf(publicAddresses);
        privateAddresses = List.copyOf(privateAddresses);
        outboundPublicAddresses = List.copyOf(outboundPublicAddresses);
    }

    /** The id of the service. */
    @Override
    public ResourceId id() {
        return serviceId;
    }

    /** The region's name, or {@code unknown}. */
    public String regionName() {
        return region == null ? "unknown" : region.key();
    }

    /** Stable text that tells this location from all others of a snapshot. */
    public String key() {
        return serviceId.key() + "@" + regionName() + (primary ? "" : "+");
    }

    /** The virtual network of its subnet, null when it has no subnet. */
    public @Nullable ResourceId vnetId() {
        return subnetId == null ? null : subnetId.parent().orElse(null);
    }

    public boolean isStv1() {
        return "stv1".equalsIgnoreCase(platformVersion);
    }

    /** Whether the export says no platform, or one that is not determined yet. */
    public boolean isPlatformUnknown() {
        return platformVersion == null || platformVersion.equalsIgnoreCase("undetermined");
    }

    /**
     * What the location may be: itself where its tier and mode are known, else itself with each value that the unknown
     * ones can have.
     */
    public List<Location> possibilities() {
        List<String> tiers =
                sku == null ? TIERS.stream().filter(this::canHaveTier).toList() : List.of(sku);
        List<VirtualNetworkType> modes = virtualNetworkType == VirtualNetworkType.UNKNOWN
                ? List.of(VirtualNetworkType.NONE, VirtualNetworkType.EXTERNAL, VirtualNetworkType.INTERNAL)
                : List.of(virtualNetworkType);
        return tiers.stream()
                .flatMap(tier -> modes.stream().map(mode -> with(tier, mode)))
                .toList();
    }

    /** Platform mtv1 is that of the Consumption tier alone; there never was a v2 tier on stv1. */
    private boolean canHaveTier(String tier) {
        return isPlatformUnknown()
                || tier.equals("Consumption") == "mtv1".equalsIgnoreCase(platformVersion) && !(isStv1() && isV2(tier));
    }

    private Location with(String tier, VirtualNetworkType mode) {
        return new Location(
                serviceId,
                region,
                primary,
                tier,
                units,
                zones,
                mode,
                subnetId,
                publicIpAddressId,
                platformVersion,
                publicAddresses,
                privateAddresses,
                outboundPublicAddresses,
                natGatewayState,
                disableGateway,
                primaryRegion,
                additionalLocations,
                deployed,
                provenance);
    }

    public boolean hasSku(String name) {
        return name.equalsIgnoreCase(sku);
    }

    /** Whether the tier is one of the v2 tiers (BasicV2, StandardV2, PremiumV2). */
    public boolean isV2Sku() {
        return sku != null && isV2(sku);
    }

    private static boolean isV2(String tier) {
        return tier.toLowerCase(Locale.ROOT).endsWith("v2");
    }

    public boolean isInjectedMode() {
        return virtualNetworkType == VirtualNetworkType.EXTERNAL || virtualNetworkType == VirtualNetworkType.INTERNAL;
    }

    /** Whether an instance of a classic tier is in a virtual network. */
    public boolean isInjectedClassic() {
        return isInjectedMode() && sku != null && !isV2Sku();
    }

    public boolean isMultiRegion() {
        return additionalLocations > 0;
    }

    /** Whether its subnet lies in a network of the classic deployment model. */
    public boolean isOnClassicNetwork() {
        return subnetId != null && subnetId.type().startsWith("microsoft.classicnetwork/");
    }

    /** Whether the subnet lies in the subscription of the service; unknown too where the location names no subnet. */
    public Agreement subnetSubscription() {
        return subnetId == null ? Agreement.UNKNOWN : serviceId.sameSubscription(subnetId);
    }

    /** Whether the public IP address lies in the subscription of the service; unknown too where there is none. */
    public Agreement publicIpSubscription() {
        return publicIpAddressId == null ? Agreement.UNKNOWN : serviceId.sameSubscription(publicIpAddressId);
    }

    /** Whether it has the same number of units in each of its zones; false too where the units are not known. */
    public boolean hasUnitsInEvenZones() {
        return units != null && !zones.isEmpty() && units % zones.size() == 0;
    }

    /** Its zones, joined by a comma; {@code none} where it has none. */
    public String zoneNames() {
        return zones.isEmpty() ? "none" : String.join(", ", zones);
    }
}
