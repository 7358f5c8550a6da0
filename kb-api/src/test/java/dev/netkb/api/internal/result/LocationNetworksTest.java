package dev.netkb.api.internal.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.model.report.LocationNetwork;
import dev.netkb.model.report.LocationNetwork.NextHop;
import dev.netkb.model.report.LocationNetwork.Part;
import dev.netkb.model.report.LocationNetwork.Peering;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocationNetworksTest {

    private static final String NETWORK = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/";
    private static final String VNET = NETWORK + "virtualNetworks/v";
    private static final String SERVICE = """
            {"type": "Microsoft.ApiManagement/service", "name": "shop", "location": "westeurope",
             "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/shop",
             "sku": {"name": "Developer", "capacity": 1},
             "properties": {"virtualNetworkType": "External", "platformVersion": "stv2.1",
                            "virtualNetworkConfiguration": {"subnetResourceId": "%s/subnets/apim"}}}""".formatted(VNET);

    @Test
    void saysNothingOfALocationWithoutSubnet() {
        assertThat(around(SERVICE.replaceAll("(?s),\\s*\"virtualNetworkConfiguration.*}}}", "}}")))
                .isNull();
    }

    /** What was not exported is unknown, and not empty. */
    @Test
    void namesWhatWasNotExported() {
        assertThat(network(SERVICE))
                .isEqualTo(new LocationNetwork(
                        List.of(),
                        null,
                        null,
                        List.of(),
                        0,
                        List.of(),
                        List.of(),
                        0,
                        List.of(),
                        EnumSet.allOf(Part.class)));
    }

    @Test
    void tellsNoneFromUnknown() {
        LocationNetwork network = network(SERVICE, vnet("", "", ""));

        assertThat(network.unknown()).isEmpty();
        assertThat(network.prefixes()).containsExactly("10.0.1.0/24");
        assertThat(network.nsg()).isNull();
        assertThat(network.routeTable()).isNull();
        assertThat(network.nextHops()).isEmpty();
        assertThat(network.dnsServers()).isEmpty();
        assertThat(network.peerings()).isEmpty();
    }

    @Test
    void saysWhatIsThere() {
        String subnet = """
                , "networkSecurityGroup": {"id": "%1$snetworkSecurityGroups/n"},
                  "routeTable": {"id": "%1$srouteTables/t"},
                  "serviceEndpoints": [{"service": "Microsoft.Storage"}, {"service": "Microsoft.Sql"}]""".formatted(NETWORK);
        String peering = """
                {"id": "%1$s/virtualNetworkPeerings/hub", "name": "hub", "properties": {"peeringState": "Connected",
                 "allowVirtualNetworkAccess": true, "remoteVirtualNetwork": {"id": "%2$svirtualNetworks/hub"}}}""".formatted(VNET, NETWORK);
        LocationNetwork network = network(
                SERVICE,
                vnet(subnet, "\"10.0.0.5\", \"10.0.0.4\"", peering),
                table(
                        route("all", "0.0.0.0/0", "VirtualAppliance", "10.9.0.4"),
                        route("control", "ApiManagement", "Internet", null),
                        route("more", "10.0.0.0/8", "VirtualAppliance", "10.9.0.4")),
                """
                {"type": "Microsoft.Network/azureFirewalls", "name": "fw", "id": "%1$sazureFirewalls/fw", "properties":
                 {"ipConfigurations": [{"name": "i", "properties": {"privateIPAddress": "10.9.0.4",
                  "subnet": {"id": "%1$svirtualNetworks/hub/subnets/AzureFirewallSubnet"}}}]}}""".formatted(NETWORK));

        assertThat(network.unknown()).isEmpty();
        assertThat(network.nsg()).isEqualTo(ResourceId.of(NETWORK + "networkSecurityGroups/n"));
        assertThat(network.routeTable()).isEqualTo(ResourceId.of(NETWORK + "routeTables/t"));
        assertThat(network.nextHops())
                .containsExactly(
                        new NextHop(
                                "VirtualAppliance",
                                List.of("10.9.0.4"),
                                List.of("0.0.0.0/0", "10.0.0.0/8"),
                                0,
                                ResourceId.of(NETWORK + "azureFirewalls/fw")),
                        new NextHop("Internet", List.of(), List.of("ApiManagement"), 0, null));
        assertThat(network.dnsServers()).containsExactly("10.0.0.5", "10.0.0.4");
        assertThat(network.peerings())
                .containsExactly(new Peering(
                        ResourceId.of(VNET + "/virtualNetworkPeerings/hub"),
                        ResourceId.of(NETWORK + "virtualNetworks/hub"),
                        "Connected"));
        assertThat(network.serviceEndpoints()).containsExactly("Microsoft.Sql", "Microsoft.Storage");
    }

    @Test
    void doesNotKnowTheHopsOfATableThatIsMissing() {
        LocationNetwork network =
                network(SERVICE, vnet(", \"routeTable\": {\"id\": \"" + NETWORK + "routeTables/t\"}", "", ""));

        assertThat(network.routeTable()).isNotNull();
        assertThat(network.unknown()).containsExactly(Part.NEXT_HOPS);
    }

    @Test
    void countsWhatItLeavesOut() {
        String subnet = ", \"routeTable\": {\"id\": \"" + NETWORK + "routeTables/t\"}";
        String[] routes = IntStream.range(0, 30)
                .mapToObj(i -> route("r" + i, "10." + i + ".0.0/16", "VirtualAppliance", "10.200.0." + (1 + i / 3)))
                .toArray(String[]::new);
        String[] toOne = IntStream.range(0, 30)
                .mapToObj(i -> route("r" + i, "10." + i + ".0.0/16", "VirtualAppliance", "10.200.0.1"))
                .toArray(String[]::new);

        assertThat(network(SERVICE, vnet(subnet, "", ""), table(routes)))
                .satisfies(network -> assertThat(network.nextHops()).hasSize(8))
                .satisfies(network -> assertThat(network.moreNextHops()).isEqualTo(2));
        assertThat(network(SERVICE, vnet(subnet, "", ""), table(toOne)).nextHops())
                .singleElement()
                .satisfies(hop -> assertThat(hop.destinations()).hasSize(8))
                .satisfies(hop -> assertThat(hop.moreDestinations()).isEqualTo(22));
    }

    private static String vnet(String subnet, String dnsServers, String peerings) {
        return """
                {"type": "Microsoft.Network/virtualNetworks", "id": "%1$s", "name": "v", "location": "westeurope",
                 "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
                  "dhcpOptions": {"dnsServers": [%3$s]},
                  "subnets": [{"id": "%1$s/subnets/apim", "name": "apim", "properties": {"addressPrefix": "10.0.1.0/24"%2$s}}],
                  "virtualNetworkPeerings": [%4$s]}}""".formatted(VNET, subnet, dnsServers, peerings);
    }

    private static String table(String... routes) {
        return """
                {"type": "Microsoft.Network/routeTables", "id": "%srouteTables/t", "name": "t",
                 "properties": {"disableBgpRoutePropagation": true, "routes": [%s]}}""".formatted(NETWORK, String.join(",", routes));
    }

    private static String route(String name, String prefix, String hop, String address) {
        return """
                {"name": "%s", "properties": {"addressPrefix": "%s", "nextHopType": "%s"%s}}""".formatted(name, prefix, hop, address == null ? "" : ", \"nextHopIpAddress\": \"" + address + "\"");
    }

    private static LocationNetwork network(String... resources) {
        return Objects.requireNonNull(around(resources));
    }

    private static LocationNetwork around(String... resources) {
        String text = Arrays.stream(resources).collect(Collectors.joining(",", "[", "]"));
        Snapshot snapshot = Objects.requireNonNull(SnapshotReader.create()
                .read(new SnapshotSource(
                        "test",
                        List.of(new SnapshotSource.SourceFile("test.json", text.getBytes(StandardCharsets.UTF_8)))))
                .snapshot());
        return LocationNetworks.of(snapshot).around(snapshot.locations().get(0));
    }
}
