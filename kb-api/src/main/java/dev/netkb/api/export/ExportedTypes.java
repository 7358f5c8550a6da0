package dev.netkb.api.export;

import java.util.ArrayList;
import java.util.List;

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

    private ExportedTypes() {}

    /** What Resource Graph is asked for. */
    static List<String> inResourceGraph() {
        List<String> types = new ArrayList<>(LISTED);
        types.addAll(LISTED_BY_GROUP);
        types.addAll(PARTS);
        return types;
    }
}
