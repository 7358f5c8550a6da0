package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Node;
import dev.netkb.model.azure.GatewayConnection;
import dev.netkb.model.azure.LocalNetworkGateway;
import dev.netkb.model.azure.VirtualNetworkGateway;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Virtual network gateways, the networks at the other end, and the connections between them. */
final class GatewayMapper implements Mapper {

    private static final String GATEWAY = "microsoft.network/virtualnetworkgateways";
    private static final String LOCAL = "microsoft.network/localnetworkgateways";
    private static final String CONNECTION = "microsoft.network/connections";

    @Override
    public Set<String> types() {
        return Set.of(GATEWAY, LOCAL, CONNECTION);
    }

    @Override
    public void map(Resource resource, Facts facts) {
        Fields fields = new Fields(resource.node(), facts.problems());
        switch (resource.type()) {
            case LOCAL -> local(resource, fields, facts);
            case CONNECTION -> connection(resource, fields, facts);
            default -> gateway(resource, fields, facts);
        }
    }

    private static void gateway(Resource resource, Fields fields, Facts facts) {
        VirtualNetworkGateway gateway = new VirtualNetworkGateway(
                resource.id(),
                resource.name(),
                fields.region("location", "location"),
                fields.text("gatewayType", "gatewayType"),
                fields.text("vpnType", "vpnType"),
                subnet(fields, facts),
                fields.bool("enableBgp", "enableBgp"),
                fields.wholeNumber("asn", "bgpSettings", "asn"),
                clientPrefixes(fields, facts),
                fields.id("defaultSiteId", "gatewayDefaultSite", "id"),
                fields.provenance());
        fields.reportRest("virtualNetworkGateway");
        facts.add(gateway, fields);
    }

    /** All IP configurations of a gateway lie in one subnet. */
    private static @Nullable ResourceId subnet(Fields gateway, Facts facts) {
        ResourceId subnet = null;
        for (Node item : gateway.objects("subnetId", "ipConfigurations")) {
            Fields configuration = new Fields(item, facts.problems());
            ResourceId found = configuration.id("subnetId", "subnet", "id");
            subnet = subnet == null ? found : subnet;
            if (subnet == null) {
                configuration.provenance().unknown().forEach(gateway::unknown);
            }
        }
        return subnet;
    }

    private static List<AddressPrefix> clientPrefixes(Fields fields, Facts facts) {
        return Addresses.prefixes(
                fields,
                facts.problems(),
                "vpnClientPrefixes",
                "vpnClientConfiguration",
                "vpnClientAddressPool",
                "addressPrefixes");
    }

    private static void local(Resource resource, Fields fields, Facts facts) {
        LocalNetworkGateway gateway = new LocalNetworkGateway(
                resource.id(),
                resource.name(),
                fields.region("location", "location"),
                Addresses.prefixes(
                        fields, facts.problems(), "addressPrefixes", "localNetworkAddressSpace", "addressPrefixes"),
                fields.wholeNumber("asn", "bgpSettings", "asn"),
                fields.provenance());
        fields.reportRest("localNetworkGateway");
        facts.add(gateway, fields);
    }

    private static void connection(Resource resource, Fields fields, Facts facts) {
        GatewayConnection connection = new GatewayConnection(
                resource.id(),
                resource.name(),
                fields.text("connectionType", "connectionType"),
                fields.id("gatewayId", "virtualNetworkGateway1", "id"),
                fields.id("otherGatewayId", "virtualNetworkGateway2", "id"),
                fields.id("localNetworkGatewayId", "localNetworkGateway2", "id"),
                fields.id("peerId", "peer", "id"),
                fields.bool("enableBgp", "enableBgp"),
                fields.text("status", "connectionStatus"),
                fields.provenance());
        fields.reportRest("gatewayConnection");
        facts.add(connection, fields);
    }
}
