package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.model.azure.ApiManagementService;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NetworkSecurityGroup;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.azure.SubnetDelegation;
import dev.netkb.model.azure.VirtualNetwork;
import dev.netkb.model.azure.VirtualNetworkType;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressPrefix;
import dev.netkb.model.value.Provenance;
import dev.netkb.model.value.Region;
import dev.netkb.model.value.ResourceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged rules decide a snapshot that a caller built from facts. */
class PackagedKnowledgeTest {

    private static final ResourceId VNET =
            ResourceId.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet");
    private static final ResourceId SUBNET = VNET.child("subnets", "apim");
    private static final ResourceId NSG =
            ResourceId.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg");
    private static final ResourceId SERVICE =
            ResourceId.of("/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/apim");

    private final KnowledgeBase rules = KnowledgeBase.packaged();

    @Test
    void aDelegatedSubnetViolatesItsRequirementAndTheDefaultRulesBlockTheManagementEndpoint() {
        SnapshotReport report = rules.evaluate("built", snapshot(), Options.DEFAULT.withAll(true));

        assertThat(report.complete()).isTrue();
        assertThat(result(report, "C-NET-04").outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(result(report, "C-NET-04").remediation().commands().get("az"))
                .containsExactly("az network vnet subnet update -g rg --vnet-name vnet -n apim --remove delegations");
        assertThat(result(report, "C-NET-05").outcome()).isEqualTo(Outcome.PASSED);
        Result management = result(report, "C-FLOW-IN-3443");
        assertThat(management.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(management.message())
                .isEqualTo("Tcp 3443 inbound from ApiManagement is denied by nsg/DenyAllInBound"
                        + " (default rule, priority 65500)");
        assertThat(result(report, "C-FLOW-OUT-SQL").notes())
                .containsExactly("allowed by default rule AllowInternetOutBound");
    }

    private static Result result(SnapshotReport report, String rule) {
        return report.results().stream()
                .filter(r -> r.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    private static Snapshot snapshot() {
        Region region = Region.of("West Europe");
        Location location = new Location(
                SERVICE,
                region,
                true,
                "Premium",
                1,
                List.of(),
                VirtualNetworkType.INTERNAL,
                SUBNET,
                null,
                "stv2",
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                region,
                0,
                true,
                Provenance.NONE);
        return Snapshot.builder()
                .add(new VirtualNetwork(
                        VNET, "vnet", region, List.of(AddressPrefix.parse("10.0.0.0/16")), Provenance.NONE))
                .add(new Subnet(
                        SUBNET,
                        "apim",
                        VNET,
                        List.of(AddressPrefix.parse("10.0.1.0/27")),
                        NSG,
                        null,
                        null,
                        List.of(new SubnetDelegation("d", "Microsoft.ApiManagement/service")),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        Provenance.NONE))
                .add(new NetworkSecurityGroup(NSG, "nsg", region, NsgRule.defaults(NSG), Provenance.NONE))
                .add(new ApiManagementService(
                        SERVICE,
                        "apim",
                        region,
                        "Premium",
                        "Internal",
                        "stv2",
                        null,
                        null,
                        null,
                        null,
                        true,
                        List.of(location),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Provenance.NONE))
                .build();
    }

    @Test
    void aSnapshotWithoutAServiceSaysWhatWasReadAndWhatIsMissing() {
        Snapshot groups = Snapshot.builder()
                .saw("Microsoft.Network/networkSecurityGroups")
                .saw("Microsoft.Network/networkSecurityGroups")
                .covers("Microsoft.Network/routeTables")
                .build();

        assertThat(rules.evaluate("groups", groups, Options.DEFAULT).problems())
                .extracting(Problem::message)
                .containsExactly("no API Management service is in 'groups', so nothing was checked;"
                        + " read were 2 microsoft.network/networksecuritygroups");
        assertThat(rules.evaluate("empty", Snapshot.EMPTY, Options.DEFAULT).problems())
                .extracting(Problem::message)
                .containsExactly("no API Management service is in 'empty', so nothing was checked;"
                        + " no resource of any other kind was read");
    }
}
