package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.model.azure.AzureFirewall;
import dev.netkb.model.azure.BackendHost;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.PrivateDnsLink;
import dev.netkb.model.azure.PrivateDnsRecordSet;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetworkGateway;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.PublishedTags;
import dev.netkb.model.value.ServiceTags;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Recorded answers of Azure: each is read, and what was not understood is said. */
class RealExportsTest {

    @TestFactory
    List<DynamicTest> everyExportIsReadWithoutAnError() {
        return tests("exports");
    }

    @TestFactory
    List<DynamicTest> everyExampleOfTheRestSpecificationsIsReadWithoutAnError() {
        return tests("rest-examples");
    }

    @TestFactory
    List<DynamicTest> everyServiceTagFileIsReadWithoutAnError() {
        return tests("service-tags");
    }

    /** What is packaged must not fall behind the published names, or good questions would be refused. */
    @TestFactory
    List<DynamicTest> everyPublishedTagIsKnownWithoutData() {
        return SharedData.files("service-tags").stream()
                .map(file -> DynamicTest.dynamicTest(SharedData.name(file), () -> {
                    ServiceTags tags = Reading.snapshot(SharedData.read(file)).serviceTags();

                    assertThat(tags.tags()).hasSizeGreaterThan(50).allMatch(PublishedTags::contains);
                }))
                .toList();
    }

    private static List<DynamicTest> tests(String folder) {
        return SharedData.files(folder).stream()
                .map(file -> DynamicTest.dynamicTest(SharedData.name(file), () -> {
                    ReadResult result = SharedData.read(file);
                    SharedData.print(file, result);
                    assertThat(result.problems()).noneMatch(problem -> problem.level() == Problem.Level.ERROR);
                    assertThat(result.snapshot()).isNotNull();
                }))
                .toList();
    }

    @Test
    void referencesJoinThoughTheirIdsDifferInLetterCase() {
        Path[] files = SharedData.files("exports/cli-2020-08").toArray(Path[]::new);

        Snapshot snapshot = Objects.requireNonNull(SharedData.read(files).snapshot());

        List<Subnet> withGroup =
                snapshot.subnets().stream().filter(s -> s.nsgId() != null).toList();
        assertThat(withGroup).hasSize(23);
        assertThat(withGroup)
                .allMatch(s -> snapshot.networkSecurityGroup(s.nsgId()).isPresent());
        List<Subnet> withRoutes = snapshot.subnets().stream()
                .filter(s -> s.routeTableId() != null)
                .toList();
        assertThat(withRoutes)
                .isNotEmpty()
                .allMatch(s -> snapshot.routeTable(s.routeTableId()).isPresent());
        assertThat(withRoutes)
                .anyMatch(s -> !snapshot.routeTable(s.routeTableId())
                        .orElseThrow()
                        .id()
                        .text()
                        .equals(s.routeTableId().text()));
        assertThat(snapshot.virtualNetworks()).hasSize(66);
        assertThat(snapshot.subnets()).hasSize(86);
        assertThat(snapshot.networkSecurityGroups()).hasSize(44);
        assertThat(snapshot.networkSecurityGroups().stream()
                        .map(NetworkSecurityGroup::rules)
                        .mapToLong(rules ->
                                rules.stream().filter(r -> !r.isDefault()).count())
                        .sum())
                .isEqualTo(77);
    }

    @Test
    void gatewaysRecordsAndFirewallsOfRealFilesAreFacts() {
        assertThat(facts("exports/cli-2023/vnet-gateway-show.json", VirtualNetworkGateway.class))
                .singleElement()
                .satisfies(gateway -> {
                    assertThat(Objects.requireNonNull(gateway.vnetId()).name()).isEqualTo("vnet2");
                    assertThat(gateway.asn()).isEqualTo(65515);
                    assertThat(gateway.enableBgp()).isFalse();
                });
        assertThat(facts("exports/psrule/Resources.VirtualNetwork.json", VirtualNetworkGateway.class))
                .hasSize(8)
                .allMatch(gateway -> gateway.vnetId() != null);
        assertThat(facts("rest-examples/privatedns-2020-06-01/RecordSetALLList.json", PrivateDnsRecordSet.class))
                .extracting(PrivateDnsRecordSet::type)
                .containsExactlyInAnyOrder("A", "CNAME");
        assertThat(facts("rest-examples/privatedns-2020-06-01/VirtualNetworkLinkList.json", PrivateDnsLink.class))
                .hasSize(2)
                .allMatch(link -> link.vnetId() != null);
        assertThat(facts("arm-templates/hub-spoke-udr/hub-default.json", AzureFirewall.class))
                .singleElement()
                .satisfies(firewall -> assertThat(firewall.vnetId()).isNotNull());
        assertThat(facts("exports/psrule/Resources.APIM.json", BackendHost.class))
                .hasSize(12);
    }

    private static <T extends Record> List<T> facts(String file, Class<T> type) {
        return Objects.requireNonNull(
                        SharedData.read(SharedData.folder().resolve(file)).snapshot())
                .facts(type);
    }
}
