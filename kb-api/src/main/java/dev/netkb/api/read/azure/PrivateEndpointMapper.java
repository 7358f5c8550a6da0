package dev.netkb.api.read.azure;

import dev.netkb.api.read.json.Node;
import dev.netkb.api.read.json.Problems;
import dev.netkb.model.azure.PrivateEndpoint;
import dev.netkb.model.azure.PrivateEndpoint.Connection;
import dev.netkb.model.azure.PrivateEndpoint.DnsConfig;
import dev.netkb.model.azure.SubnetUser;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Private endpoints. */
final class PrivateEndpointMapper implements Mapper {

    @Override
    public Set<String> types() {
        return Set.of("microsoft.network/privateendpoints");
    }

    @Override
    public void map(Resource resource, Facts facts) {
        Problems problems = facts.problems();
        Fields fields = new Fields(resource.node(), problems);
        List<Connection> connections = new ArrayList<>();
        connections.addAll(connections(fields, "privateLinkServiceConnections", false, problems));
        connections.addAll(connections(fields, "manualPrivateLinkServiceConnections", true, problems));
        PrivateEndpoint endpoint = new PrivateEndpoint(
                resource.id(),
                resource.name(),
                fields.region("location", "location"),
                fields.id("subnetId", "subnet", "id"),
                connections,
                dnsConfigs(fields, problems),
                addresses(fields, problems),
                fields.ids("networkInterfaceIds", "networkInterfaces"),
                fields.provenance());
        fields.reportRest("privateEndpoint");
        if (resource.planned() && endpoint.subnetId() != null) {
            facts.addDerived(new SubnetUser(
                    resource.id(),
                    endpoint.subnetId(),
                    SubnetUser.Kind.PRIVATE_ENDPOINT,
                    resource.id(),
                    resource.type(),
                    Provenance.at(resource.node().place())));
        }
        facts.add(endpoint, fields);
    }

    private static List<Connection> connections(Fields endpoint, String field, boolean manual, Problems problems) {
        List<Connection> connections = new ArrayList<>();
        for (Node item : endpoint.objects("connections", field)) {
            Fields fields = new Fields(item, problems);
            connections.add(new Connection(
                    fields.id("serviceId", "privateLinkServiceId"),
                    fields.texts("groupIds", "groupIds"),
                    fields.text("status", "privateLinkServiceConnectionState", "status"),
                    manual));
            fields.provenance().unknown().values().forEach(reason -> endpoint.unknown("connections", reason));
        }
        return connections;
    }

    private static List<DnsConfig> dnsConfigs(Fields endpoint, Problems problems) {
        List<DnsConfig> configs = new ArrayList<>();
        for (Node item : endpoint.objects("dnsConfigs", "customDnsConfigs")) {
            Fields fields = new Fields(item, problems);
            String fqdn = fields.text("fqdn", "fqdn");
            List<AddressPrefix> addresses = Addresses.prefixes(fields, problems, "addresses", "ipAddresses");
            if (fqdn != null) {
                configs.add(new DnsConfig(fqdn, addresses));
            }
            fields.provenance().unknown().values().forEach(reason -> endpoint.unknown("dnsConfigs", reason));
        }
        return configs;
    }

    private static List<AddressPrefix> addresses(Fields endpoint, Problems problems) {
        List<AddressPrefix> addresses = new ArrayList<>();
        for (Node item : endpoint.objects("privateAddresses", "ipConfigurations")) {
            Fields fields = new Fields(item, problems);
            addresses.addAll(Addresses.prefixes(fields, problems, "privateAddresses", "privateIPAddress"));
            fields.provenance().unknown().forEach(endpoint::unknown);
        }
        return addresses;
    }
}
