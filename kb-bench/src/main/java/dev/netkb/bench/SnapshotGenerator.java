package dev.netkb.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * Makes snapshots as the REST API exports them: virtual networks with subnets and peerings, groups with their default rules,
 * route tables, public addresses, instances of API Management. The same for the same seed, on every machine.
 */
final class SnapshotGenerator {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private static final List<String> REGIONS = List.of("westeurope", "northeurope", "eastus", "southeastasia");

    /** What the rules of a careful group say: direction, access, protocol, from, to, ports. */
    private static final List<List<String>> CAREFUL = List.of(
            List.of("Inbound", "Allow", "Tcp", "Internet", "VirtualNetwork", "443"),
            List.of("Inbound", "Allow", "Tcp", "ApiManagement", "VirtualNetwork", "3443"),
            List.of("Inbound", "Allow", "Tcp", "AzureLoadBalancer", "VirtualNetwork", "6390"),
            List.of("Inbound", "Allow", "Tcp", "AzureTrafficManager", "VirtualNetwork", "443"),
            List.of("Outbound", "Allow", "Tcp", "VirtualNetwork", "Storage", "443"),
            List.of("Outbound", "Allow", "Tcp", "VirtualNetwork", "Sql", "1433"),
            List.of("Outbound", "Allow", "Tcp", "VirtualNetwork", "AzureKeyVault", "443"),
            List.of("Outbound", "Allow", "Tcp", "VirtualNetwork", "AzureMonitor", "443"));

    private static final List<List<String>> DEFAULTS = List.of(
            List.of("AllowVnetInBound", "Inbound", "Allow", "65000", "VirtualNetwork", "VirtualNetwork"),
            List.of("AllowAzureLoadBalancerInBound", "Inbound", "Allow", "65001", "AzureLoadBalancer", "*"),
            List.of("DenyAllInBound", "Inbound", "Deny", "65500", "*", "*"),
            List.of("AllowVnetOutBound", "Outbound", "Allow", "65000", "VirtualNetwork", "VirtualNetwork"),
            List.of("AllowInternetOutBound", "Outbound", "Allow", "65001", "*", "Internet"),
            List.of("DenyAllOutBound", "Outbound", "Deny", "65500", "*", "*"));

    private final Random random;
    private final Shape shape;
    private final JsonGenerator json;
    private final String group;
    private final String region;

    private SnapshotGenerator(long seed, Shape shape, OutputStream out) throws IOException {
        this.random = new Random(seed);
        this.shape = shape;
        this.json = JSON.createGenerator(out);
        this.group = "/subscriptions/" + guid() + "/resourceGroups/net-" + random.nextInt(1000) + "/providers/";
        this.region = REGIONS.get(random.nextInt(REGIONS.size()));
    }

    /** Writes one snapshot in one line, without its line feed. */
    static void snapshot(long seed, Shape shape, OutputStream out) throws IOException {
        new SnapshotGenerator(seed, shape, out).write();
    }

    /** Writes snapshots, one a line, into a file that is packed with gzip. */
    static void lines(long seed, int count, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file), 1 << 16))) {
            for (int number = 0; number < count; number++) {
                long own = seed * 1_000_003 + number;
                snapshot(own, Shape.typical(new Random(own)), out);
                out.write("\n".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("value");
        for (int network = 0; network < shape.virtualNetworks(); network++) {
            network(network);
        }
        for (int nsg = 0; nsg < shape.nsgs(); nsg++) {
            nsg(nsg);
        }
        for (int service = 0; service < shape.services(); service++) {
            if (service % 5 == 0) {
                routeTable(service);
            }
            publicAddress(service);
            service(service);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
    }

    // ---- names

    private String guid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private String id(String type, String name) {
        return group + type + "/" + name;
    }

    private String networkId(int network) {
        return id("Microsoft.Network/virtualNetworks", "vnet-" + network);
    }

    /** Subnets are dealt out to the networks in turn. */
    private String subnetId(int subnet) {
        return networkId(subnet % shape.virtualNetworks()) + "/subnets/snet-" + subnet;
    }

    private String nsgId(int nsg) {
        return id("Microsoft.Network/networkSecurityGroups", "nsg-" + nsg);
    }

    /** 10.0.0.0/16, 10.1.0.0/16, …: networks repeat after 256, as they do where nobody peers them. */
    private static String octets(int network) {
        return "10." + network % 256;
    }

    private void begin(String type, String id) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", id.substring(id.lastIndexOf('/') + 1));
        json.writeStringField("id", id);
        json.writeStringField("etag", "W/\"" + guid() + "\"");
        json.writeStringField("type", type);
        json.writeStringField("location", region);
        json.writeObjectFieldStart("properties");
        json.writeStringField("provisioningState", "Succeeded");
    }

    private void end() throws IOException {
        json.writeEndObject();
        json.writeEndObject();
    }

    private void reference(String name, String id) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("id", id);
        json.writeEndObject();
    }

    // ---- resources

    private void network(int network) throws IOException {
        begin("Microsoft.Network/virtualNetworks", networkId(network));
        json.writeStringField("resourceGuid", guid());
        json.writeObjectFieldStart("addressSpace");
        json.writeArrayFieldStart("addressPrefixes");
        json.writeString(octets(network) + ".0.0/16");
        json.writeEndArray();
        json.writeEndObject();
        json.writeArrayFieldStart("subnets");
        int place = 0;
        for (int subnet = network; subnet < shape.subnets(); subnet += shape.virtualNetworks()) {
            subnet(subnet, octets(network) + "." + place++ % 256 + ".0/24");
        }
        json.writeEndArray();
        json.writeArrayFieldStart("virtualNetworkPeerings");
        json.writeEndArray();
        json.writeBooleanField("enableDdosProtection", false);
        end();
    }

    private void subnet(int subnet, String prefix) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", "snet-" + subnet);
        json.writeStringField("id", subnetId(subnet));
        json.writeObjectFieldStart("properties");
        json.writeStringField("provisioningState", "Succeeded");
        json.writeStringField("addressPrefix", prefix);
        // Services have a group, except for a few that were forgotten; of the others every fourth has one.
        if (subnet < shape.services() ? random.nextInt(20) > 0 : subnet % 4 == 0) {
            reference("networkSecurityGroup", nsgId(subnet % shape.nsgs()));
        }
        if (subnet < shape.services() && subnet % 5 == 0) {
            reference("routeTable", id("Microsoft.Network/routeTables", "rt-" + subnet));
        }
        json.writeArrayFieldStart("serviceEndpoints");
        json.writeEndArray();
        json.writeArrayFieldStart("delegations");
        json.writeEndArray();
        json.writeStringField("privateEndpointNetworkPolicies", "Enabled");
        json.writeEndObject();
        json.writeEndObject();
    }

    private void nsg(int nsg) throws IOException {
        begin("Microsoft.Network/networkSecurityGroups", nsgId(nsg));
        json.writeStringField("resourceGuid", guid());
        json.writeArrayFieldStart("securityRules");
        for (int rule = 0; rule < shape.rulesEach(); rule++) {
            rule(rule);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("defaultSecurityRules");
        for (List<String> rule : DEFAULTS) {
            json.writeStartObject();
            json.writeStringField("name", rule.get(0));
            ruleProperties(
                    Integer.parseInt(rule.get(3)),
                    List.of(rule.get(1), rule.get(2), "*", rule.get(4), rule.get(5), "*"));
            json.writeEndObject();
        }
        json.writeEndArray();
        end();
    }

    /** The first ones are those of a careful group, as far as somebody thought of them; the others are of that network. */
    private void rule(int rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", "rule-" + rule);
        ruleProperties(
                100 + 10 * rule % 3_900 + rule / 390,
                rule < CAREFUL.size() && random.nextInt(4) > 0 ? CAREFUL.get(rule) : own());
        json.writeEndObject();
    }

    private List<String> own() {
        boolean inbound = random.nextBoolean();
        String far = (1 + random.nextInt(222)) + "." + random.nextInt(256) + "." + random.nextInt(256) + ".0/24";
        int port = List.of(22, 443, 1433, 3389, 5432, 8080).get(random.nextInt(6));
        return List.of(
                inbound ? "Inbound" : "Outbound",
                random.nextInt(5) == 0 ? "Deny" : "Allow",
                random.nextInt(4) == 0 ? "*" : "Tcp",
                inbound ? far : "VirtualNetwork",
                inbound ? "VirtualNetwork" : far,
                random.nextInt(3) == 0 ? port + "-" + (port + 50) : String.valueOf(port));
    }

    private void ruleProperties(int priority, List<String> rule) throws IOException {
        json.writeObjectFieldStart("properties");
        json.writeStringField("protocol", rule.get(2));
        json.writeStringField("sourcePortRange", "*");
        json.writeStringField("destinationPortRange", rule.get(5));
        json.writeStringField("sourceAddressPrefix", rule.get(3));
        json.writeStringField("destinationAddressPrefix", rule.get(4));
        json.writeStringField("access", rule.get(1));
        json.writeNumberField("priority", priority);
        json.writeStringField("direction", rule.get(0));
        json.writeEndObject();
    }

    private void routeTable(int subnet) throws IOException {
        begin("Microsoft.Network/routeTables", id("Microsoft.Network/routeTables", "rt-" + subnet));
        json.writeArrayFieldStart("routes");
        json.writeStartObject();
        json.writeStringField("name", "control-plane");
        json.writeObjectFieldStart("properties");
        json.writeStringField("addressPrefix", "ApiManagement");
        json.writeStringField("nextHopType", "Internet");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        end();
    }

    private void publicAddress(int service) throws IOException {
        String id = id("Microsoft.Network/publicIPAddresses", "pip-" + service);
        begin("Microsoft.Network/publicIPAddresses", id);
        json.writeStringField("ipAddress", "20.31." + service / 256 % 256 + "." + service % 256);
        json.writeStringField("publicIPAllocationMethod", "Static");
        end();
    }

    private void service(int service) throws IOException {
        String name = "api-" + service;
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("id", id("Microsoft.ApiManagement/service", name));
        json.writeStringField("type", "Microsoft.ApiManagement/service");
        json.writeStringField("location", region);
        json.writeObjectFieldStart("sku");
        json.writeStringField("name", random.nextInt(3) == 0 ? "Developer" : "Premium");
        json.writeNumberField("capacity", 1);
        json.writeEndObject();
        json.writeObjectFieldStart("properties");
        json.writeStringField("provisioningState", "Succeeded");
        json.writeStringField("virtualNetworkType", random.nextBoolean() ? "Internal" : "External");
        json.writeStringField("platformVersion", "stv2");
        json.writeStringField("publicIpAddressId", id("Microsoft.Network/publicIPAddresses", "pip-" + service));
        json.writeStringField("gatewayUrl", "https://" + name + ".azure-api.net");
        json.writeObjectFieldStart("virtualNetworkConfiguration");
        json.writeStringField("subnetResourceId", subnetId(service));
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }
}
