package dev.netkb.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.netkb.api.read.ReadResult;
import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.Direction;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.ServiceTag;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written short is read as the facts that it means, in every dialect. */
class ExampleNetworkTest {

    private static final ExampleNetwork NETWORK = ExampleNetwork.of("""
            apim:
              type: Microsoft.ApiManagement/service
              name: apim-a
              location: West Europe
              sku: {name: Premium, capacity: 2}
              virtualNetworkType: Internal
              virtualNetworkConfiguration: {subnetResourceId: "@vnet/subnets/apim"}
              publicIPAddresses: [20.1.1.1]
              additionalLocations:
                North Europe: {sku: {name: Premium, capacity: 3}, platformVersion: stv2, privateIPAddresses: [10.9.0.4]}
            vnet:
              type: Microsoft.Network/virtualNetworks
              subscription: other
              resourceGroup: rg-net
              location: westeurope
              addressSpace: {addressPrefixes: [10.0.0.0/16]}
              virtualNetworkPeerings:
                hub: {remoteVirtualNetwork: /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/hub, peeringState: Connected}
              subnets:
                apim:
                  addressPrefix: 10.0.1.0/24
                  networkSecurityGroup: "@nsg"
                  routeTable: "@routes"
                  delegations: {web: Microsoft.Web/serverFarms}
                  serviceEndpoints: {Microsoft.Storage: [westeurope]}
                  ipConfigurations: ["@nic/ipConfigurations/a"]
                  serviceAssociationLinks: {link: Microsoft.Web/serverFarms}
            nsg:
              type: Microsoft.Network/networkSecurityGroups
              securityRules:
                a: 100 Allow In Tcp from ApiManagement to VirtualNetwork port 3443
                b: 200 Deny Out * source port 6381-6383 to Storage,Sql port 1,2-3
            routes:
              type: Microsoft.Network/routeTables
              routes: {default: 0.0.0.0/0 -> VirtualAppliance 10.0.0.4}
            nic:
              type: Microsoft.Network/networkInterfaces
            cache:
              type: Microsoft.ApiManagement/service/caches
              name: redis
              parent: "@apim"
            """)
            .withServiceTags(Map.of("Storage", List.of("20.2.0.0/16"), "Storage.WestEurope", List.of("20.2.1.0/24")));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void resources_are_read_as_they_are_meant(boolean flat) {
        ReadResult read = flat ? NETWORK.readFlat("n") : NETWORK.read("n");

        assertThat(read.problems().stream().filter(p -> p.level() != dev.netkb.model.report.Problem.Level.NOTICE))
                .isEmpty();
        Snapshot snapshot = Objects.requireNonNull(read.snapshot());
        ApiManagementService service = snapshot.services().get(0);
        assertThat(service.locations()).extracting("units").containsExactly(2, 3);
        assertThat(service.locations().get(0).publicAddresses()).hasSize(1);
        assertThat(service.locations().get(1).privateAddresses()).hasSize(1);
        assertThat(service.locations().get(1).regionName()).isEqualTo("northeurope");
        Subnet subnet = snapshot.subnets().get(0);
        assertThat(subnet.id().text())
                .isEqualTo(
                        "/subscriptions/other/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet/subnets/apim");
        assertThat(subnet.id()).isEqualTo(service.locations().get(0).subnetId());
        assertThat(subnet.nsgId())
                .isEqualTo(snapshot.networkSecurityGroups().get(0).id());
        assertThat(subnet.routeTableId())
                .isEqualTo(snapshot.routeTables().get(0).id());
        assertThat(subnet.delegationNames()).isEqualTo("Microsoft.Web/serverFarms");
        assertThat(subnet.hasServiceEndpoint("Microsoft.Storage")).isTrue();
        assertThat(snapshot.subnetUsers())
                .extracting("ownerType")
                .containsExactlyInAnyOrder("microsoft.network/networkinterfaces", "microsoft.web/serverfarms");
        assertThat(snapshot.peerings()).hasSize(1);
        assertThat(snapshot.routeTables().get(0).routes()).hasSize(1);
        assertThat(snapshot.featuresInUse()).hasSize(1);
        NsgRule rule = snapshot.networkSecurityGroups()
                .get(0)
                .rules(Direction.OUTBOUND)
                .get(0);
        assertThat(rule.destinations()).hasSize(2);
        assertThat(rule.destinationPorts()).hasToString("1-3");
        assertThat(rule.sourcePorts()).hasToString("6381-6383");
        assertThat(snapshot.serviceTags().find(ServiceTag.of("Storage.WestEurope")))
                .isPresent();
    }

    @Test
    void a_change_merges_maps_and_null_takes_away() {
        ExampleNetwork changed = NETWORK.with("""
                nsg: {securityRules: {a: null, c: 300 Deny In *}}
                cache: null
                """);

        Snapshot snapshot = Objects.requireNonNull(changed.read("n").snapshot());
        assertThat(snapshot.networkSecurityGroups().get(0).rules().stream().filter(rule -> !rule.isDefault()))
                .extracting(NsgRule::name)
                .containsExactly("c", "b");
        assertThat(snapshot.featuresInUse()).isEmpty();
        assertThat(Objects.requireNonNull(NETWORK.read("n").snapshot()).featuresInUse())
                .hasSize(1);
    }

    @Test
    void what_was_not_exported_is_still_referred_to() {
        Snapshot snapshot =
                Objects.requireNonNull(NETWORK.without("nsg").read("n").snapshot());

        assertThat(snapshot.networkSecurityGroups()).isEmpty();
        assertThat(snapshot.subnets().get(0).nsgId()).isNotNull();
    }

    @Test
    void what_makes_no_sense_is_said() {
        assertThatThrownBy(() -> NETWORK.without("nobody")).hasMessageContaining("resources are [apim, cache,");
        assertThatThrownBy(() -> NETWORK.with("- a")).hasMessageContaining("must be a map");
        assertThatThrownBy(() ->
                        NETWORK.with("{nsg: {securityRules: {a: 1 allow all}}}").read("n"))
                .hasMessageContaining("'1 allow all' is not a rule");
        assertThatThrownBy(() ->
                        NETWORK.with("{routes: {routes: {a: to the moon}}}").read("n"))
                .hasMessageContaining("is not a route");
        assertThatThrownBy(() -> ExampleNetwork.of("{a: {name: x}}").read("n")).hasMessageContaining("has no type");
    }
}
