package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.read.file.SnapshotFiles;
import dev.netkb.model.azure.EffectiveNsg;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.PublicIpAddress;
import dev.netkb.model.azure.RouteTable;
import dev.netkb.model.report.Problem;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.Region;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written in the project's own format is read as the same snapshot. */
class SnapshotWriterTest {

    @TestFactory
    List<DynamicTest> everyRealSnapshotComesBackAsItWas() {
        return Stream.of("exports", "rest-examples", "arm-templates")
                .flatMap(folder -> SharedData.files(folder).stream())
                .filter(file -> !file.getFileName().toString().startsWith("service-tags"))
                .map(file -> DynamicTest.dynamicTest(file.getParent().getFileName() + "/" + file.getFileName(), () -> {
                    Snapshot before = SharedData.read(file).snapshot();
                    if (before != null) {
                        assertComesBack(before);
                    }
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> everyRealDeploymentComesBackAsItWas() {
        return SharedData.folders("arm-templates").stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> {
                    Snapshot before = SnapshotFiles.snapshot(folder)
                            .read(SnapshotReader.create())
                            .snapshot();
                    if (before != null) {
                        assertComesBack(before);
                    }
                }))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dialects/arm-list.json", "templates/apim.json", "shapes/answers.json"})
    void whatIsWrittenIsReadAsItWas(String fixture) {
        assertComesBack(Reading.snapshot(Reading.fixtures(fixture)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "[parameters('m')], Other, 'Other' is not None; External or Internal",
                "Other, [parameters('m')], 'Other' is not None; External or Internal",
                "[parameters('m')], [parameters('m')], parameter 'm' has no value (--parameters m=VALUE)"
            })
    void aServiceThatIsThereTwiceAndItsLocationSayTheSameOfAModeThatIsNotKnown(
            String first, String second, String reason) {
        Snapshot snapshot = Reading.snapshot(
                Template.readOnly("'parameters': {'m': {'type': 'string'}}, 'resources': [".replace('\'', '"')
                        + service("virtualNetworkType", first) + ", " + service("virtualNetworkType", second) + "]"));

        assertThat(snapshot.locations().get(0).provenance().unknown())
                .containsEntry("virtualNetworkType", reason.replace(';', ','));
        assertComesBack(snapshot);
    }

    @Test
    void aServiceThatIsThereTwiceWithLocationsThatAreNotKnownComesBack() {
        Snapshot snapshot = Reading.snapshot(
                Template.readOnly("'parameters': {'m': {'type': 'array'}}, 'resources': [".replace('\'', '"')
                        + service("additionalLocations", "[parameters('m')]") + ", "
                        + service("additionalLocations", "[parameters('m')]") + "]"));

        assertThat(snapshot.services().get(0).knows("locations")).isFalse();
        assertComesBack(snapshot);
    }

    @Test
    void whatOnlyTheSecondExportSaysOfAServiceHoldsForTheLocationsOfBoth() {
        String service = "{'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/apim',"
                + " 'name': 'apim', 'type': 'Microsoft.ApiManagement/service', %s"
                + " 'properties': {'additionalLocations': [{'location': 'eastus'}]}}";
        Snapshot snapshot = Reading.snapshot(Reading.texts(
                service.formatted(""), service.formatted("'location': 'westeurope', 'sku': {'name': 'Premium'},")));

        assertThat(snapshot.locations()).hasSize(2).allSatisfy(location -> {
            assertThat(location.primaryRegion()).isEqualTo(Region.of("westeurope"));
            assertThat(location.sku()).isEqualTo("Premium");
        });
        assertComesBack(snapshot);
    }

    @Test
    void aPlannedGroupThatAzureWillRefuseComesBack() {
        Snapshot snapshot = Reading.snapshot(Template.readOnly("\"resources\": ["
                + Template.group("nsg", Template.rule("a", "100") + ", " + Template.rule("b", "100")) + "]"));

        assertThat(snapshot.networkSecurityGroups().get(0).knows("rules")).isFalse();
        assertComesBack(snapshot);
    }

    @ParameterizedTest
    @ValueSource(strings = {" rt", "rt ", "\\u0000rt"})
    void aNameWithBlanksAroundItThatATemplateMakesComesBack(String name) {
        Snapshot snapshot = Reading.snapshot(Template.readOnly("""
                "resources": [{"type": "Microsoft.Network/routeTables", "apiVersion": "2023-09-01", "name": "%s",
                  "properties": {"routes": []}}]""".formatted(name)));

        assertThat(snapshot.facts(RouteTable.class).get(0).name()).isEqualTo("rt");
        assertComesBack(snapshot);
    }

    /** It says no more than a missing one. */
    @Test
    void effectiveRulesWithATagMapThatIsNotKnownComeBack() {
        Snapshot snapshot = Reading.snapshot(Reading.bytes("""
                {"schema": "netkb/snapshot/1", "resources": [], "effectiveRules": [{
                  "networkSecurityGroup": {"id": "/subscriptions/s/resourceGroups/g/providers/x/y/n"},
                  "effectiveSecurityRules": [], "tagMap": {"netkb:unknown": "why"}}]}""".getBytes(StandardCharsets.UTF_8)));

        assertThat(snapshot.facts(EffectiveNsg.class)).hasSize(1);
        assertComesBack(snapshot);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"netkb:unknown\": \"why\"}, {\"ipTagType\": \"RoutingPreference\", \"tag\": \"Internet\"}]",
                "[{\"netkb:unknown\": \"why\"}]",
                "{\"netkb:unknown\": \"why\"}",
                "[{\"ipTagType\": \"RoutingPreference\", \"tag\": \"Internet\"}]",
                "[]"
            })
    void tagsOfAPublicAddressThatAreKnownInPartComeBack(String tags) {
        Snapshot snapshot = Reading.snapshot(Reading.bytes("""
                {"schema": "netkb/snapshot/1", "resources": [{
                  "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/publicIPAddresses/p",
                  "name": "p", "type": "Microsoft.Network/publicIPAddresses", "properties": {"ipTags": %s}}]}""".formatted(tags).getBytes(StandardCharsets.UTF_8)));

        assertThat(snapshot.facts(PublicIpAddress.class)).hasSize(1);
        assertComesBack(snapshot);
    }

    /** Every field of an answer that Azure gives outside of resources, one after the other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'effectiveRoutes': [{'addressPrefix': ['10.0.0.0/8'], 'nextHopType': 'Internet', 'source': 'Default',"
                        + " 'state': 'Active', 'name': 'r', 'nextHopIpAddress': []}]",
                "'networkStatuses': [{'serviceId':"
                        + " '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/a', 'location': 'westeurope', 'networkStatus':"
                        + " {'dnsServers': ['10.0.0.4'], 'connectivityStatus': [{'name': 'n', 'status': 'success',"
                        + " 'error': 'e', 'lastUpdated': '2026-01-02T03:04:05Z', 'lastStatusChange':"
                        + " '2026-01-02T03:04:05Z', 'resourceType': 't', 'isOptional': true}]}}]",
            })
    void whatIsNotKnownOfAnAnswerComesBack(String section) {
        String text = "{\"schema\": \"netkb/snapshot/1\", \"resources\": [], " + section.replace('\'', '"') + "}";
        Matcher field = Pattern.compile("(\"\\w+\": )(\"[^\"]*\"|true|\\[[^\\[\\]{}]*])(?=[,}])")
                .matcher(text);
        int tried = 0;
        while (field.find()) {
            if (field.group(1).contains("schema") || field.group(1).contains("resources")) {
                continue;
            }
            String unknown = text.substring(0, field.start())
                    + field.group(1)
                    + "{\"netkb:unknown\": \"why\"}"
                    + text.substring(field.end());
            ReadResult read = Reading.bytes(unknown.getBytes(StandardCharsets.UTF_8));
            if (read.snapshot() != null) {
                assertComesBack(read.snapshot());
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(4);
    }

    private static String service(String property, String value) {
        return """
                {"type": "Microsoft.ApiManagement/service", "apiVersion": "2022-08-01", "name": "apim",
                  "location": "westeurope", "properties": {"%s": "%s"}}""".formatted(property, value);
    }

    @Test
    void theEmptySnapshotComesBack() {
        assertComesBack(Snapshot.EMPTY);
    }

    @Test
    void everyTypeOfFactIsWritten() {
        Snapshot all = Reading.snapshot(Reading.fixtures(
                "dialects/arm-list.json", "shapes/answers.json", "network/arm.json", "network/answers.json"));

        for (Class<? extends Record> type : Snapshot.TYPES) {
            assertThat(all.facts(type)).as(type.getSimpleName()).isNotEmpty();
        }
        assertComesBack(all);
    }

    @Test
    void unknownValuesAreWrittenWithTheirReason() {
        String text = SnapshotWriter.write(Reading.snapshot(Reading.fixtures("templates/apim.json")));

        assertThat(text)
                .startsWith("{\n  \"schema\": \"netkb/snapshot/1\"")
                .endsWith("}\n")
                .contains("\"netkb:unknown\": \"[reference('firewall').ip]\"", "\"netkb:planned\": true")
                .doesNotContain("\r");
    }

    @Test
    void theResourcesAloneAreAListThatAnyReaderOfArmTakes() {
        Snapshot before = Reading.snapshot(Reading.fixtures("dialects/arm-list.json"));
        Snapshot after = Reading.snapshot(
                Reading.bytes(SnapshotWriter.writeResources(before).getBytes(StandardCharsets.UTF_8)));

        assertThat(after.networkSecurityGroups()).isEqualTo(before.networkSecurityGroups());
        assertThat(after.subnets()).isEqualTo(before.subnets());
        assertThat(after.services()).isEqualTo(before.services());
    }

    static void assertComesBack(Snapshot before) {
        String text = SnapshotWriter.write(before);
        ReadResult result = SnapshotReader.create()
                .read(new SnapshotSource(
                        "converted",
                        List.of(new SnapshotSource.SourceFile(
                                "converted.json", text.getBytes(StandardCharsets.UTF_8)))));
        assertThat(result.problems()).noneMatch(problem -> problem.level() == Problem.Level.ERROR);
        Snapshot after = Objects.requireNonNull(result.snapshot());
        // One kind of fact after the other, so that a failure names it.
        assertSame(rules(after), rules(before));
        assertSame(after.locations(), before.locations());
        assertSame(after.firewallRules(), before.firewallRules());
        for (Class<? extends Record> type : Snapshot.TYPES) {
            assertSame(after.facts(type), before.facts(type));
        }
        assertThat(after.coverage()).isEqualTo(before.coverage());
        assertThat(after).isEqualTo(before);
        assertThat(SnapshotWriter.write(after)).isEqualTo(text);
    }

    private static List<NsgRule> rules(Snapshot snapshot) {
        return snapshot.networkSecurityGroups().stream()
                .flatMap(group -> group.rules().stream())
                .toList();
    }

    private static void assertSame(List<?> after, List<?> before) {
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i)).isEqualTo(before.get(i));
        }
    }
}
