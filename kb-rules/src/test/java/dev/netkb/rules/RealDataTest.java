package dev.netkb.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.Options;
import dev.netkb.api.read.ReadResult;
import dev.netkb.api.read.SnapshotReader;
import dev.netkb.api.read.SnapshotSource;
import dev.netkb.api.read.SnapshotSource.SourceFile;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Outcome;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Severity;
import dev.netkb.model.report.SnapshotReport;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.AddressSet;
import dev.netkb.model.value.ServiceTag;
import dev.netkb.model.value.ServiceTags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real deployments and the real service tag file, where the development data are present. */
class RealDataTest {

    private static final KnowledgeBase RULES = KnowledgeBase.packaged();
    private static final String TAG_FILE = "service-tags/ServiceTags_Public_20251028.json";

    @ParameterizedTest
    @ValueSource(strings = {"apim-external-vnet-publicip", "apim-internal-vnet-publicip"})
    void theQuickstartsMeetEveryMandatoryFlowByATag(String name) {
        for (boolean withTags : new boolean[] {false, true}) {
            SnapshotReport report = check("arm-templates/" + name, withTags);

            List<Result> mandatory = report.results().stream()
                    .filter(r -> r.flow() != null && r.severity() == Severity.ERROR)
                    .filter(r -> r.outcome() != Outcome.NOT_APPLICABLE)
                    // No tag is documented to hold the hosts of C-FQDN-ENTRA.
                    .filter(r -> !r.rule().equals("C-FQDN-ENTRA"))
                    .toList();
            assertThat(mandatory).hasSizeGreaterThanOrEqualTo(6);
            assertThat(mandatory)
                    .allSatisfy(r -> assertThat(Objects.requireNonNull(r.flow()).verdict())
                            .as(r.rule())
                            .isEqualTo(Verdict.ALLOWED));
            assertThat(mandatory)
                    .allSatisfy(r -> assertThat(decidingRules(r)).as(r.rule()).isNotEmpty());
            assertThat(report.results())
                    .noneMatch(r -> r.outcome() == Outcome.VIOLATED && r.severity() == Severity.ERROR);
        }
    }

    /** The table of 2025 asks for outbound 80 to the internet, which these templates of 2022 deny after their allows. */
    @Test
    void theQuickstartsLeaveOutCertificateAuthorities() {
        Result certificates = check("arm-templates/apim-external-vnet-publicip", true).results().stream()
                .filter(r -> r.rule().equals("C-FLOW-OUT-CERT80"))
                .findFirst()
                .orElseThrow();

        assertThat(certificates.severity()).isEqualTo(Severity.WARNING);
        assertThat(Objects.requireNonNull(certificates.flow()).verdict()).isEqualTo(Verdict.PARTIAL);
        assertThat(certificates.message()).contains("Deny_All_Internet_Outbound (priority 999)");
    }

    @Test
    void azureCloudCoversOnlyAPartOfStorageAndEntra() {
        ServiceTags tags =
                Objects.requireNonNull(read(List.of(TAG_FILE)).snapshot()).serviceTags();
        AddressSet cloud = tags.find(ServiceTag.of("AzureCloud")).orElseThrow().ipv4();

        for (String whole : List.of(
                "ApiManagement",
                "Sql",
                "AzureKeyVault",
                "AzureMonitor",
                "AzureConnectors",
                "EventHub",
                "AzureTrafficManager")) {
            assertThat(cloud.containsAll(addresses(tags, whole))).as(whole).isTrue();
        }
        assertThat(share(addresses(tags, "Storage"), cloud)).isBetween(0.885, 0.887);
        assertThat(share(addresses(tags, "AzureActiveDirectory"), cloud)).isBetween(0.853, 0.855);
    }

    @Test
    void anAllowForAzureCloudAloneLeavesNamedPrefixesOfStorageOut() {
        String nsg = """
                {"type":"Microsoft.Network/networkSecurityGroups",
                 "id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/n","name":"n",
                 "properties":{"securityRules":[
                  {"name":"cloud","properties":{"priority":100,"direction":"Outbound","access":"Allow","protocol":"Tcp",
                   "sourceAddressPrefix":"*","sourcePortRange":"*","destinationAddressPrefix":"AzureCloud",
                   "destinationPortRange":"443"}},
                  {"name":"deny","properties":{"priority":200,"direction":"Outbound","access":"Deny","protocol":"*",
                   "sourceAddressPrefix":"*","sourcePortRange":"*","destinationAddressPrefix":"*",
                   "destinationPortRange":"*"}}]}}
                """;
        String rest = """
                [{"type":"Microsoft.Network/virtualNetworks",
                  "id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v","name":"v",
                  "location":"westeurope","properties":{"addressSpace":{"addressPrefixes":["10.0.0.0/16"]},
                  "subnets":[{"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/a",
                   "name":"a","properties":{"addressPrefix":"10.0.0.0/24","networkSecurityGroup":
                   {"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/n"}}}]}},
                 {"type":"Microsoft.ApiManagement/service","name":"api","location":"West Europe",
                  "id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/api",
                  "sku":{"name":"Premium","capacity":1},"properties":{"virtualNetworkType":"Internal",
                  "platformVersion":"stv2","privateIPAddresses":["10.0.0.4"],"virtualNetworkConfiguration":{"subnetResourceId":
                  "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/a"}}}]
                """;
        List<SourceFile> files = new ArrayList<>(files(List.of(TAG_FILE)));
        files.add(new SourceFile("nsg.json", nsg.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        files.add(new SourceFile("rest.json", rest.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        SnapshotReport report = RULES.evaluate(
                SnapshotReader.create().read(new SnapshotSource("azure-cloud", files)), Options.DEFAULT.withAll(true));

        for (String rule : List.of("C-FLOW-OUT-STORAGE", "C-FLOW-OUT-ENTRA")) {
            FlowResult flow = Objects.requireNonNull(report.results().stream()
                    .filter(r -> r.rule().equals(rule))
                    .findFirst()
                    .orElseThrow()
                    .flow());
            assertThat(flow.verdict()).isEqualTo(Verdict.PARTIAL);
            assertThat(flow.denied().get(0).remote()).hasSizeGreaterThan(5).allMatch(p -> p.contains("/"));
        }
    }

    private static double share(AddressSet part, AddressSet whole) {
        return part.intersect(whole).size().doubleValue() / part.size().doubleValue();
    }

    private static AddressSet addresses(ServiceTags tags, String tag) {
        return tags.find(ServiceTag.of(tag)).orElseThrow().ipv4();
    }

    private static List<String> decidingRules(Result result) {
        return Objects.requireNonNull(result.flow()).stages().stream()
                .flatMap(stage -> stage.decidedBy().stream())
                .map(rule -> rule.name())
                .toList();
    }

    private static SnapshotReport check(String folder, boolean withTags) {
        ReadResult read = read(withTags ? List.of(folder, TAG_FILE) : List.of(folder));
        return RULES.evaluate(read, Options.DEFAULT.withAll(true));
    }

    private static ReadResult read(List<String> paths) {
        return SnapshotReader.create().read(new SnapshotSource("real", files(paths)));
    }

    private static List<SourceFile> files(List<String> paths) {
        Path data = data();
        assumeTrue(data != null, "the development data are not beside this checkout: nothing to check");
        List<SourceFile> files = new ArrayList<>();
        for (String path : paths) {
            try (Stream<Path> found = Files.walk(data.resolve(path))) {
                for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                    files.add(new SourceFile(file.getFileName().toString(), Files.readAllBytes(file)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    /** The folder {@code shared/data} beside the checkout, or null. */
    static @Nullable Path data() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path data = at.resolve("shared/data");
            if (Files.isDirectory(data)) {
                return data;
            }
        }
        return null;
    }
}
