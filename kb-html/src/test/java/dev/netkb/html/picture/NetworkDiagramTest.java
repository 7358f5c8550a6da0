package dev.netkb.html.picture;

import static dev.netkb.html.picture.Examples.location;
import static dev.netkb.html.picture.Examples.network;
import static dev.netkb.html.picture.Examples.result;
import static dev.netkb.html.picture.Examples.rule;
import static dev.netkb.html.picture.Examples.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.html.picture.Diagram.Box;
import dev.netkb.html.picture.Diagram.Kind;
import dev.netkb.html.picture.Diagram.Lane;
import dev.netkb.html.picture.Diagram.Mark;
import dev.netkb.model.report.LocationNetwork.NextHop;
import dev.netkb.model.report.LocationNetwork.Part;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetworkDiagramTest {

    private static final String FIREWALL = "user route all (0.0.0.0/0 to VirtualAppliance 10.9.0.4)";

    @Test
    void marksTheStageThatDrops() {
        Lane lane = lane(result(
                "C-1",
                "Outbound",
                "Sql",
                Verdict.DENIED,
                stage("nsg", Verdict.DENIED, rule("nsgRule", "nsg/deny", "Deny"))));

        assertThat(lane.way()).startsWith("service", "nsg", "routes").hasSize(4);
        assertThat(lane.marks()).containsExactly(new Mark(1, Verdict.DENIED));
        assertThat(lane.isReached(0)).isTrue();
        assertThat(lane.isReached(1)).isFalse();
        assertThat(lane.label()).isEqualTo("TCP 443 denied");
        assertThat(lane.title())
                .containsExactly(
                        "Outbound TCP 443 to Sql: denied",
                        "decided by nsg/deny, priority 100",
                        "packet Tcp 10.0.1.4:49152 to 20.0.0.1:443",
                        "C-1");
    }

    /** Inbound packets come from the other side. */
    @Test
    void sharesOutWhatInboundPacketsReach() {
        Lane lane = lane(result(
                "C-1",
                "Inbound",
                "Internet",
                Verdict.DENIED,
                stage("nsg", Verdict.DENIED, rule("nsgRule", "nsg/deny", "Deny"))));

        assertThat(lane.isReached(0)).isFalse();
        assertThat(lane.isReached(1)).isTrue();
        assertThat(lane.isReached(2)).isTrue();
    }

    @Test
    void leadsThroughTheHopOfTheDecidingRoute() {
        Lane unknown = lane(result(
                "C-1",
                "Outbound",
                "Sql",
                Verdict.UNDETERMINED,
                stage("nsg", Verdict.ALLOWED, rule("nsgRule", "nsg/allow", "Allow")),
                stage(
                        "route",
                        Verdict.UNDETERMINED,
                        rule("nextHop", FIREWALL, "Allow"),
                        rule("nextHop", FIREWALL, "Deny"))));
        Lane lost = lane(result(
                "C-2",
                "Inbound",
                "Internet",
                Verdict.DENIED,
                stage("route", Verdict.DENIED, rule("route", FIREWALL, "Deny"))));

        assertThat(unknown.way()).startsWith("service", "nsg", "routes", "hop0");
        assertThat(unknown.marks()).containsExactly(new Mark(3, Verdict.UNDETERMINED));
        assertThat(lost.marks()).containsExactly(new Mark(2, Verdict.DENIED));
    }

    @Test
    void leadsThroughAFirewallThatDecidesByItsRules() {
        NextHop hop = new NextHop(
                "VirtualAppliance",
                List.of("10.9.0.4"),
                List.of("0.0.0.0/0"),
                0,
                Examples.resource("azureFirewalls/fw"));
        Result denied = result(
                "C-1",
                "Outbound",
                "Sql",
                Verdict.DENIED,
                stage("route", Verdict.DENIED, rule("firewallRule", "fw/deny/all", "Deny")));

        Lane lane = NetworkDiagram.of(location(network(List.of(hop))), List.of(denied))
                .lanes()
                .get(0);

        assertThat(lane.way()).contains("hop0");
        assertThat(lane.marks()).containsExactly(new Mark(3, Verdict.DENIED));
    }

    @Test
    void drawsAdminRulesWhereTheyDecide() {
        Result byNone = result(
                "C-1",
                "Outbound",
                "Sql",
                Verdict.ALLOWED,
                stage("adminRules", Verdict.ALLOWED, rule("noAdminRule", "", "Allow")));
        Result byOne = result(
                "C-2",
                "Outbound",
                "Sql",
                Verdict.DENIED,
                stage("adminRules", Verdict.DENIED, rule("adminRule", "no-sql", "Deny")));

        assertThat(boxes(byNone)).extracting(Box::kind).doesNotContain(Kind.ADMIN_RULES);
        assertThat(boxes(byNone, byOne)).extracting(Box::kind).contains(Kind.ADMIN_RULES);
        assertThat(lane(byOne).marks()).containsExactly(new Mark(1, Verdict.DENIED));
    }

    @Test
    void drawsTheGroupAtTheOtherEndWhereItDrops() {
        Lane lane = lane(result(
                "C-1",
                "Outbound",
                "10.3.0.0/24",
                Verdict.DENIED,
                stage("peerNsg", Verdict.DENIED, rule("nsgRule", "nsg-peer/deny", "Deny"))));

        assertThat(lane.way()).hasSize(5);
        assertThat(lane.marks()).containsExactly(new Mark(3, Verdict.DENIED));
    }

    @Test
    void joinsFlowsThatFareAlike() {
        Result first = result("C-1", "Outbound", "Sql", Verdict.ALLOWED);
        Result second = result("C-2", "Outbound", "Udp", List.of("53", "54"), "Sql", Verdict.ALLOWED, List.of());
        Result other = result("C-3", "Outbound", "Sql", Verdict.UNDETERMINED);

        Diagram diagram = NetworkDiagram.of(location(network()), List.of(first, other, second));

        assertThat(diagram.lanes())
                .extracting(Lane::label)
                .containsExactly("TCP 443 undetermined", "TCP 443; UDP 53, 54 allowed");
        assertThat(diagram.lanes()).extracting(Lane::results).containsExactly(List.of(1), List.of(0, 2));
        assertThat(diagram.boxes()).filteredOn(box -> box.kind() == Kind.REMOTE).hasSize(1);
    }

    /** Which protocol a port is of is never lost; the title has all of them. */
    @Test
    void shortensLabelsBetweenTheirPorts() {
        Result tcp = result(
                "C-1",
                "Outbound",
                "Tcp",
                List.of("80", "443", "1688", "1886", "5671-5672", "12000"),
                "Internet",
                Verdict.UNDETERMINED,
                List.of());
        Result udp = result("C-2", "Outbound", "Udp", List.of("123"), "Internet", Verdict.UNDETERMINED, List.of());

        Lane lane = NetworkDiagram.of(location(network()), List.of(tcp, udp))
                .lanes()
                .get(0);

        assertThat(lane.label()).isEqualTo("TCP 80, 443, …; UDP 123 undetermined");
        assertThat(Measures.label(lane)).isEqualTo(lane.label());
        assertThat(lane.title().get(0))
                .isEqualTo("Outbound TCP 80, 443, 1688, 1886, 5671-5672, 12000; UDP 123 to Internet: undetermined");
    }

    @Test
    void shortensEveryLabelBetweenItsPorts() {
        List<String> many = IntStream.range(0, 60)
                .mapToObj(i -> String.valueOf(1000 + 7 * i))
                .toList();
        Result tcp = result("C-1", "Outbound", "Tcp", many, "Sql", Verdict.PARTIAL, List.of());
        Result udp = result("C-2", "Outbound", "Udp", many, "Sql", Verdict.PARTIAL, List.of());
        Result one = result("C-3", "Inbound", "Tcp", List.of("1".repeat(60)), "Sql", Verdict.PARTIAL, List.of());

        List<Lane> lanes =
                NetworkDiagram.of(location(network()), List.of(tcp, udp, one)).lanes();

        assertThat(Measures.label(lanes.get(1))).matches("TCP (\\d{4}, )+…; UDP (\\d{4}, )+… partial");
        assertThat(Measures.label(lanes.get(0))).contains("…").endsWith("partial");
    }

    /** Unknown is never drawn as none. */
    @Test
    void tellsNoneFromUnknown() {
        List<Box> unknown = NetworkDiagram.of(
                        location(network(
                                List.of(),
                                Part.NSG,
                                Part.ROUTE_TABLE,
                                Part.DNS_SERVERS,
                                Part.PEERINGS,
                                Part.NEXT_HOPS)),
                        List.of())
                .boxes();
        List<Box> known =
                NetworkDiagram.of(location(network(List.of())), List.of()).boxes();

        assertThat(unknown)
                .filteredOn(box -> !box.known())
                .extracting(Box::kind)
                .containsExactly(Kind.NSG, Kind.ROUTES, Kind.HOP, Kind.DNS, Kind.PEERING);
        assertThat(unknown)
                .filteredOn(box -> !box.known())
                .allSatisfy(box -> assertThat(box.lines()).contains("?"));
        assertThat(known).filteredOn(box -> !box.known()).isEmpty();
        assertThat(known)
                .filteredOn(box -> box.kind() == Kind.DNS)
                .singleElement()
                .satisfies(box -> assertThat(box.lines()).contains("Azure-provided"));
    }

    @Test
    void drawsReportsThatSayNothingOfTheNetwork() {
        Diagram diagram = NetworkDiagram.of(location(null), List.of(result("C-1", "Outbound", "Sql", Verdict.DENIED)));

        assertThat(diagram.boxes())
                .filteredOn(box -> !box.known())
                .extracting(Box::kind)
                .containsExactly(Kind.NSG, Kind.ROUTES, Kind.DNS, Kind.PEERING);
        assertThat(diagram.notes()).hasSize(2);
    }

    @Test
    void drawsLocationsOutsideOfNetworks() {
        Diagram none = NetworkDiagram.of(location(null, "None", null), List.of());
        Diagram unknown = NetworkDiagram.of(location(null, "Internal", null), List.of());

        assertThat(none.boxes()).extracting(Box::kind).containsExactly(Kind.SERVICE);
        assertThat(none.notes()).first().isEqualTo("This location is not in a virtual network.");
        assertThat(unknown.boxes())
                .filteredOn(box -> !box.known())
                .extracting(Box::kind)
                .startsWith(Kind.VNET, Kind.SUBNET);
    }

    @Test
    void saysWhereFlowsThatPassAreLeftOut() {
        Result denied = result("C-1", "Outbound", "Sql", Verdict.DENIED);
        Result allowed = result("C-2", "Outbound", "Storage", Verdict.ALLOWED);

        assertThat(NetworkDiagram.of(location(network()), List.of(denied)).notes())
                .singleElement()
                .asString()
                .contains("--all");
        assertThat(NetworkDiagram.of(location(network()), List.of(denied, allowed))
                        .notes())
                .isEmpty();
    }

    @Test
    void drawsWhatBecomesOfTheFlowsOfASample() {
        List<Lane> lanes = Samples.of("classic-broken", 0).diagram().lanes();

        assertThat(lanes)
                .filteredOn(lane -> lane.verdict() == Verdict.DENIED)
                .isNotEmpty()
                .allSatisfy(lane ->
                        assertThat(lane.way().get(lane.marks().get(0).at())).isIn("nsg", "peerNsg [nsg-apim]"));
        assertThat(lanes)
                .filteredOn(lane -> lane.title().get(0).contains(" to Sql:"))
                .singleElement()
                .satisfies(lane -> assertThat(lane.verdict()).isEqualTo(Verdict.DENIED));
        assertThat(lanes)
                .filteredOn(lane -> lane.verdict() == Verdict.ALLOWED)
                .isNotEmpty()
                .allSatisfy(lane -> assertThat(lane.marks()).isEmpty());
        assertThat(Samples.of("forced-tunnel-firewall", 0).diagram().lanes())
                .filteredOn(Lane::inbound)
                .filteredOn(lane -> lane.verdict() == Verdict.DENIED)
                .isNotEmpty()
                .allSatisfy(lane ->
                        assertThat(lane.way().get(lane.marks().get(0).at())).isIn("routes", "hop0"));
    }

    /** Each flow is in one lane, whatever there is. */
    @Test
    void leavesNoFlowOut() {
        for (int seed = 0; seed < 200; seed++) {
            Samples.Sample sample = Examples.chance(seed);
            assertThat(sample.diagram().lanes().stream()
                            .flatMap(lane -> lane.results().stream())
                            .sorted())
                    .as("seed %s", seed)
                    .containsExactlyElementsOf(
                            IntStream.range(0, sample.results().size()).boxed().toList());
        }
    }

    private static Lane lane(Result result) {
        List<Lane> lanes =
                NetworkDiagram.of(location(network()), List.of(result)).lanes();
        assertThat(lanes).hasSize(1);
        return lanes.get(0);
    }

    private static List<Box> boxes(Result... results) {
        return NetworkDiagram.of(location(network()), List.of(results)).boxes();
    }
}
