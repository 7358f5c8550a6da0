package dev.netkb.api.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of resources that scripts export, by the way in which they are found. */
final class ExportedTypes {

    /** Listed below a subscription or a resource group, and in the table {@code resources} of Resource Graph. */
    static final List<String> LISTED = List.of(
            "microsoft.apimanagement/service",
            "microsoft.apimanagement/gateways",
            "microsoft.network/virtualnetworks",
            "microsoft.network/networksecuritygroups",
            "microsoft.network/routetables",
            "microsoft.network/publicipaddresses",
            "microsoft.network/networkinterfaces",
            "microsoft.network/privateendpoints",
            "microsoft.network/azurefirewalls",
            "microsoft.network/firewallpolicies",
            "microsoft.network/ipgroups",
            "microsoft.network/privatednszones");

    /** Listed below a resource group only; Resource Graph has them all the same. */
    static final List<String> LISTED_BY_GROUP = List.of(
            "microsoft.network/virtualnetworkgateways",
            "microsoft.network/localnetworkgateways",
            "microsoft.network/connections");

    /** Parts of others which Resource Graph lists on their own. */
    static final List<String> PARTS = List.of(
            "microsoft.network/firewallpolicies/rulecollectiongroups",
            "microsoft.network/privatednszones/virtualnetworklinks");

    /**
     * The columns that Resource Graph is asked for. Of gateways and connections only what the rules read, because keys and
     * passwords stand beside it.
     */
    static final String COLUMNS =
            "project id, name, type, location, resourceGroup, subscriptionId, sku, zones, properties = case("
                    + "type =~ 'microsoft.network/virtualnetworkgateways', "
                    + bag(
                            copied("gatewayType", "vpnType", "ipConfigurations", "enableBgp", "bgpSettings"),
                            inner("gatewayDefaultSite", "id"),
                            inner("vpnClientConfiguration", "vpnClientAddressPool"))
                    + ", type =~ 'microsoft.network/localnetworkgateways', "
                    + bag(copied("localNetworkAddressSpace", "bgpSettings"))
                    + ", type =~ 'microsoft.network/connections', "
                    + bag(
                            copied("connectionType", "enableBgp", "connectionStatus"),
                            inner("virtualNetworkGateway1", "id"),
                            inner("virtualNetworkGateway2", "id"),
                            inner("localNetworkGateway2", "id"),
                            inner("peer", "id"))
                    + ", properties)";

    private ExportedTypes() {}

    private static String bag(String... parts) {
        return "bag_pack(" + String.join(", ", parts) + ")";
    }

    private static String copied(String... fields) {
        return Stream.of(fields)
                .map(field -> "'" + field + "', properties." + field)
                .collect(Collectors.joining(", "));
    }

    private static String inner(String field, String below) {
        return "'" + field + "', bag_pack('" + below + "', properties." + field + "." + below + ")";
    }

    /** What Resource Graph is asked for. */
    static List<String> inResourceGraph() {
        List<String> types = new ArrayList<>(LISTED);
        types.addAll(LISTED_BY_GROUP);
        types.addAll(PARTS);
        return types;
    }
}
