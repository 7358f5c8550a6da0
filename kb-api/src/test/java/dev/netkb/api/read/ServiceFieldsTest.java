package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.VnetPeering;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields of services and peerings that decide how they are reached. */
class ServiceFieldsTest {

    private static final String SERVICE =
            "{'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/a',"
                    + " 'location': 'West Europe', 'sku': {'name': 'Premium', 'capacity': 1}, %s}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'properties': {'virtualNetworkType': 'Internal', 'natGatewayState': 'Enabled',"
                        + " 'outboundPublicIPAddresses': ['20.1.1.1'], 'disableGateway': true,"
                        + " 'createdAtUtc': '2025-12-01T10:00:00.5Z', 'gatewayUrl': 'https://a.azure-api.net',"
                        + " 'scmUrl': 'https://a.scm.azure-api.net', 'apiVersionConstraint': {'minApiVersion': '2021-08-01'},"
                        + " 'additionalLocations': [{'location': 'North Europe', 'sku': {'name': 'Premium', 'capacity': 1},"
                        + " 'natGatewayState': 'Disabled', 'outboundPublicIPAddresses': [], 'disableGateway': false}]}",
                "'virtualNetworkType': 'Internal', 'natGatewayState': 'Enabled',"
                        + " 'outboundPublicIpAddresses': ['20.1.1.1'], 'disableGateway': true,"
                        + " 'createdAtUtc': '2025-12-01T10:00:00.500000+00:00', 'gatewayUrl': 'https://a.azure-api.net',"
                        + " 'portalUrl': null, 'scmUrl': 'https://a.scm.azure-api.net',"
                        + " 'apiVersionConstraint': {'minApiVersion': '2021-08-01'},"
                        + " 'additionalLocations': [{'location': 'North Europe', 'sku': {'name': 'Premium', 'capacity': 1},"
                        + " 'natGatewayState': 'Disabled', 'outboundPublicIpAddresses': null, 'disableGateway': false}]"
            })
    void aServiceSaysHowItIsReachedAndWhereItsCallsComeFrom(String fields) {
        Snapshot snapshot = Reading.snapshot(Reading.texts(SERVICE.formatted(fields)));
        ApiManagementService service = snapshot.services().get(0);
        Location primary = service.locations().get(0);
        Location second = service.locations().get(1);

        assertThat(service.createdAt()).isEqualTo(Instant.parse("2025-12-01T10:00:00.500Z"));
        assertThat(service.minApiVersion()).isEqualTo("2021-08-01");
        assertThat(service.urls())
                .isEqualTo(Map.of("gatewayUrl", "https://a.azure-api.net", "scmUrl", "https://a.scm.azure-api.net"));
        assertThat(primary.natGatewayState()).isEqualTo("Enabled");
        assertThat(primary.outboundPublicAddresses()).containsExactly(AddressPrefix.parse("20.1.1.1"));
        assertThat(primary.disableGateway()).isTrue();
        assertThat(second.natGatewayState()).isEqualTo("Disabled");
        assertThat(second.outboundPublicAddresses()).isEmpty();
        assertThat(second.disableGateway()).isFalse();
        SnapshotWriterTest.assertComesBack(snapshot);
    }

    @Test
    void whatAServiceDoesNotSayIsNull() {
        Location location = Reading.snapshot(Reading.texts(SERVICE.formatted("'properties': {}")))
                .locations()
                .get(0);

        assertThat(location.natGatewayState()).isNull();
        assertThat(location.disableGateway()).isNull();
    }

    @Test
    void aTimeThatIsNoneIsNotKnown() {
        Snapshot snapshot = Reading.snapshot(Reading.texts(
                SERVICE.formatted("'properties': {'createdAtUtc': 'yesterday', 'virtualNetworkType': 'None'}")));

        assertThat(snapshot.services().get(0).createdAt()).isNull();
        assertThat(snapshot.services().get(0).knows("createdAt")).isFalse();
        SnapshotWriterTest.assertComesBack(snapshot);
    }

    @Test
    void aPeeringOfSomeSubnetsNamesThem() {
        String vnet = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v";
        Snapshot snapshot = Reading.snapshot(Reading.texts("{'id': '" + vnet + "/virtualNetworkPeerings/p',"
                + " 'properties': {'remoteVirtualNetwork': {'id': '" + vnet + "2'}, 'peeringState': 'Connected',"
                + " 'allowGatewayTransit': true, 'peerCompleteVnets': false, 'localSubnetNames': ['a'],"
                + " 'remoteSubnetNames': ['b', 'c']}}"));

        VnetPeering peering = snapshot.peerings().get(0);
        assertThat(peering.allowGatewayTransit()).isTrue();
        assertThat(peering.useRemoteGateways()).isFalse();
        assertThat(peering.peerCompleteVnets()).isFalse();
        assertThat(peering.localSubnetNames()).containsExactly("a");
        assertThat(peering.remoteSubnetNames()).containsExactly("b", "c");
        SnapshotWriterTest.assertComesBack(snapshot);
    }
}
