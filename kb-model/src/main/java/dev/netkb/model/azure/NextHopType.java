package dev.netkb.model.azure;

import java.util.Locale;

/** Where a route sends packets, in Azure's words; effective routes know more kinds than route tables. */
public enum NextHopType {
    VIRTUAL_NETWORK_GATEWAY("VirtualNetworkGateway"),
    VNET_LOCAL("VnetLocal"),
    VNET_PEERING("VNetPeering"),
    VNET_GLOBAL_PEERING("VNetGlobalPeering"),
    INTERNET("Internet"),
    VIRTUAL_APPLIANCE("VirtualAppliance"),
    VIRTUAL_NETWORK_SERVICE_ENDPOINT("VirtualNetworkServiceEndpoint"),
    INTERFACE_ENDPOINT("InterfaceEndpoint"),
    NONE("None"),
    UNKNOWN("Unknown");

    private final String azureName;

    NextHopType(String azureName) {
        this.azureName = azureName;
    }

    public String azureName() {
        return azureName;
    }

    /** Reads a next hop type in any letter case; {@link #UNKNOWN} where it is none. */
    public static NextHopType of(String text) {
        String wanted = text.trim().toLowerCase(Locale.ROOT);
        for (NextHopType type : values()) {
            if (type.azureName.toLowerCase(Locale.ROOT).equals(wanted)) {
                return type;
            }
        }
        return wanted.equals("virtualapplianceecmp") ? VIRTUAL_APPLIANCE : UNKNOWN;
    }
}
