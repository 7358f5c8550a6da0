package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ServiceTag;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published templates. */
class RealTemplatesTest {

    @TestFactory
    List<DynamicTest> everyTemplateIsReadWithoutAnException() {
        return SharedData.files("arm-templates").stream()
                .map(file -> test(file, SharedData.read(file)))
                .toList();
    }

    @TestFactory
    List<DynamicTest> everyDeploymentIsReadWithItsParameters() {
        return SharedData.folders("arm-templates").stream()
                .map(folder -> test(folder, SnapshotFiles.snapshot(folder).read(SnapshotReader.create())))
                .toList();
    }

    private static DynamicTest test(Path path, ReadResult result) {
        return DynamicTest.dynamicTest(SharedData.name(path), () -> {
            SharedData.print(path, result);
            assertThat(result.problems()).noneMatch(p -> p.level() == Problem.Level.ERROR);
            assertThat(result.problems())
                    .allMatch(p -> p.at().line() > 0 && !p.hint().isBlank());
        });
    }

    @ParameterizedTest
    @CsvSource({"apim-external-vnet-publicip, EXTERNAL, 18, 6", "apim-internal-vnet-publicip, INTERNAL, 16, 4"})
    void theQuickstartsAreCompletelyEvaluated(String folder, VirtualNetworkType mode, int rules, int inbound) {
        Path path = SharedData.folder().resolve("arm-templates").resolve(folder);
        ReadResult result = SnapshotFiles.snapshot(path).read(SnapshotReader.create());
        Snapshot snapshot = Reading.snapshot(result);

        assertThat(result.problems()).isEmpty();
        Location location = snapshot.locations().get(0);
        assertThat(location.virtualNetworkType()).isEqualTo(mode);
        assertThat(location.regionName()).isEqualTo("francecentral");
        assertThat(location.sku()).isEqualTo("Premium");
        assertThat(location.units()).isEqualTo(2);
        assertThat(location.zones()).containsExactly("1", "2");
        Subnet subnet = snapshot.subnet(location.subnetId()).orElseThrow();
        assertThat(subnet.prefixes()).extracting(Object::toString).containsExactly("10.0.0.0/24");
        assertThat(snapshot.publicIpAddress(location.publicIpAddressId())).isPresent();
        List<NsgRule> custom = snapshot.networkSecurityGroup(subnet.nsgId()).orElseThrow().rules().stream()
                .filter(rule -> !rule.isDefault())
                .toList();
        assertThat(custom).hasSize(rules);
        assertThat(custom.stream().filter(rule -> rule.direction().azureName().equals("Inbound")))
                .hasSize(inbound);
        assertThat(custom)
                .anySatisfy(rule -> {
                    assertThat(rule.priority()).isEqualTo(120);
                    assertThat(rule.destinationPorts()).isEqualTo(PortSet.of(3443));
                    assertThat(rule.sources()).containsExactly(new AddressMatch.Tag(ServiceTag.of("ApiManagement")));
                })
                .anySatisfy(rule -> {
                    assertThat(rule.priority()).isEqualTo(999);
                    assertThat(rule.destinations()).containsExactly(new AddressMatch.Tag(ServiceTag.INTERNET));
                });
        assertThat(everythingUnknown(snapshot)).isEmpty();
    }

    private static Stream<String> everythingUnknown(Snapshot snapshot) {
        return Stream.of(
                        snapshot.locations().stream().map(Location::provenance),
                        snapshot.services().stream().map(service -> service.provenance()),
                        snapshot.subnets().stream().map(Subnet::provenance),
                        snapshot.virtualNetworks().stream().map(vnet -> vnet.provenance()),
                        snapshot.publicIpAddresses().stream().map(address -> address.provenance()),
                        snapshot.networkSecurityGroups().stream()
                                .flatMap(group -> group.rules().stream())
                                .map(NsgRule::provenance))
                .flatMap(stream -> stream)
                .flatMap(provenance -> provenance.unknown().keySet().stream());
    }
}
