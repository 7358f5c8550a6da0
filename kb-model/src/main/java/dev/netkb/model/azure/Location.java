package dev.netkb.model.azure;

import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Agreement;
import dev.netkb.model.value.Cloud;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One region in which an API Management service runs: its primary location or one of its additional ones. The gateway of
 * a workspace that uses a virtual network is a place of its own; its id then stands for that of the service.
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

    public Location {
        zones = List.copyOf(zones);
        publicAddresses = List.copyOf(publicAddresses);
        privateAddresses = List.copyOf(privateAddresses);
        outboundPublicAddresses = List.copyOf(outboundPublicAddresses);
    }

    private static final String WORKSPACE_GATEWAY = "microsoft.apimanagement/gateways";

    /** The id of the service. */
    @Override
    public ResourceId id() {
        return serviceId;
    }

    /** Whether it is the gateway of a workspace. */
    public boolean isWorkspaceGateway() {
        return serviceId.type().equals(WORKSPACE_GATEWAY);
    }

    @Override
    public String factType() {
        return isWorkspaceGateway() ? "WorkspaceGateway" : AzureFact.super.factType();
    }

    /** The cloud that its region belongs to, null where the region is not known. */
    public @Nullable Cloud cloud() {
        return region == null ? null : Cloud.of(region);
    }

    /** The registration of Microsoft.Web in the subscription of its subnet, null where it names no subnet. */
    public @Nullable ResourceId webProvider() {
        return subnetId == null
                ? null
                : ResourceProviderRegistration.idOf(subnetId.subscription(), ResourceProviderRegistration.WEB);
    }

    /** All addresses under which clients reach it. */
    public List<AddressPrefix> ownAddresses() {
        return Stream.concat(publicAddresses.stream(), privateAddresses.stream())
                .toList();
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

    /** What the gateway of a workspace may be where its mode is not known. */
    public List<Location> possibilities() {
        return Stream.of(VirtualNetworkType.EXTERNAL, VirtualNetworkType.INTERNAL)
                .map(mode -> with(sku, mode))
                .toList();
    }

    /** The same without its tier, for a reason. */
    public Location withoutTier(String reason) {
        return with(null, virtualNetworkType, provenance.withUnknown("sku", reason));
    }

    /** The same with another tier and mode. */
    public Location with(@Nullable String tier, VirtualNetworkType mode) {
        return with(tier, mode, provenance);
    }

    private Location with(@Nullable String tier, VirtualNetworkType mode, Provenance from) {
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
                from);
    }

    public boolean hasSku(String name) {
        return name.equalsIgnoreCase(sku);
    }

    /** The name of the tier in lower case; empty where it is not known. */
    public String tierKey() {
        return sku == null ? "" : sku.toLowerCase(Locale.ROOT);
    }

    public boolean isInjectedMode() {
        return virtualNetworkType == VirtualNetworkType.EXTERNAL || virtualNetworkType == VirtualNetworkType.INTERNAL;
    }

    /** Whether an instance of a classic tier is in a virtual network. */
    public boolean isInjectedClassic() {
        return isInjectedMode() && sku != null && !tierKey().endsWith("v2");
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

    /** {@code zone 1} or {@code zones 1, 2}. */
    public String zonesInWords() {
        return (zones.size() == 1 ? "zone " : "zones ") + zoneNames();
    }
}
