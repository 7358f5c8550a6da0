package dev.netkb.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.FlowQuestion;
import dev.netkb.model.azure.Location;
import dev.netkb.model.azure.NsgRule;
import dev.netkb.model.azure.Subnet;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.Problem;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.snapshot.Snapshot;
import dev.netkb.model.value.AddressMatch;
import dev.netkb.model.value.PortSet;
import dev.netkb.model.value.ProtocolSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is well-formed and yet cannot be right is said, and not believed where that would mislead. */
class ImpossibleValuesTest {

    private static final String GROUP = "/subscriptions/s/resourceGroups/g/providers";

    private static final String NETWORK = """
            [{'id': '%1$s/Microsoft.Network/virtualNetworks/v', 'name': 'v', 'type': 'Microsoft.Network/virtualNetworks',
              'location': 'westeurope', 'properties': {
                'addressSpace': {'addressPrefixes': ['10.0.0.0/16', '192.168.0.0/24']},
                'subnets': [
                  {'name': 's', 'properties': {'addressPrefix': '10.0.1.0/24'}},
                  {'name': 't', 'properties': {'addressPrefix': '10.0.2.0/24'}}]}},
             {'id': '%1$s/Microsoft.ApiManagement/service/apim', 'name': 'apim',
              'type': 'Microsoft.ApiManagement/service', 'location': 'westeurope',
              'sku': {'name': 'Premium', 'capacity': 2},
              'properties': {'virtualNetworkType': 'External', 'platformVersion': 'stv2',
                'virtualNetworkConfiguration':
                  {'subnetResourceId': '%1$s/Microsoft.Network/virtualNetworks/v/subnets/s'}}},
             {'id': '%1$s/Microsoft.Network/networkSecurityGroups/nsg', 'name': 'nsg',
              'type': 'Microsoft.Network/networkSecurityGroups', 'properties': {'securityRules': [
                {'name': 'a', 'properties': {'priority': 100, 'direction': 'Inbound', 'access': 'Allow',
                 'protocol': 'Tcp', 'sourcePortRange': '*', 'destinationPortRange': '443',
                 'sourceAddressPrefix': '10.9.0.0/24', 'destinationAddressPrefix': '*'}}]}}]
            """.formatted(GROUP);

    private static ReadResult with(String good, String bad) {
        assertThat(NETWORK).contains(good);
        return Reading.texts(NETWORK.replace(good, bad));
    }

    private static Problem notice(ReadResult read) {
        assertThat(read.problems()).hasSize(1);
        Problem notice = read.problems().get(0);
        assertThat(notice.level()).isEqualTo(Problem.Level.NOTICE);
        assertThat(notice.at().line()).isPositive();
        return notice;
    }

    private static Location location(ReadResult read) {
        return Reading.snapshot(read).locations().get(0);
    }

    @Test
    void theNetworkWithoutAMistakeSaysNothing() {
        assertThat(Reading.texts(NETWORK).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "'-3'"})
    void unitsThatNoTierHas(String units) {
        ReadResult read = with("'capacity': 2", "'capacity': " + units);

        assertThat(notice(read).code()).isEqualTo("KB-N110");
        assertThat(notice(read).message())
                .isEqualTo("sku.capacity is " + units.replace("'", "")
                        + ", but an instance of tier Premium has at least one unit");
        assertThat(notice(read).at().pointer()).isEqualTo("/1/sku/capacity");
        assertThat(location(read).units()).isNull();
        assertThat(location(read).knows("units")).isFalse();
    }

    @Test
    void tierConsumptionHasNoUnits() {
        ReadResult read = with("'Premium', 'capacity': 2", "'Consumption', 'capacity': 0");

        assertThat(read.problems()).isEmpty();
        assertThat(location(read).units()).isZero();
        assertThat(with("'Premium', 'capacity': 2", "'Consumption', 'capacity': -1")
                        .problems())
                .extracting(Problem::code)
                .containsExactly("KB-N110");
    }

    @Test
    void unitsOfAnAdditionalLocation() {
        ReadResult read = with(
                "'platformVersion'",
                "'additionalLocations': [{'location': 'eastus', 'sku': {'name': 'Premium', 'capacity': 0}}],"
                        + " 'platformVersion'");

        assertThat(notice(read).code()).isEqualTo("KB-N110");
        assertThat(notice(read).at().pointer()).isEqualTo("/1/properties/additionalLocations/0/sku/capacity");
    }

    @Test
    void aPlatformThatDoesNotExist() {
        ReadResult read = with("'stv2'", "'stv3'");

        assertThat(notice(read).code()).isEqualTo("KB-N111");
        assertThat(notice(read).message()).contains("'stv3'", "none of stv2, stv2.1, stv1, mtv1, undetermined");
        assertThat(notice(read).at().pointer()).isEqualTo("/1/properties/platformVersion");
        assertThat(location(read).platformVersion()).isNull();
        assertThat(location(read).knows("platformVersion")).isFalse();
        assertThat(Reading.snapshot(read).services().get(0).platformVersion()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stv1", "STV2", "stv2.1", "mtv1", "undetermined"})
    void platformsThatExist(String platform) {
        ReadResult read = with("'stv2'", "'" + platform + "'");

        assertThat(read.problems()).isEmpty();
        assertThat(location(read).platformVersion()).isEqualTo(platform);
    }

    /** Which tiers there are is knowledge of the rules, which may know a newer one. */
    @Test
    void aTierIsReadAsItStands() {
        ReadResult read = with("'name': 'Premium'", "'name': 'Ultra'");

        assertThat(read.problems()).isEmpty();
        assertThat(location(read).sku()).isEqualTo("Ultra");
        SnapshotWriterTest.assertComesBack(Reading.snapshot(read));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Developer", "STANDARD", "basicv2", "PremiumV2", "Isolated"})
    void tiersThatExist(String tier) {
        ReadResult read = with("'name': 'Premium'", "'name': '" + tier + "'");

        assertThat(read.problems()).isEmpty();
        assertThat(location(read).sku()).isEqualTo(tier);
    }

    @Test
    void aSubnetOutsideOfItsNetwork() {
        ReadResult read = with("'addressPrefix': '10.0.1.0/24'", "'addressPrefixes': ['10.0.1.0/24', '10.1.0.0/24']");

        assertThat(notice(read).code()).isEqualTo("KB-N112");
        assertThat(notice(read).message())
                .isEqualTo("subnet 's' does not lie in its network 'v':"
                        + " 10.1.0.0/24 lies outside of 10.0.0.0/16, 192.168.0.0/24");
        assertThat(notice(read).at().pointer()).isEqualTo("/0/properties/subnets/0");
        Subnet subnet = Reading.snapshot(read).subnets().get(0);
        assertThat(subnet.prefixes()).isEmpty();
        assertThat(subnet.knows("prefixes")).isFalse();
    }

    @Test
    void aSubnetInAFileOfItsOwnOutsideOfItsNetwork() {
        String subnet = "{'id': '" + GROUP + "/Microsoft.Network/virtualNetworks/v/subnets/u', 'name': 'u',"
                + " 'type': 'Microsoft.Network/virtualNetworks/subnets', 'properties': {'addressPrefix': '172.16.0.0/24'}}";

        assertThat(Reading.texts(subnet, NETWORK).problems())
                .extracting(Problem::code)
                .containsExactly("KB-N112");
    }

    @Test
    void aNetworkWithoutKnownRangesContradictsNothing() {
        String masked = NETWORK.replace("'10.0.0.0/16', '192.168.0.0/24'", "'10.XX.0.0/16'");

        assertThat(Reading.texts(masked).problems()).extracting(Problem::code).containsExactly("KB-N107");
        assertThat(Reading.texts(NETWORK.replace("'10.0.0.0/16', '192.168.0.0/24'", ""))
                        .problems())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--from s --to t", "--from t --to s", "--from Internet --to s"})
    void aFlowOfASubnetWithoutKnownAddressesIsUndetermined(String asked) {
        Snapshot snapshot = Reading.snapshot(with("10.0.1.0/24", "10.1.1.0/24"));
        String[] words = asked.split(" ");

        FlowResult flow =
                new FlowQuestion(words[1], words[3], ProtocolSet.TCP, PortSet.ALL, PortSet.of(443)).answer(snapshot);

        assertThat(flow.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(flow.missing())
                .singleElement()
                .asString()
                .contains("the IPv4 address prefix of subnet", "10.1.1.0/24 lies outside of 10.0.0.0/16");
    }

    @ParameterizedTest
    @CsvSource({"10.9.0.5/24, 10.9.0.0/24", "10.9.0.5/1, 0.0.0.0/1", "2001:db8::1/48, 2001:db8::/48"})
    void hostBitsInARule(String written, String read) {
        ReadResult result = with("10.9.0.0/24", written);

        assertThat(notice(result).code()).isEqualTo("KB-N113");
        assertThat(notice(result).message())
                .isEqualTo("sourceAddressPrefix was '" + written + "'; it is read as " + read);
        assertThat(notice(result).at().pointer())
                .isEqualTo("/2/properties/securityRules/0/properties/sourceAddressPrefix");
        assertThat(rule(result).sources()).extracting(AddressMatch::text).containsExactly(read);
    }

    @Test
    void hostBitsBeforeALengthOfNothingMeanEverything() {
        ReadResult result = with("10.9.0.0/24", "10.9.0.5/0");

        assertThat(notice(result).message()).contains("'10.9.0.5/0'", "read as 0.0.0.0/0");
        assertThat(rule(result).sources()).containsExactly(new AddressMatch.Any());
    }

    @Test
    void hostBitsInASubnet() {
        ReadResult result = with("10.0.1.0/24", "10.0.1.7/24");

        assertThat(notice(result).message()).isEqualTo("addressPrefix was '10.0.1.7/24'; it is read as 10.0.1.0/24");
        assertThat(Reading.snapshot(result).subnets().get(0).prefixNames()).isEqualTo("10.0.1.0/24");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.9.0.5", "10.9.0.5/32", "10.9.0.0/23", "2001:0DB8::/48", "2001:db8::1/128"})
    void blocksAndAddressesInOtherSpellingsSayNothing(String written) {
        assertThat(with("10.9.0.0/24", written).problems()).isEmpty();
    }

    private static NsgRule rule(ReadResult read) {
        List<NsgRule> rules =
                Reading.snapshot(read).networkSecurityGroups().get(0).rules();
        return rules.stream()
                .filter(rule -> rule.name().equals("a"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGroupWithoutIdIsReferredToByNobody() {
        Problem notice = notice(with("'id': '%s/Microsoft.Network/networkSecurityGroups/nsg', ".formatted(GROUP), ""));

        assertThat(notice.code()).isEqualTo("KB-N115");
        assertThat(notice.message()).isEqualTo("network security group 'nsg' has no id, so no subnet can refer to it");
        assertThat(notice.at().pointer()).isEqualTo("/2");
    }

    @Test
    void anIdMadeOfGroupAndSubscriptionIsOne() {
        ReadResult read = with(
                "'id': '%s/Microsoft.Network/networkSecurityGroups/nsg', ".formatted(GROUP),
                "'subscriptionId': 's', 'resourceGroup': 'g', ");

        assertThat(read.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"100.0", "1e2", "1.00E+2", "'100.0'", "100"})
    void aWholeNumberMayBeWrittenAsADecimal(String priority) {
        ReadResult read = with("'priority': 100", "'priority': " + priority);

        assertThat(read.problems()).isEmpty();
        assertThat(Reading.snapshot(read).networkSecurityGroups().get(0).rules())
                .filteredOn(rule -> rule.name().equals("a"))
                .extracting(rule -> rule.priority())
                .containsExactly(100);
        assertThat(location(with("'capacity': 2", "'capacity': 2.0")).units()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100.5", "1e-2", "1e400", "1e99999999"})
    void anotherNumberIsNone(String priority) {
        assertThat(with("'priority': 100", "'priority': " + priority).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("whole number"));
    }
}
