package dev.netkb.html.picture;

import dev.netkb.html.picture.Diagram.Box;
import dev.netkb.html.picture.Diagram.Kind;
import dev.netkb.html.picture.Diagram.Lane;
import dev.netkb.html.picture.Diagram.Link;
import dev.netkb.model.report.DecidingRule;
import dev.netkb.model.report.FlowResult;
import dev.netkb.model.report.FlowStage;
import dev.netkb.model.report.LocationNetwork;
import dev.netkb.model.report.LocationNetwork.NextHop;
import dev.netkb.model.report.LocationNetwork.Part;
import dev.netkb.model.report.LocationNetwork.Peering;
import dev.netkb.model.report.LocationSummary;
import dev.netkb.model.report.Result;
import dev.netkb.model.report.Verdict;
import dev.netkb.model.value.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what the picture of a location shows: the service in its subnet and virtual network; the security admin rules, the
 * network security group and the route table that its flows pass; next hops; the remote ends; DNS servers and peerings.
 */
final class NetworkDiagram {

    static final String SERVICE = "service";
    private static final String VNET = "vnet";
    private static final String SUBNET = "subnet";
    private static final String ADMIN_RULES = "adminRules";
    private static final String NSG = "nsg";
    private static final String ROUTES = "routes";

    /** More peerings are counted. */
    private static final int MOST_PEERINGS = 4;

    /** What a picture is given. */
    private enum Given {
        /** What a report of one snapshot has. */
        REPORT,
        /** One side of a comparison, without what passes on both. */
        CHANGES,
        /** One side of a comparison, with everything. */
        WHOLE_SIDE
    }

    private final LocationSummary location;
    private final Given given;
    private final List<Result> results;
    private final List<FlowResult> flows;
    private final @Nullable LocationNetwork network;
    private final boolean inNetwork;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private NetworkDiagram(LocationSummary location, Given given, List<Result> results) {
        this.location = location;
        this.given = given;
        this.results = results;
        this.flows = results.stream()
                .map(Result::flow)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        this.network = location.network();
        this.inNetwork =
                location.subnet() != null || !location.virtualNetworkType().equalsIgnoreCase("None");
    }

    static Diagram of(LocationSummary location, List<Result> results) {
        return new NetworkDiagram(location, Given.REPORT, results).diagram();
    }

    /** @param whole whether the results have what passes on both sides */
    static Diagram ofSide(LocationSummary location, List<Result> results, boolean whole) {
        return new NetworkDiagram(location, whole ? Given.WHOLE_SIDE : Given.CHANGES, results).diagram();
    }

    private Diagram diagram() {
        if (inNetwork) {
            home();
            gates();
            hops();
        } else {
            notes.add("This location is not in a virtual network.");
        }
        service();
        List<Lane> lanes = Lanes.of(results, new Ways());
        remotes(lanes);
        if (lanes.isEmpty()) {
            linkGates();
        }
        linkHops(lanes);
        if (inNetwork) {
            dns();
            peerings();
        }
        notes(lanes);
        return new Diagram(title(), summary(lanes), boxes, links, lanes, notes);
    }

    // ---- the near end

    private void service() {
        List<String> lines = new ArrayList<>();
        lines.add("API Management");
        lines.add(location.service().name());
        lines.add(location.location());
        Stream.of(location.sku(), location.platformVersion(), mode())
                .filter(Objects::nonNull)
                .forEach(lines::add);
        String id = location.service().text();
        boxes.add(new Box(SERVICE, Kind.SERVICE, inNetwork ? SUBNET : null, lines, List.of(id), true));
    }

    private @Nullable String mode() {
        return inNetwork ? location.virtualNetworkType() : null;
    }

    private void home() {
        ResourceId vnet = location.virtualNetwork().orElse(null);
        box(
                VNET,
                Kind.VNET,
                List.of("Virtual network", vnet == null ? "?" : vnet.name()),
                vnet != null,
                vnet == null ? "Which virtual network it is in is not known" : vnet.text());
        ResourceId subnet = location.subnet();
        List<String> lines = new ArrayList<>(List.of("Subnet", subnet == null ? "?" : subnet.name()));
        if (subnet != null) {
            lines.add(knows(Part.PREFIXES) && network != null ? some(network.prefixes(), 2) : "prefix ?");
            if (network != null && !network.serviceEndpoints().isEmpty()) {
                lines.add("endpoints: "
                        + some(
                                network.serviceEndpoints().stream()
                                        .map(name -> name.replace("Microsoft.", ""))
                                        .toList(),
                                3));
            }
        }
        String title = subnet == null ? "Which subnet it is in is not known" : subnet.text();
        boxes.add(new Box(SUBNET, Kind.SUBNET, VNET, lines, List.of(title), subnet != null));
    }

    // ---- the stages

    private void gates() {
        if (flows.stream().anyMatch(flow -> deciders(flow, "adminRules").anyMatch(isOf("adminRule")))) {
            Set<String> names = flows.stream()
                    .flatMap(flow -> deciders(flow, "adminRules"))
                    .filter(isOf("adminRule"))
                    .map(DecidingRule::name)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            box(
                    ADMIN_RULES,
                    Kind.ADMIN_RULES,
                    List.of("Admin rules", some(List.copyOf(names), 1)),
                    true,
                    "Security admin rules: " + String.join(", ", names));
        }
        attached(NSG, Kind.NSG, Part.NSG, network == null ? null : network.nsg(), "NSG", "no NSG", "NSG");
        attached(
                ROUTES,
                Kind.ROUTES,
                Part.ROUTE_TABLE,
                network == null ? null : network.routeTable(),
                "Route table",
                "system routes",
                "route table");
    }

    private void attached(
            String key, Kind kind, Part part, @Nullable ResourceId id, String what, String none, String words) {
        String name = id != null ? id.name() : knows(part) ? none : "?";
        String title = id != null
                ? id.text()
                : knows(part)
                        ? "The subnet has no " + words
                        : "The report does not say which " + words + " the subnet has";
        box(key, kind, List.of(what, name), id != null || knows(part), title);
    }

    private void hops() {
        if (network == null) {
            return;
        }
        for (int i = 0; i < network.nextHops().size(); i++) {
            NextHop hop = network.nextHops().get(i);
            boolean known = !hop.type().equals("Unknown")
                    && !(hop.type().equals("VirtualAppliance")
                            && hop.addresses().isEmpty());
            List<String> lines = new ArrayList<>();
            lines.add("Next hop");
            lines.add(hop.resource() == null ? hop.type() : hop.resource().name());
            if (hop.type().equals("VirtualAppliance")) {
                lines.add(hop.addresses().isEmpty() ? "?" : some(hop.addresses(), 2));
            }
            lines.add("for " + some(hop.destinations(), hop.moreDestinations(), 2));
            box(
                    hopKey(i),
                    Kind.HOP,
                    lines,
                    known,
                    hop.text(),
                    hop.resource() == null ? "" : hop.resource().text(),
                    "for " + some(hop.destinations(), hop.moreDestinations(), Integer.MAX_VALUE));
        }
        if (network.moreNextHops() > 0) {
            box(
                    "moreHops",
                    Kind.HOP,
                    List.of("Next hops", network.moreNextHops() + " more"),
                    true,
                    network.moreNextHops() + " more next hops");
        }
        if (!knows(Part.NEXT_HOPS)) {
            box(
                    "unknownHops",
                    Kind.HOP,
                    List.of("Next hops", network.nextHops().isEmpty() ? "?" : "maybe more"),
                    false,
                    "The snapshot does not hold the routes of the route table");
        }
    }

    private static String hopKey(int index) {
        return "hop" + index;
    }

    /** Where routes lead to as deciding rules name it: {@code user route r (0.0.0.0/0 to VirtualAppliance 10.0.0.4)}. */
    private Optional<String> hopOf(FlowResult flow) {
        if (network == null) {
            return Optional.empty();
        }
        Set<String> keys = new LinkedHashSet<>();
        for (DecidingRule rule : deciders(flow, "route").toList()) {
            for (int i = 0; i < network.nextHops().size(); i++) {
                if (leadsTo(rule, network.nextHops().get(i))) {
                    keys.add(hopKey(i));
                }
            }
        }
        return keys.size() == 1 ? keys.stream().findFirst() : Optional.empty();
    }

    private static boolean leadsTo(DecidingRule rule, NextHop hop) {
        if (rule.type().equals("firewallRule")) {
            return hop.resource() != null
                    && (rule.name().startsWith(hop.resource().name() + "/")
                            || rule.name()
                                    .equals("no rule of firewall "
                                            + hop.resource().name() + " matches"));
        }
        boolean drawn = !hop.type().equals("None") && !hop.type().equals("VnetLocal");
        return drawn && !rule.name().startsWith("system route") && rule.name().endsWith(" to " + hop.text() + ")");
    }

    private static Stream<DecidingRule> deciders(FlowResult flow, String stage) {
        return flow.stages().stream()
                .filter(each -> each.stage().equals(stage))
                .flatMap(each -> each.decidedBy().stream());
    }

    private static Predicate<DecidingRule> isOf(String type) {
        return rule -> rule.type().equals(type);
    }

    private boolean has(String key) {
        return boxes.stream().anyMatch(box -> box.key().equals(key));
    }

    /** The way of each flow. Groups at the far end get a box when something happens there. */
    private final class Ways implements Lanes.Way {

        @Override
        public List<String> of(FlowResult flow) {
            List<String> way = new ArrayList<>();
            Stream.of(ADMIN_RULES, NSG, ROUTES).filter(NetworkDiagram.this::has).forEach(way::add);
            if (inNetwork) {
                hopOf(flow).ifPresent(way::add);
            }
            flow.stages().stream()
                    .filter(stage -> stage.stage().equals("peerNsg") && stage.verdict() != Verdict.ALLOWED)
                    .map(this::peerGroup)
                    .forEach(way::add);
            return way;
        }

        @Override
        public Optional<String> boxOf(FlowStage stage, FlowResult flow) {
            String key = switch (stage.stage()) {
                case "adminRules" -> ADMIN_RULES;
                case "nsg" -> NSG;
                case "route" -> happensAtHop(stage) ? hopOf(flow).orElse(ROUTES) : ROUTES;
                case "peerNsg" -> peerGroup(stage);
                default -> "";
            };
            return Optional.of(key).filter(NetworkDiagram.this::has);
        }

        /** A firewall decides by its rules, and of other appliances nobody knows what they let pass. */
        private boolean happensAtHop(FlowStage stage) {
            return stage.decidedBy().stream()
                    .filter(rule -> !rule.allows() || rule.isUnknown())
                    .allMatch(rule ->
                            rule.type().equals("firewallRule") || rule.type().equals("nextHop"));
        }

        private String peerGroup(FlowStage stage) {
            Set<String> names = stage.decidedBy().stream()
                    .map(rule -> ResourceId.of(rule.id().isBlank() ? rule.name() : rule.id()))
                    .map(id -> id.segment("networkSecurityGroups").orElse(id.name()))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            String key = "peerNsg " + names;
            if (!has(key)) {
                box(
                        key,
                        Kind.PEER_NSG,
                        List.of("NSG at the other end", some(List.copyOf(names), 1)),
                        true,
                        "Network security groups at the other end: " + String.join(", ", names));
            }
            return key;
        }
    }

    // ---- the far end

    private void remotes(List<Lane> lanes) {
        Map<String, Lane> ends = new LinkedHashMap<>();
        lanes.forEach(lane -> ends.putIfAbsent(lane.way().get(lane.way().size() - 1), lane));
        ends.forEach((key, lane) -> {
            String remote = Objects.requireNonNull(
                            results.get(lane.results().get(0)).flow())
                    .remote();
            box(key, Kind.REMOTE, List.of(remote), true, (lane.inbound() ? "Inbound from " : "Outbound to ") + remote);
        });
    }

    private void linkGates() {
        List<String> chain =
                Stream.of(SERVICE, ADMIN_RULES, NSG, ROUTES).filter(this::has).toList();
        for (int i = 1; i < chain.size(); i++) {
            links.add(new Link(chain.get(i - 1), chain.get(i)));
        }
    }

    /** Hops that no flow takes hang on the route table. */
    private void linkHops(List<Lane> lanes) {
        Set<String> used = lanes.stream().flatMap(lane -> lane.way().stream()).collect(Collectors.toSet());
        boxes.stream()
                .filter(box -> box.kind() == Kind.HOP && !used.contains(box.key()))
                .forEach(box -> links.add(new Link(ROUTES, box.key())));
    }

    // ---- around the virtual network

    private void dns() {
        boolean known = network != null && knows(Part.DNS_SERVERS);
        List<String> servers = network == null ? List.of() : network.dnsServers();
        String text = !known ? "?" : servers.isEmpty() ? "Azure-provided" : some(servers, 2);
        String title = !known
                ? "Which DNS servers the virtual network asks is not known"
                : servers.isEmpty() ? "The virtual network asks the DNS servers of Azure" : String.join(", ", servers);
        box("dns", Kind.DNS, List.of("DNS servers", text), known, title);
        links.add(new Link(VNET, "dns"));
    }

    private void peerings() {
        List<Peering> all = network == null ? List.of() : network.peerings();
        for (int i = 0; i < Math.min(all.size(), MOST_PEERINGS); i++) {
            Peering peering = all.get(i);
            String remote = peering.remote() == null
                    ? peering.id().name()
                    : peering.remote().name();
            String state = peering.state() == null ? "state ?" : peering.state();
            peering(
                    "peering" + i,
                    List.of("Peering", remote, state),
                    true,
                    peering.id().text(),
                    peering.remote() == null ? "" : "to " + peering.remote().text(),
                    state);
        }
        int more = Math.max(0, all.size() - MOST_PEERINGS) + (network == null ? 0 : network.morePeerings());
        if (more > 0) {
            peering("morePeerings", List.of("Peerings", more + " more"), true, more + " more peerings");
        }
        if (network == null || !knows(Part.PEERINGS)) {
            peering(
                    "unknownPeerings",
                    List.of("Peerings", all.isEmpty() ? "?" : "maybe more"),
                    false,
                    "Which peerings the virtual network has is not known");
        }
    }

    private void peering(String key, List<String> lines, boolean known, String... title) {
        box(key, Kind.PEERING, lines, known, title);
        links.add(new Link(VNET, key));
    }

    // ---- words

    private void notes(List<Lane> lanes) {
        if (inNetwork && network == null && location.subnet() != null) {
            notes.add("The report does not say what is around the subnet: a version before pictures wrote it.");
        }
        if (given == Given.CHANGES) {
            notes.add("Flows that pass before and after are not drawn; netkb diff --all draws them.");
        } else if (given == Given.REPORT && lanes.isEmpty()) {
            notes.add("No required flow is in this report; netkb check --all keeps those that pass.");
        } else if (given == Given.REPORT && lanes.stream().noneMatch(lane -> lane.verdict() == Verdict.ALLOWED)) {
            notes.add("Flows that pass are not in this report; netkb check --all keeps them.");
        }
    }

    private String title() {
        return "Network of " + location.service().name() + " in " + location.location();
    }

    private String summary(List<Lane> lanes) {
        String where = !inNetwork
                ? "not in a virtual network"
                : location.subnet() == null
                        ? "in a subnet that is not known"
                        : "in subnet " + location.subnet().name();
        String counts = Stream.of(Verdict.values())
                .map(verdict -> Map.entry(
                        verdict,
                        lanes.stream()
                                .filter(lane -> lane.verdict() == verdict)
                                .mapToInt(lane -> lane.results().size())
                                .sum()))
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", "));
        return "The service is " + where + "; required flows: " + (counts.isEmpty() ? "none" : counts) + ".";
    }

    private boolean knows(Part part) {
        return network != null && network.knows(part);
    }

    private static String some(List<String> all, int most) {
        return some(all, 0, most);
    }

    /** The first ones, and how many more there are. */
    private static String some(List<String> all, int more, int most) {
        int left = Math.max(0, all.size() - most) + more;
        String shown = all.stream().limit(most).collect(Collectors.joining(", "));
        return left == 0 ? shown : shown + " +" + left;
    }

    /** @param title line by line; empty lines are left out */
    private void box(String key, Kind kind, List<String> lines, boolean known, String... title) {
        List<String> said = Stream.of(title).filter(line -> !line.isEmpty()).toList();
        boxes.add(new Box(key, kind, null, lines, said, known));
    }
}
